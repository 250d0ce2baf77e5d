"""The linear intent scorer: adds up learned weights of the words of a message and gives a share to every intent.

The weights in `weights.json` are learned by `training` from the authored phrasings. Nothing is learned while running.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final, Protocol

from bot.understanding.intent.features import features, mend, words

WEIGHTS: Final = "weights.json"


class Encoder(Protocol):
    """Anything that gives a text a share per intent, adding up to one. Sentence embeddings can take this place."""

    def shares(self, text: str) -> Mapping[str, float]: ...


@dataclass(frozen=True, slots=True)
class Weights:
    """`table` maps a feature to (index of intent, weight); `targets` are the frequent words that slips are mended to."""

    intents: tuple[str, ...]
    bias: tuple[float, ...]
    table: Mapping[str, tuple[tuple[int, float], ...]]
    known: frozenset[str]
    targets: tuple[str, ...]
    source: str
    """Hash of the phrasings that they were learned from."""


class LinearEncoder:
    """Weighted words, word pairs and letter pieces."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights

    def shares(self, text: str) -> Mapping[str, float]:
        weights = self._weights
        found = [mend(word, known=weights.known, targets=weights.targets) for word in words(text)]
        sums = list(weights.bias)
        for name in features(found, known=weights.known):
            for index, weight in weights.table.get(name, ()):
                sums[index] += weight
        return dict(zip(weights.intents, softmax(sums), strict=True))


def softmax(sums: list[float]) -> list[float]:
    """Shares that add up to one."""
    top = max(sums)
    raised = [math.exp(value - top) for value in sums]
    total = sum(raised)
    return [value / total for value in raised]


@cache
def shipped() -> LinearEncoder:
    """The scorer with the weights that come with the program, read once."""
    return LinearEncoder(read(resources.files(__package__).joinpath(WEIGHTS).read_text(encoding="utf-8")))


def read(text: str) -> Weights:
    raw: dict[str, Any] = json.loads(text)
    scale: float = raw["scale"]
    return Weights(
        intents=tuple(raw["intents"]),
        bias=tuple(value / scale for value in raw["bias"]),
        table={
            name: tuple((flat[place], flat[place + 1] / scale) for place in range(0, len(flat), 2))
            for name, flat in raw["table"].items()
        },
        known=frozenset(raw["known"]),
        targets=tuple(raw["targets"]),
        source=raw["source"],
    )
