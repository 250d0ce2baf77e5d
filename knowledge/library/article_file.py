"""Reads one article: front matter, then `## id | English title | Título` headings, each with one YAML document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from ruamel.yaml.nodes import MappingNode

from knowledge.library.entry import ID, PROSE, SUPPORTED, Entry, Said
from knowledge.library.practice_file import source_of
from knowledge.library.problems import Place, Problems
from knowledge.library.yaml_text import Source, compose

MAX_SHORT: Final = 300  # two text messages; what the widget shows before "more"
MUST_BE_VERBATIM: Final = frozenset({"preparation", "fees"})  # never reworded
_FENCE: Final = re.compile(r"\s*(?:```|~~~)\s*(?:ya?ml)?\s*")


@dataclass(frozen=True, slots=True)
class Approval:
    """One language of an article was approved by a named person on a day."""

    by: str
    on: date
    place: Place


@dataclass(frozen=True, slots=True)
class ArticleSection:
    id: str
    title: Mapping[str, str]
    questions: Mapping[str, tuple[str, ...]]
    short: Mapping[str, str]
    full: Mapping[str, str]
    places: Mapping[str, Place]

    def said(self) -> tuple[tuple[str, Said], ...]:
        """Every text that a patient may read, with its language and (nearest known) place."""
        both = (("short", self.short), ("full", self.full))
        texts = [(lang, Said(text, self.places[key])) for key, by in both for lang, text in by.items()]
        return (*((lang, Said(text, self.places["title"])) for lang, text in self.title.items()), *texts)


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `approval` holds only languages that are complete and approved by a named person."""

    file: str
    id: str
    title: Mapping[str, str]
    kind: str
    owner: str
    source: str
    reviewed_on: date
    review_by: date
    approval: Mapping[str, Approval]
    verbatim: bool
    sensitive: bool
    sections: tuple[ArticleSection, ...]
    places: Mapping[str, Place]


def read(path: Path, *, name: str, languages: tuple[str, ...], problems: Problems) -> Article | None:
    """The article, or None when it has no readable front matter or section."""
    source = source_of(path, name=name, problems=problems)
    if source is None:
        return None
    lines = source.text.splitlines()
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if not lines or lines[0].rstrip() != "---" or end is None:
        remedy = "Start with a line `---`, the keys id, title, kind, …, and another line `---`."
        problems.error(Place(name, 1), what="The article has no front matter.", remedy=remedy)
        return None
    front = _mapping(Source(name, "\n".join(lines[1:end]), 1), of="the front matter", problems=problems)
    sections = _sections(name, lines, end + 1, languages, problems)
    if front is None:
        return None
    front.languages = ()  # a language is compulsory only where it is approved
    return _article(front, name=name, sections=sections, problems=problems)


def _article(front: Entry, *, name: str, sections: Sequence[ArticleSection], problems: Problems) -> Article | None:
    questions = front.phrasings("questions")
    first = [_with_questions(section, questions) for section in sections[:1]]
    reviewed_on, review_by = front.day("reviewed_on"), front.day("review_by")
    kind = front.id("kind")
    found = Article(
        file=name,
        id=front.id(),
        title=front.texts("title"),
        kind=kind,
        owner=front.text("owner", wanted="the person or role that keeps this article right"),
        source=front.text("source", wanted="where the facts come from"),
        reviewed_on=reviewed_on or date.min,
        review_by=review_by or date.max,
        approval=_approvals(front),
        verbatim=front.flag("verbatim", required=False, default=kind in MUST_BE_VERBATIM),
        sensitive=front.flag("sensitive", required=False),
        sections=(*first, *sections[1:]),
        places={key: front.at(key) for key in ("id", "review_by", "reviewed_on", "approval", "verbatim", "title")},
    )
    front.close()
    if kind in MUST_BE_VERBATIM and not found.verbatim:
        front.wrong("verbatim", what=f"A {kind} article may not be reworded.", remedy="Write verbatim: true.")
    if reviewed_on and review_by and review_by <= reviewed_on:
        what = f"review_by ({review_by}) is not after reviewed_on ({reviewed_on})."
        front.wrong("review_by", what=what, remedy="Set a later date for the next review.")
    if not sections:
        remedy = "Add `## answer | English title | Título en español` and the keys short and full below it."
        problems.error(Place(name, 1), what="The article has no section.", remedy=remedy)
        return None
    return found


