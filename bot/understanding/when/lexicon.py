"""Turns the word tables and written shapes of a message into the chart's first nodes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import ModuleType
from typing import Any

from bot.understanding.when import english, spanish
from bot.understanding.when.chart import Node
from bot.understanding.when.spelling import Speller
from bot.understanding.when.tokens import Shape, Token, cut, shapes
from bot.understanding.when.values import Day, Hours, Length

Entry = tuple[tuple[str, ...], str, Any]  # the words after the first, a symbol, its value

MISSPELT = ("weekday", "month", "relative_day", "part", "holiday")  # symbols whose words may hold a typo

DOTTED = ("weekday", "weekday~", "month", "month~")  # "Dic." and "Mon."


@dataclass(slots=True)
class Lexicon:
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    speller: Speller = field(default_factory=Speller)
    followers: frozenset[str] = frozenset()

    def add(self, phrase: str, symbol: str, value: Any = None) -> None:
        first, *rest = (token.word for token in cut(phrase))
        self.entries.setdefault(first, []).append((tuple(rest), symbol, value))

    def at(self, tokens: list[Token], place: int) -> Iterator[Node]:
        word = tokens[place].word
        entries = self.entries.get(word)
        score = 0.0
        if entries is None and len(word) > 4 and (meant := self.speller.correct(word)):
            entries, score = [it for it in self.entries[meant] if it[1] in MISSPELT], -1.0
        for rest, symbol, value in entries or ():
            end = place + 1 + len(rest)
            if not rest or [token.word for token in tokens[place + 1 : end]] == list(rest):
                yield Node(symbol, place, end, value, score)
                if symbol in DOTTED and len(word) <= 5 and end < len(tokens) and tokens[end].word == ".":
                    yield Node(symbol, place, end + 1, value, score)


@cache
def of(lang: str) -> Lexicon:
    words: ModuleType = spanish if lang == "es" else english
    lexicon = Lexicon(followers=frozenset(words.FOLLOWERS))
    for symbol, table in (("weekday", words.WEEKDAYS), ("weekday~", words.WEAK_WEEKDAYS), ("month", words.MONTHS), ("month~", words.WEAK_MONTHS)):
        for number, names in table.items():
            for name in names.split():
                lexicon.add(name, symbol, number)
                if len(name) > 4 and symbol[-1] != "~":
                    lexicon.speller.learn(name)
    for number, name in _weekday_plurals(words):
        lexicon.add(name, "weekdays", number)
    for unit, names in words.UNITS.items():
        for name in names.split():
            lexicon.add(name, "unit", unit)
    for number, name in enumerate(words.NUMBERS):
        lexicon.add(name, "number_word", number)
    for number, name in words.TENS.items():
        lexicon.add(name, "tens", number)
    for number, name in enumerate(words.ORDINALS):
        lexicon.add(name, "ordinal_word", number)
    for part, (start, end, names) in words.PARTS.items():
        for name in names.split():
            lexicon.add(name, "part", Hours(((start, end),), part=part))
            if len(name) > 5:
                lexicon.speller.learn(name)
    for name, meal in words.MEALS.items():
        if meal in words.PARTS:
            start, end, _ = words.PARTS[meal]
            lexicon.add(name, "meal", Hours(((start, end),), part=meal))
    for key, names in words.HOLIDAYS.items():
        for name in names.split("|"):
            lexicon.add(name, "holiday", key)
            if len(name) > 7 and " " not in name:
                lexicon.speller.learn(name)
    for offset, names in words.RELATIVE_DAYS.items():
        for name in names.split("|"):
            lexicon.add(name, "relative_day", offset)
            if len(name) > 5 and " " not in name:
                lexicon.speller.learn(name)
    for symbol, names in words.WORDS.items():
        for name in names.split("|"):
            lexicon.add(name, symbol)
    for name, (before, after) in words.EVENTS.items():
        lexicon.add(name, "event", (before * 60, after * 60))
    for name in words.GLUE.split("|"):
        lexicon.add(name, "glue")
    for name in words.GREETINGS.split("|"):
        lexicon.add(name, "blocked", name)
    for name, symbol, value in _English if lang != "es" else _Spanish:
        lexicon.add(name, symbol, value)
    return lexicon


def _weekday_plurals(words: ModuleType) -> Iterator[tuple[int, str]]:
    for number, names in words.WEEKDAYS.items():
        name = names.split()[0]
        if not name.endswith("s"):
            yield number, name + "s"


_English: list[tuple[str, str, Any]] = [
    ("twentieth", "ordinal_word", 20), ("thirtieth", "ordinal_word", 30), ("two thousand", "thousands", 2000), ("oh", "number_word", 0),
    ("noon", "noon", 720), ("midday", "noon", 720), ("mid day", "noon", 720), ("noonish", "noon", 720), ("noontime", "noon", 720),
    ("midnight", "noon", 0), ("mid night", "noon", 0),
    ("tonight", "tonight", Hours(((18 * 60, 24 * 60),), part="night")), ("tonite", "tonight", Hours(((18 * 60, 24 * 60),), part="night")),
    ("half an hour", "length", Length(minutes=30)), ("half hour", "length", Length(minutes=30)), ("1/2 hour", "length", Length(minutes=30)),
    ("1/2 an hour", "length", Length(minutes=30)), ("1/2h", "length", Length(minutes=30)), ("1/2 h", "length", Length(minutes=30)), ("half a day", "length", Length(minutes=720)),
    ("quarter of an hour", "length", Length(minutes=15)), ("quarter hour", "length", Length(minutes=15)),
    ("early morning", "part", Hours(((7 * 60, 10 * 60),), part="morning")), ("crack of dawn", "part", Hours(((4 * 60, 8 * 60),), part="dawn")),
    ("early hours of the morning", "part", Hours(((7 * 60, 10 * 60),), part="morning")),
]  # fmt: skip
_Spanish: list[tuple[str, str, Any]] = [
    ("mediodia", "noon", 720), ("medio dia", "noon", 720), ("medianoche", "noon", 0), ("media noche", "noon", 0),
    ("pasado mediodia", "part", Hours(((12 * 60, 16 * 60),), part="afternoon")), ("pasado el mediodia", "part", Hours(((12 * 60, 16 * 60),), part="afternoon")),
    ("despues del mediodia", "part", Hours(((12 * 60, 16 * 60),), part="afternoon")),
    ("una", "number_word", 1), ("un", "number_word", 1), ("primer", "ordinal_word", 1), ("primera", "ordinal_word", 1), ("segunda", "ordinal_word", 2),
    ("tercer", "ordinal_word", 3), ("tercera", "ordinal_word", 3), ("cuarta", "ordinal_word", 4), ("quinta", "ordinal_word", 5), ("decima", "ordinal_word", 10), ("veintiun", "number_word", 21), ("veintiuna", "number_word", 21),
    ("dos mil", "thousands", 2000), ("media hora", "length", Length(minutes=30)), ("cuarto de hora", "length", Length(minutes=15)),
    ("hora y media", "length", Length(minutes=90)), ("ocho dias", "length", Length(days=7)), ("quince dias", "length", Length(days=15)),
    ("madrugada", "part", Hours(((4 * 60, 8 * 60),), part="dawn")), ("dia siguiente", "next_day", True),
]  # fmt: skip


def nodes(folded: str, tokens: list[Token], *, lang: str, today: date) -> list[list[Node]]:
    """The chart's first nodes, by the token they begin at."""
    lexicon = of(lang)
    found: list[list[Node]] = [[] for _ in tokens]
    for place, token in enumerate(tokens):
        if token.word.isdigit():
            if len(token.word) <= 4 and not _money(tokens, place):
                found[place].append(Node("digits", place, place + 1, int(token.word), 0))
                if len(token.word) == 2:
                    found[place].append(Node("two_digits", place, place + 1, int(token.word), 0))
        found[place].extend(lexicon.at(tokens, place))
    starts = {token.begin: place for place, token in enumerate(tokens)}
    ends = {token.finish: place + 1 for place, token in enumerate(tokens)}
    for shape in shapes(folded, day_first=lang == "es", this_year=today.year):
        finish = shape.finish
        while finish > shape.begin and folded[finish - 1].isspace():
            finish -= 1
        begin, end = starts.get(shape.begin), ends.get(finish)
        if begin is not None and end is not None and not _money(tokens, begin):
            found[begin].append(Node(shape.symbol, begin, end, shape.value, _certainty(shape)))
    return found


def _certainty(shape: Shape) -> float:
    """A whole date with its year is read as nothing else."""
    if not isinstance(shape.value, Day) or shape.symbol != "day":
        return 0
    return 4 if shape.value.year else 2


def _money(tokens: list[Token], place: int) -> bool:
    before = tokens[place - 1].word if place else ""
    after = tokens[place + 1].word if place + 1 < len(tokens) else ""
    return before in ("$", "€", "£", "#") or after in ("%", "$", "€", "£", "percent", "dollars", "bucks", "dolares", "pesos")
