"""The gate: finds identifiers of all 18 Safe Harbor kinds in English and Spanish chat text, and masks them.

It lowers risk. Its output is not de-identified text and is never called so (R-133).
"""

from bot.privacy.gate import addresses, cues, dates, formats, inversion, letters, spelled
from bot.privacy.gate.spans import Found, KnownWords, Span, join

__all__ = ["KnownWords", "Span", "find", "mask"]

CERTAIN = (formats.find, dates.find, spelled.find, cues.find, addresses.find)
NOTHING_KNOWN = KnownWords()
PLACEHOLDER = {
    "PERSON": "name", "ADDRESS": "address", "PLACE": "place", "DATE": "date", "AGE90": "age", "PHONE": "phone", "EMAIL": "email",
    "URL": "link", "IP": "link", "CARD": "card", "SSN": "number", "ACCOUNT": "number", "MRN": "number", "PLAN_ID": "number",
    "LICENCE": "number", "PASSPORT": "number", "VEHICLE": "number", "DEVICE": "number", "OTHER_ID": "number",
}  # fmt: skip


def find(text: str, *, known: KnownWords = NOTHING_KNOWN) -> list[Span]:
    """Identifiers in `text`, sorted and without overlap. Words in `known` are the practice's own and stay, unless told as a name."""
    folded, places = letters.fold(text)
    found: list[Found] = [span for layer in CERTAIN for span in layer(folded)]
    certain = bytearray(len(folded))
    for start, end, _ in found:
        certain[start:end] = b"\x01" * (end - start)
    told = any(kind == "ADDRESS" for _, _, kind in found)
    found.extend(inversion.find(folded, text=text, places=places, known=known.words, certain=certain, places_told=told))
    return join((places[start], places[end - 1] + 1, kind) for start, end, kind in found if end > start)


def mask(text: str, *, known: KnownWords = NOTHING_KNOWN) -> str:
    """`text` with every identifier replaced by its kind: "my name is ‹name›"."""
    pieces: list[str] = []
    done = 0
    for span in find(text, known=known):
        pieces += text[done : span.start], f"‹{PLACEHOLDER[span.type]}›"
        done = span.end
    return "".join([*pieces, text[done:]])
