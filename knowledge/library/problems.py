"""What is wrong with a practice folder: file, line, what, and what to do. Problems are collected, not raised."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """An `error` stops publishing. A `warning` does not, but someone should look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake. `file` is relative to the practice folder; `line` counts from 1."""

    file: str
    line: int
    what: str
    remedy: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.severity}: {self.what} {self.remedy}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written."""

    file: str
    line: int


@dataclass(slots=True)
class Problems:
    """The list that every reader and check adds to."""

    found: list[Problem] = field(default_factory=list)

    def error(self, place: Place, *, what: str, remedy: str) -> None:
        self.found.append(Problem(place.file, place.line, what, remedy))

    def warning(self, place: Place, *, what: str, remedy: str) -> None:
        self.found.append(Problem(place.file, place.line, what, remedy, Severity.WARNING))

    def in_order(self) -> tuple[Problem, ...]:
        return tuple(sorted(set(self.found)))


def errors_of(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def warnings_of(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.severity is Severity.WARNING)


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """`Did you mean "x"?` when something known is close, else the list of what is known."""
    names = sorted(known)
    close = difflib.get_close_matches(wrong, names, n=1, cutoff=0.7)
    if close:
        return f'Did you mean "{close[0]}"?'
    if not names:
        return "None is defined."
    shown = ", ".join(names[:8])
    return f"Known: {shown}{' and more' if len(names) > 8 else ''}."
