"""The published practice that this process serves. Publishing itself is knowledge's work, in a process of its own."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

from bot.domain.errors import BadConfiguration
from knowledge.published import PublishedPractice, loads

POINTER = "published.json"


def current(folder: Path) -> PublishedPractice:
    """What `frontdesk kb publish` made last. Raises `BadConfiguration` when nothing was published."""
    try:
        pointer = json.loads((folder / POINTER).read_text())
        return loads((folder / str(pointer["current"])).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadConfiguration("Nothing is published yet. Run `frontdesk kb publish` first.") from None
    except (KeyError, TypeError, ValueError) as error:
        raise BadConfiguration(
            f"The published practice cannot be read ({type(error).__name__}). Publish it again."
        ) from None


def published(practice_dir: Path, folder: Path) -> PublishedPractice:
    """The current publication, made again when the practice's files changed since."""
    stamp = folder / "sources.sha256"
    now = fingerprint(practice_dir)
    if not stamp.exists() or stamp.read_text() != now or not (folder / POINTER).exists():
        folder.mkdir(parents=True, exist_ok=True)
        done = run_knowledge("publish", str(practice_dir), "--out", str(folder), capture=True)
        if done.returncode:
            raise BadConfiguration(
                f"The practice in {practice_dir} cannot be published:\n{done.stdout}{done.stderr}".rstrip()
            )
        stamp.write_text(now)
    return current(folder)


def fingerprint(practice_dir: Path) -> str:
    """A hash over the practice's files by content."""
    digest = hashlib.sha256()
    for path in sorted(practice_dir.rglob("*")):
        if path.is_file() and path.suffix in (".yaml", ".md"):
            digest.update(f"{path.relative_to(practice_dir)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def run_knowledge(*arguments: str, capture: bool = False) -> subprocess.CompletedProcess[str]:
    """Knowledge's own command line, in its own process: bot does not import what makes knowledge."""
    return subprocess.run(
        [sys.executable, "-m", "knowledge", *arguments], check=False, text=True, capture_output=capture
    )
