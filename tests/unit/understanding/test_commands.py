"""Steering words are read in both languages, with slips; a message about something else steers nothing."""

from __future__ import annotations

import pytest

from bot.understanding.commands import read
from bot.understanding.heard import Command


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("yes", Command.YES),
        ("Yes please!", Command.YES),
        ("sí, está bien", Command.YES),
        ("ok", Command.YES),
        ("nope", Command.NO),
        ("no gracias", Command.NO),
        ("go back", Command.BACK),
        ("atrás", Command.BACK),
        ("forget it", Command.FORGET_IT),
        ("nvm", Command.FORGET_IT),
        ("olvídelo", Command.FORGET_IT),
        ("start over", Command.START_OVER),
        ("skip", Command.SKIP),
        ("no sé", Command.SKIP),
        ("what?", Command.REPEAT),
        ("representitive", Command.PERSON),
        ("can I talk to a real person", Command.PERSON),
        ("hablar con una persona", Command.PERSON),
        ("STATUS", Command.STATUS),
        ("where is my refill request?", Command.STATUS),
        ("when is my appointment?", Command.MY_APPOINTMENT),
        ("¿cuándo es mi cita?", Command.MY_APPOINTMENT),
        ("are you a robot?", Command.ARE_YOU_HUMAN),
        ("¿eres un robot?", Command.ARE_YOU_HUMAN),
        ("thank you so much", Command.THANKS),
        ("this is not an emergency", Command.CONTINUE),
    ],
)
def test_a_steering_word_alone_is_a_command(text: str, command: Command) -> None:
    """What people type to steer is understood as that and nothing else."""
    assert frozenset((command,)) == read(text).commands


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("change the time", "time"),
        ("can i change the doctor", "clinician"),
        ("otro doctor", "clinician"),
        ("wrong office", "location"),
        ("my birthday is wrong", "dob"),
        ("cambiar el teléfono", "phone"),
        ("the name is misspelled", "name"),
    ],
)
def test_change_says_which_thing(text: str, thing: str) -> None:
    """A wish to change one answer of a form names the slot."""
    found = read(text)
    assert Command.CHANGE in found.commands
    assert thing == found.change_of


@pytest.mark.parametrize(
    "text",
    [
        "cancel my appointment",
        "do you take Aetna",
        "change my appointment to Friday",
        "necesito una cita",
        "I have a rash",
    ],
)
def test_business_steers_nothing(text: str) -> None:
    """A request about a visit is not a word to the form."""
    assert frozenset() == read(text).commands
