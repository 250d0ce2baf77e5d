"""Which lane answers: a table, read from the top. Safety and opt-out have spoken already; neither is in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.conversation import Conversation
from bot.domain.ownership import bot_may_speak
from bot.domain.tracker import Tracker
from bot.ports import Typed
from bot.understanding.heard import Command, Heard, Intent


class Lane(StrEnum):
    HUMAN = "human"
    PINNED = "pinned"
    NUDGE = "nudge"
    ESCALATION = "escalation"
    INTAKE = "intake"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Situation:
    conversation: Conversation
    tracker: Tracker
    typed: Typed
    heard: Heard


FORM_OF: Final[Mapping[Intent, str]] = {
    Intent.BOOK: "book",
    Intent.RESCHEDULE: "reschedule",
    Intent.CANCEL: "cancel",
    Intent.REFILL: "refill",
}
FORM_OF_CHOICE: Final[Mapping[str, str]] = {
    "book": "book",
    "refill": "refill",
    "reschedule": "reschedule",
    "cancel": "cancel",
    "my_appointment": "upcoming",
    "callback": "callback",
}


def wanted_form(typed: Typed, heard: Heard) -> str | None:
    """The form that a message asks for."""
    if typed.choice is not None and typed.choice in FORM_OF_CHOICE:
        return FORM_OF_CHOICE[typed.choice]
    if typed.choice or typed.slot:
        return None
    if Command.FORGET_IT in heard.commands:
        return None
    if Command.MY_APPOINTMENT in heard.commands:
        return "upcoming"
    return FORM_OF.get(heard.intent)


def _staff_has_it(s: Situation) -> bool:
    # a callback number may be left, and the bot asked back, while nobody has claimed
    leaving_number = s.tracker.form is not None and s.tracker.form.name == "callback"
    asked_back = s.typed.choice == "callback" or _goes_on(s)
    alarmed = s.tracker.pinned is not None  # the line stays until an explicit continue; the alert stays with staff
    unclaimed = s.conversation.owner is None and (leaving_number or asked_back or alarmed)
    return not bot_may_speak(s.conversation) and not unclaimed


def _goes_on(s: Situation) -> bool:
    """Asked for a person, and would rather go on with the bot."""
    if s.typed.choice or s.typed.slot:
        return s.typed.choice == "keep_bot"
    waiting = not bot_may_speak(s.conversation) and s.tracker.form is None and s.tracker.pinned is None
    return waiting and bool(s.heard.commands & {Command.FORGET_IT, Command.CONTINUE})


def _wants_person(s: Situation) -> bool:
    if s.typed.slot:
        return False
    if Command.ARE_YOU_HUMAN in s.heard.commands and Command.PERSON not in s.heard.commands:
        return False  # a question about us, answered truthfully; not a wish for a person
    return s.typed.choice == "person" or (
        s.typed.choice is None and (Command.PERSON in s.heard.commands or s.heard.intent is Intent.HUMAN)
    )


def _answers_nudge(s: Situation) -> bool:
    return s.tracker.nudge is not None and s.tracker.form is None and nudge_answer(s.typed, s.heard) is not None


def nudge_answer(typed: Typed, heard: Heard) -> str | None:
    """`confirm` or `change` as an answer to our reminder (C / R, or in words)."""
    if typed.choice or typed.slot:  # a number that was offered since means what was offered
        return None
    word = typed.text.strip().strip(".!").casefold()
    if word in ("c", "1") or heard.intent is Intent.CONFIRM or Command.YES in heard.commands:
        return "confirm"
    if word in ("r", "2"):
        return "change"
    return None


@dataclass(frozen=True, slots=True)
class Rule:
    reason: str
    applies: Callable[[Situation], bool]
    lane: Lane


RULES: Final = (
    Rule("staff_has_it", _staff_has_it, Lane.HUMAN),
    Rule("pinned", lambda s: s.tracker.pinned is not None, Lane.PINNED),
    Rule("goes_on_with_bot", _goes_on, Lane.ESCALATION),
    Rule("answers_reminder", _answers_nudge, Lane.NUDGE),
    Rule("wants_person", _wants_person, Lane.ESCALATION),
    Rule("form_is_active", lambda s: s.tracker.form is not None, Lane.INTAKE),
    Rule("wants_form", lambda s: wanted_form(s.typed, s.heard) is not None, Lane.INTAKE),
    Rule("asks_about_results", lambda s: s.heard.intent is Intent.RESULTS, Lane.ESCALATION),
    Rule("anything_else", lambda s: True, Lane.INFORMATION),
)


def route(situation: Situation) -> Rule:
    """The first rule that applies."""
    return next(rule for rule in RULES if rule.applies(situation))
