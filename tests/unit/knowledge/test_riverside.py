"""The sample practice is complete, without a mistake, and marked so that it can never go live."""

import time
from datetime import date
from pathlib import Path

import pytest

from knowledge.answering.passages import CannotAnswer, passages_for
from knowledge.authoring import blockers, check
from knowledge.publishing import publish
from knowledge.question import Facet, FacetKind, Length, ask, facets_of

TODAY = date(2026, 11, 22)


def test_the_sample_practice_has_no_problem(practice_dir: Path) -> None:
    """No error and no warning: every article is approved in both languages, in date, and named rightly."""
    report = check(practice_dir, today=TODAY)
    assert ((), ()) == (report.errors, report.warnings)
    assert report.articles >= 45


def test_the_sample_practice_is_as_rich_as_promised(practice_dir: Path) -> None:
    """Five clinicians, two locations, nine visit types, twenty-five plans, Spanish everywhere."""
    practice = publish(practice_dir, today=TODAY)
    assert 5 == len(practice.clinicians)
    assert 2 == len(practice.locations)
    assert len(practice.visit_types) >= 9
    assert len(practice.plans) >= 25
    assert all(("en", "es") == section.languages for section in practice.sections)
    assert all(section.questions["en"] and section.questions["es"] for section in practice.sections)
    assert {plan.status for plan in practice.plans} == {"accepted", "not_accepted", "call"}


def test_the_sample_practice_never_goes_live(practice_dir: Path) -> None:
    """Doctor refuses made-up content, whatever its quality."""
    assert "sample" in blockers(practice_dir, TODAY)[0].what


def test_every_facet_of_the_sample_practice_has_its_passage(practice_dir: Path) -> None:
    """Each published plan, clinician, location and visit type can be worded in both languages."""
    practice = publish(practice_dir, today=TODAY)
    plain = next(section.id for section in practice.sections if not section.verbatim and not section.sensitive)
    for kind, names in facets_of(practice).items():
        for name in names:
            for language in practice.languages:
                facets = (Facet(FacetKind(kind), name),)
                question = ask(practice, language=language, length=Length.SHORT, sections=(plain,), facets=facets)
                passages = passages_for(question, practice=practice, today=TODAY)
                assert not isinstance(passages, CannotAnswer)
                assert all(passage.text.strip() for passage in passages)


@pytest.mark.slow
def test_publishing_the_sample_practice_is_quick(practice_dir: Path) -> None:
    """Checking and publishing seventy articles stays well below what an editor would notice as waiting."""
    start = time.perf_counter()
    publish(practice_dir, today=TODAY)
    assert time.perf_counter() - start < 10
