"""A small tree that obeys every import contract, made from the contracts, to be broken one line at a time."""

import os
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.paths import ROOT

MORE_MODULES = (
    "bot.lanes.information",
    "bot.lanes.intake",
    "bot.processes.cli",
    "knowledge.answering",
    "knowledge.library",
    "knowledge.published",
    "knowledge.question",
    "knowledge.service",
    "integrations.fakes",
    "integrations.mistral",
    "integrations.procrastinate",
    "integrations.rasa",
    "integrations.redis",
    "integrations.sql",
    "integrations.twilio",
)


def linter_config() -> dict[str, Any]:
    config: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return config


def contract(identity: str) -> dict[str, Any]:
    found: dict[str, Any] = next(item for item in linter_config()["contracts"] if item["id"] == identity)
    return found


def layers() -> list[str]:
    """Every package that the layers contract places inside bot."""
    return [name.strip() for layer in contract("layers")["layers"] for name in layer.split("|")]


@dataclass(frozen=True)
class Verdict:
    passed: bool
    output: str


def make_tree(folder: Path) -> None:
    """Write an empty module for each name that the contracts speak of."""
    for module in (*(f"bot.{name}" for name in layers()), *MORE_MODULES):
        path = folder
        for part in module.split("."):
            path = path / part
            path.mkdir(exist_ok=True)
            (path / "__init__.py").touch()
    config = (ROOT / "pyproject.toml").read_text()
    start = config.index("[tool.importlinter]")
    (folder / "pyproject.toml").write_text(config[start:])


def add_line(folder: Path, module: str, line: str) -> None:
    package = folder.joinpath(*module.split("."))
    package.mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").write_text(line + "\n")


def lint(folder: Path) -> Verdict:
    """Run import-linter as `make check` does."""
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
        cwd=folder,
        env={**os.environ, "COLUMNS": "200"},  # so that no contract's name is broken over two lines
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return Verdict(run.returncode == 0, run.stdout + run.stderr)
