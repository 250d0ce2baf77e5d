"""Finds the phrases of a message: runs the chart, drops what is too weak alone, and takes the best path."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.understanding.when import lexicon
from bot.understanding.when.chart import Context, Node, best_path
from bot.understanding.when.rules import GRAMMAR
from bot.understanding.when.tokens import LONGEST, Token, cut, fold
from bot.understanding.when.values import Meaning, Several

PHRASES = frozenset({"day", "span", "clock", "hours", "moment", "stretch", "several"})
NEAR = 1.0  # a meaning of the same words whose score is this near is told as well
# Two ways to take the same words that are both common: "2-5" is a range of hours or a date.
DOUBTFUL = frozenset({("hours", "day"), ("day", "hours"), ("stretch", "day"), ("day", "stretch"), ("moment", "day"), ("day", "moment")})
CONTENT = frozenset(
    "weekday weekday~ weekdays month month~ relative_day part holiday digits number_word noon tonight meridiem clock day "
    "ordinal squeezed at on in from to until after before between and or near manana this next".split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    begin: int  # character offsets into the message
    finish: int
    meaning: Meaning
    others: tuple[Meaning, ...] = ()  # other ways to take the same words, best first


def phrases(text: str, *, lang: str, now: datetime) -> list[Phrase]:
    """The phrases in order, not overlapping. Only the first part of a very long message is read."""
    folded = fold(text[:LONGEST])
    tokens = cut(folded)
    lexical = lexicon.nodes(folded, tokens, lang=lang, today=now.date())
    for blocked in [node for nodes in lexical for node in nodes if node.symbol == "blocked"]:
        for place in range(blocked.begin, blocked.end):
            lexical[place] = []
    known = frozenset(place for place, nodes in enumerate(lexical) if any(node.symbol in CONTENT for node in nodes))
    context = Context(now, lang, tokens, known=known, followers=lexicon.of(lang).followers)
    nodes = GRAMMAR.parse(lexical, context=context)
    alone = sum(token.word.isalnum() for token in tokens)
    useful = [
        node
        for node in nodes
        if node.symbol in PHRASES and (not getattr(node.value, "weak", False) or _whole(node, tokens_in=alone, lexical=lexical))
    ]
    return [
        phrase
        for node in best_path(useful, length=len(tokens))
        for phrase in _split(node, others=[it for it in useful if it.begin == node.begin and it.end == node.end], tokens=tokens)
    ]


def _split(node: Node, *, others: list[Node], tokens: list[Token]) -> Iterator[Phrase]:
    meaning = node.value
    if isinstance(meaning, Several):
        yield Phrase(tokens[node.begin].begin, tokens[meaning.joint - 1].finish, meaning.one)
        yield Phrase(tokens[meaning.joint + 1].begin, tokens[node.end - 1].finish, meaning.other)
        return
    near = [it for it in others if it.score >= node.score - NEAR and (node.symbol, it.symbol) in DOUBTFUL]
    if tokens[node.begin].word == "dentro":  # "dentro de 5 días": in five days, or any time until then
        near += [it for it in others if (node.symbol, it.symbol) in (("day", "span"), ("moment", "stretch"))]
    others_first = sorted(near, key=lambda it: -it.score)
    yield Phrase(tokens[node.begin].begin, tokens[node.end - 1].finish, meaning, tuple(it.value for it in others_first))


def _whole(node: Node, *, tokens_in: int, lexical: list[list[Node]]) -> bool:
    """A weak phrase stands if it is all that was said, and is more than a bare number."""
    return node.end - node.begin >= tokens_in and not (
        node.end - node.begin == 1 and any(it.symbol in ("digits", "number_word") for it in lexical[node.begin])
    )
