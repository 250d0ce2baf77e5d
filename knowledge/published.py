"""What a practice has published: the only file of knowledge that `bot` reads besides `question`.

Immutable plain data.
`knowledge.publishing` builds it from `practice.yaml` and approved articles; `bot.processes` loads it.
Nothing in it is about any patient.
Localised texts are mappings of language code to text (`{"en": …, "es": …}`).
Wall-clock times are `HH:MM` local to the practice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from datetime import date, time
from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

Text = Mapping[str, str]


class PlanStatus(StrEnum):
    """Whether the practice takes an insurance plan. `call` means: it depends, ask the billing office."""

    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    CALL = "call"


class PmsMode(StrEnum):
    """`request`: staff enter wishes into a system of their own. `book`: the connected practice system books."""

    REQUEST = "request"
    BOOK = "book"


@dataclass(frozen=True, slots=True)
class Span:
    """Open from `opens` until `closes`, wall clock of the practice; `closes <= opens` ends on the next day."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class DateRule:
    """A holiday, closure or special day. No spans means closed. Empty `locations` means all of them."""

    day: date
    name: Text
    spans: tuple[Span, ...] = ()
    locations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Location:
    """One office. `hours` is indexed by weekday, Monday 0; several spans a day express a lunch closing."""

    id: str
    name: Text
    aliases: tuple[str, ...]
    street: str
    city: str
    state: str
    postcode: str
    phone: str
    fax: str
    hours: tuple[tuple[Span, ...], ...]
    directions: Text
    parking: Text
    transit: Text
    accessibility: Text


@dataclass(frozen=True, slots=True)
class Shift:
    """A clinician's weekly hours at one location: `weekday` Monday 0."""

    weekday: int
    location: str
    span: Span


@dataclass(frozen=True, slots=True)
class Clinician:
    id: str
    name: str
    credential: str
    aliases: tuple[str, ...]
    languages: tuple[str, ...]
    shifts: tuple[Shift, ...]
    sees: Text
    accepting_new: bool
    min_age: int = 0


@dataclass(frozen=True, slots=True)
class VisitType:
    """A kind of visit. Minutes for duration and buffers; `lead_hours` before, `horizon_days` ahead.

    `patients` is `new`, `established` or `any`. `self_bookable` False means staff must agree (request only).
    `sensitive` types are never named in texts, previews or facets (R-151).
    """

    id: str
    name: Text
    description: Text
    phrasings: Mapping[str, tuple[str, ...]]
    duration: int
    buffer_before: int
    buffer_after: int
    lead_hours: int
    horizon_days: int
    grid: int
    patients: str
    self_bookable: bool
    sensitive: bool
    clinicians: tuple[str, ...]
    locations: tuple[str, ...]
    daily_cap: int | None = None
    telehealth: bool = False
    preparation: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    id: str
    name: str
    aliases: tuple[str, ...]
    status: PlanStatus
    note: Text


@dataclass(frozen=True, slots=True)
class Fee:
    id: str
    name: Text
    amount: str
    note: Text
    phrasings: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Policy:
    """A number or short rule that answers quote from here and nowhere else, e.g. `cancellation_notice`."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Phones:
    main: str
    nurse_line: str
    billing: str
    on_call: str
    fax: str
    relay: str = "711"


@dataclass(frozen=True, slots=True)
class Section:
    """The smallest thing that is answered: one topic of one approved article, `id` = `article-id/section-id`.

    `short` has at most 300 characters per language. `verbatim` sections (preparation, fees) are never reworded.
    `languages` are those with a named local approval; only these may be served (R-331).
    """

    id: str
    article: str
    kind: str
    title: Text
    short: Text
    full: Text
    questions: Mapping[str, tuple[str, ...]]
    languages: tuple[str, ...]
    verbatim: bool
    sensitive: bool
    reviewed_on: date
    review_by: date
    source: str


@dataclass(frozen=True, slots=True)
class PublishedPractice:
    """Everything `bot` may know of a practice. `sample` marks made-up content that must never go live."""

    id: str
    name: str
    short_name: str
    sample: bool
    timezone: str
    languages: tuple[str, ...]
    pms_mode: PmsMode
    phones: Phones
    portal_url: str
    website: str
    locations: tuple[Location, ...]
    date_rules: tuple[DateRule, ...]
    clinicians: tuple[Clinician, ...]
    visit_types: tuple[VisitType, ...]
    plans: tuple[Plan, ...]
    fees: tuple[Fee, ...]
    policies: tuple[Policy, ...]
    sections: tuple[Section, ...]
    notices: Mapping[str, str]
    allowed_origins: tuple[str, ...]
    theme: Mapping[str, str]
    hash: str = field(default="")

    def location(self, id: str) -> Location:
        return next(item for item in self.locations if item.id == id)

    def clinician(self, id: str) -> Clinician:
        return next(item for item in self.clinicians if item.id == id)

    def visit_type(self, id: str) -> VisitType:
        return next(item for item in self.visit_types if item.id == id)

    def plan(self, id: str) -> Plan:
        return next(item for item in self.plans if item.id == id)

    def section(self, id: str) -> Section:
        return next(item for item in self.sections if item.id == id)

    def policy(self, id: str) -> Policy:
        return next(item for item in self.policies if item.id == id)


def dumps(practice: PublishedPractice) -> str:
    """Canonical JSON of a published practice, stable to the byte."""
    return json.dumps(asdict(practice), default=_plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def loads(text: str) -> PublishedPractice:
    """The inverse of `dumps`. Raises `ValueError` when the content does not carry its own hash."""
    practice: PublishedPractice = _build(PublishedPractice, json.loads(text))
    if sealed(practice).hash != practice.hash:
        raise ValueError("The published practice was changed after publishing. Run `frontdesk kb publish` again.")
    return practice


def sealed(practice: PublishedPractice) -> PublishedPractice:
    """The same practice with `hash` set to the SHA-256 of its content."""
    bare = _replace_hash(practice, "")
    return _replace_hash(bare, hashlib.sha256(dumps(bare).encode()).hexdigest())


def _replace_hash(practice: PublishedPractice, value: str) -> PublishedPractice:
    return PublishedPractice(**{f.name: getattr(practice, f.name) for f in fields(practice)} | {"hash": value})


def _plain(value: object) -> str:
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be published")


def _build(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        if value is None:
            return None
        return _build(next(k for k in get_args(kind) if k is not type(None)), value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _build(hints[name], item) for name, item in value.items()})
    if origin is tuple:
        return tuple(_build(get_args(kind)[0], item) for item in value)
    if origin is not None and issubclass(origin, Mapping):
        return {key: _build(get_args(kind)[1], item) for key, item in value.items()}
    if kind is time:
        return time.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    return kind(value)
