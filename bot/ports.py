"""Every outside system as a Protocol. Adapters live in `integrations`, fakes in `integrations/fakes`; one suite holds both.

Failures are raised from `bot.domain.errors`; everything expected is returned.
All datetimes are aware; what is stored is UTC.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from bot.domain.appointments import (
    Appointment,
    Can,
    Command,
    Hold,
    HoldExpired,
    NoMatch,
    Opening,
    OpeningTaken,
    Receipt,
    RuleRefused,
    Stale,
    Window,
)
from bot.domain.blocks import Block
from bot.domain.conversation import Channel, Conversation, Handoff
from bot.domain.requests import Kind, Request, Standing
from bot.domain.tracker import Event, Tracker
from bot.privacy.phi import Handle, Phi, Purpose


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware UTC."""
        ...


# ---- patient data ---------------------------------------------------------------------------------------------------


class Vault(Protocol):
    """PHI values by opaque handle, encrypted at rest; a handle opens only within its own conversation."""

    async def put(self, value: Phi[str], *, practice: str, conversation: str, kind: str) -> Handle: ...

    async def open(self, handle: Handle, *, practice: str, conversation: str, purpose: Purpose) -> Phi[str]:
        """Raises `VaultLocked` when the key is missing or the value belongs to another conversation."""
        ...

    def blind(self, value: Phi[str], *, practice: str, kind: str) -> str:
        """A keyed hash for look-ups by phone or name: equal values give equal words, nothing can be read back."""
        ...


# ---- conversations --------------------------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class QueueRow:
    conversation: Conversation
    handoff: Handoff
    alert: str | None


class Conversations(Protocol):
    async def start(self, *, practice: str, channel: Channel, language: str, at: datetime) -> Conversation:
        """A new web conversation."""
        ...

    async def accept(self, inbound: Inbound, *, due: datetime) -> Acceptance:
        """Store once and schedule the turn (job `turn`, key and lock `turn:<conversation>`), in one transaction.

        The same `external_id` again changes nothing and returns the first acceptance with `duplicate=True`;
        with another body it raises `KeyReused`.
        """
        ...

    async def snapshot(self, conversation: str) -> Snapshot | None: ...

    async def commit(self, outcome: Outcome) -> None:
        """Raises `TurnSuperseded` when the conversation's version moved on; nothing is saved then."""
        ...

    async def messages(self, conversation: str, *, after: int = 0, limit: int = 500) -> Sequence[StoredMessage]: ...

    async def notes(self, conversation: str) -> Sequence[Note]: ...

    async def queue(self, practice: str) -> Sequence[QueueRow]: ...

    async def requests(
        self, practice: str, *, kinds: tuple[Kind, ...] = (), standings: tuple[Standing, ...] = ()
    ) -> Sequence[Request]: ...

    async def request(self, id: str) -> Request | None: ...

    async def by_appointment(self, practice: str, appointment: str) -> Request | None:
        """The request that led to an appointment, newest first."""
        ...

    async def acknowledge(self, alert: str, *, staff: str, at: datetime) -> bool: ...

    async def set_left(self, conversation: str, *, left: bool) -> bool:
        """Patient left or came back; outside of turns. True when it changed."""
        ...

    async def for_mailbox(self, practice: str, phone: Phi[str], *, at: datetime) -> Conversation:
        """The text conversation of a number, made when there is none. Used to start texts (reminders, codes)."""
        ...

    async def phone(self, conversation: str) -> Phi[str] | None:
        """The number of a text conversation."""
        ...

    async def by_resume_code(self, practice: str, code: Phi[str]) -> str | None: ...


# ---- sessions -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PatientSession:
    conversation: str
    practice: str
    scope: str
    after: int
    """A form-scoped session sees only messages with a higher seq."""
    last_seen: datetime


class PatientSessions(Protocol):
    """Tokens are 256 random bits, stored hashed (R-634)."""

    async def create(self, *, conversation: str, practice: str, scope: str, after: int, at: datetime) -> str: ...

    async def find(
        self, token: str, *, at: datetime, idle: timedelta, touch: bool = True
    ) -> PatientSession | None:
        """None when unknown, ended or idle too long; otherwise it counts as seen now, unless `touch` is False.

        A stream that checks whether its session still lives must not keep it alive.
        """
        ...

    async def end(self, token: str) -> None: ...

    async def redeem(self, link: Phi[str], *, at: datetime) -> tuple[str, str] | None:
        """Conversation and practice of a secure link, once: a second redeem of the same link gives None."""
        ...


