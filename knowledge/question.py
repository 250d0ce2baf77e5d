"""The hatch: what `bot` may ask of the model's side. Ids and closed facets, never words (house idea 2).

A `PublicQuestion` names at most three published section ids and at most two facets from vocabularies that the practice
published. There is no free string, no date, no history, no id of a person. Membership is checked when it is made and
again by the lane process, so a hostile `bot` cannot smuggle text through it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from knowledge.published import PublishedPractice

MAX_SECTIONS: Final = 3
MAX_FACETS: Final = 2


class Length(StrEnum):
    SHORT = "short"
    FULL = "full"


class FacetKind(StrEnum):
    PLAN = "plan"
    CLINICIAN = "clinician"
    LOCATION = "location"
    VISIT_TYPE = "visit_type"


class QuestionRefused(ValueError):
    """A question did not stay inside the published vocabulary. Nothing was sent."""


@dataclass(frozen=True, slots=True, order=True)
class Facet:
    kind: FacetKind
    id: str


@dataclass(frozen=True, slots=True)
class PublicQuestion:
    """Build with `ask`; the constructor checks shape, `ask` also checks membership."""

    practice_hash: str
    language: str
    length: Length
    sections: tuple[str, ...]
    facets: tuple[Facet, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= len(self.sections) <= MAX_SECTIONS or list(self.sections) != sorted(set(self.sections)):
            raise QuestionRefused(f"Name one to {MAX_SECTIONS} section ids, sorted and unique.")
        if len(self.facets) > MAX_FACETS or list(self.facets) != sorted(set(self.facets)):
            raise QuestionRefused(f"Name at most {MAX_FACETS} facets, sorted and unique.")


def facets_of(practice: PublishedPractice) -> Mapping[FacetKind, frozenset[str]]:
    """The closed vocabularies. Sensitive visit types are not in them (R-151)."""
    return {
        FacetKind.PLAN: frozenset(item.id for item in practice.plans),
        FacetKind.CLINICIAN: frozenset(item.id for item in practice.clinicians),
        FacetKind.LOCATION: frozenset(item.id for item in practice.locations),
        FacetKind.VISIT_TYPE: frozenset(item.id for item in practice.visit_types if not item.sensitive),
    }


def check(question: PublicQuestion, practice: PublishedPractice) -> None:
    """Raise `QuestionRefused` unless every word of the question is one the practice published."""
    if question.practice_hash != practice.hash:
        raise QuestionRefused("The question is about another publication of this practice.")
    if question.language not in practice.languages:
        raise QuestionRefused("The language is not one the practice publishes.")
    if not isinstance(question.length, Length):
        raise QuestionRefused("The length is not one of the closed set.")
    if not set(question.sections) <= {item.id for item in practice.sections}:
        raise QuestionRefused("A section id is not published.")
    closed = facets_of(practice)
    if any(facet.id not in closed.get(facet.kind, ()) for facet in question.facets):
        raise QuestionRefused("A facet is not in the published vocabulary.")


def ask(
    practice: PublishedPractice,
    *,
    language: str,
    length: Length,
    sections: tuple[str, ...],
    facets: tuple[Facet, ...] = (),
) -> PublicQuestion:
    """The only way a lane makes a question: sorts, drops doubles, checks membership."""
    question = PublicQuestion(
        practice_hash=practice.hash,
        language=language,
        length=length,
        sections=tuple(sorted(set(sections))),
        facets=tuple(sorted(set(facets))),
    )
    check(question, practice)
    return question


def to_bytes(question: PublicQuestion) -> bytes:
    """Canonical bytes: the same question from two patients is the same to the byte."""
    body = {
        "practice_hash": question.practice_hash,
        "language": question.language,
        "length": question.length.value,
        "sections": list(question.sections),
        "facets": [[facet.kind.value, facet.id] for facet in question.facets],
    }
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()


_FIELDS: Final = {"practice_hash", "language", "length", "sections", "facets"}


def from_bytes(body: bytes, practice: PublishedPractice) -> PublicQuestion:
    """Read a question on the model's side. Anything but the exact canonical shape is refused."""
    try:
        raw: Any = json.loads(body)
        if not isinstance(raw, dict) or set(raw) != _FIELDS:
            raise QuestionRefused("The question has unknown or missing fields.")
        question = PublicQuestion(
            practice_hash=raw["practice_hash"],
            language=raw["language"],
            length=Length(raw["length"]),
            sections=tuple(raw["sections"]),
            facets=tuple(Facet(FacetKind(kind), name) for kind, name in raw["facets"]),
        )
        check(question, practice)
    except QuestionRefused:
        raise
    except (ValueError, TypeError, KeyError, RecursionError):
        # Not chained: the cause would carry the bytes that were refused into a log.
        raise QuestionRefused("The question is not of the agreed shape.") from None
    if to_bytes(question) != body:
        raise QuestionRefused("The question is not in canonical form.")
    return question
