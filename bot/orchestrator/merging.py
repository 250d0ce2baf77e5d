"""Quick texts become one message: people send "hi", "do you take aetna", "?" within seconds and mean one thing.

Taps and form answers stay apart. Every part is still checked alone for opt-out and safety (R-011, R-436).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.conversation import Channel
from bot.domain.tracker import Tracker
from bot.ports import Typed, Waiting
from bot.privacy.phi import Phi, Purpose

ALWAYS = frozenset(
    {
        "person",
        "continue",
        "back",
        "forget_it",
        "skip",
        "book",
        "refill",
        "reschedule",
        "cancel",
        "my_appointment",
        "callback",
        "keep_bot",
        "status",
        "preparation",
        "link_opened",
    }
)
QUESTIONS = "plan="  # a choice that stands for a question: its label is what the patient asks
FREE_TEXT = frozenset({"name", "birth_date", "phone", "callback", "code", "medication", "pharmacy"})


@dataclass(frozen=True, slots=True)
class Merged:
    """`parts` are the words of each message alone; `typed` is what they mean together."""

    ids: tuple[str, ...]
    channel: Channel
    typed: Phi[Typed]
    parts: tuple[Phi[str], ...]
    language: str = ""
    """What the sender's page was set to last; empty for texts."""


def merged(waiting: Sequence[Waiting], tracker: Tracker) -> list[Merged]:
    """In order of arrival; neighbours of plain words on one channel join."""
    found: list[Merged] = []
    for message in waiting:
        typed = message.body.map(lambda body: resolved(body, tracker))
        part = message.body.map(lambda body: body.text)
        plain = typed.reveal(Purpose.UNDERSTANDING)
        last = found[-1] if found else None
        if last is not None and last.channel is message.channel and _plain(plain) and _plain(_content(last)):
            joined = last.typed.map(lambda body, more=plain: replace(body, text=f"{body.text}\n{more.text}"))  # type: ignore[misc]
            found[-1] = Merged((*last.ids, message.id), message.channel, joined, (*last.parts, part), message.language)
        else:
            found.append(Merged((message.id,), message.channel, typed, (part,), message.language))
    return found


def resolved(body: Typed, tracker: Tracker) -> Typed:
    """A number or a label typed instead of tapped becomes the choice it names; an unknown choice id becomes plain words."""
    offered = {item.id: item.label for item in tracker.offered}
    if body.choice is not None:
        if body.choice.startswith(QUESTIONS) and body.choice in offered:
            return Typed(text=offered[body.choice])
        known = body.choice in offered or body.choice in ALWAYS or body.choice.startswith("change=")
        return body if known else replace(body, choice=None)
    if body.slot is not None:
        return body
    requested = tracker.form.requested if tracker.form else None
    said = body.text.strip().rstrip(".)").casefold()
    if requested in FREE_TEXT or not said:
        return body
    if said.isdigit() and 1 <= int(said) <= len(tracker.offered):
        return resolved(replace(body, choice=tracker.offered[int(said) - 1].id), tracker)
    named = [name for name, label in offered.items() if label.casefold() == said and not name.startswith(QUESTIONS)]
    return replace(body, choice=named[0]) if len(named) == 1 else body


def _plain(body: Typed) -> bool:
    return body.choice is None and body.slot is None


def _content(message: Merged) -> Typed:
    return message.typed.reveal(Purpose.UNDERSTANDING)
