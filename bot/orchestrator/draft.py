"""A turn in the making: collects events, words, requests and hand-offs, and becomes one `Outcome`."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain import ownership
from bot.domain.blocks import Paragraph
from bot.domain.conversation import Channel, Conversation, Handoff, HandoffState, Reason
from bot.domain.requests import Request
from bot.domain.says import Offered, Say
from bot.domain.tracker import ChoicesOffered, Event, Tracker, applied
from bot.outbox import Ruling, deliver
from bot.ports import Alert, ConsentChange, NewDelivery, NewJob, NewLink, NewMessage, Note, Outcome, Snapshot, Vault
from bot.privacy.phi import Phi
from bot.responses import Worded, word
from knowledge.published import PublishedPractice

LINK_LIVES: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Plugs:
    """What every decider of one practice gets: published facts, the vault, the public address."""

    practice: PublishedPractice
    vault: Vault
    public_url: str

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.practice.timezone)


def new_id() -> str:
    """128 random bits (R-019)."""
    return secrets.token_hex(16)


class Draft:
    """Mutable only while one turn runs."""

    def __init__(self, plugs: Plugs, snapshot: Snapshot, *, now: datetime) -> None:
        self.plugs = plugs
        self.snapshot = snapshot
        self.now = now.astimezone(plugs.zone)
        self.conversation: Conversation = snapshot.conversation
        self.tracker: Tracker = snapshot.tracker
        self.handoff: Handoff | None = snapshot.handoff
        self.opted_out = snapshot.opted_out
        self.channel: Channel = snapshot.conversation.channel
        self.says: list[Say] = []
        self._new_handoff = False
        self._events: list[Event] = []
        self._handled: list[str] = []
        self._said: list[NewMessage] = []
        self._deliveries: list[NewDelivery] = []
        self._requests: dict[str, Request] = {}
        self._consents: list[ConsentChange] = []
        self._links: list[NewLink] = []
        self._alerts: list[Alert] = []
        self._jobs: list[NewJob] = []
        self._notes: list[Note] = []
        self._missed: list[str] = []

    # ---- collecting -------------------------------------------------------------------------------------------------

    @property
    def language(self) -> str:
        return self.conversation.language

    def apply(self, *events: Event) -> None:
        self._events += events
        self.tracker = applied(self.tracker, events)

    def say(self, *says: Say) -> None:
        """Adds parts to the message being composed; `flush` closes it."""
        self.says += says

    def flush(self, *, purpose: str = "reply", author: str = "bot", key: str | None = None) -> None:
        """Turn the collected parts into one message on the current channel, through `deliver`."""
        if not self.says:
            return
        worded = word(self._with_practice(self.says), language=self.language)
        self.says = []
        if author == "bot" and (worded.offered or purpose == "reply"):
            self.apply(ChoicesOffered(worded.offered))
        message_id = new_id()
        dispatch = deliver(
            worded,
            id=message_id,
            author=author,
            ruling=Ruling(self.channel, self.language, self.opted_out, self.now, purpose),
            key=key or f"{purpose}:{message_id}",
        )
        self._said.append(dispatch.message)
        if dispatch.delivery is not None:
            self._deliveries.append(dispatch.delivery)

    def staff_says(self, text: Phi[str], *, staff: str, key: str) -> None:
        """A staff member's own words, through the same door. `key` makes a repeated click one message."""
        worded = Worded(
            blocks=text.map(lambda words: (Paragraph(words),)),
            offered=(),
            utters=(),
            sms=text.map(lambda words: (words,)),
        )
        ruling = Ruling(self.conversation.channel, self.language, self.opted_out, self.now, "staff")
        dispatch = deliver(worded, id=key, author=f"staff:{staff}", ruling=ruling, key=f"staff:{key}")
        self._said.append(dispatch.message)
        if dispatch.delivery is not None:
            self._deliveries.append(dispatch.delivery)

    def text(self, *says: Say, to: Phi[str] | None, purpose: str, key: str) -> None:
        """A text beside the transcript (a code, a reminder): its own delivery, unique by key."""
        worded = word(self._with_practice(says), language=self.language)
        ruling = Ruling(Channel.SMS, self.language, self.opted_out and to is None, self.now, purpose)
        dispatch = deliver(worded, id=new_id(), author="bot", ruling=ruling, key=key, to=to)
        if dispatch.delivery is not None:
            self._deliveries.append(replace(dispatch.delivery, message=None))

    def keep(self, request: Request) -> None:
        self._requests[request.id] = request

    def handled(self, ids: Sequence[str]) -> None:
        self._handled += ids

    def missed(self, ids: Sequence[str]) -> None:
        self._missed += ids

    def consent(self, *, texts: bool, proof: str) -> None:
        mailbox = self.conversation.mailbox
        if mailbox is None:
            return
        change = ConsentChange(mailbox, self.conversation.practice, texts, proof, self.now.astimezone(UTC))
        self._consents.append(change)
        self.opted_out = not texts

    def note(self, note: Note) -> None:
        self._notes.append(note)

    def job(self, job: NewJob) -> None:
        self._jobs.append(job)

    def alert(self, kind: str) -> None:
        self._alerts.append(Alert(new_id(), self.conversation.id, kind, self.now.astimezone(UTC)))

    def open_handoff(self, reason: Reason, *, due: datetime) -> bool:
        """Pending becomes open. An open hand-off is kept, or becomes urgent; True when the patient must be told."""
        self.conversation = ownership.hand_off(self.conversation)
        due = due.astimezone(UTC)
        if self.handoff is None:
            created = self.now.astimezone(UTC)
            self.handoff = Handoff(new_id(), self.conversation.id, reason, HandoffState.WAITING, created, due)
            self._new_handoff = True
            return True
        if reason in (Reason.EMERGENCY, Reason.CRISIS) and not self.handoff.urgent:
            self.handoff = replace(self.handoff, reason=reason, due=min(due, self.handoff.due))
        return False

    def change_handoff(self, handoff: Handoff) -> None:
        self.handoff = handoff

    def withdraw_handoff(self) -> bool:
        """The patient goes on with the bot: the waiting hand-off ends, with its end recorded. An urgent one stays with staff."""
        move = ownership.withdraw(self.conversation)
        if not isinstance(move, Conversation):
            return False
        self.conversation = move
        if self.handoff is not None and not self.handoff.urgent:
            self.change_handoff(replace(self.handoff, state=HandoffState.WITHDRAWN))
        return True

    def secure_link(self) -> Phi[str]:
        """The address of a page on which this conversation's form goes on. The token is in the fragment, never sent by GET."""
        token = secrets.token_urlsafe(32)
        self._links.append(NewLink(Phi(token), self.conversation.id, self.now.astimezone(UTC) + LINK_LIVES))
        return Phi(f"{self.plugs.public_url}/link#{token}")

    def _with_practice(self, says: Sequence[Say]) -> list[Say]:
        practice = self.plugs.practice
        always = {
            "practice": practice.name,
            "short": practice.short_name,
            "phone": practice.phones.main,
            "nurse": practice.phones.nurse_line,
            "on_call": practice.phones.on_call,
        }
        return [replace(say, values={**always, **say.values}) for say in says]

    # ---- closing ----------------------------------------------------------------------------------------------------

    def outcome(self) -> Outcome:
        self.flush()
        return Outcome(
            conversation=self.conversation,
            at=self.now.astimezone(UTC),
            events=tuple(self._events),
            tracker=self.tracker,
            handled=tuple(self._handled),
            said=tuple(self._said),
            deliveries=tuple(self._deliveries),
            jobs=tuple(self._jobs),
            handoff=self.handoff if self.handoff != self.snapshot.handoff else None,
            requests=tuple(self._requests.values()),
            consents=tuple(self._consents),
            links=tuple(self._links),
            alerts=tuple(self._alerts),
            notes=tuple(self._notes),
            missed=tuple(self._missed),
        )


def offered_label(offered: Sequence[Offered], id: str) -> str | None:
    return next((item.label for item in offered if item.id == id), None)
