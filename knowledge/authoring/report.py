"""`frontdesk kb check` and `kb list`: the problems of a practice folder, and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.library.folder import read_folder
from knowledge.library.problems import Problem


@dataclass(frozen=True, slots=True)
class Report:
    """`errors` stop publishing, `warnings` do not. Each prints as `file:line: …`."""

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    articles: int
    sections: int

    @property
    def ok(self) -> bool:
        return not self.errors


@dataclass(frozen=True, slots=True)
class Row:
    """One article in a list. `approved` are the languages that the bot answers in from it."""

    id: str
    title: str
    kind: str
    sections: int
    approved: tuple[str, ...]
    review_by: date


def check(directory: Path, *, today: date) -> Report:
    folder = read_folder(directory, today=today)
    sections = sum(len(article.sections) for article in folder.articles)
    return Report(folder.errors, folder.warnings, len(folder.articles), sections)


def listing(directory: Path, *, today: date) -> list[Row]:
    """The readable articles, by id. Broken ones are named by `check`."""
    articles = sorted(read_folder(directory, today=today).articles, key=lambda article: article.id)
    return [
        Row(a.id, a.title.get("en", ""), a.kind, len(a.sections), tuple(sorted(a.approval)), a.review_by)
        for a in articles
    ]