def _approvals(front: Entry) -> Mapping[str, Approval]:
    """`approval: {en: {by: Ana Ruiz, on: 2026-01-15}}`. No approval at all makes the article a draft."""
    approval = front.entry("approval", wanted="who approved it: {en: {by: name, on: YYYY-MM-DD}}", required=False)
    if approval is None:
        return {}
    approval.name = '"approval"'
    found = {}
    for language in SUPPORTED:
        signed = approval.entry(language, wanted="{by: name, on: YYYY-MM-DD}", required=False)
        if signed is None:
            continue
        signed.name = f"the approval for {language}"
        by, on = signed.text("by", wanted="the name of the person"), signed.day("on")
        signed.close()
        if by and on:
            found[language] = Approval(by, on, approval.at(language))
    approval.close()
    return found


def _sections(
    name: str, lines: Sequence[str], start: int, languages: tuple[str, ...], problems: Problems
) -> list[ArticleSection]:
    heads = [n for n in range(start, len(lines)) if re.match(r"##?\s", lines[n])]
    for n in range(start, heads[0] if heads else len(lines)):
        if lines[n].strip():
            remedy = "Move it below a heading: ## section-id | English title | Título en español."
            problems.error(Place(name, n + 1), what="This text belongs to no section.", remedy=remedy)
            break
    found: list[ArticleSection] = []
    seen: dict[str, int] = {}
    for head, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        section = _section(name, lines, head, end, languages, problems)
        if section is None:
            continue
        if section.id in seen:
            what = f'The section id "{section.id}" is used twice; the first is on line {seen[section.id]}.'
            problems.error(Place(name, head + 1), what=what, remedy="Give one of the two another id.")
        seen.setdefault(section.id, head + 1)
        found.append(section)
    return found


def _section(
    name: str, lines: Sequence[str], head: int, end: int, languages: tuple[str, ...], problems: Problems
) -> ArticleSection | None:
    place = Place(name, head + 1)
    parts = [part.strip() for part in lines[head].lstrip("#").split("|")]
    good = lines[head].startswith("## ") and 2 <= len(parts) <= 1 + len(SUPPORTED) and all(parts)
    if not good or not ID.fullmatch(parts[0]):
        remedy = "Write: ## section-id | English title | Título en español (the id in small letters)."
        problems.error(place, what="The heading of this section cannot be read.", remedy=remedy)
        return None
    body = ["" if _FENCE.fullmatch(line) and line.strip() else line for line in lines[head + 1 : end]]
    entry = _mapping(Source(name, "\n".join(body), head + 1), of=f'section "{parts[0]}"', problems=problems)
    if entry is None:
        return None
    entry.languages = ()
    questions, short, full = entry.phrasings("questions"), entry.texts("short"), entry.texts("full", fold=PROSE)
    entry.close()
    for language, text in short.items():
        if len(text) > MAX_SHORT:
            what = f"The short text ({language}) of {entry.name} has {len(text)} characters; {MAX_SHORT} are allowed."
            entry.wrong("short", what=what, remedy="Shorten it; the full text can hold the rest.")
    title = dict(zip(SUPPORTED, parts[1:], strict=False))
    places = {"title": place, "short": entry.at("short"), "full": entry.at("full")}
    return ArticleSection(parts[0], title, questions, short, full, places)


def _mapping(source: Source, *, of: str, problems: Problems) -> Entry | None:
    before = len(problems.found)
    root = compose(source, problems=problems)
    if isinstance(root, MappingNode):
        return Entry(source, root, of, problems)
    if len(problems.found) == before:
        keys = "short and full" if of.startswith("section") else "id, title, kind and review_by"
        problems.error(source.at(0), what=f"{of.capitalize()} has no keys.", remedy=f"Add the keys {keys}.")
    return None


def _with_questions(section: ArticleSection, more: Mapping[str, tuple[str, ...]]) -> ArticleSection:
    """The article's own questions lead to its first section."""
    merged = {
        language: tuple(dict.fromkeys((*more.get(language, ()), *section.questions.get(language, ()))))
        for language in SUPPORTED
    }
    kept = {language: words for language, words in merged.items() if words}
    return ArticleSection(section.id, section.title, kept, section.short, section.full, section.places)
