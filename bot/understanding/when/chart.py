"""A small chart parser: rules over symbols build meanings bottom up, then the best path through them is taken.

Rules are kept in one trie. Positions are worked from right to left, so that every symbol a rule may want next is
already complete; words that mean nothing here cost nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import product
from typing import Any, TypeVar

from bot.understanding.when.tokens import Token

Make = TypeVar("Make", bound=Callable[..., Any])

LABELS = frozenset(
    "building room suite unit apt apartment floor gate number no step option plan level grade type phase stage dose age size door "
    "edificio sala piso puerta numero apartamento opcion tipo fase etapa consultorio habitacion nivel # over".split()
)
MOST_NODES = 4000  # a message built to blow up the chart gets what was found until then


@dataclass(frozen=True, slots=True)
class Node:
    symbol: str
    begin: int
    end: int
    value: Any
    score: float


@dataclass(frozen=True, slots=True)
class Rule:
    symbol: str
    make: Callable[..., Any]
    score: float


@dataclass(slots=True)
class _Trie:
    onward: dict[str, "_Trie"] = field(default_factory=dict)
    done: list[Rule] = field(default_factory=list)


@dataclass(slots=True)
class Context:
    """What a rule may ask besides its parts."""

    now: datetime
    lang: str
    tokens: list[Token]
    begin: int = 0  # the tokens the rule covers
    end: int = 0
    known: frozenset[int] = frozenset()  # tokens that mean something here
    followers: frozenset[str] = frozenset()

    @property
    def today(self) -> date:
        return self.now.date()

    def ends_well(self) -> bool:
        """No noun follows: "the 5th" against "the 5th floor"."""
        if self.end >= len(self.tokens):
            return True
        word = self.tokens[self.end].word
        return self.end in self.known or not word[0].isalnum() or word in self.followers

    def in_a_figure(self) -> bool:
        """The number is part of a longer one: 5/12, 6.45, 1,000."""
        before, after = self.begin - 1, self.end
        tokens = self.tokens
        return (
            before > 0
            and tokens[before].word in "/.:,"
            and tokens[before].finish == tokens[self.begin].begin
            and tokens[before - 1].word.isdigit()
            and tokens[before - 1].finish == tokens[before].begin
        ) or (
            after + 1 < len(tokens)
            and tokens[after].word in "/.:,"
            and tokens[after].begin == tokens[after - 1].finish
            and tokens[after + 1].word.isdigit()
            and tokens[after + 1].begin == tokens[after].finish
        )

    def labelled(self) -> bool:
        """A number that names a thing: "room 4"."""
        return self.word(-1) in LABELS

    def word(self, offset: int) -> str:
        """A neighbour's word: -1 the one before the rule, 0 the one after it."""
        place = self.begin + offset if offset < 0 else self.end + offset
        return self.tokens[place].word if 0 <= place < len(self.tokens) else ""


class Rules:
    """A set of rules. `@rules("day", "the? ordinal of month")` adds the function below it."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, str, Rule]] = []

    def __call__(self, symbol: str, *patterns: str, lang: str = "", score: float = 0) -> Callable[[Make], Make]:
        def add(make: Make) -> Make:
            self.kept.extend((lang, pattern, Rule(symbol, make, score)) for pattern in patterns)
            return make

        return add


class Grammar:
    """All rules, as one trie for each language."""

    def __init__(self, *parts: Rules) -> None:
        self._rules = [kept for part in parts for kept in part.kept]
        self._tries: dict[str, _Trie] = {}

    def trie(self, lang: str) -> _Trie:
        if lang not in self._tries:
            root = _Trie()
            for language, pattern, rule in self._rules:
                if language in ("", lang):
                    for symbols in _spelled_out(pattern):
                        place = root
                        for symbol in symbols:
                            place = place.onward.setdefault(symbol, _Trie())
                        place.done.append(rule)
            self._tries[lang] = root
        return self._tries[lang]

    def parse(self, lexical: list[list[Node]], *, context: Context) -> list[Node]:
        root = self.trie(context.lang)
        chart: list[dict[str, list[Node]]] = [{} for _ in range(len(lexical) + 1)]
        nodes: list[Node] = []
        for begin in range(len(lexical) - 1, -1, -1):
            agenda, seen = list(lexical[begin]), set()
            while agenda and len(nodes) < MOST_NODES:
                node = agenda.pop()
                key = (node.symbol, node.end, node.value)
                if key in seen:
                    continue
                seen.add(key)
                chart[begin].setdefault(node.symbol, []).append(node)
                nodes.append(node)
                if node.symbol in root.onward:
                    args = () if node.value is None else (node.value,)
                    _walk(root.onward[node.symbol], node, args, node.score, chart, context, agenda)
        return nodes


def _walk(
    trie: _Trie, last: Node, args: tuple[Any, ...], score: float,
    chart: list[dict[str, list[Node]]], context: Context, agenda: list[Node], begin: int = -1,
) -> None:  # fmt: skip
    begin = last.begin if begin < 0 else begin
    for rule in trie.done:
        context.begin, context.end = begin, last.end
        value = rule.make(context, *args)
        if value is not None:
            agenda.append(Node(rule.symbol, begin, last.end, value, score + rule.score))
    if not trie.onward:
        return
    for symbol, nodes in chart[last.end].items():
        if (onward := trie.onward.get(symbol)) is not None:
            for node in nodes:
                more = args if node.value is None else (*args, node.value)
                _walk(onward, node, more, score + node.score, chart, context, agenda, begin)


def _spelled_out(pattern: str) -> list[tuple[str, ...]]:
    """ "the? day|weekday" as plain sequences of symbols."""
    choices = []
    for item in pattern.split():
        optional = item.endswith("?")
        symbols = item.rstrip("?").split("|")
        choices.append([(symbol,) for symbol in symbols] + ([()] if optional else []))
    return [tuple(symbol for part in parts for symbol in part) for parts in product(*choices)]


def best_path(nodes: list[Node], *, length: int) -> list[Node]:
    """The non-overlapping nodes that cover most words with fewest pieces; then the better scores."""
    starting: dict[int, list[Node]] = {}
    for node in nodes:
        starting.setdefault(node.begin, []).append(node)
    gains = [0.0] * (length + 1)
    chosen: list[Node | None] = [None] * (length + 1)
    for place in range(length - 1, -1, -1):
        gains[place] = gains[place + 1]
        for node in starting.get(place, ()):
            gain = (node.end - node.begin) * 10 - 6 + node.score + gains[node.end]
            if gain > gains[place]:
                gains[place], chosen[place] = gain, node
    path: list[Node] = []
    place = 0
    while place < length:
        if (taken := chosen[place]) is not None:
            path.append(taken)
            place = taken.end
        else:
            place += 1
    return path
