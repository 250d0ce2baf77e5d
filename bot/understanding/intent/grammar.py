"""Spread one authored line, with its choices `(a|b)` and lists `<name>`, into the sentences it stands for.

Which of them are taken is drawn from a generator seeded with the line itself, so the same file gives the same sentences.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from typing import Final

_CHOICE: Final = re.compile(r"\(([^()]*)\)")
_LIST: Final = re.compile(r"<(\w+)>")


def spread(line: str, *, lists: Mapping[str, Sequence[str]], most: int) -> list[str]:
    """At most `most` different sentences of a line. A line without choices is one sentence."""
    draw = random.Random(line)  # noqa: S311 - the draw must be repeatable, nothing secret hangs on it
    found: dict[str, None] = {}
    for _ in range(most * 3):
        found[_one(line, lists=lists, draw=draw)] = None
        if len(found) == most:
            break
    return list(found)


def _one(line: str, *, lists: Mapping[str, Sequence[str]], draw: random.Random) -> str:
    text = line
    while _CHOICE.search(text):
        text = _CHOICE.sub(lambda match: draw.choice(match[1].split("|")), text)
    text = _LIST.sub(lambda match: draw.choice(lists[match[1]]), text)
    return " ".join(text.split())
