"""Every opening of a box of patient data is listed with its purpose; a new one is a decision, not an accident (R-131)."""

import pytest
from ruamel.yaml import YAML

from bot.privacy.phi import Purpose
from tests.support.paths import ROOT
from tests.wall import reveals

pytestmark = pytest.mark.wall

LISTED = YAML(typ="safe").load(ROOT / "tests" / "wall" / "reveals.yaml")


def test_every_opening_is_listed() -> None:
    """An unlisted `reveal` fails here: think again, then list it with its purpose. One that has gone leaves the list."""
    actual = {name: dict(purposes) for name, purposes in reveals.found().items()}
    assert LISTED == actual


def test_purposes_are_real() -> None:
    """The list uses the words of `Purpose`, so that a reader can count what is opened for whom."""
    known = {purpose.name.lower() for purpose in Purpose} | {reveals.OPAQUE}
    assert set() == {purpose for purposes in LISTED.values() for purpose in purposes} - known


def test_no_box_is_opened_out_of_sight() -> None:
    """`reveal` is called where it is named: handed around as a function, or the private field read, it could not be counted."""
    hidden = {
        path.relative_to(ROOT).as_posix(): reveals.unnamed(path.read_text(encoding="utf-8"))
        for root in ("bot", "integrations")
        for path in sorted((ROOT / root).rglob("*.py"))
        if path != ROOT / "bot" / "privacy" / "phi.py"
    }
    assert {} == {name: lines for name, lines in hidden.items() if lines}


def test_processes_open_boxes_for_the_terminal_alone() -> None:
    """What starts and plugs the service together has no business with patients' words, but for `frontdesk chat`."""
    assert {"bot/processes/chatting.py"} == {name for name in LISTED if name.startswith("bot/processes/")}


def test_the_reader_sees_new_openings() -> None:
    """The check itself: a purpose that is named, one that is handed in, one out of sight."""
    source = "a.reveal(Purpose.SAFETY)\nb.reveal(purpose)\nopen_it = c.reveal\n"
    assert ["safety", reveals.OPAQUE] == list(reveals.openings(source))
    assert [3] == reveals.unnamed(source)
