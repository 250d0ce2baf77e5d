"""Which lane answers: the table, row by row."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.conversation import Channel, Conversation, Status
from bot.domain.tracker import FormState, Tracker
from bot.orchestrator.routing import Lane, Situation, nudge_answer, route, wanted_form
from bot.ports import Typed
from bot.understanding.heard import Command, Facets, Heard, Intent
from bot.understanding.optout import NOTHING
from bot.understanding.safety import Verdict
from bot.understanding.when import wishes

QUIET = Verdict(label="none", tier="none", kind=None, rules=(), attempt=False)
NO_WISH = wishes.read("", lang="en", ref=datetime(2026, 11, 30, 9, tzinfo=UTC).replace(tzinfo=None))
HEARD = Heard("en", QUIET, NOTHING, Intent.OUT_OF_SCOPE, 1.0, (), frozenset(), Facets(), NO_WISH)
BOT = Conversation("c1", "riverside", Channel.WEB, "en")
WAITING = replace(BOT, status=Status.OPEN)
CLAIMED = replace(WAITING, owner="staff-ana")
FORM = Tracker(form=FormState("book", "clinician"))


def at(
    *, conversation: Conversation = BOT, tracker: Tracker | None = None, text: str = "x", choice: str | None = None,
    slot: str | None = None, intent: Intent = Intent.OUT_OF_SCOPE, commands: tuple[Command, ...] = (),
) -> Situation:  # fmt: skip
    heard = replace(HEARD, intent=intent, commands=frozenset(commands))
    return Situation(conversation, tracker or Tracker(), Typed(text, choice, slot), heard)


@pytest.mark.parametrize(
    ("situation", "lane"),
    [
        (at(intent=Intent.FAQ_HOURS), Lane.INFORMATION),
        (at(intent=Intent.BOOK), Lane.INTAKE),
        (at(choice="refill"), Lane.INTAKE),
        (at(commands=(Command.MY_APPOINTMENT,)), Lane.INTAKE),
        (at(intent=Intent.RESULTS), Lane.ESCALATION),
        (at(intent=Intent.HUMAN), Lane.ESCALATION),
        (at(choice="person"), Lane.ESCALATION),
        (at(tracker=FORM), Lane.INTAKE),
        (at(tracker=FORM, commands=(Command.PERSON,)), Lane.ESCALATION),
        (at(tracker=FORM, slot="name", commands=(Command.PERSON,)), Lane.INTAKE),
        (at(conversation=CLAIMED, intent=Intent.FAQ_HOURS), Lane.HUMAN),
        (at(conversation=CLAIMED, choice="keep_bot"), Lane.HUMAN),
        (at(conversation=CLAIMED, tracker=Tracker(pinned="emergency")), Lane.HUMAN),
        (at(conversation=WAITING, intent=Intent.BOOK), Lane.HUMAN),
        (at(conversation=WAITING, choice="keep_bot"), Lane.ESCALATION),
        (at(conversation=WAITING, commands=(Command.FORGET_IT,)), Lane.ESCALATION),
        (at(conversation=WAITING, choice="callback"), Lane.INTAKE),
        (at(conversation=WAITING, tracker=Tracker(form=FormState("callback"))), Lane.INTAKE),
        (at(conversation=WAITING, tracker=Tracker(pinned="emergency"), intent=Intent.BOOK), Lane.PINNED),
        (at(tracker=Tracker(pinned="crisis"), intent=Intent.HUMAN), Lane.PINNED),
        (at(conversation=replace(BOT, status=Status.RESOLVED), intent=Intent.BOOK), Lane.INTAKE),
        (at(tracker=Tracker(nudge="v1 1"), text="C"), Lane.NUDGE),
        (at(tracker=replace(FORM, nudge="v1 1"), text="c"), Lane.INTAKE),
    ],
)
def test_the_table(situation: Situation, lane: Lane) -> None:
    """Staff first, then the line after an alarm, our own texts, a person, a form, a wish, and else information."""
    assert lane is route(situation).lane


@pytest.mark.parametrize(
    ("text", "choice", "commands", "answer"),
    [
        ("C", None, (), "confirm"),
        ("c.", None, (), "confirm"),
        ("1", None, (), "confirm"),
        ("yes", None, (Command.YES,), "confirm"),
        ("R", None, (), "change"),
        ("2", None, (), "change"),
        ("1", "clinician=any", (), None),
        ("what time?", None, (), None),
    ],
)
def test_answers_to_a_reminder(
    text: str, choice: str | None, commands: tuple[Command, ...], answer: str | None
) -> None:
    """C and R, in letters, numbers or words; a number that was offered since means what was offered."""
    heard = replace(HEARD, commands=frozenset(commands))
    assert answer == nudge_answer(Typed(text, choice), heard)


def test_leaving_starts_nothing() -> None:
    """ "Forget it, cancel" leaves a form; it starts no cancellation of a visit."""
    heard = replace(HEARD, intent=Intent.CANCEL, commands=frozenset({Command.FORGET_IT}))
    assert wanted_form(Typed("cancel it"), heard) is None
