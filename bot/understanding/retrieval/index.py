"""An inverted index over the phrasings, titles and short texts of sections (or fees): weighs rare terms, mends slips.

The score of a section is how well its best phrasing matches, helped by how much of the question its words cover.
It lies between 0 and 1; below `ABSTAIN` nothing is served.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.text import nearest
from bot.understanding.heard import Hit
from bot.understanding.retrieval.terms import terms
from knowledge.published import Fee, Section

ABSTAIN: Final = 0.44
OTHER_LANGUAGE: Final = 0.85  # a match in the other language counts, but less
BY_PHRASING: Final = 0.72  # the rest is coverage
TITLE: Final = 0.9  # a title is a phrasing that nobody typed
BODY: Final = 0.55
MOST_POSTINGS: Final = 6_000  # bounded work: the rarest terms are read first
MOST_CANDIDATES: Final = 60
MEND_FROM: Final = 5
UNKNOWN: Final = 0.8              # a word of no section, against one of a single section
LONE: Final = 0.6                 # one word in common says little when more was asked


@dataclass(frozen=True, slots=True)
class _Phrase:
    section: int
    language: str
    weights: Mapping[str, float]
    length: float
    trust: float


class Index:
    """Built once per publication."""

    def __init__(
        self, documents: Iterable[tuple[str, Mapping[str, tuple[str, ...]], Mapping[str, str], Mapping[str, str]]]
    ) -> None:
        """Each document: id, phrasings per language, titles per language, body per language."""
        self._ids: list[str] = []
        raw: list[tuple[int, str, list[str], float]] = []
        bodies: list[Counter[str]] = []
        for id, phrasings, titles, body in documents:
            place = len(self._ids)
            self._ids.append(id)
            seen: Counter[str] = Counter()
            for language, said in phrasings.items():
                raw.extend((place, language, terms(one), 1.0) for one in said)
            for language, title in titles.items():
                raw.append((place, language, terms(title), TITLE))
            for text in body.values():
                seen.update(terms(text))
            bodies.append(seen)
        holders: defaultdict[str, set[int]] = defaultdict(set)
        for place, _, listed, _ in raw:
            for word in listed:
                holders[word].add(place)
        for place, seen in enumerate(bodies):
            for word in seen:
                holders[word].add(place)
        count = len(self._ids)
        self._weight = {word: math.log(1 + (count + 0.5) / (len(places) + 0.5)) for word, places in holders.items()}
        self._unknown = math.log(1 + count + 0.5) * UNKNOWN if count else 1.0
        self._phrases: list[_Phrase] = []
        self._by_term: defaultdict[str, list[int]] = defaultdict(list)
        self._own: list[set[str]] = [set() for _ in self._ids]
        self._body = [frozenset(seen) for seen in bodies]
        for place, language, found, trust in raw:
            weights = {word: self._weight[word] for word in found}
            if not weights:
                continue
            number = len(self._phrases)
            self._phrases.append(
                _Phrase(place, language, weights, math.sqrt(sum(w * w for w in weights.values())), trust)
            )
            self._own[place].update(weights)
            for word in weights:
                self._by_term[word].append(number)
        self._long = tuple(sorted(word for word in self._weight if len(word) >= MEND_FROM))

    def search(
        self, text: str, *, language: str, most: int = 3, boost: Mapping[str, float] | None = None
    ) -> tuple[Hit, ...]:
        """The best sections, best first, none below `ABSTAIN`. `boost` adds a little to some ids."""
        return tuple(
            hit for hit in self.ranked(text, language=language, most=most, boost=boost) if hit.score >= ABSTAIN
        )

    def ranked(
        self, text: str, *, language: str, most: int = 3, boost: Mapping[str, float] | None = None
    ) -> tuple[Hit, ...]:
        """The best sections whatever their score; for measuring."""
        asked = {word: self._weight.get(word, self._unknown) for word in map(self._mend, terms(text))}
        if not asked:
            return ()
        length = math.sqrt(sum(weight * weight for weight in asked.values()))
        dots: defaultdict[int, float] = defaultdict(float)
        read = 0
        for word in sorted(asked, key=lambda word: -asked[word]):
            postings = self._by_term.get(word, ())
            if read and read + len(postings) > MOST_POSTINGS:
                continue
            read += len(postings)
            square = asked[word] ** 2
            for number in postings:
                dots[number] += square
        best: dict[int, float] = {}
        for number, dot in dots.items():
            phrase = self._phrases[number]
            likeness = dot / (length * phrase.length) * phrase.trust
            if phrase.language != language:
                likeness *= OTHER_LANGUAGE
            if likeness > best.get(phrase.section, 0.0):
                best[phrase.section] = likeness
        total = sum(asked.values())
        scored = []
        for place in sorted(best, key=lambda place: -best[place])[:MOST_CANDIDATES]:
            own, body = self._own[place], self._body[place]
            covered = sum(w if word in own else w * BODY if word in body else 0.0 for word, w in asked.items()) / total
            common = sum(word in own or word in body for word in asked)
            trust = LONE if common == 1 < len(asked) else 1.0
            score = trust * (BY_PHRASING * best[place] + (1 - BY_PHRASING) * covered)
            score += (boost or {}).get(self._ids[place], 0.0)
            scored.append(Hit(self._ids[place], round(min(score, 1.0), 4)))
        return tuple(sorted(scored, key=lambda hit: (-hit.score, hit.section))[:most])

    def _mend(self, word: str) -> str:
        if word in self._weight or len(word) < MEND_FROM:
            return word
        return nearest(word, self._long) or word


def of_sections(sections: Iterable[Section]) -> Index:
    return Index((item.id, item.questions, item.title, item.short) for item in sections)


def of_fees(fees: Iterable[Fee]) -> Index:
    return Index((item.id, item.phrasings, item.name, {}) for item in fees)
