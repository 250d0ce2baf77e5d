"""Reads a whole practice folder and reports every problem at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.library import article_file, practice_file
from knowledge.library.article_file import Article
from knowledge.library.checks import check_articles
from knowledge.library.practice_file import PracticeFile
from knowledge.library.problems import Place, Problem, Problems, errors_of, warnings_of


@dataclass(frozen=True, slots=True)
class Folder:
    """What the folder holds, as far as it can be read. Use it only when `errors` is empty."""

    practice: PracticeFile | None
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return errors_of(self.problems)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return warnings_of(self.problems)


def read_folder(directory: Path, *, today: date) -> Folder:
    """Read `practice.yaml` and `articles/*.md`. Nothing is raised for wrong content; it is listed."""
    problems = Problems()
    practice = practice_file.read(directory, problems=problems)
    languages = practice.languages if practice is not None else ()
    articles = []
    paths = sorted((directory / "articles").glob("*.md"))
    if not paths:
        problems.warning(
            Place("articles", 1),
            what="There are no articles; the bot can answer from practice.yaml only.",
            remedy="Add one with `frontdesk kb new`.",
        )
    for path in paths:
        name = f"articles/{path.name}"
        article = article_file.read(path, name=name, languages=languages, problems=problems)
        if article is not None:
            articles.append(article)
    if practice is not None:
        check_articles(practice, articles, today=today, problems=problems)
    return Folder(practice, tuple(articles), problems.in_order())
