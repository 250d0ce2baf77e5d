"""Read a message into sentences: which named words stand where, which of them are denied, and what the sentence is about."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.text import normal, segment
from bot.understanding.safety.compiler import Compiled
from bot.understanding.safety.lexicon import SENTENCE_ENDS, split
from bot.understanding.safety.patterns import Span
from bot.understanding.safety.table import NumberWord

NEGATION_REACH = 4      # words: "no history of any chest pain" still denies; further on a new thought has begun
LONGEST_SENTENCE = 60   # people type whole letters without a full stop
SHORTEST_RUN = 8        # letters: a run such as "killmyself" is cut into words from here on
SHORTEST_PIECE = 4      # unless the letters were typed apart: "odontologo" must not become "od on to ..."
_SPACED_LETTERS = re.compile(r"(?<!\w)\w(?:[ .*_-]{1,2}\w){4,}(?!\w)")
SHORTEST_PLURAL = 4     # letters: "has", "gas", "yes" are no plurals
_MARKS = frozenset(",:")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Where each named word stands (denied ones left out), and as a mask which are there at all."""

    hits: dict[int, list[Span]]
    mask: int
    length: int


def read(text: str, *, compiled: Compiled) -> list[Sentence]:
    """The sentences of a message."""
    form = normal(text)
    shortest = 1 if _SPACED_LETTERS.search(form.clean) else SHORTEST_PIECE
    words = compiled.spelling.rewrite(_cut_runs(split(form.folded), compiled, shortest=shortest))
    sentences: list[Sentence] = []
    current: list[str] = []
    for word in words:
        if word[0] in SENTENCE_ENDS or len(current) >= LONGEST_SENTENCE:
            if "?" in word:
                current.append("?")   # a word of its own: "tengo diabetes?" asks, "tengo diabetes" tells
            if current:
                sentences.append(_sentence(current, compiled))
                current = []
            if word[0] in SENTENCE_ENDS:
                continue
        current.append(word)
    if current:
        sentences.append(_sentence(current, compiled))
    return sentences


def _sentence(words: list[str], compiled: Compiled) -> Sentence:
    keyed = [_keys(word, compiled) for word in words]
    _hide_names(words, keyed, compiled)
    for start, end, _ in compiled.ignore.find([None if word in _MARKS else _ignore_keys(word, compiled) for word in words]):
        for position in range(start, end):
            keyed[position] = None
    found = compiled.phrases.find(keyed)
    found.extend(_numbers(words, compiled))
    return _without_denied(words, found, compiled)


def _cut_runs(words: list[str], compiled: Compiled, *, shortest: int) -> list[str]:
    out: list[str] = []
    for word in words:
        pieces: tuple[str, ...] = ()
        if len(word) >= SHORTEST_RUN and word.isalpha() and not compiled.phrases.keys(word):
            pieces = segment(word, compiled.phrases.vocabulary)
        out.extend(pieces if pieces and min(map(len, pieces)) >= shortest else (word,))
    return out


def _keys(word: str, compiled: Compiled) -> Sequence[str] | None:
    if word in _MARKS:
        return None
    keys = compiled.phrases.keys(word)
    if len(word) > SHORTEST_PLURAL and word[-1] == "s":   # plurals, and "grandpa's" once its apostrophe is gone
        keys += compiled.phrases.keys(word[:-1])
    if not keys:
        keys = [key for meant in compiled.spelling.mend(word) for key in compiled.phrases.keys(meant)]
    return keys


def _ignore_keys(word: str, compiled: Compiled) -> Sequence[str]:
    return compiled.ignore.keys(word)


def _hide_names(words: list[str], keyed: list[Sequence[str] | None], compiled: Compiled) -> None:
    """`dr burns`, `doctor payne`: the word after a title is a name, whatever it also means."""
    for position, word in enumerate(words[:-1]):
        if word in compiled.titles:
            keyed[position + 1] = None


def _numbers(words: list[str], compiled: Compiled) -> list[tuple[int, int, int]]:
    found = []
    for position, word in enumerate(words):
        if word[0].isdigit():
            for concept, entry in compiled.numbers:
                end = _number_ends(entry, words, position)
                if end:
                    found.append((position, end, concept))
    return found


def _number_ends(entry: NumberWord, words: list[str], position: int) -> int:
    """Where the number word ends, or 0 if this number is not one."""
    values, end = _values(words, position, pair=entry.pair)
    if not values:
        return 0
    if entry.pair:
        fits = len(values) == 2 and any(
            low <= value <= high for value, (low, high) in zip(values, entry.ranges, strict=False)
        )
    else:
        fits = len(values) == 1 and any(low <= values[0] <= high for low, high in entry.ranges)
    if not fits:
        return 0
    if entry.after:
        return end + 1 if end < len(words) and words[end] in entry.after else 0
    if entry.before and not entry.before.intersection(words[max(0, position - 5) : position]):
        return 0
    return end


def _values(words: list[str], position: int, *, pair: bool) -> tuple[list[float], int]:
    word = words[position]
    if "/" in word:
        parts = word.split("/")
        return ([float(part) for part in parts if part.isdigit()] if pair else []), position + 1
    try:
        value = float(word.replace(",", "."))
    except ValueError:
        return [], position + 1
    if pair:
        after = words[position + 1 : position + 3]
        if len(after) == 2 and after[0] in ("over", "con", "sobre", "x", "con/") and after[1].isdigit():
            return [value, float(after[1])], position + 3
        return [], position + 1
    return [value], position + 1


def _without_denied(words: list[str], found: list[tuple[int, int, int]], compiled: Compiled) -> Sentence:
    negation, exempt = compiled.concepts["negation"], compiled.concepts["not_negation"]
    breaks = compiled.concepts["clause_break"]
    # A negation inside a longer phrase ("cant stop bleeding", "no se que hacer") belongs to that phrase.
    covered = {
        position
        for start, end, concept in found
        if end - start > 1 and concept != negation
        for position in range(start, end)
    } | {position for start, end, concept in found if concept == exempt for position in range(start, end)}
    denials = sorted({end for start, end, concept in found if concept == negation and start not in covered})
    ends = {position for position, word in enumerate(words) if word in _MARKS}
    ends.update(start for start, _, concept in found if concept == breaks)
    hits: dict[int, list[Span]] = defaultdict(list)
    mask = 0
    for start, end, concept in found:
        if not _denied(start, denials, ends):
            hits[concept].append((start, end))
            mask |= 1 << concept
    return Sentence(dict(hits), mask, len(words))


def _denied(start: int, denials: list[int], ends: set[int]) -> bool:
    for after in denials:
        if after <= start <= after + NEGATION_REACH and not any(position in ends for position in range(after, start)):
            return True
    return False
