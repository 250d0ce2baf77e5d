"""What gets installed is fixed to the byte: exact versions, hashes, no address."""

import re
import subprocess
import sys
import tomllib
from typing import Any

import pytest

from tests.support.paths import ROOT

LOCKS = ["requirements.txt", "requirements-test.txt", "requirements-redis.txt", "requirements-node.txt"]


def _entries(name: str) -> dict[str, str]:
    """Package to its whole entry, comments dropped."""
    text = (ROOT / name).read_text()
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    entries = re.split(r"\n(?=\S)", "\n".join(lines).strip())
    return {re.split(r"[=\s;\[]", entry, maxsplit=1)[0]: entry for entry in entries}


def _version(entry: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+(?:\[[^\]]*\])?==([^\s;\\]+)", entry)
    assert match, f"not an exact version: {entry[:80]}"
    return match[1]


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_and_hashed(name: str) -> None:
    """Each entry names one version and at least one sha256."""
    for package, entry in _entries(name).items():
        assert _version(entry), package
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), f"{package} in {name} has no hash"


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_holds_an_address(name: str) -> None:
    """No URL, no index, no local path: the reader's own settings say where packages come from."""
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert not re.search(r"^\s*(-i|-f|-e|--index|--extra-index|--find-links|--trusted)", text, re.MULTILINE)


def test_tests_run_what_practices_run() -> None:
    """The test lock holds every package of the runtime lock in the same version."""
    runtime, test = _entries("requirements.txt"), _entries("requirements-test.txt")
    assert {name: _version(entry) for name, entry in runtime.items()} == {
        name: _version(test[name]) for name in runtime if name in test
    }


def test_every_dependency_is_locked() -> None:
    """What pyproject.toml asks for is in a lock, so set-up never resolves anything."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    wanted = [
        ("requirements.txt", project["project"]["dependencies"] + groups["build"]),
        ("requirements-test.txt", groups["test"]),
        ("requirements-redis.txt", groups["redis"]),
        ("requirements-node.txt", groups["node"]),
    ]
    for lock, requirements in wanted:
        names = {re.split(r"[\[>=<\s]", item, maxsplit=1)[0].replace(".", "-") for item in requirements}
        assert set() == names - set(_entries(lock)), f"run `make lock`: {lock} lacks these"


def test_every_dependency_is_imported() -> None:
    """A package that nothing imports is dropped."""
    module = {
        "python-multipart": None,  # fastapi reads form posts with it
        "uvicorn": None,  # may be started by name
        "tzdata": None,  # zoneinfo reads it
        "psycopg": None,  # SQLAlchemy and procrastinate load it by the database's address
        "aiosqlite": None,  # SQLAlchemy loads it by the database's address
        "greenlet": None,  # SQLAlchemy runs its asyncio side on it
        "rasa-sdk": "rasa_sdk",
        "ruamel.yaml": "ruamel.yaml",
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    code = "\n".join(
        path.read_text() for folder in ("bot", "knowledge", "integrations") for path in (ROOT / folder).rglob("*.py")
    )
    unused = []
    for item in project["project"]["dependencies"]:
        name = re.split(r"[\[>=<\s]", item, maxsplit=1)[0]
        imported = module.get(name, name.replace("-", "_"))
        if imported and not re.search(rf"^\s*(?:import|from) {re.escape(imported)}\b", code, re.MULTILINE):
            unused.append(name)
    assert [] == unused


def test_what_is_installed_is_what_is_locked() -> None:
    """Nothing installed contradicts another package's needs."""
    run = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
