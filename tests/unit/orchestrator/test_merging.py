"""Quick texts become one message; taps, numbers and labels become choices."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.conversation import Channel
from bot.domain.says import Offered
from bot.domain.tracker import FormState, Tracker
from bot.orchestrator.merging import merged, resolved
from bot.ports import Typed, Waiting
from bot.privacy.phi import Phi, Purpose

AT = datetime(2026, 11, 30, 14, tzinfo=UTC)
LISTED = Tracker(offered=(Offered("clinician=any", "Anyone available"), Offered("clinician=ortiz", "Dr. Maya Ortiz")))


def waiting(number: int, text: str, *, choice: str | None = None, slot: str | None = None,
            channel: Channel = Channel.SMS) -> Waiting:  # fmt: skip
    return Waiting(f"m{number}", number, channel, Phi(Typed(text, choice, slot)), AT)


def test_neighbours_join() -> None:
    """Three quick texts are one message; each is still there to be checked alone (R-011, R-436)."""
    (one,) = merged([waiting(1, "hi"), waiting(2, "do you take aetna"), waiting(3, "?")], Tracker())
    assert one.ids == ("m1", "m2", "m3")
    assert one.typed.reveal(Purpose.UNDERSTANDING).text == "hi\ndo you take aetna\n?"
    assert [part.reveal(Purpose.SAFETY) for part in one.parts] == ["hi", "do you take aetna", "?"]


def test_taps_and_answers_stay_apart() -> None:
    """A tap is an answer to one question; it never melts into words around it."""
    found = merged([waiting(1, "hi"), waiting(2, "Pat Example", slot="name"), waiting(3, "1")], LISTED)
    assert [message.ids for message in found] == [("m1",), ("m2",), ("m3",)]


def test_channels_stay_apart() -> None:
    """The page and the phone are two places, also within one conversation."""
    found = merged([waiting(1, "hi"), waiting(2, "hello", channel=Channel.WEB)], Tracker())
    assert [Channel.SMS, Channel.WEB] == [message.channel for message in found]


@pytest.mark.parametrize(
    ("typed", "choice"),
    [
        ("1", "clinician=any"),
        ("2.", "clinician=ortiz"),
        (" dr. maya ortiz ", "clinician=ortiz"),
        ("3", None),
        ("0", None),
        ("with Dr. Ortiz", None),
        ("", None),
    ],
)
def test_numbers_and_labels(typed: str, choice: str | None) -> None:
    """What a button says works as well as the button; a number beyond the list is plain words."""
    assert choice == resolved(Typed(typed), LISTED).choice


def test_numbers_in_fields_are_answers() -> None:
    """While a birth date or a code is asked for, digits are the answer."""
    asked = Tracker(form=FormState("book", "code"), offered=(Offered("person", "I didn't get a code"),))
    assert resolved(Typed("1"), asked).choice is None


@pytest.mark.parametrize("choice", ["confirm=yes", "opening=1", "nonsense"])
def test_what_was_not_offered_cannot_be_chosen(choice: str) -> None:
    """A forged or stale id does nothing by itself."""
    assert resolved(Typed("x", choice), LISTED) == Typed("x")


@pytest.mark.parametrize("choice", ["person", "forget_it", "back", "change=phone"])
def test_ways_out_are_always_there(choice: str) -> None:
    """Old buttons for leaving, going back or a person still work."""
    assert resolved(Typed("", choice), LISTED).choice == choice


@pytest.mark.parametrize("typed", [Typed("", "plan=aetna"), Typed("1"), Typed("Aetna (commercial)")])
def test_a_choice_that_is_a_question(typed: Typed) -> None:
    """ "Did you mean this plan?" is answered by asking for that plan."""
    maybe = Tracker(offered=(Offered("plan=aetna", "Aetna (commercial)"),))
    found = resolved(typed, maybe)
    assert (found.text, found.choice) == ("Aetna (commercial)", None)
