"""Finds published names in a message: exact first, longest first, then slips of the finger, which are to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from bot.text import normal
from bot.understanding.heard import Facets
from knowledge.published import PublishedPractice

KINDS: Final = ("plan", "clinician", "location", "visit_type")
SURE: Final = 92.0  # one letter wrong in a long name
MAYBE: Final = 82.0
OTHER_FIRST: Final = 88.0  # "etna": the first letter is seldom the one that is wrong
SHORTEST_FUZZY: Final = 5
SHORTEST_TYPED: Final = 4
MOST_WORDS: Final = 120
MOST_CANDIDATES: Final = 3
FEW_WORDS: Final = 4

# A whole alias that is also an everyday word is believed only beside a word of its own kind.
_EVERYDAY: Final[Mapping[str, frozenset[str]]] = {
    "plan": frozenset(
        (
            "united",
            "summa",
            "oscar",
            "devoted",
            "va",
            "pathway",
            "community care",
            "chip",
            "mmo",
            "umr",
            "advantage",
            "caritas",
        )
    ),
    "clinician": frozenset(("sam", "linh", "maya", "daniel", "anika", "brooks", "park", "may", "young", "long", "day")),
    "location": frozenset(("main", "plaza", "la plaza", "centro", "downtown", "north", "south", "west", "east")),
    "visit_type": frozenset(("shot", "therapy", "laboratorio")),
}
_BESIDE: Final[Mapping[str, frozenset[str]]] = {
    "plan": frozenset(
        (
            "take",
            "accept",
            "accepted",
            "insurance",
            "plan",
            "have",
            "with",
            "network",
            "cover",
            "covered",
            "about",
            "aceptan",
            "toman",
            "seguro",
            "aseguranza",
            "tengo",
            "reciben",
            "medicaid",
            "medicare",
            "health",
            "y",
            "and",
            "or",
            "use",
        )
    ),
    "clinician": frozenset(
        ("dr", "dra", "doctor", "doctora", "nurse", "see", "with", "con", "ver", "is", "does", "pa", "np", "for", "de")
    ),
    "location": frozenset(
        (
            "office",
            "location",
            "street",
            "st",
            "at",
            "the",
            "in",
            "oficina",
            "consultorio",
            "en",
            "el",
            "la",
            "hill",
            "one",
        )
    ),
    "visit_type": frozenset(("a", "the", "my", "need", "get", "for", "un", "una", "mi", "de", "el")),
}

# A slip of a plan's name is looked for only where plans are spoken of.
_ABOUT_PLANS: Final = frozenset(
    """take accept accepted insurance insured plan have network cover covered coverage medicaid medicare health aceptan
    toman seguro aseguranza tengo reciben cubre""".split()
)


@dataclass(frozen=True, slots=True)
class _Name:
    kind: str
    id: str
    words: tuple[str, ...]
    own: bool
    """The full name and not an alias."""


class FacetReader:
    """Built once per published practice."""

    def __init__(self, practice: PublishedPractice) -> None:
        self._names = tuple(sorted(_names(practice), key=lambda name: (-len(name.words), not name.own)))
        by_first: dict[str, list[_Name]] = {}
        for name in self._names:
            by_first.setdefault(name.words[0], []).append(name)
        self._by_first = by_first
        self._fuzzy = tuple(
            name
            for name in self._names
            if len(" ".join(name.words)) >= SHORTEST_FUZZY and name.kind in ("plan", "clinician", "location")
        )
        self._words = frozenset(word for name in self._names for word in name.words)

    def read(self, text: str) -> Facets:
        tokens = normal(text).tokens[:MOST_WORDS]
        taken = [False] * len(tokens)
        found: dict[str, dict[str, None]] = {kind: {} for kind in KINDS}
        self._exact(tokens, taken, found)
        unsure = self._slips(tokens, taken, found)
        return Facets(
            plans=tuple(found["plan"]),
            clinicians=tuple(found["clinician"]),
            locations=tuple(found["location"]),
            visit_types=tuple(found["visit_type"]),
            unsure=unsure,
        )

    def _exact(self, tokens: tuple[str, ...], taken: list[bool], found: dict[str, dict[str, None]]) -> None:
        hits = [
            (start, name)
            for start, token in enumerate(tokens)
            for name in self._by_first.get(token, ())
            if tokens[start : start + len(name.words)] == name.words and _believed(name, tokens, start)
        ]
        longest: dict[int, int] = {}
        for start, name in sorted(hits, key=lambda hit: (-len(hit[1].words), not hit[1].own, hit[0])):
            span = range(start, start + len(name.words))
            if any(taken[place] and longest.get(place, 0) > len(name.words) for place in span):
                continue
            if any(taken[place] for place in span) and name.id not in found[name.kind] and found[name.kind]:
                continue
            for place in span:
                taken[place] = True
                longest[place] = max(longest.get(place, 0), len(name.words))
            found[name.kind][name.id] = None

    def _slips(
        self, tokens: tuple[str, ...], taken: list[bool], found: dict[str, dict[str, None]]
    ) -> Mapping[str, tuple[str, ...]]:
        unsure: dict[str, dict[str, float]] = {}
        about_plans = len(tokens) <= FEW_WORDS or bool(_ABOUT_PLANS & set(tokens))
        for name in self._fuzzy:
            if name.kind == "plan" and not about_plans:
                continue
            size = len(name.words)
            wanted = " ".join(name.words)
            for start in range(len(tokens) - size + 1):
                window = tokens[start : start + size]
                if any(taken[start : start + size]) or len(" ".join(window)) < SHORTEST_TYPED:
                    continue
                score = fuzz.ratio(" ".join(window), wanted)
                if window[0][0] != name.words[0][0] and score < OTHER_FIRST:
                    continue
                if score >= SURE and not _everyday(window):
                    found[name.kind][name.id] = None
                elif score >= MAYBE and not _everyday(window):
                    unsure.setdefault(name.kind, {})[name.id] = score
        return {
            kind: tuple(sorted(scores, key=lambda id: -scores[id]))[:MOST_CANDIDATES]
            for kind, scores in unsure.items()
            if not found[kind]
        }


def _believed(name: _Name, tokens: tuple[str, ...], start: int) -> bool:
    whole = " ".join(name.words)
    if whole not in _EVERYDAY[name.kind]:
        return True
    if len(tokens) == len(name.words):
        return True
    around = tokens[max(0, start - 2) : start] + tokens[start + len(name.words) : start + len(name.words) + 1]
    return bool(_BESIDE[name.kind] & set(around))


_COMMON: Final = frozenset(
    """other there their where these those after about place plane planes plans street hours nurse take taken takes
    makes make please check patient patients today doctor clinic office appointment appointments medical health medicine
    insurance visit visits child children chest choice human humans again medica medico seguro centro enter entre main
    maine mail came chat chin when then open oscars buckle signs sign signal carry signa united""".split()
)


def _everyday(window: tuple[str, ...]) -> bool:
    return all(word in _COMMON for word in window)


def _names(practice: PublishedPractice) -> Iterable[_Name]:
    for plan in practice.plans:
        yield from _spread("plan", plan.id, plan.name, plan.aliases)
    for clinician in practice.clinicians:
        yield from _spread("clinician", clinician.id, clinician.name, clinician.aliases)
    for place in practice.locations:
        yield from _spread("location", place.id, "", (*place.name.values(), place.street, *place.aliases))
    for visit in practice.visit_types:
        yield from _spread(
            "visit_type", visit.id, "", (*visit.name.values(), *(p for said in visit.phrasings.values() for p in said))
        )


def _spread(kind: str, id: str, name: str, aliases: Iterable[str]) -> Iterable[_Name]:
    seen: set[tuple[str, ...]] = set()
    for said, own in ((name, True), *((alias, False) for alias in aliases)):
        words = normal(said).tokens
        if words and words not in seen:
            seen.add(words)
            yield _Name(kind, id, words, own)
