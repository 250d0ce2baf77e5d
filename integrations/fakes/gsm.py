"""Counts SMS segments as a provider does, apart from the service's own counter, so that one can check the other."""

from __future__ import annotations

from typing import Final

BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
ESCAPED: Final = frozenset("\f^{}\\[~]|€")


def counted(text: str) -> tuple[str, int]:
    """Encoding and number of segments. An escaped character is never cut in two, nor is a pair of UTF-16 units."""
    if set(text) <= BASIC | ESCAPED:
        return "GSM-7", _parts([2 if sign in ESCAPED else 1 for sign in text], one=160, many=153)
    return "UCS-2", _parts([2 if ord(sign) > 0xFFFF else 1 for sign in text], one=70, many=67)


def _parts(widths: list[int], *, one: int, many: int) -> int:
    if sum(widths) <= one:
        return 1
    parts, room = 1, many
    for width in widths:
        if width > room:
            parts, room = parts + 1, many
        room -= width
    return parts
