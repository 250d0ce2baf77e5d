"""Keeps published practices on disk: one file per content hash, and a small pointer file that names the current one.

Both are written beside their place and moved there: a reader sees the old practice or the new one, never half of one.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from pathlib import Path
from typing import Final

from knowledge.published import PublishedPractice, dumps, loads

POINTER: Final = "published.json"
_NAME: Final = re.compile(r"published-[0-9a-f]{64}\.json")


class PublishedUnreadable(Exception):
    """There is no intact published practice at this path. Run `frontdesk kb publish`."""


def write(published: PublishedPractice, path: Path) -> Path:
    """Save and make current. `path` is the pointer file, or the folder in which it is called `published.json`."""
    pointer = _pointer(path)
    pointer.parent.mkdir(parents=True, exist_ok=True)
    name = f"published-{published.hash}.json"
    if _NAME.fullmatch(name) is None:
        raise ValueError("This practice has no content hash. Build it with `publish`.")
    _replace(pointer.with_name(name), dumps(published))
    _replace(pointer, json.dumps({"current": name}) + "\n")
    return pointer


def read(path: Path) -> PublishedPractice:
    """The current published practice, checked against its hash. `path` as in `write`, or one content file itself."""
    pointer = _pointer(path)
    try:
        text = pointer.read_text("utf-8")
        if _NAME.fullmatch(pointer.name) is None:
            raw = json.loads(text)
            name = raw.get("current") if isinstance(raw, dict) else None
            if not isinstance(name, str) or _NAME.fullmatch(name) is None:
                raise ValueError("The pointer does not name a published file.")
            text = pointer.with_name(name).read_text("utf-8")
        return loads(text)
    except FileNotFoundError as error:
        raise PublishedUnreadable(f"Nothing is published at {path}. Run `frontdesk kb publish`.") from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise PublishedUnreadable(
            f"The published practice at {path} is damaged ({error}). Run `frontdesk kb publish` again."
        ) from error


def _pointer(path: Path) -> Path:
    return path if path.suffix == ".json" else path / POINTER


def _replace(path: Path, text: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
