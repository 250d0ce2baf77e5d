"""`frontdesk chat`: talk to the bot in a terminal, with a practice of one's own, and save the conversation as a story."""

from __future__ import annotations

import asyncio
import secrets
import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.domain.blocks import Paragraph
from bot.domain.conversation import Channel
from bot.ports import Inbound, StoredMessage, Typed
from bot.privacy.phi import Phi, Purpose
from bot.processes.assembly import Frontdesk, assemble
from bot.processes.publication import published
from bot.processes.settings import Settings, database_url

HELP = "Type a message. A number picks a choice. /save FILE writes the conversation as a story, /quit ends."


@dataclass
class Transcript:
    """What was said, in the words of a story."""

    steps: list[str] = field(default_factory=list)

    def user(self, text: str) -> None:
        self.steps.append(f"  - user: {_quoted(text)}")

    def bot(self, message: StoredMessage) -> None:
        if message.utter:
            self.steps.append(f"  - bot: {message.utter}")

    def story(self, practice: str, now: str) -> str:
        steps = "\n".join(self.steps)
        return (
            "story: Say in one line what this shows\nwhy: Say why it matters to the patient\n"
            f"practice: {practice}\nnow: {now}\nchannel: web\n\nsteps:\n{steps}\n\n"
            "finally: {status: pending, sent_to_model: []}\n"
        )


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


async def chat(practice_dir: Path, *, language: str, data: Path) -> None:
    practice = published(practice_dir, data / "published")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            practice_dir=practice_dir,
            data_dir=Path(folder),
            database_url=database_url(f"sqlite:///{folder}/chat.db"),
            redis_url="memory://",
            key_file=Path(folder) / "chat.key",
            public_url="http://127.0.0.1:8000",
            demo=True,
        )
        desk = await assemble(settings, practice)
        try:
            await _converse(desk, language)
        finally:
            await desk.close()


async def _converse(desk: Frontdesk, language: str) -> None:
    started = desk.clock.now()
    conversation = await desk.store.conversations.start(
        practice=desk.practice.id, channel=Channel.WEB, language=language, at=started
    )
    transcript, seen = Transcript(), 0
    print(f"{desk.practice.name}. {HELP}\n")
    while True:
        try:
            text = (await asyncio.to_thread(input, "you  > ")).strip()
        except EOFError:
            return
        if text == "/quit":
            return
        if text.startswith("/save "):
            path = Path(text.removeprefix("/save ").strip())
            await asyncio.to_thread(path.write_text, transcript.story(desk.practice.id, started.isoformat()))
            print(f"Saved {path}. Give it a name and a reason before it becomes a test.")
            continue
        transcript.user(text)
        await _say(desk, conversation.id, text, language)
        await desk.store.jobs.drain(desk.handlers, until=desk.clock.now() + timedelta(seconds=5))
        for message in await desk.store.conversations.messages(conversation.id, after=seen):
            seen = message.seq
            if message.author != "patient":
                transcript.bot(message)
                print("\n".join(f"bot  > {line}" for line in lines(message)))


async def _say(desk: Frontdesk, conversation: str, text: str, language: str) -> None:
    snapshot = await desk.store.conversations.snapshot(conversation)
    form = snapshot.tracker.form if snapshot is not None else None
    slot = form.requested if form is not None and form.requested in _TYPED else None
    inbound = Inbound(
        practice=desk.practice.id,
        channel=Channel.WEB,
        external_id=secrets.token_hex(16),
        body=Phi(Typed(text=text, slot=slot)),
        shown=Phi((Paragraph(text),)),
        at=desk.clock.now(),
        language=language,
        conversation=conversation,
    )
    await desk.store.conversations.accept(inbound, due=desk.clock.now())


_TYPED = ("birth_date", "phone", "code", "callback")


def lines(message: StoredMessage) -> list[str]:
    """A message as terminal lines, choices numbered as they can be typed."""
    found: list[str] = []
    number = 0
    for block in message.body.reveal(Purpose.PATIENT_VIEW):
        match block:
            case {"type": "paragraph" | "notice", "text": text}:
                found.append(text)
            case {"type": "list", "items": items}:
                found += [f"- {item}" for item in items]
            case {"type": "emergency", "title": title, "text": text}:
                found += [title.upper(), text]
            case {"type": "field", "label": label, "hint": hint}:
                found.append(f"[{label}: {hint}]")
            case {"type": "summary" | "receipt", "title": title, "rows": rows}:
                found += [title, *(f"  {row['label']}: {row['value']}" for row in rows)]
            case {"type": "sources", "items": items}:
                found += [f"(source: {item['title']}, reviewed {item['reviewed_on']})" for item in items]
        choices = block.get("choices") or [time for day in block.get("days", ()) for time in day["times"]]
        for choice in [*choices, *block.get("other", ())]:
            number += 1
            found.append(f"  {number}. {choice.get('full') or choice['label']}")
    return found
