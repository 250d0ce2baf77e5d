"""What is published is approved, whole, and the same to the byte until the content changes."""

from pathlib import Path

import pytest

from knowledge.published import dumps, loads
from knowledge.publishing import PracticeInvalid, PublishedUnreadable, publish, read, write
from tests.unit.knowledge.tiny_practice import TODAY, copied, published


def test_only_approved_languages_are_published() -> None:
    """A section carries text only in languages that a named person approved (R-331)."""
    section = published().section("fasting/before-your-test")
    assert ("en",) == section.languages
    assert {"en"} == set(section.short) == set(section.full) == set(section.title)


def test_the_questions_of_an_article_lead_to_its_first_section() -> None:
    """Questions in the front matter are merged into the first section, before its own."""
    practice = published()
    assert ("parking help", "Where do I park?") == practice.section("parking/where-to-park").questions["en"]
    assert ("Is there a bike rack?",) == practice.section("parking/bicycles").questions["en"]


def test_a_draft_is_not_published_and_nothing_points_at_it(tmp_path: Path) -> None:
    """An article without approval is left out, and a visit type that names it for preparation loses the name."""
    folder = copied(tmp_path, fasting=("approval:\n  en: {by: sample, on: 2026-10-01}\n", ""))
    practice = publish(folder, today=TODAY)
    assert {"parking"} == {section.article for section in practice.sections}
    assert practice.visit_type("checkup").preparation is None


def test_a_sample_approval_is_refused_outside_a_sample_practice(tmp_path: Path) -> None:
    """`by: sample` approves made-up content only; a real practice needs a named person."""
    folder = copied(tmp_path, practice=("sample: true", "sample: false"))
    with pytest.raises(PracticeInvalid) as raised:
        publish(folder, today=TODAY)
    assert {"articles/parking.md", "articles/fasting.md"} == {problem.file for problem in raised.value.problems}
    assert "name of the person" in str(raised.value)


def test_the_hash_follows_the_content(tmp_path: Path) -> None:
    """The same folder gives the same bytes; one changed word gives another hash."""
    other = publish(copied(tmp_path, parking=("12 spaces", "13 spaces")), today=TODAY)
    assert dumps(published()) == dumps(published())
    assert published().hash != other.hash


def test_what_is_published_survives_its_file(tmp_path: Path) -> None:
    """Written and read back, a practice is equal, also through its own JSON."""
    practice = published()
    pointer = write(practice, tmp_path / "out")
    assert practice == read(pointer) == read(tmp_path / "out") == loads(dumps(practice))


def test_a_new_publication_keeps_the_old_file(tmp_path: Path) -> None:
    """Publishing again moves the pointer; the old content stays for rolling back."""
    write(published(), tmp_path)
    changed = publish(copied(tmp_path, parking=("12 spaces", "13 spaces")), today=TODAY)
    write(changed, tmp_path)
    assert changed == read(tmp_path)
    assert 2 == len(list(tmp_path.glob("published-*.json")))


@pytest.mark.parametrize("damage", ["", "{}", "[]", "{", '{"current": "../../secret.json"}', '{"current": 3}'])
def test_a_damaged_pointer_is_refused(tmp_path: Path, damage: str) -> None:
    """A pointer that names no published file beside it is refused with the command that repairs it."""
    pointer = write(published(), tmp_path)
    pointer.write_text(damage)
    with pytest.raises(PublishedUnreadable, match="kb publish"):
        read(tmp_path)


def test_content_changed_after_publishing_is_refused(tmp_path: Path) -> None:
    """A published file that was edited no longer matches its hash."""
    write(published(), tmp_path)
    (content,) = tmp_path.glob("published-*.json")
    content.write_text(content.read_text("utf-8").replace("12 spaces", "99 spaces"), "utf-8")
    with pytest.raises(PublishedUnreadable, match="changed after publishing"):
        read(tmp_path)


def test_nothing_published_says_what_to_run(tmp_path: Path) -> None:
    """An empty place is an error that names the command."""
    with pytest.raises(PublishedUnreadable, match="Nothing is published"):
        read(tmp_path / "published.json")
