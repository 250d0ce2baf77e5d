"""The language model as a port. It gets a prompt made of published text and gives back a small structured answer.

    ModelFailed
     ├── ModelTimedOut      no answer in time
     ├── ModelUnreachable   no connection
     ├── ModelBusy          too many requests (429)
     ├── ModelDown          an error on the provider's side (5xx)
     ├── ModelKeyRefused    the key is wrong or may not do this (401, 403)
     ├── RequestRejected    the provider did not accept the request (other 4xx)
     └── ModelNonsense      an answer that is not of the agreed shape

Messages hold a status at most, never a body: bodies repeat what was sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class ModelFailed(Exception):
    """The model gave no usable answer. The approved text answers instead."""


class ModelTimedOut(ModelFailed):
    """No answer came in time."""


class ModelUnreachable(ModelFailed):
    """There was no connection to the model."""


class ModelBusy(ModelFailed):
    """The provider limits how often it is asked."""


class ModelDown(ModelFailed):
    """The provider reported an error of its own."""


class ModelKeyRefused(ModelFailed):
    """The key is wrong, or may not be used for this. Check FRONTDESK_MODEL_KEY."""


class RequestRejected(ModelFailed):
    """The provider did not accept the request. Check FRONTDESK_MODEL_ID and FRONTDESK_MODEL_URL."""


class ModelNonsense(ModelFailed):
    """The answer was cut off, or not of the agreed shape."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the model is given: our fixed instructions, and published passages as JSON."""

    system: str
    user: str
    max_tokens: int


@dataclass(frozen=True, slots=True)
class Worded:
    """What the model gave back (R-601). Nothing in it is believed before it is checked against the passages."""

    answer: str
    passage_ids: tuple[str, ...]
    cannot_answer: bool


class WordingModel(Protocol):
    """A model without tools, memory or network. Raises `ModelFailed`, nothing else."""

    async def word(self, prompt: Prompt) -> Worded: ...
