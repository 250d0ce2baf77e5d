"""Every mistake in a practice folder is named with its file, its line and what to do."""

from pathlib import Path

import pytest

from knowledge.library.folder import read_folder
from tests.unit.knowledge.tiny_practice import TINY, TODAY, copied

MISTAKES = [
    # where, what stands there, what is written instead, words of the message, words of the remedy
    ("practice", "timezone: America/Chicago", "timezone: America/Chcago", "not a time zone", "America/Chicago"),
    ("practice", "short_name: Tiny", "shortname: Tiny", '"shortname" is not a key', 'Did you mean "short_name"?'),
    ("practice", "short_name: Tiny", "", '"short_name" is missing', "Add `short_name:`"),
    ("practice", "short_name: Tiny", "short_name:", '"short_name" is empty', "Add `short_name:`"),
    ("practice", "short_name: Tiny", "short_name: [Tiny]", "is a list", "Write a text"),
    ("practice", "sample: true", "sample: yes", '"sample" in practice.yaml is "yes"', "Write true or false."),
    ("practice", "mode: request", "mode: requst", '"mode" in "pms" is "requst"', 'Did you mean "request"?'),
    ("practice", "languages: [en, es]\npms", "languages: [en, fr]\npms", 'language "fr"', "Known: en, es."),
    ("practice", "languages: [en, es]\npms", "languages: [es]\npms", "English is not", "[en, es]"),
    ("practice", 'fri: ["08:00-12:00"]', 'fri: ["8-12"]', "not a span of time", "08:00-12:00"),
    ("practice", 'fri: ["08:00-12:00"]', 'fri: ["08:00-24:00"]', "not a span of time", "midnight is 00:00"),
    ("practice", 'fri: ["08:00-12:00"]', 'fri: ["08:00-12:00", "11:00-13:00"]', "overlap", "before the other begins"),
    ("practice", "      sun: []\n", "", '"sun" is missing', "Add `sun:`"),
    ("practice", "      sun: []\n", '      sun: ["20:00-09:00"]\n', "overlap", "before the other begins"),
    ("practice", "tue main 13:00-17:00", "tue mian 13:00-17:00", 'location "mian"', 'Did you mean "main"?'),
    ("practice", "tue main 13:00-17:00", "mon main 11:00-17:00", "shifts", "before the other begins"),
    ("practice", "tue main 13:00-17:00", "tuesday main", "cannot be read", "mon main 08:00-12:00"),
    ("practice", "clinicians: [quill]", "clinicians: [quil]", 'clinician "quil"', 'Did you mean "quill"?'),
    ("practice", "clinicians: [quill]", "clinicians: []", "is empty", "at least one clinician"),
    ("practice", "locations: [main]", "locations: [man]", 'location "man"', 'Did you mean "main"?'),
    ("practice", "preparation: fasting", "preparation: fastin", 'article "fastin"', 'Did you mean "fasting"?'),
    ("practice", "id: private_talk", "id: checkup", '"checkup" is used twice', "another id"),
    ("practice", "id: private_talk", "id: Private Talk", "letters that are not allowed", "small letters"),
    ("practice", "duration: 30", "duration: half an hour", '"duration"', "whole number from 5"),
    ("practice", "lead_hours: 4", "lead_hours: 2000", "can never be booked", "Lower lead_hours"),
    ("practice", "status: accepted", "status: acepted", '"acepted"', 'Did you mean "accepted"?'),
    ("practice", "{en: Bus 1., es: Autobús 1.}", "{en: Bus 1.}", '"es" is missing', "Add `es:`"),
    ("practice", "{en: Bus 1., es: Autobús 1.}", "Bus 1.", '"transit"', "{en: …, es: …}"),
    ("practice", "day: 2026-12-25", "day: 25 December", "not a date", "YYYY-MM-DD"),
    ("practice", 'main: "(312) 555-0100"', 'main: "555-0100"', "not a phone number", "area code"),
    (
        "practice",
        '["https://tiny.example.test"]',
        '["https://*.example.test"]',
        "allowed origin",
        "without path or star",
    ),
    ("practice", '["https://tiny.example.test"]', '["http://tiny.example.test"]', "allowed origin", "scheme and host"),
    ("practice", "website: https://tiny.example.test", "website: javascript:alert(1)", "web address", "https://"),
    ("practice", "name: Tiny Clinic", "name: Tiny: Clinic", "not valid YAML", "in quotes"),
    ("practice", "theme: {", "theme:\n\t- {", "not valid YAML", "spaces, never with tabs"),
    ("practice", "website: https", "name: Again\nwebsite: https", '"name" stands twice', "Remove one"),
    ("parking", "id: parking", "id: fasting", '"fasting" is also used by', "another id"),
    ("parking", "review_by: 2027-10-01\n", "", '"review_by" is missing', "Add `review_by:`"),
    ("parking", "review_by: 2027-10-01", "review_by: 2026-09-01", "is not after reviewed_on", "a later date"),
    ("parking", "owner: practice manager\n", "", '"owner" is missing', "keeps this article right"),
    ("parking", "12 spaces.", "12 spaces." + "x" * 300, "300 are allowed", "Shorten it"),
    ("parking", "Call (312) 555-0100", "Call (312) 555-0199", '"(312) 555-0199"', "Use a number of the practice"),
    ("parking", "Call (312) 555-0100", "Call 555-0199", '"555-0199"', "Use a number of the practice"),
    ("parking", "  es: {by: sample", "  fr: {by: sample", '"fr" is not a key', "Known: en, es."),
    ("parking", 'es: "El estante para', 'fr: "El estante para', '"fr" is not a key', "Known: en, es."),
    ("parking", "{by: sample, on: 2026-10-01}", "{by: sample, on: 2027-01-01}", "in the future", "on which it was"),
    ("parking", "## bicycles | Bicycles", "## where-to-park | Bicycles", "is used twice", "another id"),
    (
        "parking",
        "## bicycles | Bicycles | Bicicletas",
        "## Bicycles!",
        "heading of this section",
        "Write: ## section-id",
    ),
    ("parking", "## bicycles | Bicycles | Bicicletas", "## bicycles | Bicycles", "lacks the title", "Add the text"),
    ("parking", "full:\n  en: |", "fulll:\n  en: |", '"fulll" is not a key', 'Did you mean "full"?'),
    ("parking", "The bike rack is by the front", "[[Say where]] is by the front", "not been filled in", "own words"),
    ("parking", "The bike rack is by", "<b>The bike rack</b> is by", "HTML", "plain text"),
    ("fasting", "verbatim: true", "verbatim: false", "may not be reworded", "verbatim: true"),
    ("fasting", "---\nid", "id", "no front matter", "Start with a line"),
]


