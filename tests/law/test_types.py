"""Types keep the wall: code that would carry patient text to the model does not type-check."""

import re
import subprocess
import sys

from tests.support.paths import ROOT

BROKEN = ROOT / "tests" / "law" / "broken"
MARK = re.compile(r"# refused: ([a-z-]+)$")
ERROR = re.compile(r"^(?P<file>[^:]+):(?P<line>\d+): error: .*\[(?P<code>[a-z-]+)\]$")


def test_what_must_not_type_check_does_not() -> None:
    """Each marked line of the kept examples is refused for the reason named, and no other line is."""
    expected = {
        (path.name, number, mark[1])
        for path in sorted(BROKEN.glob("*.py"))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if (mark := MARK.search(line))
    }
    examples = [str(path.relative_to(ROOT)) for path in sorted(BROKEN.glob("*.py"))]
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-error-summary", "--hide-error-context", *examples],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    found = {
        (match["file"].rsplit("/", 1)[-1], int(match["line"]), match["code"])
        for match in map(ERROR.match, run.stdout.splitlines())
        if match
    }
    assert expected == found, run.stdout + run.stderr
    assert len(expected) >= 10