@dataclass(frozen=True, slots=True)
class Staff:
    id: str
    practice: str
    name: str
    email: str
    roles: tuple[str, ...]
    active: bool = True


class StaffDirectory(Protocol):
    async def add(
        self, *, practice: str, name: str, email: str, roles: tuple[str, ...], password_hash: str, at: datetime
    ) -> Staff | None:
        """None when the e-mail is taken."""
        ...

    async def disable(self, practice: str, email: str) -> bool:
        """Ends all sessions of the person, too."""
        ...

    async def by_email(self, email: str) -> tuple[Staff, str] | None:
        """The person and the password hash."""
        ...

    async def get(self, id: str) -> Staff | None: ...

    async def all(self, practice: str) -> Sequence[Staff]: ...

    async def sign_in(self, staff: str, *, at: datetime) -> tuple[str, str]:
        """A new session: cookie token and CSRF token."""
        ...

    async def session(
        self, token: str, *, at: datetime, idle: timedelta, absolute: timedelta, touch: bool = True
    ) -> tuple[Staff, str] | None:
        """The person and CSRF token; None when unknown, idle, too old, or the person is disabled.

        It counts as seen now, unless `touch` is False: what the page loads by itself is no sign of a person (R-104).
        """
        ...

    async def sign_out(self, token: str) -> None: ...


# ---- durable work ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Job:
    id: str
    kind: str
    args: Mapping[str, str]
    attempt: int


Handler = Callable[[Job], Awaitable[None]]


class Jobs(Protocol):
    """Jobs are written in the saver's own transaction; handlers run at least once, one at a time per lock, in order of due."""

    async def add(self, job: NewJob) -> bool:
        """Outside of a turn. False when the key is waiting already."""
        ...

    async def run(self, handlers: Mapping[str, Handler], *, stop: Callable[[], bool] | None = None) -> None:
        """Work until cancelled. A handler that raises is tried again with back-off; after the last attempt it is kept as dead."""
        ...

    async def drain(self, handlers: Mapping[str, Handler], *, until: datetime) -> int:
        """Run everything due until a time, then return how many ran. For tests and the terminal chat."""
        ...

    async def counts(self) -> Mapping[str, int]:
        """`waiting`, `running`, `dead`."""
        ...


@dataclass(frozen=True, slots=True)
class Delivery:
    id: str
    practice: str
    conversation: str
    to: Phi[str]
    body: Phi[str]
    purpose: str
    due: datetime
    state: str
    mailbox: str
    attempts: int


class Deliveries(Protocol):
    """The outbox of texts. States move forward only: ready → sending → sent → delivered | failed; or blocked; or unknown."""

    async def claim(self, id: str, *, at: datetime) -> Delivery | None:
        """ready → sending, by exactly one worker; None when somebody has it or it is settled."""
        ...

    async def get(self, id: str) -> Delivery | None: ...

    async def settle(
        self, id: str, *, state: str, provider_id: str | None = None, reason: str | None = None
    ) -> None: ...

    async def postpone(self, id: str, *, due: datetime) -> None:
        """sending → ready, later (rate limits, quiet hours): a job for it is added in the same transaction."""
        ...

    async def report(self, provider_id: str, *, status: str, error: str | None) -> None:
        """A status callback. Unknown ids are kept aside, late ones never move a state back."""
        ...

    async def stuck(self, *, before: datetime) -> Sequence[str]:
        """Ids in `sending` since before a time: a worker died while sending."""
        ...

    async def opted_out(self, practice: str, mailbox: str) -> bool: ...

    async def sent_since(self, practice: str, mailbox: str, *, purpose: str, since: datetime) -> int: ...

    async def for_conversation(self, conversation: str) -> Sequence[Mapping[str, str]]:
        """States only, for the desk: id, purpose, state, reason."""
        ...


