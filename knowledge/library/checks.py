"""What only shows when practice and articles are seen together: approvals, phone numbers, placeholders, reviews."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from knowledge.library.article_file import Article
from knowledge.library.contacts import hosts_in, is_known, is_own, numbers_in
from knowledge.library.practice_file import PracticeFile
from knowledge.library.problems import Place, Problems, did_you_mean

SAMPLE: Final = "sample"  # the approver of made-up content; never valid outside a sample practice
REVIEW_SOON: Final = timedelta(days=30)
PLACEHOLDER: Final = re.compile(r"\[\[(.{1,120}?)\]\]", re.DOTALL)
_HTML: Final = re.compile(r"<[a-zA-Z/!]|!\[")


def check_articles(practice: PracticeFile, articles: Sequence[Article], *, today: date, problems: Problems) -> None:
    seen: dict[str, str] = {}
    for article in articles:
        if article.id in seen:
            what = f'The article id "{article.id}" is also used by {seen[article.id]}.'
            problems.error(article.places["id"], what=what, remedy="Give one of the two another id.")
        seen.setdefault(article.id, article.file)
        if article.id and not article.file.endswith(f"/{article.id}.md"):
            what = f'The file is not named after its article "{article.id}".'
            problems.warning(article.places["id"], what=what, remedy=f"Rename it to articles/{article.id}.md.")
        _check_dates(article, today=today, problems=problems)
        _check_approvals(practice, article, today=today, problems=problems)
        _check_front(article, problems)
        for section in article.sections:
            for language, said in section.said():
                _check_text(practice, article, said.value, language, said.place, problems)
    _check_preparation(practice, seen, problems)


def placeholders(text: str) -> tuple[str, ...]:
    """What still has to be filled in: texts in double square brackets."""
    return tuple(" ".join(match.split()) for match in PLACEHOLDER.findall(text))


def _check_dates(article: Article, *, today: date, problems: Problems) -> None:
    if article.reviewed_on > today:
        what = f"reviewed_on ({article.reviewed_on}) is in the future."
        problems.error(article.places["reviewed_on"], what=what, remedy="Write the day of the last review.")
    if article.review_by < today:
        what = f"The review was due on {article.review_by}; the bot does not answer from this article."
        remedy = "Review it, then set reviewed_on and review_by."
        problems.warning(article.places["review_by"], what=what, remedy=remedy)
    elif article.review_by - today <= REVIEW_SOON:
        what = f"The review is due on {article.review_by}."
        problems.warning(article.places["review_by"], what=what, remedy="Plan the review; set new dates afterwards.")


def _check_approvals(practice: PracticeFile, article: Article, *, today: date, problems: Problems) -> None:
    for language in practice.languages:
        approval = article.approval.get(language)
        missing = [part for part, lacks in _parts(article, language) if lacks]
        if approval is None:
            what = f'"{article.id}" is not approved in {language}; the bot does not answer from it in that language.'
            remedy = f"Have a named person read it and add approval: {{{language}: {{by: name, on: YYYY-MM-DD}}}}."
            problems.warning(article.places["approval"], what=what, remedy=remedy)
            if missing:
                what = f'"{article.id}" lacks {_listed(missing)} in {language}.'
                problems.warning(article.places["id"], what=what, remedy="Add the text, then have it approved.")
            continue
        if missing:
            what = f'"{article.id}" is approved in {language} but lacks {_listed(missing)} in that language.'
            problems.error(approval.place, what=what, remedy="Add the text, or take the approval out.")
        if approval.by.casefold() == SAMPLE and not practice.sample:
            what = f'"{article.id}" is approved by "sample", which is only valid in a sample practice.'
            problems.error(approval.place, what=what, remedy="Put the name of the person here who approved it.")
        if approval.on > today:
            what = f"The approval for {language} is dated {approval.on}, in the future."
            problems.error(approval.place, what=what, remedy="Write the day on which it was approved.")


def _parts(article: Article, language: str) -> list[tuple[str, bool]]:
    """Each text that a language needs, and whether it is missing."""
    parts = [("the title", language not in article.title)]
    for section in article.sections:
        parts.append((f'the title of "{section.id}"', language not in section.title))
        parts.append((f'the short text of "{section.id}"', language not in section.short))
        parts.append((f'the full text of "{section.id}"', language not in section.full))
    return parts


def _listed(missing: Sequence[str]) -> str:
    more = len(missing) - 3
    return ", ".join(missing[:3]) + (f" and {more} more" if more > 0 else "")


def _check_front(article: Article, problems: Problems) -> None:
    """Owner, source and title: the source is shown to patients beside the answer."""
    note = problems.error if article.approval else problems.warning
    for placeholder in placeholders(" ".join((article.owner, article.source, *article.title.values()))):
        what = f'"[[{placeholder}]]" has not been filled in.'
        note(article.places["title"], what=what, remedy="Put the practice's own words there and take the brackets out.")


def _check_text(
    practice: PracticeFile, article: Article, text: str, language: str, place: Place, problems: Problems
) -> None:
    for number in numbers_in(text):
        if not is_known(number, practice.numbers()):
            what = f'The phone number "{number}" ({language}) is not in practice.yaml.'
            remedy = "Use a number of the practice, or add it to practice.yaml first."
            problems.error(place, what=what, remedy=remedy)
    for host in hosts_in(text):
        if not is_own(host, practice.addresses()):
            what = f'The web address "{host}" ({language}) is not one of the practice.'
            problems.warning(place, what=what, remedy="Link to the practice's own pages, or check the address twice.")
    note = problems.error if language in article.approval else problems.warning
    for placeholder in placeholders(text):
        what = f'"[[{placeholder}]]" ({language}) has not been filled in.'
        note(place, what=what, remedy="Put the practice's own words there and take the brackets out.")
    if _HTML.search(text):
        what = f"The text ({language}) holds HTML or an image; patients are shown plain text."
        problems.error(place, what=what, remedy="Write plain text.")


def _check_preparation(practice: PracticeFile, articles: dict[str, str], problems: Problems) -> None:
    for visit in practice.visit_types:
        if visit.preparation and visit.preparation not in articles:
            what = f'Visit type "{visit.id}" names the preparation article "{visit.preparation}", which does not exist.'
            remedy = did_you_mean(visit.preparation, articles)
            problems.error(practice.preparation_places[visit.id], what=what, remedy=remedy)
