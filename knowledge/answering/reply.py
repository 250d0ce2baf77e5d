"""Reads a model's reply. Anything but the agreed JSON object is `ModelNonsense` (R-601)."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.answering.ports import ModelNonsense, Worded

MAX_REPLY: Final = 8_000  # characters; an answer of 1,500 and its ids are far below this


class _Reply(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    answer: str = Field(max_length=4_000)
    passage_ids: list[str] = Field(max_length=8)
    cannot_answer: bool


def read_reply(text: str) -> Worded:
    """The reply as data. The error never repeats what the model said."""
    if len(text) > MAX_REPLY:
        raise ModelNonsense("The model's reply was too long.")
    reply: _Reply | None = None
    with suppress(ValidationError):
        reply = _Reply.model_validate_json(text)
    if reply is None:  # raised here, so that no validation error with the reply in it hangs on to this one
        raise ModelNonsense("The model's reply was not of the agreed shape.")
    return Worded(reply.answer.strip(), tuple(reply.passage_ids), reply.cannot_answer)
