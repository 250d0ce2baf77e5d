"""What the gate returns: a span of text with the kind of identifier in it, and how spans are joined into a clean list."""

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Found", "KnownWords", "Span", "join"]

KINDS = "EMAIL URL IP SSN CARD PASSPORT MRN PLAN_ID ACCOUNT LICENCE VEHICLE DEVICE DATE AGE90 PHONE ADDRESS PERSON PLACE OTHER_ID"
RANK = {name: rank for rank, name in enumerate(KINDS.split())}

Found = tuple[int, int, str]  # start, end, type: what a detector yields before joining


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) hold an identifier of kind `type`."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class KnownWords:
    """Folded words that the practice itself publishes: its name, clinicians, places, plans and visit types."""

    words: frozenset[str] = frozenset()


def join(found: Iterable[Found]) -> list[Span]:
    """Sorted spans without overlap. Where kinds overlap, the more telling kind names the whole."""
    spans: list[Span] = []
    for start, end, kind in sorted(found):
        if spans and start < spans[-1].end:
            last = spans[-1]
            best = min((last.type, kind), key=lambda name: RANK.get(name, len(RANK)))
            spans[-1] = Span(last.start, max(last.end, end), best)
        elif end > start:
            spans.append(Span(start, end, kind))
    return spans
