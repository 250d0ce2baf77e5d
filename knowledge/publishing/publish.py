"""Builds the published practice: only approved languages leave the folder, and nothing while there is an error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from knowledge.library.article_file import Article, ArticleSection
from knowledge.library.folder import read_folder
from knowledge.library.problems import Problem
from knowledge.published import PublishedPractice, Section, sealed


class PracticeInvalid(Exception):
    """The practice folder has errors. Nothing was published; each problem names file, line and remedy."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        first = "\n".join(str(problem) for problem in self.problems[:20])
        more = f"\n… and {count - 20} more" if count > 20 else ""
        super().__init__(f"The practice has {count} error{'s' if count != 1 else ''}.\n{first}{more}")


def publish(practice_dir: Path, *, today: date) -> PublishedPractice:
    """The practice as `bot` may know it. Raises `PracticeInvalid` with every error of the folder."""
    folder = read_folder(practice_dir, today=today)
    if folder.errors or folder.practice is None:
        raise PracticeInvalid(folder.errors)
    facts = folder.practice
    sections = tuple(
        section for article in folder.articles for section in _sections(article, languages=facts.languages)
    )
    prepared = {section.article for section in sections}
    return sealed(
        PublishedPractice(
            id=facts.id,
            name=facts.name,
            short_name=facts.short_name,
            sample=facts.sample,
            timezone=facts.timezone,
            languages=facts.languages,
            pms_mode=facts.pms_mode,
            phones=facts.phones,
            portal_url=facts.portal_url,
            website=facts.website,
            locations=facts.locations,
            date_rules=facts.date_rules,
            clinicians=facts.clinicians,
            visit_types=tuple(
                visit if visit.preparation in prepared else replace(visit, preparation=None)
                for visit in facts.visit_types
            ),
            plans=facts.plans,
            fees=facts.fees,
            policies=facts.policies,
            sections=tuple(sorted(sections, key=lambda section: section.id)),
            notices=facts.notices,
            allowed_origins=facts.allowed_origins,
            theme=facts.theme,
        )
    )


def _sections(article: Article, *, languages: tuple[str, ...]) -> tuple[Section, ...]:
    """The sections of an article in its approved languages; none while it is a draft.

    Unapproved text is left out, so that nobody downstream can serve it by mistake (R-331).
    Questions stay in every language: they only help to recognise that a person must answer.
    """
    approved = tuple(language for language in languages if language in article.approval)
    if not approved:
        return ()
    return tuple(_section(article, section, approved=approved, languages=languages) for section in article.sections)


def _section(
    article: Article, section: ArticleSection, *, approved: tuple[str, ...], languages: tuple[str, ...]
) -> Section:
    return Section(
        id=f"{article.id}/{section.id}",
        article=article.id,
        kind=article.kind,
        title=_only(section.title, approved),
        short=_only(section.short, approved),
        full=_only(section.full, approved),
        questions={language: section.questions.get(language, ()) for language in languages},
        languages=approved,
        verbatim=article.verbatim,
        sensitive=article.sensitive,
        reviewed_on=article.reviewed_on,
        review_by=article.review_by,
        source=article.source,
    )


def _only(text: Mapping[str, str], languages: tuple[str, ...]) -> dict[str, str]:
    return {language: text[language] for language in languages}
