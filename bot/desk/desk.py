"""`Desk`: each staff action is one decided and saved outcome, like a turn. Nothing is sent from here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from bot.desk import details
from bot.desk.acting import cancelled, entered, told_about
from bot.desk.outcomes import DetailRow, Done, Refusal, TakenBy
from bot.domain import ownership
from bot.domain.conversation import Handoff, HandoffState, Reason
from bot.domain.errors import TurnSuperseded
from bot.domain.ownership import Move, Taken
from bot.domain.requests import RESULT, Kind, Request, Standing, actions, stepped
from bot.domain.says import Say
from bot.domain.tracker import Pinned, WaitingNotified
from bot.lanes.escalation import hand_over
from bot.orchestrator.draft import Draft, Plugs
from bot.ports import Clock, Conversations, Note, Outcome, PracticeSystem, Signals, Snapshot, Staff
from bot.privacy.phi import Phi

ATTEMPTS = 5


class Desk:
    def __init__(
        self,
        plugs: Plugs,
        *,
        conversations: Conversations,
        system: PracticeSystem,
        signals: Signals,
        clock: Clock,
    ) -> None:
        self._plugs = plugs
        self._conversations = conversations
        self._system = system
        self._signals = signals
        self._clock = clock

    # ---- ownership --------------------------------------------------------------------------------------------------

    async def claim(self, conversation: str, *, staff: Staff, fence: int) -> Done | TakenBy:
        def decide(draft: Draft) -> Move:
            return ownership.claim(draft.conversation, staff=staff.id, fence=fence)

        def then(draft: Draft) -> None:
            if draft.snapshot.conversation.owner == staff.id:
                return
            if draft.handoff is not None:
                draft.change_handoff(replace(draft.handoff, state=HandoffState.CLAIMED))
            draft.say(Say("utter_staff_joined", {"name": first_name(staff)}))
            draft.flush(purpose="notice", author=f"staff:{staff.id}")

        return await self._move(conversation, decide, then)

    async def release(self, conversation: str, *, staff: Staff, fence: int) -> Done | TakenBy:
        def decide(draft: Draft) -> Move:
            return ownership.release(draft.conversation, staff=staff.id, fence=fence)

        def then(draft: Draft) -> None:
            if draft.handoff is not None:
                draft.change_handoff(replace(draft.handoff, state=HandoffState.WAITING))
            else:  # it was taken from the bot: without a hand-off it would wait in nobody's queue
                draft.open_handoff(Reason.ASKED, due=due_of(draft, Reason.ASKED))
            draft.say(Say("utter_staff_released"))
            draft.flush(purpose="notice", author=f"staff:{staff.id}")

        return await self._move(conversation, decide, then)

    async def return_to_bot(self, conversation: str, *, staff: Staff, fence: int) -> Done | TakenBy:
        def decide(draft: Draft) -> Move:
            return ownership.return_to_bot(draft.conversation, staff=staff.id, fence=fence)

        return await self._move(conversation, decide, _closing("utter_staff_left", staff))

    async def resolve(
        self, conversation: str, *, staff: Staff, fence: int, outcome: str | None = None
    ) -> Done | TakenBy:
        def decide(draft: Draft) -> Move:
            return ownership.resolve(draft.conversation, staff=staff.id, fence=fence)

        return await self._move(conversation, decide, _closing("utter_staff_resolved", staff))

    # ---- words ------------------------------------------------------------------------------------------------------

    async def reply(self, conversation: str, *, staff: Staff, fence: int, text: Phi[str], key: str) -> Done | TakenBy:
        """`key` makes a repeated click one reply."""

        def decide(draft: Draft) -> Move:
            allowed = ownership.may_write(draft.conversation, staff=staff.id, fence=fence)
            return draft.conversation if allowed else Taken(draft.conversation.owner)

        def then(draft: Draft) -> None:
            draft.staff_says(text, staff=staff.id, key=click_id(conversation, staff, key))

        return await self._move(conversation, decide, then)

    async def note(self, conversation: str, *, staff: Staff, fence: int, text: Phi[str], key: str) -> Done | TakenBy:
        """Staff only; anybody at the desk may add one, whoever owns the conversation."""

        def then(draft: Draft) -> None:
            at = draft.now.astimezone(UTC)
            draft.note(Note(click_id(conversation, staff, key), conversation, by=staff.id, at=at, text=text))

        return await self._move(conversation, lambda draft: draft.conversation, then)

    # ---- requests ---------------------------------------------------------------------------------------------------

    async def act(
        self,
        request: str,
        action: str,
        *,
        staff: Staff,
        start: str | None = None,
        clinician: str | None = None,
        location: str | None = None,
        reason: str | None = None,
    ) -> Request | Refusal:
        """A staff member's action on a request: the only proof besides a receipt that changes a standing."""
        for _ in range(ATTEMPTS):
            found = await self._conversations.request(request)
            if found is None or found.practice != staff.practice:
                return Refusal("This request does not exist.")
            if action not in actions(found):
                return Refusal("This request has moved on since you opened it. Look at it again.")
            snapshot = await self._conversations.snapshot(found.conversation)
            assert snapshot is not None
            draft = Draft(self._plugs, snapshot, now=self._clock.now())
            rows: tuple[DetailRow, ...] = ()
            if action == "entered":
                visit = await entered(
                    found,
                    self._plugs,
                    self._system,
                    staff=staff,
                    start=start,
                    clinician=clinician,
                    location=location,
                    now=draft.now,
                )
                if isinstance(visit, Refusal):
                    return visit
                found = visit
                rows = await details.when_rows(found, self._plugs, self._system)
            standing = RESULT[action]
            if found.kind is Kind.CANCEL and action == "done":
                refused = await cancelled(found, self._system, staff=staff, now=draft.now)
                if refused is not None:
                    return refused
                standing = Standing.CANCELLED
            changed = stepped(found, standing=standing, at=draft.now.astimezone(UTC), proof=f"staff:{staff.id}")
            draft.keep(changed)
            draft.say(told_about(changed, action, rows))
            draft.flush(purpose="receipt", author=f"staff:{staff.id}")
            try:
                await self._save(draft.outcome())
            except TurnSuperseded:
                continue
            return changed
        raise TurnSuperseded("The conversation changed five times meanwhile. Try again.")

    async def rows(self, request: Request) -> tuple[DetailRow, ...]:
        """The request's fields, opened for staff."""
        return await details.request_rows(request, self._plugs, self._system)

    async def summary(self, snapshot: Snapshot) -> tuple[DetailRow, ...]:
        """Why staff got this, and what was collected so far."""
        return await details.summary_rows(snapshot, self._plugs)

    async def callback(self, handoff: Handoff) -> str | None:
        """The callback number that the patient left."""
        if handoff.callback is None:
            return None
        return await details.opened_phone(handoff.callback, handoff.conversation, self._plugs)

    # ---- saving -----------------------------------------------------------------------------------------------------

    async def _move(
        self, conversation: str, decide: Callable[[Draft], Move], then: Callable[[Draft], None]
    ) -> Done | TakenBy:
        for _ in range(ATTEMPTS):
            snapshot = await self._conversations.snapshot(conversation)
            if snapshot is None:
                return TakenBy(None)
            draft = Draft(self._plugs, snapshot, now=self._clock.now())
            move = decide(draft)
            if isinstance(move, Taken):
                return TakenBy(move.owner)
            draft.conversation = move
            then(draft)
            try:
                await self._save(draft.outcome())
            except TurnSuperseded:
                continue
            return Done()
        raise TurnSuperseded("The conversation changed five times meanwhile. Try again.")

    async def _save(self, outcome: Outcome) -> None:
        await self._conversations.commit(outcome)
        await self._signals.publish(f"conversation:{outcome.conversation.id}", "changed")
        await self._signals.publish(f"desk:{outcome.conversation.practice}", f"conversation {outcome.conversation.id}")


def click_id(conversation: str, staff: Staff, key: str) -> str:
    """The id of what one click makes: the same click again is the same row, and nobody else's."""
    return hashlib.sha256(f"{conversation}|{staff.id}|{key}".encode()).hexdigest()[:32]


def due_of(draft: Draft, reason: Reason) -> datetime:
    """When staff owe the first answer to a hand-off made now."""
    return hand_over(
        reason,
        practice=draft.plugs.practice,
        now=draft.now,
        language=draft.language,
        channel=draft.channel,
        code=None,
    ).due


def first_name(staff: Staff) -> str:
    return staff.name.split()[0]


def _closing(utter: str, staff: Staff) -> Callable[[Draft], None]:
    def then(draft: Draft) -> None:
        if draft.handoff is not None:
            draft.change_handoff(replace(draft.handoff, state=HandoffState.DONE))
        draft.apply(Pinned(None), WaitingNotified(done=False))
        draft.say(Say(utter))
        draft.flush(purpose="notice", author=f"staff:{staff.id}")

    return then
