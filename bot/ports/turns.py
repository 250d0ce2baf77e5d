"""What arrives, what a turn starts from, and everything that it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.blocks import Block
from bot.domain.conversation import Channel, Conversation, Handoff
from bot.domain.requests import Request
from bot.domain.tracker import Event, Tracker
from bot.privacy.phi import Phi


@dataclass(frozen=True, slots=True)
class Typed:
    """What arrived: words, a tapped choice id, or the answer to a form slot."""

    text: str = ""
    choice: str | None = None
    slot: str | None = None


@dataclass(frozen=True, slots=True)
class Inbound:
    """`external_id` is the client's uuid or the MessageSid; unique per practice and channel.

    `shown` is what the transcript shows for it (form answers masked). `conversation` is None for a text: the open
    conversation of that `mailbox` is used, or a new one is made.
    """

    practice: str
    channel: Channel
    external_id: str
    body: Phi[Typed]
    shown: Phi[tuple[Block, ...]]
    at: datetime
    language: str
    conversation: str | None = None
    mailbox: Phi[str] | None = None
    """E.164 number of the sender on SMS."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    id: str
    conversation: str
    seq: int
    duplicate: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """An accepted message that no turn has handled yet."""

    id: str
    seq: int
    channel: Channel
    body: Phi[Typed]
    at: datetime
    language: str = ""
    """What the sender's page is set to; empty for texts."""


@dataclass(frozen=True, slots=True)
class StoredMessage:
    id: str
    conversation: str
    seq: int
    author: str
    """`patient`, `bot`, `staff:<id>`."""
    channel: Channel
    language: str
    at: datetime
    body: Phi[tuple[dict[str, Any], ...]]
    """Blocks in their JSON shape."""
    utter: str | None
    external_id: str | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything a turn starts from, read in one transaction."""

    conversation: Conversation
    tracker: Tracker
    waiting: tuple[Waiting, ...]
    handoff: Handoff | None
    """The one that waits or is claimed."""
    requests: tuple[Request, ...]
    """All requests of this conversation, oldest first."""
    opted_out: bool
    """The mailbox may not be texted."""


@dataclass(frozen=True, slots=True)
class NewMessage:
    id: str
    author: str
    channel: Channel
    language: str
    body: Phi[tuple[Block, ...]]
    utter: str | None = None


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A text to be sent. `key` is the business key (`reminder:<appointment>:<version>`): one delivery per key, ever.

    `to` None means: the conversation's mailbox.
    """

    key: str
    body: Phi[str]
    purpose: str
    """`reply`, `safety`, `reminder`, `code`, `optout`, `checkin`, `receipt`, `link`."""
    due: datetime
    segments: int
    message: str | None = None
    to: Phi[str] | None = None


@dataclass(frozen=True, slots=True)
class NewJob:
    """Durable work: ids only in `args`. Same `key` while waiting or running means the same job."""

    kind: str
    key: str
    due: datetime
    args: Mapping[str, str] = field(default_factory=dict)
    lock: str | None = None


@dataclass(frozen=True, slots=True)
class NewLink:
    """A secure hand-over link: only its hash is stored. Opens a form-scoped session of the conversation."""

    token: Phi[str]
    conversation: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class ConsentChange:
    """`texts` False: no texts to this mailbox from now on. `proof` says how it was told (`sms:STOP`, `web`, `staff:<id>`)."""

    mailbox: str
    practice: str
    texts: bool
    proof: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Alert:
    """A safety alarm for staff. No patient data: kind and conversation only."""

    id: str
    conversation: str
    kind: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that one turn (or one staff action) changes. Saved in one transaction, or not at all."""

    conversation: Conversation
    """With its new owner, language and so on; `version` as it was read: the store raises it by one."""
    at: datetime
    """When the turn was decided."""
    events: tuple[Event, ...] = ()
    tracker: Tracker = Tracker()
    handled: tuple[str, ...] = ()
    said: tuple[NewMessage, ...] = ()
    deliveries: tuple[NewDelivery, ...] = ()
    jobs: tuple[NewJob, ...] = ()
    handoff: Handoff | None = None
    requests: tuple[Request, ...] = ()
    consents: tuple[ConsentChange, ...] = ()
    links: tuple[NewLink, ...] = ()
    alerts: tuple[Alert, ...] = ()
    notes: tuple[Note, ...] = ()
    missed: tuple[str, ...] = ()
    """Ids of messages the knowledge had no answer for."""


@dataclass(frozen=True, slots=True)
class Note:
    """Staff only; never part of the transcript."""

    id: str
    conversation: str
    by: str
    at: datetime
    text: Phi[str]
