"""A new practice is valid from the first minute, holds drafts only, and names everything that is still missing."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.authoring import (
    ArticleRefused,
    InitRefused,
    NotUnderstood,
    blockers,
    check,
    init,
    listing,
    new_article,
    questions,
)
from knowledge.publishing import publish
from tests.unit.knowledge.tiny_practice import TINY, TODAY, copied

ANSWERS = {
    "name": "Made-up Family Clinic",
    "timezone": "America/Denver",
    "phone": "303-555-0100",
    "on_call": "303 555 0103",
    "street": "1 Pretend Road",
    "city": "Nowhere",
    "state": "co",
    "postcode": "80000",
    "hours": "mon-fri 8:00-12:00 13:00-17:00; sat 09:00-12:00",
    "clinicians": "Dr. Ada Fiction, MD; Dr. Bo Fiction, DO",
    "website": "https://madeup.example.test",
    "privacy_contact": "Pat Placeholder, (303) 555-0100",
}


def test_a_new_practice_is_valid_and_publishes(tmp_path: Path) -> None:
    """What `init` writes has no error, is no sample, takes requests only, and publishes no article."""
    written = init(tmp_path / "new", ANSWERS, today=TODAY)
    report = check(tmp_path / "new", today=TODAY)
    assert () == report.errors
    assert report.articles == len(written) - 1 >= 12
    practice = publish(tmp_path / "new", today=TODAY)
    assert ("request", False, ()) == (practice.pms_mode, practice.sample, practice.sections)
    assert ("(303) 555-0100", "(303) 555-0103") == (practice.phones.main, practice.phones.on_call)
    assert [2, 2, 2, 2, 2, 1, 0] == [len(spans) for spans in practice.locations[0].hours]
    assert ("fiction", "fiction-2") == tuple(person.id for person in practice.clinicians)


def test_an_english_only_practice_is_valid(tmp_path: Path) -> None:
    """A practice may start in English; doctor then says that Spanish is missing."""
    init(tmp_path / "new", {**ANSWERS, "languages": "en"}, today=TODAY)
    assert () == check(tmp_path / "new", today=TODAY).errors
    assert any("not published in: es" in blocker.what for blocker in blockers(tmp_path / "new", TODAY))


def test_every_gap_of_a_new_practice_is_named(tmp_path: Path) -> None:
    """Doctor names drafts, gaps, made-up numbers and missing plans, each with a remedy."""
    init(tmp_path / "new", {**ANSWERS, "on_call": ""}, today=TODAY)
    found = blockers(tmp_path / "new", TODAY)
    said = " ".join(blocker.what for blocker in found)
    for words in ("not approved in en", "not approved in es", "double brackets", "555", "No insurance", "after hours"):
        assert words in said
    assert all(blocker.remedy for blocker in found)
    gaps = [problem for problem in check(tmp_path / "new", today=TODAY).warnings if "filled in" in problem.what]
    assert gaps
    assert all(problem.line > 1 for problem in gaps)


def test_a_gap_in_approved_text_is_an_error(tmp_path: Path) -> None:
    """Nobody can approve a text that still has double brackets."""
    folder = copied(tmp_path, parking=("The bike rack is", "[[Where]] is"))
    assert ["has not been filled in."] == [problem.what[-23:] for problem in check(folder, today=TODAY).errors]


def test_a_sample_practice_never_goes_live() -> None:
    """Doctor's first word about sample content is to make one's own."""
    assert "sample" in blockers(TINY, TODAY)[0].what


def test_an_overdue_review_blocks(tmp_path: Path) -> None:
    """An article past its review date keeps the practice from going live."""
    init(tmp_path / "new", ANSWERS, today=TODAY)
    later = date(2028, 1, 1)
    assert any("review date" in blocker.what for blocker in blockers(tmp_path / "new", later))


def test_a_broken_folder_blocks(tmp_path: Path) -> None:
    """With errors in the folder, doctor points at the checker."""
    folder = copied(tmp_path, practice=("id: tiny", "id: Tiny!"))
    assert "kb check" in blockers(folder, TODAY)[0].remedy


@pytest.mark.parametrize(
    ("key", "typed", "hint"),
    [
        ("name", "  ", "type something"),
        ("timezone", "Eastern", "America/New_York"),
        ("timezone", "America/New York City", "America/"),
        ("phone", "555-0100", "ten digits"),
        ("phone", "call me", "ten digits"),
        ("state", "Ohio", "two letters"),
        ("postcode", "123", "five digits"),
        ("hours", "", "at least one day"),
        ("hours", "weekdays 9-5", "not a day"),
        ("hours", "mon-fri 9-5", "24-hour clock"),
        ("hours", "mon 17:00-08:00", "closes before it opens"),
        ("hours", "mon 08:00-12:00 11:00-13:00", "without overlap"),
        ("hours", "mon 08:00-12:00; mon 13:00-17:00", "named twice"),
        ("hours", "fri-mon 08:00-12:00", "in order"),
        ("languages", "es", "en, or en, es"),
        ("languages", "en fr", "en, or en, es"),
        ("clinicians", "Fiction", "comma"),
        ("website", "ftp://x.test", "https://"),
        ("website", "nowhere", "https://"),
    ],
)
def test_a_wrong_answer_says_what_to_type(tmp_path: Path, key: str, typed: str, hint: str) -> None:
    """Each question refuses what it cannot use and says what to type instead; `init` refuses it too."""
    (question,) = [question for question in questions() if question.key == key]
    with pytest.raises(NotUnderstood, match=hint):
        question.read(typed)
    if typed.strip():
        with pytest.raises(InitRefused, match=hint):
            init(tmp_path / "new", {**ANSWERS, key: typed}, today=TODAY)
    assert not (tmp_path / "new").exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """`init` needs a new folder, and a new article a free id."""
    init(tmp_path / "new", ANSWERS, today=TODAY)
    with pytest.raises(InitRefused, match="not empty"):
        init(tmp_path / "new", ANSWERS, today=TODAY)
    with pytest.raises(ArticleRefused, match="exists already"):
        new_article(tmp_path / "new", "portal", "portal", today=TODAY)


def test_a_new_article_is_a_draft_without_error(tmp_path: Path) -> None:
    """The skeleton of an article is readable at once, and its gaps are named."""
    folder = copied(tmp_path)
    for id, kind in (("lab-hours", "hours"), ("before-surgery", "preparation")):
        new_article(folder, id, kind, today=TODAY)
    report = check(folder, today=TODAY)
    assert () == report.errors
    assert any("lab-hours" in problem.file and "filled in" in problem.what for problem in report.warnings)
    for id in ("../escape", "Lab Hours", ""):
        with pytest.raises(ArticleRefused):
            new_article(folder, id, "hours", today=TODAY)
    with pytest.raises(ArticleRefused, match="frontdesk init"):
        new_article(tmp_path, "lab-hours", "hours", today=TODAY)


def test_the_list_shows_what_is_approved() -> None:
    """`kb list` gives one row per article with its approved languages."""
    assert [("fasting", 1, ("en",)), ("parking", 2, ("en", "es"))] == [
        (row.id, row.sections, row.approved) for row in listing(TINY, today=TODAY)
    ]
