"""Patterns over named words: `chest + pain`, `can > take > drug`, `newborn & fever`.

`a + b`    both in one sentence, in any order, at most NEAR words apart
`a > b`    a, then b, at most THEN words between (`a >2 b`: at most two)
`a & b`    anywhere in the message
`a|b`      either
`'x|y'`    these words themselves, x or y
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

NEAR = 10
THEN = 4
MOST_JOINED = 64   # a message that repeats one word a thousand times must not cost more than others

Span = tuple[int, int]
_PIECES = re.compile(r"'[^']*'|[a-z_0-9]+|[|+&]|>\d*|\s+|.")


class PatternBroken(ValueError):
    """A pattern cannot be read. The message says where."""


@dataclass(frozen=True, slots=True)
class Step:
    """One word of a pattern: any of these concepts."""

    concepts: tuple[int, ...]
    mask: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Steps that follow one another, and how many words may stand between each and the next."""

    steps: tuple[Step, ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Chains in one sentence, near each other, in any order."""

    chains: tuple[Chain, ...]
    masks: tuple[int, ...]

    def found(self, hits: Mapping[int, Sequence[Span]]) -> Span | None:
        """Where the group stands in a sentence, if it does."""
        spans: list[list[Span]] = []
        for chain in self.chains:
            found = _follow(chain, hits)
            if not found:
                return None
            spans.append(found)
        return _close(spans)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Groups that must each be found, each in some sentence."""

    text: str
    groups: tuple[Group, ...]


def _follow(chain: Chain, hits: Mapping[int, Sequence[Span]]) -> list[Span]:
    ends = [span for concept in chain.steps[0].concepts for span in hits.get(concept, ())]
    for step, gap in zip(chain.steps[1:], chain.gaps, strict=True):
        following = [span for concept in step.concepts for span in hits.get(concept, ())]
        ends = [
            (start, after[1])
            for start, end in ends
            for after in following
            if 0 <= after[0] - end <= gap
        ]
        if not ends:
            return []
    return ends


def _close(spans: list[list[Span]]) -> Span | None:
    joined: list[tuple[Span, ...]] = [(span,) for span in spans[0]]
    for others in spans[1:]:
        joined = [
            (*parts, other)
            for parts in joined
            for other in others
            # one phrase cannot be two parts of a pattern
            if all(other[0] >= part[1] or part[0] >= other[1] for part in parts)
            and min(max(part[0], other[0]) - min(part[1], other[1]) for part in parts) <= NEAR
        ][:MOST_JOINED]
        if not joined:
            return None
    return min(part[0] for part in joined[0]), max(part[1] for part in joined[0])


def read(text: str, *, number: Callable[[str], int]) -> Pattern:
    """Compile one pattern. `number` gives the number of a concept or of quoted words."""
    groups: list[Group] = []
    chains: list[Chain] = []
    steps: list[Step] = []
    gaps: list[int] = []
    names: list[str] = []
    expecting = True

    def end_step() -> None:
        concepts = tuple(number(name) for name in names)
        mask = 0
        for concept in concepts:
            mask |= 1 << concept
        steps.append(Step(concepts, mask))
        names.clear()

    def end_chain() -> None:
        end_step()
        chains.append(Chain(tuple(steps), tuple(gaps)))
        steps.clear()
        gaps.clear()

    def end_group() -> None:
        end_chain()
        masks = tuple(step.mask for chain in chains for step in chain.steps)
        groups.append(Group(tuple(chains), masks))
        chains.clear()

    for piece in _PIECES.findall(text):
        if piece.isspace():
            continue
        if piece[0] in "|+&>":
            if expecting:
                raise PatternBroken(f"`{piece}` in `{text}` has nothing before it")
            expecting = True
            if piece == "+":
                end_chain()
            elif piece == "&":
                end_group()
            elif piece != "|":
                end_step()
                gaps.append(int(piece[1:]) if len(piece) > 1 else THEN)
        elif expecting and (piece[0] == "'" or piece[0].isalnum()):
            names.append(piece)
            expecting = False
        else:
            raise PatternBroken(f"`{piece}` in `{text}` stands where `+`, `>`, `&` or `|` should. Quote words of a message")
    if expecting:
        raise PatternBroken(f"`{text}` ends too early")
    end_group()
    return Pattern(text, tuple(groups))
