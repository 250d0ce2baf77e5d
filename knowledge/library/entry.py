"""Typed reading of one YAML mapping: each accessor notes what is wrong with its key and goes on with a stand-in value.

The keys that were asked for are the schema, so an unknown key is found by `close` without a second list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from knowledge.library.problems import Place, Problems, did_you_mean
from knowledge.library.yaml_text import Source, is_empty, is_text, kind_of

SUPPORTED: Final = ("en", "es")  # the languages that the bot's own sentences exist in
ID: Final = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?")
LINE: Final = "line"  # white space is folded
PROSE: Final = "prose"  # paragraphs are kept
N = TypeVar("N", bound=Node)


@dataclass(frozen=True, slots=True)
class Said:
    """A text and where it stands."""

    value: str
    place: Place


@dataclass(slots=True)
class Entry:
    """One mapping of a practice file. `name` says in messages what the mapping describes."""

    source: Source
    node: MappingNode
    name: str
    problems: Problems
    languages: tuple[str, ...] = SUPPORTED
    asked: set[str] = field(default_factory=set)
    found: dict[str, Node] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, value in self.node.value:
            word = str(key.value) if isinstance(key, ScalarNode) else "?"
            if word in self.found:
                place = self.source.at(key.start_mark.line)
                what = f'"{word}" stands twice in {self.name}.'
                self.problems.error(place, what=what, remedy="Remove one of the two.")
            self.found[word] = value
            self.lines[word] = key.start_mark.line

    @property
    def place(self) -> Place:
        return self.source.at(self.node.start_mark.line)

    def at(self, key: str) -> Place:
        return self.source.at(self.lines[key]) if key in self.lines else self.place

    def has(self, key: str) -> bool:
        """Whether an optional key is there; asking makes it a known key."""
        self.asked.add(key)
        return key in self.found and not is_empty(self.found[key])

    def wrong(self, key: str, *, what: str, remedy: str) -> None:
        self.problems.error(self.at(key), what=what, remedy=remedy)

    def child(self, key: str, *, shape: type[N], wanted: str, required: bool = True) -> N | None:
        """The value of a key when it has the wanted shape. Notes a missing, empty or misshapen one."""
        if not self.has(key):
            if required:
                missing = "is empty" if key in self.found else "is missing"
                self.wrong(key, what=f'"{key}" {missing} in {self.name}.', remedy=f"Add `{key}:` with {wanted}.")
            return None
        node = self.found[key]
        if not isinstance(node, shape):
            self.wrong(key, what=f'"{key}" in {self.name} is {kind_of(node)}.', remedy=f"Write {wanted}.")
            return None
        return node

    def text(self, key: str, *, required: bool = True, wanted: str = "a text", fold: str = LINE) -> str:
        node = self.child(key, shape=ScalarNode, wanted=wanted, required=required)
        return tidy(node.value, fold=fold) if node is not None else ""

    def id(self, key: str = "id") -> str:
        value = self.text(key, wanted="a short name in small letters, e.g. main-office")
        if value and not ID.fullmatch(value):
            self.wrong(
                key,
                what=f'The {key} "{value[:40]}" of {self.name} has letters that are not allowed.',
                remedy="Use at most 64 small letters a-z, digits, hyphens and underscores.",
            )
        return value

    def choice(self, key: str, options: Iterable[str], *, default: str) -> str:
        options = tuple(options)
        value = self.text(key, wanted="one of: " + ", ".join(options))
        if value and value not in options:
            self.wrong(key, what=f'"{key}" in {self.name} is "{value[:40]}".', remedy=did_you_mean(value, options))
        return value if value in options else default

    def flag(self, key: str, *, required: bool = True, default: bool = False) -> bool:
        value = self.text(key, required=required, wanted="true or false")
        if value and value not in ("true", "false"):
            self.wrong(key, what=f'"{key}" in {self.name} is "{value[:40]}".', remedy="Write true or false.")
        return value == "true" if value in ("true", "false") else default

    def whole(self, key: str, *, least: int, most: int, required: bool = True) -> int:
        wanted = f"a whole number from {least} to {most}"
        value = self.text(key, required=required, wanted=wanted)
        if value and not (re.fullmatch(r"[0-9]{1,6}", value) and least <= int(value) <= most):
            self.wrong(key, what=f'"{key}" in {self.name} is "{value[:40]}".', remedy=f"Write {wanted}.")
            return least
        return int(value) if value else least

    def day(self, key: str) -> date | None:
        value = self.text(key, wanted="a date as YYYY-MM-DD")
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.wrong(
                key,
                what=f'"{key}" in {self.name} is "{value[:40]}", which is not a date.',
                remedy="Write YYYY-MM-DD.",
            )
            return None

    def texts(self, key: str, *, required: bool = True, fold: str = LINE) -> Mapping[str, str]:
        """A text in every language of the practice: `{en: …, es: …}`."""
        entry = self.entry(key, wanted="a text per language: {en: …, es: …}", required=required)
        if entry is None:
            return {}
        entry.name = f'"{key}" of {self.name}'
        texts = {}
        for language in SUPPORTED:
            text = entry.text(language, required=language in self.languages, fold=fold)
            if text:
                texts[language] = text
        entry.close()
        return texts

    def phrasings(self, key: str, *, required: bool = False) -> Mapping[str, tuple[str, ...]]:
        """Lists of what patients say, per language."""
        entry = self.entry(key, wanted="a list per language: {en: [], es: []}", required=required)
        if entry is None:
            return {}
        entry.name = f'"{key}" of {self.name}'
        lists = {language: entry.words(language, required=False) for language in SUPPORTED}
        entry.close()
        return {language: words for language, words in lists.items() if words}

    def words(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        return tuple(said.value for said in self.said(key, required=required))

    def said(self, key: str, *, required: bool = True) -> tuple[Said, ...]:
        """A list of texts, each with its place."""
        node = self.child(key, shape=SequenceNode, wanted="a list of texts: [one, two]", required=required)
        found = []
        for item in node.value if node is not None else ():
            place = self.source.at(item.start_mark.line)
            if is_text(item) and tidy(item.value, fold=LINE):
                found.append(Said(tidy(item.value, fold=LINE), place))
            else:
                what = f'An item of "{key}" in {self.name} is {kind_of(item)}.'
                self.problems.error(place, what=what, remedy="Write a text; put it in quotes when it has a colon.")
        return tuple(found)

    def entry(self, key: str, *, wanted: str = "a group of keys", required: bool = True) -> Entry | None:
        node = self.child(key, shape=MappingNode, wanted=wanted, required=required)
        if node is None:
            return None
        return Entry(self.source, node, f'"{key}"', self.problems, self.languages)

    def entries(self, key: str, *, noun: str, required: bool = True) -> tuple[Entry, ...]:
        """A list of mappings, each named by its id when it has one."""
        node = self.child(key, shape=SequenceNode, wanted=f"a list with one entry per {noun}", required=required)
        found = []
        for item in node.value if node is not None else ():
            if isinstance(item, MappingNode):
                found.append(Entry(self.source, item, _named(item, noun), self.problems, self.languages))
            else:
                place = self.source.at(item.start_mark.line)
                what = f'An item of "{key}" is {kind_of(item)}.'
                self.problems.error(place, what=what, remedy=f"Write a {noun} as a group of keys.")
        return tuple(found)

    def close(self) -> None:
        """Note every key that nobody asked for."""
        for key in self.found:
            if key not in self.asked:
                self.wrong(key, what=f'"{key}" is not a key of {self.name}.', remedy=did_you_mean(key, self.asked))


def tidy(text: str, *, fold: str) -> str:
    """White space as a reader sees it: a line is folded into one, prose keeps its paragraphs."""
    if fold == LINE:
        return " ".join(text.split())
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def references(
    said: Iterable[Said], *, known: Iterable[str], noun: str, problems: Problems, of: str
) -> tuple[str, ...]:
    """The values, after noting each that names nothing known."""
    known, kept = frozenset(known), []
    for item in said:
        if item.value not in known:
            what = f'{of} names the {noun} "{item.value[:40]}", which does not exist.'
            problems.error(item.place, what=what, remedy=did_you_mean(item.value, known))
        elif item.value in kept:
            problems.error(item.place, what=f'{of} names "{item.value}" twice.', remedy="Remove one of the two.")
        else:
            kept.append(item.value)
    return tuple(kept)


def unique(entries: Iterable[Entry], ids: Callable[[Entry], str], *, problems: Problems) -> None:
    """Note each id that stands twice in a list."""
    seen: dict[str, int] = {}
    for entry in entries:
        name = ids(entry)
        if name in seen:
            what = f'The id "{name}" is used twice; the first is on line {seen[name]}.'
            problems.error(entry.at("id"), what=what, remedy="Give one of the two another id.")
        elif name:
            seen[name] = entry.at("id").line


def _named(node: MappingNode, noun: str) -> str:
    for key, value in node.value:
        if isinstance(key, ScalarNode) and key.value == "id" and isinstance(value, ScalarNode):
            return f'{noun} "{value.value[:40]}"'
    return f"this {noun}"
