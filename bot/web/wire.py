"""The JSON that the widget and the desk speak with the service. The TypeScript client is generated from these models.

Patient routes (all under `/api/chat`, `Authorization: Bearer <session token>` but for the first two):
  GET  practice/{practice}          -> PracticeCard
  POST sessions                     SessionRequest -> Session       (created after the first user action; R-634)
  POST messages                     Outgoing, header `Idempotency-Key: <uuid>` -> Accepted (202; same answer on repeat)
  GET  messages?after=N             -> Transcript
  GET  stream?after=N               server-sent events: `message` (Message), `state` (State), `resync`, comment pings
  POST leave                        -> 204   (page hidden or closed; also sent with sendBeacon, token in the body)
  POST end                          -> 204   (end and clear)
  POST resume                       ResumeRequest -> Session        (code shown at hand-off)
  GET  calendar/{request}           -> text/calendar
  POST link                         LinkRequest -> Session          (secure link from a text; token in the URL fragment)

Desk routes (all under `/api/desk`, cookie session, header `X-CSRF: <csrf>` on POST):
  POST login                        Login -> Me          POST logout -> 204        GET me -> Me
  GET  queue                        -> Queue             (handoffs and counts)
  GET  requests?kind=&standing=     -> RequestList
  GET  conversations/{id}           -> DeskConversation
  POST conversations/{id}/claim | release | return | resolve       Fence -> DeskConversation (409: TakenBy)
  POST conversations/{id}/reply | note                             DeskText, header Idempotency-Key -> DeskConversation
  POST requests/{id}/entered | accept | decline | done | acknowledge    RequestAction -> RequestCard
  POST alerts/{id}/acknowledge      -> 204
  GET  stream                       server-sent events: `changed` {"what": "queue"|"conversation"|"request", "id": …} (ids only)
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Wire(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


Status = Literal["pending", "open", "snoozed", "resolved"]
Channel = Literal["web", "sms"]
Standing = Literal["not_sent", "received", "held", "booked", "with_staff", "done", "declined", "cancelled"]


class PracticeCard(Wire):
    """What the widget shows before any conversation. Public facts only."""

    id: str
    name: str
    sample: bool
    languages: list[str]
    phone: str
    phone_href: str
    relay: str
    open_now: bool
    hours_line: dict[str, str]
    notices: dict[str, str]
    theme: dict[str, str]


class SessionRequest(Wire):
    practice: str = Field(max_length=64)
    language: str | None = Field(default=None, max_length=8)


class Session(Wire):
    """`token` is held in memory only and sent as a bearer token. `scope` is `chat`, or `form` for a secure link."""

    token: str
    conversation: str
    scope: Literal["chat", "form"]
    language: str
    after: int = 0
    idle_minutes: int = 20
    practice: str = ""
    """So that the secure-link page, which knows only its token, can show the practice's name and phone."""


class ResumeRequest(Wire):
    practice: str = Field(max_length=64)
    code: str = Field(max_length=16)


class LinkRequest(Wire):
    token: str = Field(max_length=128)


class Leave(Wire):
    """The session's token in the body, because a beacon cannot send headers."""

    token: str = Field(max_length=256)


class Outgoing(Wire):
    """One thing from the patient: typed `text`, a tapped `choice` (its `text` is the label), or a form `field` answer.

    `field.slot` names the asked slot; `text` holds what was typed there.
    """

    text: str = Field(default="", max_length=20_000)
    choice: str | None = Field(default=None, max_length=200)
    slot: str | None = Field(default=None, max_length=40)
    language: str | None = Field(default=None, max_length=8)


class Accepted(Wire):
    id: str
    seq: int


class Message(Wire):
    """`seq` grows by conversation. `author`: patient, bot, staff. `label` is shown as the author's name."""

    id: str
    seq: int
    author: Literal["patient", "bot", "staff"]
    label: str
    language: str
    at: datetime
    blocks: list[dict[str, Any]]
    """Blocks of `bot/domain/blocks.py` in their JSON shape."""
    utter: str | None = None
    client_id: str | None = None
    """The Idempotency-Key of a patient's own message, so that the widget can match it."""


