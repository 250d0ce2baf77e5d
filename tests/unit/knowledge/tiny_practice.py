"""A made-up practice of one clinician, small enough to break on purpose in one line."""

import shutil
from datetime import date
from pathlib import Path

from knowledge.published import PublishedPractice
from knowledge.publishing import publish

TODAY = date(2026, 11, 22)
TINY = Path(__file__).parent / "tiny"


def copied(directory: Path, **edits: tuple[str, str]) -> Path:
    """A copy with edits: `practice=(old, new)`, `parking=(old, new)`, `fasting=(old, new)`."""
    folder = directory / "tiny"
    shutil.copytree(TINY, folder)
    for name, (old, new) in edits.items():
        path = folder / ("practice.yaml" if name == "practice" else f"articles/{name}.md")
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), "utf-8")
    return folder


def published() -> PublishedPractice:
    return publish(TINY, today=TODAY)
