"""Published names are found in a message: the longest first, slips too, everyday words not."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.facets import FacetReader
from knowledge.publishing.publish import publish
from tests.support.paths import RIVERSIDE


@pytest.fixture(scope="module")
def reader() -> FacetReader:
    return FacetReader(publish(RIVERSIDE, today=date(2026, 11, 23)))


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        ("do you take aetna", ("aetna",)),
        ("Aetna Medicare Advantage?", ("aetna_medicare_advantage",)),
        ("do u take blue cros", ("anthem",)),
        ("kaiser permanante", ("kaiser",)),
        ("are we united on this", ()),
        ("make a list of all community gardens", ()),
    ],
)
def test_plans(reader: FacetReader, text: str, plans: tuple[str, ...]) -> None:
    """A longer name hides the shorter one inside it; a plan's name that is a word needs company."""
    assert plans == reader.read(text).plans


def test_an_unsure_name_is_offered_not_taken(reader: FacetReader) -> None:
    """A slip that could be something else is to be confirmed."""
    found = reader.read("cignaa")
    assert () == found.plans
    assert ("cigna",) == found.unsure["plan"]


def test_everything_named_is_found_at_once(reader: FacetReader) -> None:
    """Visit type, clinician and office in one sentence."""
    found = reader.read("I want a flu shot with Dr. Patel at Oak Hill")
    assert (("flu_shot",), ("patel",), ("oakhill",)) == (found.visit_types, found.clinicians, found.locations)
