"""Reminders by the clock: found ahead, read again from the practice system when they go (peers: reminders for moved visits).

One text per appointment and version, whatever runs twice. Quiet hours are `deliver`'s business.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.domain.conversation import Channel
from bot.domain.says import Say
from bot.domain.tracker import Nudged
from bot.orchestrator.draft import Draft, Plugs
from bot.ports import Clock, Conversations, Jobs, NewJob, PracticeSystem
from bot.responses import say_date, say_time

AHEAD: Final = timedelta(hours=24)
WINDOW: Final = timedelta(hours=2)  # visits booked inside the last day get their receipt, not a late reminder
EVERY: Final = timedelta(minutes=5)
LIVE: Final = ("booked", "confirmed")


class Reminders:
    def __init__(
        self, plugs: Plugs, *, conversations: Conversations, system: PracticeSystem, jobs: Jobs, clock: Clock
    ) -> None:
        self._plugs = plugs
        self._conversations = conversations
        self._system = system
        self._jobs = jobs
        self._clock = clock

    async def sweep(self) -> None:
        """Plan reminders for visits about a day ahead. The next sweep is planned first: an outage must not end them all."""
        now = self._clock.now()
        minute = int((now + EVERY).timestamp() // EVERY.total_seconds())
        await self._jobs.add(NewJob("sweep", f"sweep:{self._plugs.practice.id}:{minute}", now + EVERY))
        due = await self._system.due_for_reminder(start=now + AHEAD - WINDOW, end=now + AHEAD)
        for visit in due:
            args = {"appointment": visit.ref, "version": str(visit.version)}
            await self._jobs.add(NewJob("remind", f"remind:{visit.ref}:{visit.version}", now, args))

    async def remind(self, appointment: str, *, version: int) -> None:
        """One text, if the visit still stands as it was; the answer C or R counts for it."""
        visit = await self._system.appointment(appointment)
        if visit is None or visit.version != version or visit.status not in LIVE or visit.start <= self._clock.now():
            return
        phone = await self._system.phone_of(visit.patient)
        if phone is None:
            return
        now = self._clock.now()
        conversation = await self._conversations.for_mailbox(self._plugs.practice.id, phone, at=now)
        snapshot = await self._conversations.snapshot(conversation.id)
        assert snapshot is not None
        draft = Draft(self._plugs, snapshot, now=now)
        draft.channel = Channel.SMS
        local = visit.start.astimezone(self._plugs.zone)
        when = f"{say_date(local.date(), draft.language)}, {say_time(local.time(), draft.language)}"
        draft.say(Say("utter_reminder_text", {"when": when}))
        draft.flush(purpose="reminder", key=f"reminder:{visit.ref}:{visit.version}")
        draft.apply(Nudged(f"{visit.ref} {visit.version}"))
        await self._conversations.commit(draft.outcome())
