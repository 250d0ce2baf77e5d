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


def nearest(typed: str, words: Sequence[str]) -> str | None:
    """The word of `words` that `typed` is a slip of, or None. Swapped neighbours count as one error."""
    limit = errors_allowed(typed)
    if not limit:
        return None
    found = process.extractOne(typed, words, scorer=OSA.distance, score_cutoff=limit)
    return found[0] if found and found[1] <= errors_allowed(found[0]) else None
