"""From what a patient sent to what is stored: cleaned and boxed at once, masked for the transcript, red flags looked for.

A very long message is cut, but never so that a red flag in its tail is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.domain.blocks import Block, Paragraph
from bot.ports import Typed
from bot.privacy.phi import Phi, Purpose
from bot.text import MAX_CHARACTERS, typed
from bot.understanding.safety import assess
from bot.web.wire import Outgoing

MASKED: Final = {"birth_date": "••/••/••••", "code": "••••••"}
PHONES: Final = frozenset({"phone", "callback"})
_WINDOW: Final = MAX_CHARACTERS // 2
_OVERLAP: Final = 400  # a sentence that lies across two windows is whole in one of them


def content(outgoing: Outgoing) -> Phi[Typed]:
    return Phi(Typed(text=_capped(outgoing.text), choice=outgoing.choice or None, slot=outgoing.slot or None))


def text_of(raw: str) -> Phi[str]:
    """One message of words alone, cleaned."""
    return Phi(_capped(raw))


def is_empty(body: Phi[Typed]) -> bool:
    content = body.reveal(Purpose.VALIDATION)
    return not content.text and content.choice is None and content.slot is None


def is_alarm(body: Phi[Typed]) -> bool:
    """Whether the words hold a red flag: such a message passes every limit and starts its turn at once."""
    return assess(body.reveal(Purpose.SAFETY).text).alarm


def is_plain(body: Phi[Typed]) -> bool:
    """Words alone, which may join with the next quick message; a tap or a form answer stands by itself."""
    content = body.reveal(Purpose.VALIDATION)
    return content.choice is None and content.slot is None


def shown(body: Phi[Typed]) -> Phi[tuple[Block, ...]]:
    """What the transcript shows of it. Birth dates and codes never appear in it, phone numbers with their last four."""
    return body.map(_shown)


def _shown(content: Typed) -> tuple[Block, ...]:
    text = content.text
    if content.slot in MASKED:
        text = MASKED[content.slot]
    elif content.slot in PHONES:
        digits = [character for character in text if character.isdigit()]
        text = "•••-•••-" + "".join(digits[-4:]) if len(digits) > 6 else "•••"
    return (Paragraph(text),) if text else ()


def _capped(raw: str) -> str:
    if len(raw) <= MAX_CHARACTERS:
        return typed(raw)
    tail = next((window for window in _windows(raw[_WINDOW:]) if assess(window).alarm), None)
    return typed(raw) if tail is None else f"{typed(raw[:_WINDOW])[: _WINDOW - 1]}\n{tail[:_WINDOW]}"


def _windows(text: str) -> Iterator[str]:
    for start in range(0, len(text), _WINDOW - _OVERLAP):
        window = typed(text[start : start + _WINDOW])
        if window:
            yield window
