"""`deliver`: the only way a message reaches a patient. Pure: it rules, the caller saves the ruling with the turn.

On the web the message is part of the transcript and is shown from there. A text becomes a delivery row, unless a rule
stops it: opted out (R-404, R-414), quiet hours for what we start (R-420), more than ten segments (a bug, never a patient's wait).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from bot.domain.conversation import Channel
from bot.outbox.segments import segments
from bot.outbox.texting import as_text
from bot.ports import NewDelivery, NewMessage
from bot.privacy.phi import Phi, Purpose
from bot.responses import Worded

STARTED_BY_US: Final = frozenset({"reminder", "checkin"})
AFTER_STOP: Final = frozenset({"optout", "optin", "help"})  # answers to the keyword itself
OPENS: Final = time(9)
CLOSES: Final = time(20)
SUNDAY_OPENS: Final = time(12)
MAX_SEGMENTS: Final = 10


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is known when a message is about to go. `now` is wall time of the recipient (R-421)."""

    channel: Channel
    language: str
    opted_out: bool
    now: datetime
    purpose: str = "reply"


@dataclass(frozen=True, slots=True)
class Blocked:
    """Not sent, with the reason that the desk shows."""

    reason: str


@dataclass(frozen=True, slots=True)
class Dispatch:
    """The message for the transcript; for a text its delivery, or why there is none."""

    message: NewMessage
    delivery: NewDelivery | None = None
    blocked: Blocked | None = None


def deliver(worded: Worded, *, id: str, author: str, ruling: Ruling, key: str, to: Phi[str] | None = None) -> Dispatch:
    """Rule on one message. `key` is the business key that makes a text unique; `to` None is the conversation's number."""
    message = NewMessage(
        id=id,
        author=author,
        channel=ruling.channel,
        language=ruling.language,
        body=worded.blocks,
        utter=worded.utters[0] if worded.utters else None,
    )
    if ruling.channel is Channel.WEB and to is None:
        return Dispatch(message)
    if ruling.opted_out and ruling.purpose not in AFTER_STOP:
        return Dispatch(message, blocked=Blocked("opted_out"))
    body = as_text(worded)
    counted = segments(body.reveal(Purpose.DELIVERY))
    if counted.count > MAX_SEGMENTS:
        return Dispatch(message, blocked=Blocked("too_long"))
    due = next_allowed(ruling.now) if ruling.purpose in STARTED_BY_US else ruling.now
    delivery = NewDelivery(
        key=key,
        body=body,
        purpose=ruling.purpose,
        due=due.astimezone(UTC),
        segments=counted.count,
        message=id,
        to=to,
    )
    return Dispatch(message, delivery=delivery)


def next_allowed(now: datetime) -> datetime:
    """The first moment from `now` on when a text that we start may go: 9-20 local, Sundays from 12."""
    for ahead in range(3):
        day = now + timedelta(days=ahead)
        opens = SUNDAY_OPENS if day.weekday() == 6 else OPENS
        if ahead == 0 and opens <= now.timetz().replace(tzinfo=None) < CLOSES:
            return now
        start = datetime.combine(day.date(), opens, tzinfo=now.tzinfo)
        if start > now:
            return start
    raise AssertionError("every day has an opening time")