@pytest.mark.parametrize(("where", "old", "new", "what", "remedy"), MISTAKES)
def test_a_mistake_is_named_with_file_line_and_remedy(
    tmp_path: Path, where: str, old: str, new: str, what: str, remedy: str
) -> None:
    """A wrong line is an error that points at that line (or the entry it belongs to) and says what to do."""
    folder = copied(tmp_path, **{where: (old, new)})
    found = [p for p in read_folder(folder, today=TODAY).errors if what in p.what and remedy in p.remedy]
    assert found, [str(p) for p in read_folder(folder, today=TODAY).problems]
    file = "practice.yaml" if where == "practice" else f"articles/{where}.md"
    assert file == found[0].file
    changed = (folder / file).read_text("utf-8").splitlines()
    assert 1 <= found[0].line <= len(changed)


@pytest.mark.parametrize(
    ("where", "old", "new"),
    [
        ("practice", "fri: [", 'fri: ["25:00-26:00", '),
        ("practice", "status: accepted", "status: perhaps"),
        ("practice", "duration: 30", "duration: long"),
        ("parking", "review_by: 2027-10-01", "review_by: soon"),
        ("parking", "## bicycles | Bicycles | Bicicletas", "## bicycles / Bicycles"),
    ],
)
def test_the_line_is_the_line_of_the_mistake(tmp_path: Path, where: str, old: str, new: str) -> None:
    """The reported line is the very line on which the wrong word stands."""
    folder = copied(tmp_path, **{where: (old, new)})
    first = read_folder(folder, today=TODAY).errors[0]
    assert new.split()[-1] in (folder / first.file).read_text("utf-8").splitlines()[first.line - 1]


def test_all_mistakes_are_reported_at_once(tmp_path: Path) -> None:
    """One run names every mistake, in both files, not the first only."""
    folder = copied(
        tmp_path, practice=("timezone: America/Chicago", "timezone: Mars"), parking=("owner: practice manager\n", "")
    )
    path = folder / "practice.yaml"
    path.write_text(path.read_text("utf-8").replace("status: accepted", "status: yes"), "utf-8")
    files = [problem.file for problem in read_folder(folder, today=TODAY).errors]
    assert ["articles/parking.md", "practice.yaml", "practice.yaml"] == files


def test_the_tiny_practice_has_no_error_and_one_missing_approval() -> None:
    """A language without approval is a warning: it stays out of what is published, and does not stop publishing."""
    folder = read_folder(TINY, today=TODAY)
    assert () == folder.errors
    assert ['"fasting" is not approved in es'] == [problem.what.split(";")[0] for problem in folder.warnings]


@pytest.mark.parametrize(
    ("text", "warned"),
    [("See https://elsewhere.example.org/x.", True), ("See tiny.example.test/bikes, a.m. or p.m.", False)],
)
def test_a_foreign_web_address_is_a_warning(tmp_path: Path, text: str, warned: bool) -> None:
    """Only the practice's own addresses stand in its articles without a second look (R-606)."""
    folder = copied(tmp_path, parking=("Bring your own lock.", text))
    said = [problem.what for problem in read_folder(folder, today=TODAY).warnings]
    assert warned == any("is not one of the practice" in what for what in said)


def test_a_review_that_is_due_soon_or_past_is_a_warning(tmp_path: Path) -> None:
    """Reviews due within 30 days, and reviews past, are named without stopping the rest of the practice."""
    folder = copied(tmp_path, parking=("review_by: 2027-10-01", "review_by: 2026-12-01"))
    path = folder / "articles" / "fasting.md"
    path.write_text(path.read_text("utf-8").replace("review_by: 2027-10-01", "review_by: 2026-11-01"), "utf-8")
    result = read_folder(folder, today=TODAY)
    assert () == result.errors
    said = " ".join(problem.what for problem in result.warnings)
    assert "is due on 2026-12-01" in said
    assert "was due on 2026-11-01" in said


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01", b"\xff\xfe\x00", b"- a\n- b\n", b"a: &x [*x]\n", b"[" * 5000, b"x" * 1_200_000]
)
def test_a_file_that_is_not_a_practice_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    """Empty, binary, wrongly encoded, nested and huge files are named, and nothing is raised."""
    folder = copied(tmp_path)
    (folder / "practice.yaml").write_bytes(content)
    assert read_folder(folder, today=TODAY).errors
    (folder / "articles" / "parking.md").write_bytes(content)
    assert {"practice.yaml", "articles/parking.md"} <= {p.file for p in read_folder(folder, today=TODAY).errors}


def test_a_missing_folder_is_one_clear_error(tmp_path: Path) -> None:
    """A folder without practice.yaml says which file to put there."""
    (error,) = read_folder(tmp_path / "nowhere", today=TODAY).errors
    assert "practice.yaml" in error.remedy
