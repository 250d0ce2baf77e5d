"""What the model is told. Everybody may read it: no secret, no key, no rule that safety rests on (R-604)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from knowledge.answering.passages import Passage
from knowledge.answering.ports import Prompt
from knowledge.question import Length

MAX_CHARACTERS: Final = {Length.SHORT: 300, Length.FULL: 1_200}
_LANGUAGE: Final = {"en": "English", "es": "Spanish"}
_MAX_TOKENS: Final = {Length.SHORT: 300, Length.FULL: 900}  # room for JSON and ids around the characters


@cache
def instructions() -> str:
    return (Path(__file__).parent / "answer.txt").read_text("utf-8")


def answer_prompt(passages: Sequence[Passage], *, language: str, length: Length) -> Prompt:
    """The prompt for these passages: the same passages give the same bytes."""
    content = {
        "language": _LANGUAGE[language],
        "max_characters": MAX_CHARACTERS[length],
        "passages": [{"id": passage.id, "title": passage.title, "text": passage.text} for passage in passages],
    }
    user = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1)
    return Prompt(instructions(), user, _MAX_TOKENS[length])
