"""Files stay small, and the repository speaks of the project alone."""

import re
import subprocess
from fnmatch import fnmatch

from ruamel.yaml import YAML

from tests.support.paths import ROOT

MOST_LINES = 400
GENERATED = ("requirements", "bot/static/", "web-widget/package-lock.json", "LICENSE")
WRITTEN = {".py", ".ts", ".tsx", ".css", ".html", ".sh", ".toml", ".yml", ".yaml", ".sql", ".jinja", ".md", ""}
# Written in pieces, so that this file does not name what it looks for.
REGISTRIES = re.compile(
    "|".join(
        re.escape(part + "." + rest)
        for part, rest in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("registry", "npmjs"),
            ("registry", "yarnpkg"),
            ("deb", "debian"),
            ("proxy", "golang"),
            ("crates", "io"),
        )
    )
)
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "base"}


def tracked() -> list[str]:
    """Every file of the repository that is there, as git knows it, new ones included."""
    run = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in run.stdout.splitlines() if (ROOT / name).is_file()]


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8", errors="replace")


def test_no_file_is_long_without_a_reason() -> None:
    """A file over 400 lines is listed in long_files.yaml with its reason, and the list holds no others."""
    reasons = YAML(typ="safe").load(ROOT / "tests" / "law" / "long_files.yaml") or {}
    long = {
        name
        for name in tracked()
        if not name.startswith(GENERATED)
        and (ROOT / name).suffix in WRITTEN
        and len(_text(name).splitlines()) > MOST_LINES
    }
    unexplained = {name for name in long if not any(fnmatch(name, pattern) for pattern in reasons)}
    assert set() == unexplained
    assert set() == {pattern for pattern in reasons if not any(fnmatch(name, pattern) for name in long)}
    assert all(len(str(reason)) > 20 for reason in reasons.values())


def test_names_say_what_a_file_is_for() -> None:
    """No file or folder of the code is called after nothing in particular."""
    code = [name for name in tracked() if name.startswith(("bot/", "knowledge/", "integrations/", "tests/"))]
    parts = {part.removesuffix(".py") for name in code for part in name.split("/")}
    assert set() == parts & FORBIDDEN_NAMES


def test_no_file_names_a_package_registry() -> None:
    """The project installs from whatever registry the reader's own tools are set up for."""
    assert [] == [name for name in tracked() if REGISTRIES.search(_text(name))]


def test_every_module_says_its_job() -> None:
    """The first line of a module is a docstring that tells what it is for."""
    modules = [name for name in tracked() if name.endswith(".py") and _text(name).strip()]
    assert [] == [name for name in modules if not _text(name).lstrip().startswith(('"""', 'r"""', "#!"))]
