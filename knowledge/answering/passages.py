"""Turns the ids of a `PublicQuestion` into the published passages that an answer may be worded from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from knowledge.published import PlanStatus, PublishedPractice
from knowledge.question import Facet, FacetKind, Length, PublicQuestion

_STATUS: Final[Mapping[str, Mapping[PlanStatus, str]]] = {
    "en": {
        PlanStatus.ACCEPTED: "accepted",
        PlanStatus.NOT_ACCEPTED: "not accepted",
        PlanStatus.CALL: "depends on the plan, call the billing office",
    },
    "es": {
        PlanStatus.ACCEPTED: "aceptado",
        PlanStatus.NOT_ACCEPTED: "no aceptado",
        PlanStatus.CALL: "depende del plan, llame a la oficina de cobros",
    },
}


class Reason(StrEnum):
    """Why no wording is given. The approved text, or a person, answers instead."""

    FIXED_TEXT = "fixed_text"  # verbatim or sensitive: never reworded
    NOT_APPROVED = "not_approved"  # no approved text in this language
    REVIEW_OVERDUE = "review_overdue"
    DECLINED = "declined"  # the model said that the passages do not answer
    NONSENSE = "nonsense"  # not of the agreed shape
    NOT_GROUNDED = "not_grounded"  # says something that the passages do not


@dataclass(frozen=True, slots=True)
class CannotAnswer:
    reason: Reason


@dataclass(frozen=True, slots=True)
class Passage:
    """Published text under an id that the answer must cite."""

    id: str
    title: str
    text: str


def passages_for(
    question: PublicQuestion, *, practice: PublishedPractice, today: date
) -> tuple[Passage, ...] | CannotAnswer:
    """The cited sections and facets in the question's language, or why they may not be worded."""
    found = []
    for name in question.sections:
        section = practice.section(name)
        if question.language not in section.languages:
            return CannotAnswer(Reason.NOT_APPROVED)
        if section.review_by < today:
            return CannotAnswer(Reason.REVIEW_OVERDUE)
        if section.verbatim or section.sensitive:
            return CannotAnswer(Reason.FIXED_TEXT)
        text = section.short if question.length is Length.SHORT else section.full
        found.append(Passage(section.id, section.title[question.language], text[question.language]))
    for facet in question.facets:
        found.append(_FACTS[facet.kind](facet, practice, question.language))
    return tuple(found)


def _plan(facet: Facet, practice: PublishedPractice, language: str) -> Passage:
    plan = practice.plan(facet.id)
    text = f"{plan.name}: {_STATUS[language][plan.status]}. {plan.note.get(language, '')}"
    return Passage(_id(facet), plan.name, text.strip())


def _clinician(facet: Facet, practice: PublishedPractice, language: str) -> Passage:
    person = practice.clinician(facet.id)
    return Passage(_id(facet), person.name, f"{person.name}, {person.credential}. {person.sees[language]}")


def _location(facet: Facet, practice: PublishedPractice, language: str) -> Passage:
    at = practice.location(facet.id)
    address = f"{at.street}, {at.city}, {at.state} {at.postcode}. {at.phone}."
    parts = (address, at.directions[language], at.parking[language], at.transit[language], at.accessibility[language])
    return Passage(_id(facet), at.name[language], " ".join(parts))


def _visit_type(facet: Facet, practice: PublishedPractice, language: str) -> Passage:
    visit = practice.visit_type(facet.id)
    return Passage(_id(facet), visit.name[language], visit.description[language])


def _id(facet: Facet) -> str:
    return f"{facet.kind.value}:{facet.id}"


_FACTS: Final[Mapping[FacetKind, Callable[[Facet, PublishedPractice, str], Passage]]] = {
    FacetKind.PLAN: _plan,
    FacetKind.CLINICIAN: _clinician,
    FacetKind.LOCATION: _location,
    FacetKind.VISIT_TYPE: _visit_type,
}
