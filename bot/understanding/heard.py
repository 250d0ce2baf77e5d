"""`Heard`: what one message means, as closed values. Made by `bot.understanding.hear`, read by the lanes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.tracker import Topic as Topic
from bot.understanding.optout import OptOut
from bot.understanding.safety import Verdict
from bot.understanding.when.wishes import Wish


class Intent(StrEnum):
    FAQ_HOURS = "faq.hours"
    FAQ_INSURANCE = "faq.insurance"
    FAQ_DIRECTIONS = "faq.directions"
    FAQ_PREP = "faq.prep"
    FAQ_BILLING = "faq.billing"
    FAQ_SERVICES = "faq.services"
    BOOK = "book"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    CONFIRM = "confirm"
    REFILL = "refill"
    RESULTS = "results"
    HUMAN = "human"
    CLINICAL_ADVICE = "clinical_advice"
    EMERGENCY = "emergency"
    GREETING = "greeting"
    GOODBYE = "goodbye"
    OUT_OF_SCOPE = "out_of_scope"


class Command(StrEnum):
    """Words that steer a form in every state (peers: Rasa's repair patterns)."""

    YES = "yes"
    NO = "no"
    BACK = "back"
    FORGET_IT = "forget_it"
    START_OVER = "start_over"
    SKIP = "skip"
    REPEAT = "repeat"
    CHANGE = "change"
    PERSON = "person"
    STATUS = "status"
    MY_APPOINTMENT = "my_appointment"
    ARE_YOU_HUMAN = "are_you_human"
    THANKS = "thanks"
    CONTINUE = "continue"


@dataclass(frozen=True, slots=True)
class Facets:
    """Published ids named in the message. Empty tuples where nothing was named."""

    plans: tuple[str, ...] = ()
    clinicians: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    visit_types: tuple[str, ...] = ()
    fees: tuple[str, ...] = ()
    unsure: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Fuzzy matches to be confirmed, by kind (`plan`: candidate ids)."""


@dataclass(frozen=True, slots=True)
class Hit:
    section: str
    score: float


@dataclass(frozen=True, slots=True)
class Asked:
    """One question inside the message. `sections` is empty where the knowledge holds nothing on it (abstain)."""

    intent: Intent
    sections: tuple[Hit, ...]
    facets: Facets
    wish: Wish
    aspect: str | None = None
    """`now`, `next_open`, `day`, `holiday`, `cost`, `how_long`, `bring`, `who`, `where`, `phone` … ; None when plain."""


@dataclass(frozen=True, slots=True)
class Heard:
    language: str
    safety: Verdict
    opt_out: OptOut
    intent: Intent
    score: float
    asked: tuple[Asked, ...]
    """The questions, in the order typed; empty when the message asks nothing of the knowledge."""
    commands: frozenset[Command]
    facets: Facets
    wish: Wish
    change_of: str | None = None
    """With `Command.CHANGE`: which thing (`time`, `clinician`, `location`, `visit_type`, `name`, `dob`, `phone`)."""
    empty: bool = False
    """No letters or digits at all: emoji, punctuation, nothing."""
