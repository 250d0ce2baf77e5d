"""The words that patients and practices use, in English and Spanish, and which of them are also names.

What is in none of these lists is suspect: names are endless, ordinary words are not.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Vocabulary", "load"]

# Endings of medical words and medicines: the lists cannot hold them all, and names seldom end so.
MEDICAL = re.compile(
    r"[a-z]{3,24}(?:itis|ectom(?:y|ia|ias|ies)|ostom(?:y|ia)|oscop(?:y|ia|ies|ic)|olog(?:y|ia|ist|ists|ical|ico|ica|icos)|emia|emic|algia|opath(?:y|ic)|opatia|"
    r"oplast(?:y|ia)|ogra(?:m|ms|ma|mas|phy|fia|fias)|osis|uria|cillin|cilina|prazole?|vastatina?|sartan|mycin|micina|azepam|oxetina?e?|olol|dipin[ea]?|"
    r"gliptina?|tidina?e?|zoster|pneumonia|therapy|terapia|cancer|virus|viral|aches?|acion|aciones|mente|ments?|ness|ingly|ations?|idad|idades|"
    r"ability|ibility|izing|ized|iendo|ando|aria|ario|amente)"
)
STRETCHED = re.compile(r"(.)\1{2,}")
CHAT = re.compile(r"(?:(?:ha){2,}h?|(?:he){2,}|(?:ja){2,}j?|(?:je){2,}j?|h+m+|a+h+|o+h+|u+h+|m+h?m+|z{2,}|l+o+l+|y+e+s+|n+o+|s+i+|o+k+)")
SHORTEST_TYPO = 7  # letters: slips in shorter words look too much like names


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The word lists, folded."""

    function: frozenset[str]  # never a name by themselves
    ordinary: frozenset[str]  # all other ordinary words
    also_names: frozenset[str]  # ordinary words that are a name beside a name: "long", "rosado"
    name_first: frozenset[str]  # words that are a name unless an article says otherwise: "mark", "grace"
    slips: frozenset[str]  # one-letter omissions of the long practice words, to forgive typing

    def holds(self, word: str) -> bool:
        """Whether `word` is ordinary, forgiving stretched letters, medical endings and slips in practice words."""
        if word in self.ordinary or word in self.function:
            return True
        if word in self.name_first:
            return False
        size = len(word)
        if size > 6 and (MEDICAL.fullmatch(word) or self._slip(word)):
            return True
        if size > 2 and CHAT.fullmatch(word):
            return True
        if size > 3 and STRETCHED.search(word):
            return any(STRETCHED.sub(short, word) in self.ordinary for short in (r"\1", r"\1\1"))
        return False

    def _slip(self, word: str) -> bool:
        """One letter missing, added, wrong or swapped against a long practice word."""
        if word in self.slips:
            return True
        if len(word) > 24:
            return False
        return any(word[:at] + word[at + 1 :] in self.slips for at in range(len(word)))


def _words(name: str) -> frozenset[str]:
    text = (files("bot.privacy.gate") / "words" / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(word for word in text.split() if not word.startswith("#"))


def _with_omissions(words: frozenset[str]) -> frozenset[str]:
    long_words = [word for word in words if len(word) >= SHORTEST_TYPO]
    return frozenset(long_words).union(word[:at] + word[at + 1 :] for word in long_words for at in range(len(word)))


@cache
def load() -> Vocabulary:
    """The lists that ship with the gate, read once."""
    function, practice = _words("function"), _words("practice")
    return Vocabulary(
        function=function,
        ordinary=_words("english") | _words("spanish") | practice,
        also_names=_words("words_also_names") - function - practice,
        name_first=_words("names_also_words") - function - practice,
        slips=_with_omissions(practice),
    )
