"""Bounded spelling distance: does a typed word mean one of these words?"""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST_FUZZY = 5   # "pain" against "paid", "chest" against "chess": shorter words have too many neighbours
TWO_ERRORS_FROM = 9


def errors_allowed(word: str) -> int:
    """How many slips of the finger a word of this length may hold."""
    if len(word) < SHORTEST_FUZZY:
        return 0
    return 2 if len(word) >= TWO_ERRORS_FROM else 1


def same_word(typed: str, word: str) -> bool:
    """Whether `typed` is `word` give or take the errors a word of that length may hold."""
    return typed == word or OSA.distance(typed, word, score_cutoff=errors_allowed(word)) <= errors_allowed(word)


def nearest_all(typed: str, words: Sequence[str]) -> list[str]:
    """The words of `words` that `typed` may be a slip of: the nearest, and those as near. Swaps count as one error."""
    limit = errors_allowed(typed)
    if not limit:
        return []
    found = process.extract(typed, words, scorer=OSA.distance, score_cutoff=limit, limit=5)
    fitting = [(word, errors) for word, errors, _ in found if errors <= errors_allowed(word)]
    return [word for word, errors in fitting if errors == fitting[0][1]]


def nearest(typed: str, words: Sequence[str]) -> str | None:
    """The word of `words` that `typed` is a slip of, or None."""
    found = nearest_all(typed, words)
    return found[0] if found else None
