"""What keeps a practice's knowledge from going live, each with its remedy; the knowledge part of `frontdesk doctor`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.library.article_file import Article
from knowledge.library.checks import SAMPLE, placeholders
from knowledge.library.contacts import digits
from knowledge.library.entry import SUPPORTED
from knowledge.library.folder import read_folder
from knowledge.library.practice_file import PracticeFile


@dataclass(frozen=True, slots=True)
class Blocker:
    what: str
    remedy: str


def blockers(directory: Path, today: date) -> list[Blocker]:
    """Everything that must be done before patients may be answered from this folder. Empty means ready."""
    folder = read_folder(directory, today=today)
    found = []
    if folder.errors:
        first = folder.errors[0]
        what = f"The practice folder has {len(folder.errors)} errors; the first is {first.file}:{first.line}."
        found.append(Blocker(what, "Run `frontdesk kb check` and correct each of them."))
    if folder.practice is not None:
        found.extend(_of_practice(folder.practice))
        found.extend(_of_articles(folder.practice, folder.articles, today))
    return found


def _of_practice(practice: PracticeFile) -> Iterator[Blocker]:
    if practice.sample:
        what = "This is a sample practice; everything in it is made up."
        yield Blocker(what, "Make your own with `frontdesk init DIR`; it copies the articles as drafts.")
        return
    made_up = [number for number in practice.numbers() if re.fullmatch(r"\d{3}55501\d{2}", digits(number))]
    if made_up:
        what = f"The phone number {made_up[0]} is of the range that is kept for examples."
        yield Blocker(what, "Put the practice's own numbers into practice.yaml.")
    if any(address.endswith(".test") or ".test/" in address for address in (practice.website, practice.portal_url)):
        what = "The website or portal address ends in .test, which exists for examples only."
        yield Blocker(what, "Put the practice's own addresses into practice.yaml.")
    if practice.phones.on_call == practice.phones.main:
        what = "The on-call number is the main number, so nobody is named who answers after hours."
        yield Blocker(what, "Put the number that is answered after hours at phones: on_call: in practice.yaml.")
    missing = [language for language in SUPPORTED if language not in practice.languages]
    if missing:
        what = f"The practice is not published in: {', '.join(missing)}. Those patients are only offered a person."
        yield Blocker(what, "Add the language to languages: in practice.yaml, with its texts.")
    if not practice.plans:
        what = "No insurance plan is listed, so every insurance question goes to staff."
        yield Blocker(what, "List the plans under plans: in practice.yaml, each accepted, not_accepted or call.")


def _of_articles(practice: PracticeFile, articles: Sequence[Article], today: date) -> Iterator[Blocker]:
    if not articles:
        yield Blocker("There are no articles.", "Add some with `frontdesk kb new`, or start from `frontdesk init`.")
    if practice.sample:
        return
    for language in practice.languages:
        drafts = [article.id for article in articles if language not in article.approval]
        if drafts:
            what = f"{_count(drafts, 'article')} not approved in {language}: {_named(drafts)}."
            yield Blocker(what, f"Have a named person read each and add approval: {language}: {{by, on}}.")
    signed = [a.id for a in articles if any(s.by.casefold() == SAMPLE for s in a.approval.values())]
    if signed:
        what = f'{_count(signed, "article")} approved by "sample": {_named(signed)}.'
        yield Blocker(what, "Have a named person of the practice approve each.")
    gaps = [article.id for article in articles if _has_gaps(article)]
    if gaps:
        what = f"{_count(gaps, 'article')} still to be filled in at [[double brackets]]: {_named(gaps)}."
        yield Blocker(what, "Run `frontdesk kb check`; it names each gap with its line.")
    overdue = [article.id for article in articles if article.review_by < today]
    if overdue:
        what = f"{_count(overdue, 'article')} past the review date: {_named(overdue)}."
        yield Blocker(what, "Review each, then set reviewed_on and review_by.")


def _has_gaps(article: Article) -> bool:
    texts = [said.value for section in article.sections for _, said in section.said()]
    return any(placeholders(text) for text in (*texts, *article.title.values(), article.owner, article.source))


def _count(ids: Sequence[str], noun: str) -> str:
    return f"{len(ids)} {noun}{' is' if len(ids) == 1 else 's are'}"


def _named(ids: Sequence[str]) -> str:
    return ", ".join(ids[:5]) + (f" and {len(ids) - 5} more" if len(ids) > 5 else "")
