"""The tracker: everything the bot remembers of a conversation between turns, and the events that change it (Rasa's words).

Slots hold vault handles or published ids, never what a patient typed. State = events applied in order; both are JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, ClassVar, Final

from bot.domain.says import Offered


@dataclass(frozen=True, slots=True)
class Topic:
    """What an earlier question was about: published ids only, so that a follow-up can be understood."""

    intent: str
    sections: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    clinicians: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    visit_types: tuple[str, ...] = ()
    aspect: str | None = None


@dataclass(frozen=True, slots=True)
class FormState:
    """An active form (Rasa's active loop). `asked` lists the slots asked so far, for going back."""

    name: str
    requested: str | None = None
    asked: tuple[str, ...] = ()
    misses: int = 0


@dataclass(frozen=True, slots=True)
class Tracker:
    slots: Mapping[str, str] = field(default_factory=dict)
    form: FormState | None = None
    offered: tuple[Offered, ...] = ()
    topics: tuple[Topic, ...] = ()
    disclosed: Mapping[str, str] = field(default_factory=dict)
    """Channel → `version time` of the disclosure last shown there (R-303, R-309)."""
    pinned: str | None = None
    """`emergency` or `crisis` after a hard alarm, until an explicit continue (R-507)."""
    misses: int = 0
    """Messages in a row that the bot could not use."""
    nudge: str | None = None
    """`reference version` of the appointment that our last reminder was about: an answer counts for that one only."""
    patient: str | None = None
    """The practice system's reference of the confirmed patient."""
    waiting_notified: bool = False


@dataclass(frozen=True, slots=True)
class SlotSet:
    event: ClassVar[str] = "slot"
    name: str
    value: str | None


@dataclass(frozen=True, slots=True)
class FormStarted:
    event: ClassVar[str] = "form_started"
    name: str


@dataclass(frozen=True, slots=True)
class SlotRequested:
    event: ClassVar[str] = "slot_requested"
    name: str


@dataclass(frozen=True, slots=True)
class SlotMissed:
    """The answer to the requested slot could not be used."""

    event: ClassVar[str] = "slot_missed"


@dataclass(frozen=True, slots=True)
class FormEnded:
    """`outcome`: sent, left, handed_off. The slots are forgotten, but for staff who take over; receipts live with the request."""

    event: ClassVar[str] = "form_ended"
    outcome: str


@dataclass(frozen=True, slots=True)
class ChoicesOffered:
    event: ClassVar[str] = "choices_offered"
    choices: tuple[Offered, ...]


@dataclass(frozen=True, slots=True)
class TopicsSet:
    event: ClassVar[str] = "topics_set"
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Disclosed:
    event: ClassVar[str] = "disclosed"
    channel: str
    version: str
    at: str


@dataclass(frozen=True, slots=True)
class Pinned:
    event: ClassVar[str] = "pinned"
    kind: str | None


@dataclass(frozen=True, slots=True)
class Missed:
    event: ClassVar[str] = "missed"


@dataclass(frozen=True, slots=True)
class Understood:
    event: ClassVar[str] = "understood"


@dataclass(frozen=True, slots=True)
class Nudged:
    event: ClassVar[str] = "nudged"
    appointment: str | None


@dataclass(frozen=True, slots=True)
class PatientConfirmed:
    event: ClassVar[str] = "patient_confirmed"
    patient: str | None


@dataclass(frozen=True, slots=True)
class WaitingNotified:
    event: ClassVar[str] = "waiting_notified"
    done: bool


@dataclass(frozen=True, slots=True)
class LaneTaken:
    """Which lane answered and why (R-001). Changes nothing in the tracker."""

    event: ClassVar[str] = "lane_taken"
    lane: str
    reason: str


Event = (
    SlotSet
    | FormStarted
    | SlotRequested
    | SlotMissed
    | FormEnded
    | ChoicesOffered
    | TopicsSet
    | Disclosed
    | Pinned
    | Missed
    | Understood
    | Nudged
    | PatientConfirmed
    | WaitingNotified
    | LaneTaken
)

_EVENTS: Final[Mapping[str, Any]] = {kind.event: kind for kind in Event.__args__}


def applied(tracker: Tracker, events: Iterable[Event]) -> Tracker:
    """The tracker after the events, in order."""
    for event in events:
        tracker = _applied(tracker, event)
    return tracker


def _applied(tracker: Tracker, event: Event) -> Tracker:
    form = tracker.form
    match event:
        case SlotSet(name, None):
            return replace(tracker, slots={key: value for key, value in tracker.slots.items() if key != name})
        case SlotSet(name, str(value)):
            return replace(tracker, slots={**tracker.slots, name: value})
        case FormStarted(name):
            return replace(tracker, form=FormState(name), slots={})
        case SlotRequested(name) if form is not None:
            asked = tuple(slot for slot in form.asked if slot != name) + (name,)
            misses = form.misses if form.requested == name else 0
            return replace(tracker, form=replace(form, requested=name, asked=asked, misses=misses))
        case SlotMissed() if form is not None:
            return replace(tracker, form=replace(form, misses=form.misses + 1))
        case FormEnded("handed_off"):  # staff see what was collected so far; the next form starts empty
            return replace(tracker, form=None, offered=())
        case FormEnded():
            return replace(tracker, form=None, slots={}, offered=())
        case ChoicesOffered(choices):
            return replace(tracker, offered=choices)
        case TopicsSet(topics):
            return replace(tracker, topics=topics)
        case Disclosed(channel, version, at):
            return replace(tracker, disclosed={**tracker.disclosed, channel: f"{version} {at}"})
        case Pinned(kind):
            return replace(tracker, pinned=kind)
        case Missed():
            return replace(tracker, misses=tracker.misses + 1)
        case Understood():
            return replace(tracker, misses=0)
        case Nudged(appointment):
            return replace(tracker, nudge=appointment)
        case PatientConfirmed(patient):
            return replace(tracker, patient=patient)
        case WaitingNotified(done):
            return replace(tracker, waiting_notified=done)
        case _:
            return tracker


def disclosed_at(tracker: Tracker, channel: str) -> datetime | None:
    """When the disclosure was last shown on a channel."""
    shown = tracker.disclosed.get(channel)
    return datetime.fromisoformat(shown.split(" ", 1)[1]) if shown else None


def event_to_json(event: Event) -> dict[str, Any]:
    return {"event": event.event} | asdict(event)


def event_from_json(raw: Mapping[str, Any]) -> Event:
    """The inverse of `event_to_json`. Raises `KeyError` for an event this version does not know."""
    values = {key: value for key, value in raw.items() if key != "event"}
    if raw["event"] == ChoicesOffered.event:
        values["choices"] = tuple(Offered(**item) for item in values["choices"])
    if raw["event"] == TopicsSet.event:
        values["topics"] = tuple(_topic(item) for item in values["topics"])
    event: Event = _EVENTS[raw["event"]](**values)
    return event


def to_json(tracker: Tracker) -> dict[str, Any]:
    return asdict(tracker)


def from_json(raw: Mapping[str, Any]) -> Tracker:
    """The inverse of `to_json`; unknown keys are refused, missing ones take their defaults."""
    values = dict(raw)
    form = values.get("form")
    values["form"] = FormState(**{**form, "asked": tuple(form["asked"])}) if form else None
    values["offered"] = tuple(Offered(**item) for item in values.get("offered", ()))
    values["topics"] = tuple(_topic(item) for item in values.get("topics", ()))
    return Tracker(**values)


def _topic(raw: Mapping[str, Any]) -> Topic:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
    return Topic(**values)
