"""`Orchestrator.take`: everything that happens for the messages that wait in one conversation, as one saved outcome.

Order (R-011): opt-out and safety on every message, neither hiding the other; then the owner; then replies to our own
texts, intake, information, escalation. Nothing is sent from here: the outcome holds messages and deliveries.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.domain.conversation import Channel
from bot.domain.errors import TurnSuperseded
from bot.domain.says import Say
from bot.domain.tracker import Disclosed, LaneTaken, Pinned, Tracker, WaitingNotified, disclosed_at
from bot.lanes.intake import Intake
from bot.orchestrator import conversing
from bot.orchestrator.alarms import raise_alarm, soft_line, stay_pinned
from bot.orchestrator.draft import Draft, Plugs
from bot.orchestrator.merging import FREE_TEXT, Merged, merged
from bot.orchestrator.optouts import apply_opt_out
from bot.orchestrator.routing import Lane, Situation, route
from bot.ports import Clock, Conversations, PracticeSystem, Signals, Snapshot
from bot.privacy.phi import Phi
from bot.understanding.hear import Understanding
from bot.understanding.heard import Command, Heard

DISCLOSURE_VERSION: Final = "1"
DISCLOSE_AGAIN: Final = timedelta(days=7)
ATTEMPTS: Final = 5  # a turn that lost the race starts over from the new state


class Orchestrator:
    """One practice's turns."""

    def __init__(
        self,
        plugs: Plugs,
        *,
        understanding: Understanding,
        intake: Intake,
        system: PracticeSystem,
        conversations: Conversations,
        signals: Signals,
        clock: Clock,
    ) -> None:
        self.plugs = plugs
        self.understanding = understanding
        self.intake = intake
        self.system = system
        self.conversations = conversations
        self._signals = signals
        self._clock = clock

    async def take(self, conversation: str) -> bool:
        """Handle all waiting messages of a conversation. False when nothing waited."""
        for _ in range(ATTEMPTS):
            snapshot = await self.conversations.snapshot(conversation)
            if snapshot is None or not snapshot.waiting:
                return False
            draft = await self.draft(snapshot)
            try:
                await self.conversations.commit(draft.outcome())
            except TurnSuperseded:
                continue
            await self._announce(snapshot, draft)
            return True
        raise TurnSuperseded("The conversation changed under five turns in a row. The job tries again.")

    async def draft(self, snapshot: Snapshot) -> Draft:
        """Decide the whole turn without saving it."""
        draft = Draft(self.plugs, snapshot, now=self._clock.now())
        draft.handled([waiting.id for waiting in snapshot.waiting])
        draft.conversation = replace(draft.conversation, patient_left=False)
        for message in merged(snapshot.waiting, draft.tracker):
            await self._message(draft, message)
            draft.flush()
        return draft

    async def _message(self, draft: Draft, message: Merged) -> None:
        draft.channel = message.channel
        _take_language(draft, message.language, self.plugs)  # the page's menu; the words below may say otherwise
        hear = [self._hear(draft, message, part) for part in message.parts]
        together = message.typed.map(lambda typed: typed.text)
        heard = hear[0] if len(hear) == 1 else self._hear(draft, message, together)
        if _in_words(message, draft.tracker):
            _take_language(draft, heard.language, self.plugs)
        silent = [apply_opt_out(draft, part.opt_out) for part in hear]
        alarming = next((part.safety for part in (*hear, heard) if part.safety.tier == "hard"), None)
        if alarming is not None:
            raise_alarm(draft, alarming)
            return
        if any(silent):
            return
        situation = Situation(draft.conversation, draft.tracker, conversing.opened(message.typed), heard)
        rule = route(situation)
        draft.apply(LaneTaken(rule.lane.value, rule.reason))
        if rule.lane is Lane.HUMAN:
            self._pass_on(draft)
            return
        if rule.lane is Lane.PINNED:  # nothing comes before the line, what we are neither
            await self._pinned(draft, situation)
            return
        self._disclose(draft)
        if heard.safety.tier == "soft" and heard.safety.label in ("emergency", "crisis"):
            soft_line(draft, heard)
        await conversing.speak(self, draft, message, situation, rule)

    def _hear(self, draft: Draft, message: Merged, text: Phi[str]) -> Heard:
        return self.understanding.hear(
            text,
            now=draft.now,
            language=draft.language,
            topics=draft.tracker.topics,
            web=message.channel is Channel.WEB,
        )

    def _disclose(self, draft: Draft) -> None:
        """Before the first answer in each channel, and again by text after seven idle days (R-301, R-303)."""
        shown = disclosed_at(draft.tracker, draft.channel.value)
        stale = shown is not None and draft.channel is Channel.SMS and draft.now - shown > DISCLOSE_AGAIN
        if shown is not None and not stale:
            return
        draft.say(Say("utter_disclosure"))
        draft.flush(purpose="disclosure")
        draft.apply(Disclosed(draft.channel.value, DISCLOSURE_VERSION, draft.now.isoformat()))

    def _pass_on(self, draft: Draft) -> None:
        """Staff have it. The bot says once that the message is saved while nobody has joined, then is silent."""
        if draft.conversation.owner is None and not draft.tracker.waiting_notified:
            draft.say(Say("utter_handoff_waiting", options=conversing.KEEP_BOT))
            draft.apply(WaitingNotified(done=True))

    async def _pinned(self, draft: Draft, situation: Situation) -> None:
        if situation.typed.choice == "continue" or Command.CONTINUE in situation.heard.commands:
            draft.apply(Pinned(None))
            self._disclose(draft)
            draft.withdraw_handoff()  # the bot goes on; the urgent item stays in the staff's queue
            draft.say(Say("utter_unpinned"))
            await conversing.resume(self, draft)
            return
        stay_pinned(draft)

    async def _announce(self, snapshot: Snapshot, draft: Draft) -> None:
        await self._signals.publish(f"conversation:{snapshot.conversation.id}", "changed")
        await self._signals.publish(
            f"desk:{snapshot.conversation.practice}", f"conversation {snapshot.conversation.id}"
        )


def _in_words(message: Merged, tracker: Tracker) -> bool:
    """Whether a message tells the language: taps, names, numbers and medicines do not."""
    typed = conversing.opened(message.typed)
    asked = tracker.form.requested if tracker.form is not None else None
    return not typed.choice and not typed.slot and asked not in FREE_TEXT


def _take_language(draft: Draft, language: str, plugs: Plugs) -> None:
    if language in plugs.practice.languages and language != draft.conversation.language:
        draft.conversation = replace(draft.conversation, language=language)

