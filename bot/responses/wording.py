"""From what a lane wants said to the blocks that are shown: words the key, then its blocks, then its choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.blocks import Block, Choice, Emergency, Openings, Paragraph, QuickReplies, Summary
from bot.domain.says import Offered, Say
from bot.privacy.phi import Phi, Purpose
from bot.responses.catalogue import label, template


@dataclass(frozen=True, slots=True)
class Worded:
    """One message: its blocks for the web, the words for a text, and what was offered in it."""

    blocks: Phi[tuple[Block, ...]]
    offered: tuple[Offered, ...]
    utters: tuple[str, ...]
    sms: Phi[tuple[str, ...]]
    """The `sms` wording of each part, before blocks are added (see bot/outbox/texting.py)."""


def word(says: Sequence[Say], *, language: str) -> Worded:
    """One message of several parts. Choices of all parts come last, as one group, doubles dropped."""
    blocks: list[Block] = []
    choices: dict[str, Choice] = {}
    short: list[str] = []
    for say in says:
        values = {
            key: value.reveal(Purpose.WORDING) if isinstance(value, Phi) else value for key, value in say.values.items()
        }
        found = template(say.utter, language)
        if found.text:
            blocks.append(Paragraph(_filled(found.text, values)))
        short.append(_filled(found.sms, values))
        boxed = say.boxed.reveal(Purpose.WORDING) if say.boxed is not None else ()
        blocks += [*say.blocks, *boxed]
        for option in say.options:
            choices[option.id] = Choice(option.id, option.label or label(option.key, language))
    given = tuple(choices.values())
    if given:
        blocks.append(QuickReplies(given))
    offered = [Offered(choice.id, choice.label) for block in blocks for choice in _choices(block)]
    return Worded(
        blocks=Phi(tuple(blocks)),
        offered=tuple(offered),
        utters=tuple(say.utter for say in says),
        sms=Phi(tuple(short)),
    )


def _filled(text: str, values: Mapping[str, str | int]) -> str:
    """A time in Spanish ends in a full stop of its own ("5:00 p. m."), and needs no second one."""
    return text.format(**values).replace(" m..", " m.")


def _choices(block: Block) -> tuple[Choice, ...]:
    match block:
        case QuickReplies(choices) | Summary(choices=choices):
            return choices
        case Openings(days, _, other):
            return (*(Choice(time.id, time.full) for day in days for time in day.times), *other)
        case Emergency():
            return ()
        case _:
            return ()
