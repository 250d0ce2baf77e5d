"""From a worded message to the body of a text: lines instead of cards, numbers instead of buttons."""

from __future__ import annotations

from bot.domain.blocks import Block, Bullets, Choice, Emergency, Link, Notice, Openings, QuickReplies, Receipt, Summary
from bot.outbox.segments import plain
from bot.privacy.phi import Phi, Purpose
from bot.responses import Worded

HIDDEN_CHOICES = frozenset({"callback"})  # staff have the number of a texter already


def as_text(message: Worded) -> Phi[str]:
    """The body. Form fields, sources and receipts' rows are left out: they do not belong into a text (R-451)."""
    lines = [part for part in message.sms.reveal(Purpose.DELIVERY) if part]
    number = 0
    for block in message.blocks.reveal(Purpose.DELIVERY):
        added, number = _lines(block, number)
        lines += added
    return Phi(plain("\n".join(lines)))


def _lines(block: Block, number: int) -> tuple[list[str], int]:
    match block:
        case Bullets(items):
            return [f"- {item}" for item in items], number
        case Link(label, href):
            return [f"{label}: {href}"], number
        case Notice(text):
            return [text], number
        case Openings(days, _, other):
            times = [Choice(time.id, f"{day.label} {time.label}") for day in days for time in day.times]
            return _numbered([*times, *other], number)
        case QuickReplies(choices) | Summary(choices=choices):
            return _numbered(list(choices), number)
        case Receipt(number=reference):
            return [f"({reference})"], number
        case Emergency():
            return [], number
        case _:
            return [], number


def _numbered(choices: list[Choice], number: int) -> tuple[list[str], int]:
    lines = []
    for choice in choices:
        number += 1
        if choice.id not in HIDDEN_CHOICES:
            lines.append(f"{number} {choice.label}")
    return lines, number
