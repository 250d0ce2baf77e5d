"""Words a hand-off honestly: who will see it, when, and how to come back (R-655; peers' most frequent complaint is the void)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.conversation import Channel, Reason
from bot.domain.says import Option, Say
from bot.privacy.phi import Phi
from bot.responses import say_at, say_until
from bot.understanding.facts.hours import is_open, next_opening
from knowledge.published import PublishedPractice

FIRST_ANSWER: Final = timedelta(minutes=10)
URGENT_ANSWER: Final = timedelta(minutes=2)  # then a second person is alerted

_ALPHABET: Final = "ACDEFGHJKLMNPQRTUVWXY34679"  # no look-alikes; eight of these are 37 bits, used once, rate limited


@dataclass(frozen=True, slots=True)
class Handover:
    says: tuple[Say, ...]
    due: datetime
    open_now: bool


def new_resume_code() -> Phi[str]:
    """`K7QD-M4PX`: typed by a person who comes back."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return Phi(f"{letters[:4]}-{letters[4:]}")


def hand_over(
    reason: Reason,
    *,
    practice: PublishedPractice,
    now: datetime,
    language: str,
    channel: Channel,
    code: Phi[str] | None,
) -> Handover:
    """`now` is wall time of the practice. The due time counts from the next opening when the practice is closed."""
    wait = URGENT_ANSWER if reason in (Reason.EMERGENCY, Reason.CRISIS) else FIRST_ANSWER
    open_now = is_open(practice, now)
    start = now if open_now else next_opening(practice, now) or now
    due = start + wait
    when = say_at(due.time(), language) if open_now else say_until(start, language, now=now)
    values = {"when": when, "phone": practice.phones.main, "on_call": practice.phones.on_call}
    if channel is Channel.SMS:
        return Handover((Say("utter_handoff_sms" if open_now else "utter_handoff_sms_closed", values),), due, open_now)
    says = [Say("utter_handoff_open" if open_now else "utter_handoff_closed", values)]
    if code is not None:
        says.append(Say("utter_handoff_code", {"code": code}))
    options = (Option("callback", "choice_callback"), Option("keep_bot", "choice_keep_bot"))
    if not open_now:
        says.append(Say("utter_callback_offer"))
    says[-1] = Say(says[-1].utter, says[-1].values, options=options)
    return Handover(tuple(says), due, open_now)
