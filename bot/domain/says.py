"""`Say`: what a lane wants said, as a key of `bot/responses` and values; wording and drawing come later.

A value may be boxed (`Phi`): rendering opens it with `Purpose.WORDING`, and the rendered message is boxed as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.blocks import Block, Choice
from bot.privacy.phi import Phi

Value = str | int | Phi[str]


@dataclass(frozen=True, slots=True)
class Option:
    """A choice to be worded: `id` as in `Choice`; `key` of a response (`choice_yes`), or `label` as it stands."""

    id: str
    key: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """One message part. `utter` words a paragraph; `blocks` follow it; `options` become quick replies below it."""

    utter: str
    values: Mapping[str, Value] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    options: tuple[Option, ...] = ()
    boxed: Phi[tuple[Block, ...]] | None = None
    """Blocks that show patient data (a summary, a receipt); opened only when the message is rendered."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A choice that the patient was shown last: what `2` means on SMS, and what a button's id may be."""

    id: str
    label: str


def offered(choices: tuple[Choice, ...]) -> tuple[Offered, ...]:
    return tuple(Offered(id=choice.id, label=choice.label) for choice in choices)
