"""Where boxes of patient data are opened: file → purpose → how often, read from the source code.

`python -m tests.wall.reveals` prints it in the form of `reveals.yaml`. Read each new line before you paste it.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.support.paths import ROOT

OPAQUE = "argument"
"""The purpose is handed in by a caller, who names it."""


def openings(source: str) -> Iterator[str]:
    """The purpose of each `.reveal(…)`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "reveal":
            given = node.args[0] if node.args else next((word.value for word in node.keywords), None)
            named = isinstance(given, ast.Attribute) and isinstance(given.value, ast.Name) and given.value.id == "Purpose"
            yield given.attr.lower() if named and isinstance(given, ast.Attribute) else OPAQUE


def unnamed(source: str) -> list[int]:
    """Lines that take `reveal` without calling it, which would open boxes out of sight."""
    tree = ast.parse(source)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("reveal", "_value") and id(node) not in called
    ]


def found(roots: tuple[Path, ...] = (ROOT / "bot", ROOT / "integrations")) -> Mapping[str, Mapping[str, int]]:
    listed: dict[str, Mapping[str, int]] = {}
    for root in roots:
        for path in sorted(root.rglob("*.py")):
            counted = Counter(openings(path.read_text(encoding="utf-8")))
            if counted:
                listed[path.relative_to(ROOT).as_posix()] = dict(sorted(counted.items()))
    return listed


if __name__ == "__main__":
    for name, purposes in found().items():
        print(f"{name}: {{{', '.join(f'{purpose}: {count}' for purpose, count in purposes.items())}}}")
