"""How long a text is, in what the carrier counts."""

from __future__ import annotations

import pytest

from bot.outbox import segments
from bot.outbox.segments import GSM, plain


@pytest.mark.parametrize(
    ("text", "encoding", "count"),
    [
        ("", "GSM-7", 1),
        ("a" * 160, "GSM-7", 1),
        ("a" * 161, "GSM-7", 2),
        ("a" * 306, "GSM-7", 2),
        ("a" * 307, "GSM-7", 3),
        ("€" * 80, "GSM-7", 1),
        ("€" * 81, "GSM-7", 2),
        ("á" * 70, "UCS-2", 1),
        ("á" * 71, "UCS-2", 2),
        ("👍" * 35, "UCS-2", 1),
        ("👍" * 36, "UCS-2", 2),
    ],
)
def test_lengths(text: str, encoding: str, count: int) -> None:
    """160 and 153 septets, 70 and 67 units; a euro sign is two, an emoji two (R-454)."""
    counted = segments(text)
    assert (encoding, count) == (counted.encoding, counted.count)


def test_plain_text_stays_cheap() -> None:
    """Typographic signs and Spanish accents do not triple the price of a text; ñ, é, É, ü and ¿ stay (R-455)."""
    said = plain("“Mañana” a las 9 — ¿está bien? Él llamó… adiós")
    assert said == '"Mañana" a las 9 - ¿esta bien? Él llamo... adios'
    assert set(said) <= GSM


def test_what_has_no_plain_form_stays() -> None:
    """A name in another script is not mangled; the text is longer then."""
    assert plain("李") == "李"
    assert segments(plain("李")).encoding == "UCS-2"
