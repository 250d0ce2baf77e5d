"""The sentences: the same in every language, short enough for a text, plain enough to be read."""

from __future__ import annotations

import re
import string
from datetime import datetime, time
from typing import Final

import pytest

from bot.domain.says import Say
from bot.outbox import segments
from bot.outbox.segments import plain
from bot.privacy.phi import Purpose
from bot.responses import keys, label, say_at, say_until, template, word

LANGUAGES = ("en", "es")
ALL = sorted(keys("en"))
# as long as real values get; the practice's own phone number format is fixed
LONG = {
    "short": "Riverside FM", "practice": "Riverside Family Medicine", "phone": "(740) 555-0100",
    "nurse": "(740) 555-0110", "on_call": "(740) 555-0130", "code": "123456",
    "when": "Wednesday, September 30, 10:00 AM", "number": "B-0000", "name": "Maximiliana",
}  # fmt: skip
LONG_ES = LONG | {"when": "miércoles 30 de septiembre, 10:00 a. m."}


def holes(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def filled(text: str, language: str) -> str:
    values = LONG_ES if language == "es" else LONG
    return plain(text.format_map({**dict.fromkeys(holes(text), ""), **values}))


def test_both_languages_say_the_same_things() -> None:
    """A key in one language only would be a sentence that half of the patients never hear."""
    assert keys("en") == keys("es")


def test_the_same_values_in_both_languages() -> None:
    """A translation that drops a phone number drops the way out with it."""
    assert [key for key in ALL if _values(key, "en", "text") != _values(key, "es", "text")] == []
    always = {"practice", "short", "phone", "nurse", "on_call"}  # the orchestrator gives these to every sentence
    for language in LANGUAGES:
        assert [k for k in ALL if not _values(k, language, "sms") <= _values(k, language, "text") | always] == []


def _values(key: str, language: str, which: str) -> set[str]:
    return set(holes(getattr(template(key, language), which)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "key",
    ["utter_disclosure", "utter_reminder_text", "utter_code_text", "utter_opted_out", "utter_opted_in", "utter_help",
     "utter_wrong_number", "utter_emergency_card", "utter_crisis_card", "utter_reminder_confirmed"],
)  # fmt: skip
def test_texts_that_must_fit_one_segment(key: str, language: str) -> None:
    """Reminders, keyword answers, the disclosure and the first safety words are one segment (R-454)."""
    counted = segments(filled(template(key, language).sms, language))
    assert (counted.encoding, counted.count) == ("GSM-7", 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_safety_texts_fit_two_segments(language: str) -> None:
    """A safety text that arrives in pieces may arrive in the wrong order (R-454)."""
    cards = [key for key in ALL if key.endswith("_card")]
    assert len(cards) >= 9
    assert [key for key in cards if segments(filled(template(key, language).sms, language)).count > 2] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_splits_texts_in_vain(language: str) -> None:
    """Every sentence is GSM-7 once it is made plain, so that no sign triples its price (R-455)."""
    said = {key: segments(filled(template(key, language).sms, language)) for key in ALL if key.startswith("utter_")}
    assert [key for key, counted in said.items() if counted.encoding != "GSM-7"] == []


INVITES: Final = re.compile(
    r"\b(?:reply|text|type|send|respond[ae]|escriba|mande|conteste)\b[^.]*"
    r"\b(?:CANCEL|CANCELAR|YES|SI|SÍ|END|QUIT|UNSUBSCRIBE|BAJA)\b"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_carrier_word_is_invited(language: str) -> None:
    """CANCEL, YES, END, QUIT and UNSUBSCRIBE belong to the carriers: no sentence asks for them (R-408, R-409)."""
    said = {key: f"{template(key, language).text} {template(key, language).sms}" for key in ALL}
    assert [key for key, words in said.items() if INVITES.search(words)] == []
    assert INVITES.search("responda SI para confirmar")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_disclosure_has_its_five_parts(language: str) -> None:
    """AI, not a person, no medical advice, 911, how to reach a person: on the page and by text (R-301)."""
    said = template("utter_disclosure", language)
    for text in (said.text, said.sms):
        assert "911" in text
        assert re.search(r"automated|autom[aá]tico", text)
        assert re.search(r"not a person|no una persona", text)
        assert re.search(r"medical advice|consejo m[eé]dico", text)
        assert re.search(r"staff|personal", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refill_is_never_approved(language: str) -> None:
    """Only clinicians approve; no sentence about refills says it."""
    said = {key: template(key, language).text for key in ALL if "refill" in key}
    assert [key for key, text in said.items() if re.search(r"\b(?:approv|aprob)", text, re.IGNORECASE)] == []


DONE: Final = re.compile(
    r"\bis (?:booked|held|confirmed|cancelled)|has been moved|est[aá] (?:reservad|apartad|cancelad|confirmad)"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_request_is_never_called_booked(language: str) -> None:
    """Where staff have it, no words say held, booked, moved or cancelled."""
    requests = [key for key in ALL if key.endswith(("_with_staff", "_received")) or key == "utter_confirm_book"]
    assert [key for key in requests if DONE.search(template(key, language).text)] == []


def test_sentences_are_short() -> None:
    """Plain words for worried people: no sentence runs over 30 words, none of a message on average over 18."""
    long = []
    for key in ALL:
        text = template(key, "en").text if key.startswith("utter_") else ""
        words = re.sub(r"\([0-9) -]+", "", text.format_map({**dict.fromkeys(holes(text), "x"), **LONG}))
        lengths = [len(part.split()) for part in re.split(r"(?<=[.!?:;])\s+", words) if part.strip()]
        if lengths and (max(lengths) > 30 or sum(lengths) / len(lengths) > 18):
            long.append(key)
    assert long == []


def test_a_missing_value_is_an_error() -> None:
    """A hole in a sentence must show in a test, not to a patient."""
    with pytest.raises(KeyError):
        word((Say("utter_request_done"),), language="en")


def test_spanish_times_end_one_sentence_once() -> None:
    """ "5:00 p. m." brings its own full stop."""
    worded = word((Say("utter_handoff_closed", {"when": "hoy a las 5:00 p. m.", "on_call": "x"}),), language="es")
    assert "m.." not in "".join(worded.sms.reveal(Purpose.DELIVERY))


@pytest.mark.parametrize(
    ("clock", "language", "said"),
    [
        (time(9, 20), "en", "at 9:20 AM"),
        (time(13), "en", "at 1:00 PM"),
        (time(13), "es", "a la 1:00 p. m."),
        (time(14, 5), "es", "a las 2:05 p. m."),
        (time(0, 30), "es", "a las 12:30 a. m."),
    ],
)
def test_times_as_people_say_them(clock: time, language: str, said: str) -> None:
    """One o'clock is singular in Spanish."""
    assert said == say_at(clock, language)


def test_days_as_people_say_them() -> None:
    """Today and tomorrow by name, later days by date."""
    now = datetime(2026, 11, 30, 18)
    assert say_until(datetime(2026, 12, 1, 8), "en", now=now) == "tomorrow at 8:00 AM"
    assert say_until(datetime(2026, 12, 7, 8), "es", now=now) == "lunes 7 de diciembre a las 8:00 a. m."


def test_every_label_is_there() -> None:
    """Cards and buttons look their words up by kind; a missing one would break a turn."""
    kinds = ("book", "reschedule", "cancel", "refill", "callback")
    standings = ("not_sent", "received", "held", "booked", "with_staff", "done", "declined", "cancelled")
    for language in LANGUAGES:
        assert all(label(f"kind_{kind}", language) for kind in kinds)
        assert all(label(f"standing_{standing}", language) for standing in standings)
        for form in ("book", "reschedule", "cancel", "refill"):
            assert all(label(f"{part}_{form}", language) for part in ("summary", "choice_send"))
            assert label(f"receipt_{form}_with_staff", language)
