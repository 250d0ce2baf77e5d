"""The conversation so far, as people read it: what a failed story prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from bot.privacy.phi import Purpose

if TYPE_CHECKING:
    from tests.stories.playing import Player
    from tests.stories.story import Step

UNSEEN = frozenset({"type", "id", "href", "slot", "kind", "request"})


def words_of(blocks: Iterable[Mapping[str, Any]]) -> str:
    """Every word that the blocks show, in order."""
    return "\n".join(word for block in blocks for word in _words(block))


def _words(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            if key not in UNSEEN:
                yield from _words(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _words(part)


async def of(player: Player, step: Step | None, failure: str) -> str:
    where = f"step {step.number} {dict(step.words)}" if step else "finally"
    lines = [f"{player.story.path.name}: {player.story.title}", ""]
    for message in await player.messages():
        keys = " ".join(player.house.utters.get(message.id, ()))
        body = words_of(message.body.reveal(Purpose.PATIENT_VIEW)).replace("\n", "\n      ")
        lines.append(f"  {message.author}> {f'[{keys}] ' if keys else ''}{body}")
    if player.house.texts.sent:
        lines += ["", "  texts:", *(f"    to {text.to}: {text.body!r}" for text in player.house.texts.sent)]
    if player.conversation is not None:
        state = await player.snapshot()
        lines += ["", f"  form: {state.tracker.form}", f"  status: {state.conversation.status.value}"]
        lines += [f"  slots: {sorted(state.tracker.slots)}"]
        lines += [f"  offered: {[item.label for item in state.tracker.offered]}"]
    return "\n".join([*lines, "", f"failed at {where}", f"  {failure}"])
