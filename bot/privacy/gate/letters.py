"""Folds text to the project's one normal form, and remembers where every folded character came from."""

from collections.abc import Sequence

from bot.text import fold_aligned

__all__ = ["fold"]


def fold(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters the place in `text` it came from (one more for the end)."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    folded, places = fold_aligned(text)
    places.append(len(text))
    return folded, places
