"""Typed blocks: the only things a message to a patient is made of. Plain text in every field, never HTML or Markdown.

The widget draws them with text nodes; SMS renders them to lines with numbered choices. JSON shape: `{"type": …, …fields}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Final


@dataclass(frozen=True, slots=True)
class Choice:
    """One quick reply. `id` is what comes back (`visit_type=checkup`, `yes`, `person`); `label` is shown and said."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    type: ClassVar[str] = "paragraph"
    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    type: ClassVar[str] = "list"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """`href` is https:, tel:, sms: or mailto: and comes from published data or settings, never from a model."""

    type: ClassVar[str] = "link"
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class QuickReplies:
    type: ClassVar[str] = "quick_replies"
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class OpeningTime:
    """`id` is a choice id (`opening=2`); `label` is short (`9:20 AM`), `full` is read aloud with day and clinician."""

    id: str
    label: str
    full: str
    part: str
    """`morning` or `afternoon`."""


@dataclass(frozen=True, slots=True)
class OpeningDay:
    label: str
    times: tuple[OpeningTime, ...]


@dataclass(frozen=True, slots=True)
class Openings:
    type: ClassVar[str] = "openings"
    days: tuple[OpeningDay, ...]
    timezone: str
    other: tuple[Choice, ...] = ()
    """`More times`, `None of these work`."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. `kind`: text, name, date_of_birth, phone, email, code, long_text."""

    type: ClassVar[str] = "field"
    slot: str
    kind: str
    label: str
    hint: str = ""
    error: str = ""
    step: int = 0
    steps: int = 0
    can_skip: bool = False
    can_go_back: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """What will be sent, before it is sent; or what was sent. `choices` holds confirm and change buttons."""

    type: ClassVar[str] = "summary"
    title: str
    rows: tuple[Row, ...]
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """A standing that the practice system or a named staff member gave. `standing` is one of house idea 4."""

    type: ClassVar[str] = "receipt"
    title: str
    standing: str
    rows: tuple[Row, ...]
    number: str
    calendar: bool = False
    """An `.ics` can be fetched from `/api/chat/calendar/{request id}`."""
    request: str = ""


@dataclass(frozen=True, slots=True)
class Emergency:
    """The fixed safety card. `kind` as in safety; links are tel:/sms: of the reviewed resources."""

    type: ClassVar[str] = "emergency"
    kind: str
    title: str
    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A quiet line of state: who joined, what was not sent."""

    type: ClassVar[str] = "notice"
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    title: str
    reviewed_on: str


@dataclass(frozen=True, slots=True)
class Sources:
    type: ClassVar[str] = "sources"
    items: tuple[Source, ...]


Block = Paragraph | Bullets | Link | QuickReplies | Openings | Field | Summary | Receipt | Emergency | Notice | Sources

KINDS: Final[Mapping[str, type[Block]]] = {
    kind.type: kind
    for kind in (
        Paragraph,
        Bullets,
        Link,
        QuickReplies,
        Openings,
        Field,
        Summary,
        Receipt,
        Emergency,
        Notice,
        Sources,
    )
}


def to_json(block: Block) -> dict[str, Any]:
    """The wire shape: the fields, and `type`."""
    return {"type": block.type} | asdict(block)
