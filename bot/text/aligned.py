"""Folding that remembers where each character came from, for callers that must cut the raw text."""

from bot.text.characters import plain


def fold_aligned(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the index of the raw character it came from."""
    chars: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        for part in plain(char):
            chars.append(part)
            origin.append(index)
    return "".join(chars), origin
