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
    r"[a-z]{2,24}(?:itis|ectom(?:y|ia|ias|ies)|ostom(?:y|ia)|oscop(?:y|ia|ies|ic)|olog(?:y|ia|ist|ists|ical|ico|ica|icos)"
    r"|(?:gl[iy]c|leu[ck]|septic|lesterol|lip(?:id)?|kal|natr|ox|isch|isqu)emi[ac]|algia|opath(?:y|ic)|opatia|oplast(?:y|ia)"
    r"|ogra(?:m|ms|ma|mas|phy|fia|fias)|osis|uria|cillin|cilina|prazole?|statina?|sartan|mycin|micina|azepam|oxetin[ae]?|olol"
    r"|dipin[ea]|gliptina?|tidin[ea]|virus|viral|therapy|terapia|acion|aciones|mente|ingly|ations?|idad|idades|ability|ibility"
    r"|izing|ized)"
)
STRETCHED = re.compile(r"(.)\1{2,}")
CHAT = re.compile(
    r"(?:(?:ha){2,}h?|(?:he){2,}|(?:ja){2,}j?|(?:je){2,}j?|h+m+|a+h+|o+h+|u+h+|m+h?m+|z{2,}|l+o+l+|y+e+s+|n+o+|s+i+|o+k+)"
)
SHORTEST_TYPO = 7  # letters: slips in shorter words look too much like names
LONGEST = 24  # letters: no practice word is longer


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The word lists, folded."""

    practice: frozenset[str]  # what patients and front desks say
    function: frozenset[str]  # never a name by themselves
    ordinary: frozenset[str]  # all other ordinary words
    also_names: frozenset[str]  # ordinary words that are a name beside a name: "long", "rosado"
    given: frozenset[str]  # those of them that are first names: "hope", "luz"
    name_first: frozenset[str]  # words that are a name unless an article says otherwise: "mark", "grace"
    never_forgiven: frozenset[str]  # names that look like a slip or a medical word: "clemente", "horacio"
    slips: dict[str, list[tuple[str, int]]]  # a long practice word less one letter: which word, which letter

    def holds(self, word: str) -> bool:
        """Whether `word` is ordinary, forgiving stretched letters, medical endings and slips in practice words."""
        if word in self.ordinary or word in self.function:
            return True
        if word in self.name_first or word in self.never_forgiven:
            return False
        size = len(word)
        if size > 6 and (MEDICAL.fullmatch(word) or self._slip(word)):
            return True
        if size > 2 and CHAT.fullmatch(word):
            return True
        if size > 3 and STRETCHED.search(word):
            return any(
                STRETCHED.sub(short, word) in words
                for short in (r"\1", r"\1\1")
                for words in (self.ordinary, self.function)
            )
        return False

    def _slip(self, word: str) -> bool:
        """One letter missing, added, wrong or swapped against a long practice word. The first letter must be right."""
        if word in self.slips:
            return True
        if len(word) > LONGEST:
            return False
        for at in range(1, len(word)):
            less = word[:at] + word[at + 1 :]
            if less in self.practice and len(less) >= SHORTEST_TYPO:
                return True
            for full, missing in self.slips.get(less, ()):
                swapped = abs(missing - at) == 1 and full[missing] == word[at]
                if (missing == at or swapped) and len(full) == len(word):
                    return True
        return False


def _words(name: str) -> frozenset[str]:
    text = (files("bot.privacy.gate") / "words" / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(word for word in text.split() if not word.startswith("#"))


def _omissions(words: frozenset[str]) -> dict[str, list[tuple[str, int]]]:
    less: dict[str, list[tuple[str, int]]] = {}
    for word in sorted(words):
        if len(word) >= SHORTEST_TYPO:
            for at in range(1, len(word)):
                less.setdefault(word[:at] + word[at + 1 :], []).append((word, at))
    return less


@cache
def load() -> Vocabulary:
    """The lists that ship with the gate, read once."""
    function, practice = _words("function"), _words("practice")
    return Vocabulary(
        practice=practice,
        function=function,
        ordinary=_words("english") | _words("spanish") | practice,
        also_names=_words("words_also_names") - function,
        given=_words("words_also_given_names") - function,
        name_first=_words("names_also_words") - function - practice,
        never_forgiven=_words("never_forgiven"),
        slips=_omissions(practice),
    )
