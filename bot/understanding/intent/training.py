"""Learn the weights of the intent scorer from the authored phrasings: `python -m bot.understanding.intent.training`.

Run after editing `phrasings/*.yaml`; a test compares the hash. Multinomial logistic regression with AdaGrad steps and word
dropout, so that no message hangs on one word. Repeatable to the byte.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

from bot.understanding.intent.features import UNKNOWN, features, mend, words
from bot.understanding.intent.grammar import spread
from bot.understanding.intent.model import WEIGHTS, softmax

LANGUAGES: Final = ("en", "es")
MOST_PER_LINE: Final = 10
SEEN_AT_LEAST: Final = 2  # a word seen in one line only is as good as unknown
MEND_FROM: Final = 6  # shorter words have too many neighbours
MEND_SEEN: Final = 12
ROUNDS: Final = 10
STEP: Final = 0.25
DECAY: Final = 2e-4
DROP_WORD: Final = 0.08
DROP_FEATURE: Final = 0.25
SMALLEST: Final = 0.04  # weights below this are left out of the file
SCALE: Final = 100
SEED: Final = 20261122

Row = tuple[list[str], int]
Line = tuple[str, str, str, tuple[str, ...]]


def phrasing_files() -> dict[str, str]:
    folder = resources.files(__package__).joinpath("phrasings")
    return {language: folder.joinpath(f"{language}.yaml").read_text(encoding="utf-8") for language in LANGUAGES}


def source_hash() -> str:
    """What the weights must have been learned from."""
    return hashlib.sha256("\0".join(phrasing_files().values()).encode()).hexdigest()


def phrasings() -> list[Line]:
    """Every authored line: language, intent, line, and the sentences it is spread into."""
    found: list[Line] = []
    for language, text in phrasing_files().items():
        content: dict[str, Any] = YAML(typ="safe").load(text)
        lists = content.pop("lists")
        for intent, lines in content.items():
            found.extend(
                (language, intent, line, tuple(spread(line, lists=lists, most=MOST_PER_LINE))) for line in lines
            )
    return found


def learn() -> dict[str, Any]:
    """The content of the weights file."""
    lines = phrasings()
    intents = sorted({intent for _, intent, _, _ in lines})
    seen: Counter[str] = Counter()
    often: Counter[str] = Counter()
    for _, _, _, sentences in lines:
        inside = [set(words(sentence)) for sentence in sentences]
        seen.update(set().union(*inside))
        often.update(word for found in inside for word in found)
    known = frozenset(word for word, count in seen.items() if count >= SEEN_AT_LEAST)
    targets = tuple(sorted(w for w in known if len(w) >= MEND_FROM and often[w] >= MEND_SEEN and w[0] != "<"))
    rows: list[Row] = [
        ([mend(word, known=known, targets=targets) for word in words(sentence)], intents.index(intent))
        for _, intent, _, sentences in lines
        for sentence in sentences
    ]
    table, bias = _fit(rows, known=known, kept=_told_twice(lines, known=known, targets=targets), size=len(intents))
    return {
        "source": source_hash(),
        "scale": SCALE,
        "intents": intents,
        "bias": [round(value * SCALE) for value in bias],
        "known": sorted(known),
        "targets": list(targets),
        "table": {name: flat for name in sorted(table) if (flat := _flat(table[name]))},
    }


def _told_twice(lines: list[Line], *, known: frozenset[str], targets: tuple[str, ...]) -> frozenset[str]:
    """The features of at least two authored lines: what one line alone has says nothing about the next patient."""
    seen: Counter[str] = Counter()
    for _, _, _, sentences in lines:
        inside: set[str] = set()
        for sentence in sentences:
            inside.update(features([mend(word, known=known, targets=targets) for word in words(sentence)], known=known))
        seen.update(inside)
    return frozenset(name for name, count in seen.items() if count >= SEEN_AT_LEAST)


def _flat(weights: list[float]) -> list[int]:
    kept = [(index, round(value * SCALE)) for index, value in enumerate(weights) if abs(value) >= SMALLEST]
    return [number for pair in kept for number in pair]


def _fit(
    rows: list[Row], *, known: frozenset[str], kept: frozenset[str], size: int
) -> tuple[dict[str, list[float]], list[float]]:
    draw = random.Random(SEED)  # noqa: S311 - a repeatable shuffle
    table: dict[str, list[float]] = {}
    squares: dict[str, list[float]] = {}
    bias, bias_squares = [0.0] * size, [1e-3] * size
    share = Counter(label for _, label in rows)
    mean = len(rows) / size
    weight_of = [(mean / share[label]) ** 0.5 for label in range(size)]
    order = list(range(len(rows)))
    for turn in range(ROUNDS):
        draw.shuffle(order)
        step = STEP * (1 - turn / (ROUNDS + 2))
        for index in order:
            found, label = rows[index]
            shown = [UNKNOWN if draw.random() < DROP_WORD else word for word in found]
            names = [name for name in features(shown, known=known) if name in kept and draw.random() >= DROP_FEATURE]
            sums = list(bias)
            vectors = []
            for name in names:
                vector = table.get(name)
                if vector is None:
                    vector = table[name] = [0.0] * size
                    squares[name] = [1e-3] * size
                vectors.append((vector, squares[name]))
                for place, value in enumerate(vector):
                    sums[place] += value
            shares = softmax(sums)
            for place in range(size):
                slope = (shares[place] - (place == label)) * weight_of[label]
                if -0.01 < slope < 0.01:
                    continue
                bias_squares[place] += slope * slope
                bias[place] -= step * slope / bias_squares[place] ** 0.5
                for vector, square in vectors:
                    push = slope + DECAY * vector[place]
                    square[place] += push * push
                    vector[place] -= step * push / square[place] ** 0.5
    return table, bias


def main() -> None:
    path = Path(str(resources.files(__package__).joinpath(WEIGHTS)))
    path.write_text(json.dumps(learn(), ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