@dataclass(frozen=True, slots=True)
class Sent:
    provider_id: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """`code` is the provider's (21610 …). `final` False means: try again later."""

    code: str
    final: bool


class Texts(Protocol):
    """An SMS provider. Raises `Unavailable` (nothing sent) or `OutcomeUnknown` (maybe sent)."""

    async def send(self, *, to: Phi[str], body: Phi[str], key: str) -> Sent | NotSent: ...

    async def find(self, *, to: Phi[str], body: Phi[str], since: datetime) -> Sent | None:
        """Look up a send whose outcome is unknown."""
        ...


# ---- shared state ---------------------------------------------------------------------------------------------------


class Signals(Protocol):
    """Fan-out of ids between processes. Losing one only delays a screen."""

    async def publish(self, topic: str, value: str) -> None: ...

    def listen(self, topic: str) -> AsyncIterator[str]:
        """Yields values, and an empty string about every 15 s when nothing came."""
        ...


class Codes(Protocol):
    """One-time codes, stored as keyed hashes."""

    async def issue(self, key: str, *, ttl: timedelta) -> Phi[str]: ...

    async def check(self, key: str, code: Phi[str], *, tries: int) -> str:
        """`right` (and used up), `wrong`, or `locked` after `tries` wrong ones."""
        ...


class Limits(Protocol):
    async def hit(self, key: str, *, limit: int, window: timedelta) -> bool:
        """Count one; True while within the limit."""
        ...


# ---- practice system ------------------------------------------------------------------------------------------------

SubmitOutcome = Receipt | OpeningTaken | HoldExpired | Stale | RuleRefused | NoMatch


class PracticeSystem(Protocol):
    """One practice's PMS. `submit` is idempotent by key; `OutcomeUnknown` is settled by `resolve(key)`, never by trying again."""

    @property
    def can(self) -> Can: ...

    async def openings(
        self,
        visit_type: str,
        window: Window,
        *,
        now: datetime,
        clinician: str | None = None,
        location: str | None = None,
        limit: int = 12,
    ) -> Sequence[Opening]: ...

    async def hold(
        self, opening: Opening, *, key: str, now: datetime, ttl: timedelta
    ) -> Hold | OpeningTaken | RuleRefused: ...

    async def release(self, hold: Hold) -> None: ...

    async def submit(self, command: Command, *, key: str, now: datetime) -> SubmitOutcome:
        """Raises `KeyReused` for the same key with another body."""
        ...

    async def resolve(self, key: str) -> Receipt | None: ...

    async def match(self, *, phone: Phi[str], birth_date: Phi[date]) -> str | NoMatch:
        """The patient's reference, only when exactly one fits."""
        ...

    async def phone_of(self, patient: str) -> Phi[str] | None:
        """The number on file: where codes and reminders go."""
        ...

    async def upcoming(self, patient: str, *, now: datetime) -> Sequence[Appointment]: ...

    async def appointment(self, ref: str) -> Appointment | None: ...

    async def due_for_reminder(self, *, start: datetime, end: datetime) -> Sequence[Appointment]:
        """Booked or confirmed visits that start in the half-open interval."""
        ...


# ---- forms ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FormContext:
    """Where a form runs. Validators open handles of this conversation only."""

    practice: str
    conversation: str
    language: str
    now: datetime


class FormSpec(Protocol):
    """A form as the runner sees it."""

    @property
    def name(self) -> str: ...

    @property
    def slot_names(self) -> tuple[str, ...]: ...

    def required(self, slots: Mapping[str, str]) -> tuple[str, ...]:
        """The slots this form needs, in order, given what is filled."""
        ...

    async def validate(
        self, slot: str, value: str, *, slots: Mapping[str, str], context: FormContext
    ) -> Mapping[str, str | None]:
        """Changes to slots: the slot accepted and normalised, or None with `problem` set to an utter key."""
        ...


class FormRunner(Protocol):
    """Runs one validation step of a form: rasa-sdk in `integrations/rasa`, or directly in `integrations/fakes`."""

    async def validate(
        self, form: str, *, slots: Mapping[str, str], candidates: Mapping[str, str], context: FormContext
    ) -> Mapping[str, str | None]:
        """All slot changes after validation: accepted ones normalised, refused ones None, extra ones the form derived."""
        ...
