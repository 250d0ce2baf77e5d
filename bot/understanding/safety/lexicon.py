"""Find the words and phrases of the safety tables in a list of typed words, in one pass, also when misspelt."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.text import fold, nearest_all
from bot.text.fuzzy import SHORTEST_FUZZY, errors_allowed

ANY_WORD = "_"       # in a phrase: one word, whatever it is
WORDS = re.compile(
    r"\d+(?:[.,:/]\d+)*|[^\W\d_]+|[\u2600-\u27bf\U0001f300-\U0001faff]|[.!?;\n]+|[,:]"
)
SENTENCE_ENDS = frozenset(".!?;\n")
_SOUNDS = (("ll", "y"), ("qu", "k"), ("v", "b"), ("z", "s"), ("ce", "se"), ("ci", "si"), ("h", ""), ("ge", "je"), ("gi", "ji"))
_DOUBLED = re.compile(r"([a-z])\1")
SHORTEST_STEM = 3    # letters before an ending such as "-itis": "sis" alone is no disease


@dataclass(slots=True)
class _Node:
    next: dict[str, "_Node"] = field(default_factory=dict)
    found: list[int] = field(default_factory=list)


def split(text: str) -> list[str]:
    """The words and marks of folded text."""
    return WORDS.findall(text)


class Phrases:
    """A set of phrases, each carrying a number. Answers which of them stand where."""

    def __init__(self, phrases: Iterable[tuple[Sequence[str], int]]) -> None:
        self._root = _Node()
        self.vocabulary: set[str] = set()
        self._prefixes: set[str] = set()
        self._endings: set[str] = set()
        for words, number in phrases:
            node = self._root
            for word in words:
                if word.endswith("*"):
                    self._prefixes.add(word)
                elif word.startswith("*"):
                    self._endings.add(word)
                else:
                    self.vocabulary.add(word)
                node = node.next.setdefault(word, _Node())
            if number not in node.found:
                node.found.append(number)
        self._lengths = tuple(sorted({len(prefix) - 1 for prefix in self._prefixes}))
        self._ending_lengths = tuple(sorted({len(ending) - 1 for ending in self._endings}))

    def keys(self, word: str) -> list[str]:
        """Every way `word` can be written in a phrase: itself, a beginning or an ending of it."""
        found = [word] if word in self.vocabulary else []
        for length in self._lengths:
            if length > len(word):
                break
            if (prefix := word[:length] + "*") in self._prefixes:
                found.append(prefix)
        for length in self._ending_lengths:
            if length + SHORTEST_STEM > len(word):
                break
            if (ending := "*" + word[-length:]) in self._endings:
                found.append(ending)
        return found

    def find(self, keyed: Sequence[Sequence[str] | None]) -> list[tuple[int, int, int]]:
        """All phrases as (start, end, number), from the keys of each word."""
        hits: list[tuple[int, int, int]] = []
        for start in range(len(keyed)):
            nodes = [self._root]
            position = start
            while nodes and position < len(keyed):
                keys = keyed[position]
                if keys is None:   # a mark, or hidden: no phrase crosses it
                    break
                reached = []
                for node in nodes:
                    for key in keys:
                        step = node.next.get(key)
                        if step is not None:
                            reached.append(step)
                    if ANY_WORD in node.next:
                        reached.append(node.next[ANY_WORD])
                position += 1
                for node in reached:
                    for number in node.found:
                        hits.append((start, position, number))
                nodes = reached
        return hits


class Spelling:
    """Bring typed words to the form the tables use: short forms spelled out, slips of the finger mended."""

    def __init__(self, rewrite: Mapping[str, str], *, known: Iterable[str], real_words: frozenset[str]) -> None:
        self._rewrite: dict[tuple[str, ...], tuple[str, ...]] = {
            tuple(split(fold(typed))): tuple(split(fold(meant))) for typed, meant in rewrite.items()
        }
        self._longest = max((len(typed) for typed in self._rewrite), default=1)
        self._starts = {typed[0] for typed in self._rewrite}
        self._real = real_words
        self._by_letter: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for word in known:
            if len(word) >= SHORTEST_FUZZY and word.isalpha():
                self._by_sound[sound(word)].append(word)
            if len(word) >= SHORTEST_FUZZY and word.isalpha():
                for length in range(len(word) - errors_allowed(word), len(word) + errors_allowed(word) + 1):
                    self._by_letter[word[0], length].append(word)

    def rewrite(self, words: Sequence[str]) -> list[str]:
        """Spell out short forms (`i am` and `im` become one), longest first."""
        out: list[str] = []
        at = 0
        while at < len(words):
            if words[at] in self._starts:
                for size in range(min(self._longest, len(words) - at), 0, -1):
                    meant = self._rewrite.get(tuple(words[at : at + size]))
                    if meant is not None:
                        out.extend(meant)
                        at += size
                        break
                else:
                    out.append(words[at])
                    at += 1
            else:
                out.append(words[at])
                at += 1
        return out

    def mend(self, word: str) -> Sequence[str]:
        """The table words that an unknown word may be meant as: one that sounds alike, or slips of the finger."""
        if len(word) < SHORTEST_FUZZY or word in self._real or not word.isalpha():
            return ()
        alike = self._by_sound.get(sound(word))
        if alike:
            return alike
        # The first letter must be right: people seldom miss it, and "booking" is no "choking".
        return nearest_all(word, self._by_letter.get((word[0], len(word)), ()))


def sound(word: str) -> str:
    """How a Spanish ear hears a word: `desmallo` is `desmayo`, `aogando` is `ahogando`, `bomito` is `vomito`."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return _DOUBLED.sub(r"\1", word)
