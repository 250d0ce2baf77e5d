"""Plays a story: does what each step says, then looks at what the patient, the desk and the practice system saw."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.blocks import Paragraph
from bot.domain.conversation import Channel
from bot.ports import Inbound, Snapshot, StoredMessage, Typed
from bot.privacy.phi import Handle, Phi, Purpose
from tests.stories import transcript
from tests.stories.expecting import Expectations, check_ending
from tests.stories.meanwhile import happen
from tests.stories.practice import Running
from tests.stories.story import Step, Story

PRACTICE = "riverside"


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the bot or staff, with everything it consists of."""

    message: StoredMessage
    utters: tuple[str, ...]

    @property
    def words(self) -> str:
        return transcript.words_of(self.message.body.reveal(Purpose.PATIENT_VIEW))


@dataclass(slots=True)
class Player:
    story: Story
    house: Running
    sent_to_model: list[str]
    """Addresses that this process connected to while the story ran."""
    channel: Channel = Channel.WEB
    conversation: str | None = None
    last: tuple[str, Typed, Channel] | None = None
    seen: int = 0
    """Messages up to here were there before the last action."""
    texts_seen: int = 0
    calls_seen: int = 0
    done: list[str] = field(default_factory=list)

    async def play(self) -> None:
        self.channel = self.story.channel
        for patient in self.story.patients:
            for visit in patient.get("visits", ()):
                await self.house.enter({**patient, **visit})
        for step in self.story.steps:
            try:
                await self._step(step)
            except AssertionError as failure:
                raise AssertionError(await transcript.of(self, step, str(failure))) from None
        try:
            await check_ending(self, self.story.ending)
        except AssertionError as failure:
            raise AssertionError(await transcript.of(self, None, str(failure))) from None

    # ---- steps ------------------------------------------------------------------------------------------------------

    async def _step(self, step: Step) -> None:
        if step.action is None:
            await Expectations(self, step.words).check()
            return
        await self.mark()
        value = step.words[step.action]
        match step.action:
            case "user":
                await self._user(value)
            case "users":
                for text in value:
                    await self.accept(Typed(text=text))
                await self.house.work()
            case "fills":
                for slot, text in value.items():
                    await self.send(text=str(text), slot=slot)
            case "code":
                await self._code(value)
            case "meanwhile":
                await happen(self, value)
                await self.house.work()
            case "reload":
                await self.house.store.database.engine.dispose()
        assert not self.house.failures, f"a job failed: {self.house.failures[0]!r}"

    async def mark(self) -> None:
        self.seen = max((message.seq for message in await self.messages()), default=0)
        self.texts_seen = len(self.house.texts.sent)
        self.calls_seen = len(self.house.system.asked)

    async def _user(self, value: Any) -> None:
        if isinstance(value, str):
            choice = await self._offered(value) if self.channel is Channel.WEB else None
            await self.send(text=value, choice=choice)
        elif "again" in value:
            assert self.last is not None, "there is no message to repeat"
            await self.repeat()
        elif "tap" in value:
            choice = await self._offered(value["tap"], prefix=True)
            assert choice is not None, f"{value['tap']!r} was not offered"
            await self.send(text=value["tap"], choice=choice)
        else:
            text = str(value.get("text", ""))
            await self.send(text=text * value.get("times", 1), choice=value.get("choice"), slot=value.get("slot"))

    async def _code(self, value: Any) -> None:
        codes = [found[1] for text in self.house.texts.sent if (found := re.search(r"\b(\d{6})\b", text.body))]
        right = codes[-1] if codes else "000000"
        wrong = f"{(int(right) + 1) % 1_000_000:06d}"
        assert codes or value == "wrong", "no code was texted"
        await self.send(text=right if value is True else wrong, slot="code")

    async def _offered(self, label: str, *, prefix: bool = False) -> str | None:
        """The id of a choice that the last message showed."""
        if self.conversation is None:
            return None
        offered = (await self.snapshot()).tracker.offered
        exact = [item.id for item in offered if item.label == label]
        near = [item.id for item in offered if item.label.startswith(label)] if prefix else []
        return next(iter(exact or near), None)

    # ---- the patient ------------------------------------------------------------------------------------------------

    async def send(self, *, text: str = "", choice: str | None = None, slot: str | None = None) -> None:
        await self.accept(Typed(text=text, choice=choice, slot=slot))
        await self.house.work()

    async def accept(self, body: Typed, *, id: str | None = None) -> None:
        """One message arrives at the door and is stored; nothing answers yet."""
        store, now = self.house.store.conversations, self.house.clock.now()
        external = id or str(uuid.uuid4())
        if self.conversation is None and self.channel is Channel.WEB:
            started = await store.start(practice=PRACTICE, channel=Channel.WEB, language=self.story.language, at=now)
            self.conversation = started.id
        shown = body.text or body.choice or ""
        texted = self.channel is Channel.SMS
        accepted = await store.accept(
            Inbound(
                practice=PRACTICE,
                channel=self.channel,
                external_id=external,
                body=Phi(body),
                shown=Phi((Paragraph("••••" if body.slot else shown),)),
                at=now,
                language=self.story.language,
                conversation=None if texted else self.conversation,
                mailbox=Phi(self.story.phone) if texted and self.story.phone else None,
            ),
            due=now,
        )
        self.conversation = accepted.conversation
        self.last = (external, body, self.channel)

    async def repeat(self) -> None:
        """The last message arrives again, as it was, by the way it came."""
        assert self.last is not None, "there is no message to repeat"
        id, body, channel = self.last
        here, self.channel = self.channel, channel
        await self.accept(body, id=id)
        self.channel = here
        await self.house.work()

    # ---- looking ----------------------------------------------------------------------------------------------------

    async def snapshot(self) -> Snapshot:
        assert self.conversation is not None, "nobody has written yet"
        found = await self.house.store.conversations.snapshot(self.conversation)
        assert found is not None
        return found

    async def messages(self) -> list[StoredMessage]:
        if self.conversation is None and self.story.phone is not None:
            found = await self.house.rows("select id from conversation where channel = 'sms'")
            self.conversation = found[0].id if found else None
        if self.conversation is None:
            return []
        return list(await self.house.store.conversations.messages(self.conversation))

    async def said(self) -> list[Said]:
        """What the bot and staff said since the last action."""
        return [
            Said(message, self.house.utters.get(message.id, ()))
            for message in await self.messages()
            if message.seq > self.seen and message.author != "patient"
        ]

    def texts_since(self) -> list[str]:
        return [text.body for text in self.house.texts.sent[self.texts_seen :]]

    def texts_to_me(self) -> list[str]:
        return [text.body for text in self.house.texts.sent if text.to == self.story.phone]

    async def opened(self, value: str) -> str:
        """A slot's value; handles are opened, as the story may know what it typed."""
        if not value.startswith("vault:"):
            return value
        assert self.conversation is not None
        box = await self.house.store.vault.open(
            Handle(value), practice=PRACTICE, conversation=self.conversation, purpose=Purpose.VALIDATION
        )
        return box.reveal(Purpose.VALIDATION)

    def local(self, moment: datetime) -> str:
        return moment.astimezone(self.house.zone).strftime("%Y-%m-%dT%H:%M")

    def new_id(self) -> str:
        return uuid.uuid4().hex
