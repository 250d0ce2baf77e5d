"""The documents are there and tell the truth."""

import re

import pytest

from tests.support.paths import ROOT

TEST = re.compile(r"`(tests/[\w/.-]+?)(?:::(\w+))?`")
SECTIONS = {"Security", "Removed", "Deprecated", "Added", "Changed", "Fixed"}


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "SECURITY.md", "LICENSE"])
def test_the_document_is_there(name: str) -> None:
    """A newcomer, a practice and a reporter of a hole each find the page that they look for."""
    assert (ROOT / name).read_text().strip()


def test_every_invariant_names_the_test_that_proves_it() -> None:
    """ARCHITECTURE.md claims nothing without naming tests, and those tests exist."""
    text = (ROOT / "ARCHITECTURE.md").read_text()
    # An invariant is a numbered line with what is indented below it.
    invariants = re.findall(r"^\d+\. .*(?:\n[ \t]+.*)*", text, re.MULTILINE)
    assert len(invariants) >= 5
    for invariant in invariants:
        named = TEST.findall(invariant)
        assert named, f"no test is named: {invariant}"
        for path, function in named:
            assert (ROOT / path).exists(), f"{path} does not exist: {invariant}"
            if function:
                assert re.search(rf"def {function}\b", (ROOT / path).read_text()), f"{path} has no {function}"


def test_architecture_is_one_page() -> None:
    """A page that nobody finishes protects nothing."""
    assert len((ROOT / "ARCHITECTURE.md").read_text().splitlines()) <= 120


def test_the_changelog_is_written_for_practices() -> None:
    """CHANGELOG.md keeps to the headings of Keep a Changelog."""
    headings = re.findall(r"^### (.+)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert headings
    assert set() == set(headings) - SECTIONS


def test_decisions_are_numbered_one_page_each() -> None:
    """Records are numbered without gaps or doubles, fit a page, and say what enforces them."""
    records = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1))
    for path in records:
        text = path.read_text()
        assert len(text.splitlines()) <= 80, path.name
        for heading in ("## Context", "## Decision", "## Consequences", "## Alternatives", "## Enforced by"):
            assert heading in text, f"{path.name} lacks {heading}"


def test_make_alone_lists_every_target() -> None:
    """Each target a person may type is in the list that `make` prints."""
    makefile = (ROOT / "Makefile").read_text()
    listed = set(re.findall(r"^([a-z-]+):.*## .+$", makefile, re.MULTILINE))
    named = {"demo", "test", "check", "stories", "wall", "bench", "chat", "setup", "lock", "widget", "fix"}
    assert named <= listed