class State(Wire):
    """Who is on the other side. `staff` is the name shown while a person has the conversation."""

    status: Status
    who: Literal["bot", "waiting", "staff"]
    staff: str | None = None
    typing: bool = False
    waiting_line: str | None = None
    resume_code: str | None = None
    pinned: Literal["emergency", "crisis"] | None = None
    language: str


class Transcript(Wire):
    messages: list[Message]
    state: State


class ErrorAnswer(Wire):
    """Every error of the service: a stable `code`, a sentence for people, and the request id."""

    code: str
    message: str
    request: str


# ---- desk -----------------------------------------------------------------------------------------------------------


class Login(Wire):
    email: str = Field(max_length=200)
    password: str = Field(max_length=200)
    totp: str | None = Field(default=None, max_length=12)


class Me(Wire):
    id: str
    name: str
    roles: list[str]
    csrf: str
    idle_seconds: int
    practice: str
    practice_name: str
    timezone: str
    demo: bool
    pms_mode: Literal["request", "book"]


class HandoffCard(Wire):
    """One row of the queue, no free text in it. `who` is the verified patient's name or None."""

    conversation: str
    channel: Channel
    language: str
    reason: str
    reason_line: str
    urgent: bool
    since: datetime
    due: datetime | None
    owner: str | None
    owner_name: str | None
    mine: bool
    patient_left: bool
    reach: str | None
    """How to reach somebody who left: `callback`, `resume_code`, `sms`, or None."""
    alert: str | None = None
    """Id of an unacknowledged safety alert."""


class Counts(Wire):
    handoffs: int
    urgent: int
    appointments: int
    refills: int


class Queue(Wire):
    handoffs: list[HandoffCard]
    counts: Counts
    now: datetime


class DetailRow(Wire):
    key: str
    label: str
    value: str
    copyable: bool = True


class RequestCard(Wire):
    """An appointment or refill request. `actions` are the POST routes that are allowed now."""

    id: str
    conversation: str
    kind: Literal["book", "reschedule", "cancel", "refill", "callback"]
    standing: Standing
    channel: Channel
    language: str
    created: datetime
    due: datetime | None
    urgent: bool
    rows: list[DetailRow]
    actions: list[str]
    history: list[DetailRow]
    confirmed_by_patient: bool = False


class RequestList(Wire):
    requests: list[RequestCard]


class RequestAction(Wire):
    """`start` (local wall time) and `clinician` with `entered`; `note` goes to the patient only where the route says so."""

    start: str | None = Field(default=None, max_length=32)
    clinician: str | None = Field(default=None, max_length=64)
    location: str | None = Field(default=None, max_length=64)
    reason: str | None = Field(default=None, max_length=40)


class Note(Wire):
    id: str
    by: str
    at: datetime
    text: str


class DeskConversation(Wire):
    id: str
    status: Status
    fence: int
    channel: Channel
    language: str
    owner: str | None
    owner_name: str | None
    mine: bool
    handoff: HandoffCard | None
    summary: list[DetailRow]
    """Why you got this: reason, what was collected, verified or not."""
    messages: list[Message]
    notes: list[Note]
    requests: list[RequestCard]
    patient_left: bool
    callback: str | None
    clinicians: list[DetailRow]
    """For the `entered` form: key is the clinician id, value the name."""


class Fence(Wire):
    """The fence the desk saw; a stale one is a 409, so two people cannot both act on one conversation."""

    fence: int
    outcome: str | None = Field(default=None, max_length=40)


class DeskText(Wire):
    fence: int
    text: str = Field(min_length=1, max_length=4_000)


class TakenBy(Wire):
    code: Literal["taken"] = "taken"
    message: str
    owner_name: str | None
    request: str
