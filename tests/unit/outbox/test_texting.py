"""A message as a text: lines instead of cards, numbers instead of buttons."""

from __future__ import annotations

from bot.domain.blocks import Field, OpeningDay, Openings, OpeningTime, Receipt, Row, Source, Sources, Summary
from bot.domain.says import Option, Say
from bot.outbox import as_text
from bot.privacy.phi import Phi, Purpose
from bot.responses import word


def text_of(*says: Say, language: str = "en") -> str:
    return as_text(word(says, language=language)).reveal(Purpose.DELIVERY)


def test_choices_are_numbered_in_the_order_offered() -> None:
    """`2` in a text is the second choice of the tracker."""
    worded = word((Say("utter_ask_when", options=(Option("a", label="One"), Option("b", label="Two"))),), language="en")
    assert as_text(worded).reveal(Purpose.DELIVERY).endswith("1 One\n2 Two")
    assert [choice.id for choice in worded.offered] == ["a", "b"]


def test_openings_are_numbered_with_their_days() -> None:
    """A time without its day cannot be chosen; the ways out are numbered on."""
    times = (OpeningTime("opening=1", "9:00 AM", "Tuesday, 9:00 AM, Dr. Example", "morning"),)
    block = Openings((OpeningDay("Tuesday, December 1", times),), "Eastern")
    said = text_of(Say("utter_ask_opening", blocks=(block,), options=(Option("x", label="None of these work"),)))
    assert "1 Tuesday, December 1 9:00 AM\n2 None of these work" in said


def test_a_hidden_choice_keeps_its_number() -> None:
    """What makes no sense in a text is not shown, and the numbers of the others stay those of the tracker."""
    said = text_of(Say("utter_handoff_sms", {"when": "at 9", "phone": "x"}, options=(
        Option("callback", "choice_callback"), Option("keep_bot", "choice_keep_bot"))))  # fmt: skip
    assert "callback" not in said.lower()
    assert "2 Go on with the assistant" in said


def test_rows_stay_out_of_texts() -> None:
    """Names, birth dates and what a visit is for are on the page; a text has the number only (R-451, R-458)."""
    rows = (Row("Name", "Canary Example"), Row("Date of birth", "February 14, 1984"))
    summary = Summary("Your request", rows)
    receipt = Receipt("Booked", "booked", rows, "B-0001")
    field = Field("name", "name", "Full name")
    source = Sources((Source("Canary article", "October 5, 2026"),))
    said = text_of(Say("utter_thanks", blocks=(field, source), boxed=Phi((summary, receipt))))
    assert "Canary" not in said
    assert "1984" not in said
    assert "(B-0001)" in said
