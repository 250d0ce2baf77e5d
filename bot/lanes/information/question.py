"""From what a patient asked to a `PublicQuestion`: ids and facets that the practice published, or nothing."""

from __future__ import annotations

from bot.understanding.heard import Asked
from knowledge.published import PublishedPractice
from knowledge.question import MAX_FACETS, MAX_SECTIONS, Facet, FacetKind, Length, PublicQuestion, ask


def public_question(
    asked: Asked, *, practice: PublishedPractice, language: str, length: Length
) -> PublicQuestion | None:
    """The question a model may be asked. None when nothing is found or anything in it is sensitive (R-151)."""
    if language not in practice.languages or not asked.sections:
        return None
    ids = tuple(hit.section for hit in asked.sections[:MAX_SECTIONS])
    if any(practice.section(id).sensitive for id in ids):
        return None
    if any(practice.visit_type(id).sensitive for id in asked.facets.visit_types):
        return None
    named = (
        *(Facet(FacetKind.PLAN, id) for id in asked.facets.plans),
        *(Facet(FacetKind.CLINICIAN, id) for id in asked.facets.clinicians),
        *(Facet(FacetKind.LOCATION, id) for id in asked.facets.locations),
        *(Facet(FacetKind.VISIT_TYPE, id) for id in asked.facets.visit_types),
    )
    return ask(practice, language=language, length=length, sections=ids, facets=named[:MAX_FACETS])
