"""Turn the tables into matchers, once. Messages are then read with look-ups and whole-number masks only."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.text import fold
from bot.understanding.safety import patterns
from bot.understanding.safety.errors import SafetyTableBroken
from bot.understanding.safety.lexicon import Phrases, Spelling, split
from bot.understanding.safety.table import NumberWord, Rule, Tables

# Concepts the reader itself asks for. They are words like any other, and must be in the tables.
CONTEXTS = (
    "negation", "not_negation", "clause_break", "past", "now", "resolved",
    "service", "question_general", "self_now", "title", "laugh",
)


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its patterns ready, and masks of the concepts it must not or must also see."""

    rule: Rule
    patterns: tuple[patterns.Pattern, ...]
    unless: int
    without: int
    needs: int


@dataclass(frozen=True, slots=True)
class Compiled:
    """The matchers, and every pattern listed under the concept that is rarest among the rules."""

    spelling: Spelling
    phrases: Phrases
    ignore: Phrases
    numbers: tuple[tuple[int, NumberWord], ...]
    concepts: dict[str, int]
    rules: tuple[CompiledRule, ...]
    single: dict[int, tuple[tuple[int, patterns.Group], ...]]
    spread: tuple[tuple[int, patterns.Pattern], ...]
    titles: frozenset[str]


class _Concepts:
    """Numbers for the names of words, and the phrases behind each."""

    def __init__(self, tables: Tables, spelling: Spelling) -> None:
        self._tables = tables
        self._spelling = spelling
        self.numbers: dict[str, int] = {}
        self.phrases: list[tuple[tuple[str, ...], int]] = []

    def number(self, name: str) -> int:
        if name in self.numbers:
            return self.numbers[name]
        self.numbers[name] = number = len(self.numbers)
        if name.startswith("'"):
            self.phrases.extend((self._words(phrase), number) for phrase in name.strip("'").split("|"))
        elif name in self._tables.words:
            self._add(name, number, seen=())
        elif all(name != entry.name for entry in self._tables.numbers):
            raise SafetyTableBroken(f"{name!r} is not in any words table. Add it, or put it in quotes if it is a phrase.")
        return number

    def _add(self, name: str, number: int, *, seen: tuple[str, ...]) -> None:
        if name in seen:
            raise SafetyTableBroken(f"The words {' > '.join((*seen, name))} include each other. Break the circle.")
        for phrase in self._tables.words[name]:
            if phrase.startswith("<"):
                other = phrase.strip("<>")
                if other not in self._tables.words:
                    raise SafetyTableBroken(f"{name!r} includes {phrase}, which is not in any words table.")
                self._add(other, number, seen=(*seen, name))
            else:
                self.phrases.append((self._words(phrase), number))

    def _words(self, phrase: str) -> tuple[str, ...]:
        return phrase_words(phrase, self._spelling)


def phrase_words(phrase: str, spelling: Spelling) -> tuple[str, ...]:
    """A table phrase in the form that messages are brought to."""
    words: list[str] = []
    for part in phrase.split():
        if part == "_" or part.endswith("*"):
            words.append(part if part == "_" else fold(part[:-1]) + "*")
        elif part.startswith("*"):
            words.append("*" + fold(part[1:]))
        else:
            words.extend(split(fold(part)))
    return tuple(spelling.rewrite(words))


def compile_tables(tables: Tables) -> Compiled:
    """Compile and cross-check. Every name used by a rule must be defined."""
    bare = Spelling(tables.rewrite, known=(), real_words=frozenset())
    concepts = _Concepts(tables, bare)
    for name in CONTEXTS:
        concepts.number(name)
    rules = tuple(_compile_rule(rule, concepts) for rule in tables.rules)
    for name in tables.words:
        concepts.number(name)
    phrases = Phrases(concepts.phrases)
    ignore = Phrases([(phrase_words(phrase, bare), 0) for phrase in tables.ignore])
    known = phrases.vocabulary | ignore.vocabulary
    single, spread = _index(rules)
    return Compiled(
        spelling=Spelling(tables.rewrite, known=known, real_words=tables.real_words),
        phrases=phrases,
        ignore=ignore,
        numbers=tuple((concepts.number(entry.name), entry) for entry in tables.numbers),
        concepts=concepts.numbers,
        rules=rules,
        single=single,
        spread=spread,
        titles=frozenset(word for phrase in tables.words["title"] for word in phrase.split()),
    )


def _compile_rule(rule: Rule, concepts: _Concepts) -> CompiledRule:
    try:
        compiled = tuple(patterns.read(text, number=concepts.number) for text in rule.match)
    except (patterns.PatternBroken, SafetyTableBroken) as error:
        raise SafetyTableBroken(f"Rule {rule.id!r}: {error}.") from None
    return CompiledRule(
        rule, compiled, _mask(rule.unless, concepts), _mask(rule.without, concepts), _mask(rule.needs, concepts)
    )


def _mask(names: Iterable[str], concepts: _Concepts) -> int:
    mask = 0
    for name in names:
        mask |= 1 << concepts.number(name)
    return mask


def _index(
    rules: tuple[CompiledRule, ...],
) -> tuple[dict[int, tuple[tuple[int, patterns.Group], ...]], tuple[tuple[int, patterns.Pattern], ...]]:
    uses: dict[int, int] = defaultdict(int)
    for rule in rules:
        for pattern in rule.patterns:
            for concept in _concepts_of(pattern):
                uses[concept] += 1
    single: dict[int, list[tuple[int, patterns.Group]]] = defaultdict(list)
    spread: list[tuple[int, patterns.Pattern]] = []
    for index, rule in enumerate(rules):
        for pattern in rule.patterns:
            if len(pattern.groups) > 1:
                spread.append((index, pattern))
                continue
            steps = [step for chain in pattern.groups[0].chains for step in chain.steps]
            rarest = min(steps, key=lambda step: sum(uses[concept] for concept in step.concepts))
            for concept in rarest.concepts:
                single[concept].append((index, pattern.groups[0]))
    return {concept: tuple(listed) for concept, listed in single.items()}, tuple(spread)


def _concepts_of(pattern: patterns.Pattern) -> Iterable[int]:
    for group in pattern.groups:
        for chain in group.chains:
            for step in chain.steps:
                yield from step.concepts
