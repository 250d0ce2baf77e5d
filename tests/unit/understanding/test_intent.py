"""Intents: what patients say is placed, what is not ours is left alone, and the weights are of the phrasings."""

from __future__ import annotations

import json
from collections import Counter
from importlib import resources

import pytest

from bot.understanding.heard import Intent
from bot.understanding.intent import training
from bot.understanding.intent.classify import ACTS, classify
from bot.understanding.intent.splitting import split
from tests.support.paths import EVALS

LEAST_PHRASINGS = {"en": 40, "es": 25}
LEAST_ACCURACY = 0.93
LEAST_OFF_TOPIC = 0.93
MOST_ACTS = 0.01


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("what time do you open tomorrow", Intent.FAQ_HOURS),
        ("do you take Aetna", Intent.FAQ_INSURANCE),
        ("where do I park", Intent.FAQ_DIRECTIONS),
        ("do I need to fast for my blood test", Intent.FAQ_PREP),
        ("how much is a flu shot", Intent.FAQ_BILLING),
        ("I want to book an appointment for Tuesday", Intent.BOOK),
        ("move my appointment to Friday", Intent.RESCHEDULE),
        ("please cancel my appointment", Intent.CANCEL),
        ("I need a refill of my lisinopril", Intent.REFILL),
        ("are my lab results back", Intent.RESULTS),
        ("can I talk to someone at the front desk", Intent.HUMAN),
        ("quiero sacar una cita para el lunes", Intent.BOOK),
        ("¿aceptan Medicaid?", Intent.FAQ_INSURANCE),
        ("se me acabaron las pastillas de la presión", Intent.REFILL),
        ("i need an apointment with dr ortiz", Intent.BOOK),
        ("hola", Intent.GREETING),
        ("thanks, bye", Intent.GOODBYE),
    ],
)
def test_what_patients_ask_is_placed(text: str, intent: Intent) -> None:
    """The everyday wordings of each intent are understood in both languages, slips included."""
    assert intent is classify(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "book a table for two tonight",
        "cancel my gym membership",
        "schedule a haircut for Saturday",
        "reschedule my flight to Denver",
        "remind me about my dentist appointment",
        "what is the capital of Peru",
        "reserve un vuelo para el lunes",
        "asdfgh",
        "?!",
    ],
)
def test_nothing_is_done_about_what_is_not_ours(text: str) -> None:
    """Words of acting alone never start an act: they need a visit, a clinician or a medicine."""
    assert classify(text)[0] is Intent.OUT_OF_SCOPE


def test_a_question_on_ones_own_visit_is_no_booking() -> None:
    """`When is my appointment?` changes nothing."""
    assert classify("when is my next appointment?")[0] not in ACTS


def test_the_weights_were_learned_from_these_phrasings() -> None:
    """After an edit of the phrasings, `python -m bot.understanding.intent.training` must be run."""
    weights = json.loads(
        resources.files("bot.understanding.intent").joinpath("weights.json").read_text(encoding="utf-8")
    )
    assert training.source_hash() == weights["source"]


def test_every_intent_has_enough_phrasings() -> None:
    """At least 40 English and 25 Spanish lines each; emergencies are left to the safety tables."""
    counted = Counter((language, intent) for language, intent, _, _ in training.phrasings())
    wanted = {intent.value for intent in Intent} - {Intent.EMERGENCY.value}
    short = {
        (lang, name): counted[lang, name]
        for lang, least in LEAST_PHRASINGS.items()
        for name in wanted
        if counted[lang, name] < least
    }
    assert {} == short


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Do you take Aetna and where do I park?", ("Do you take Aetna", "where do I park?")),
        ("aceptan molina y dónde me estaciono?", ("aceptan molina", "dónde me estaciono?")),
        ("Hi! What are your hours?", ("What are your hours?",)),
        ("I need a refill", ("I need a refill",)),
        (
            "book a physical for Tuesday, and do you take Medicaid?",
            ("book a physical for Tuesday", "do you take Medicaid?"),
        ),
    ],
)
def test_two_questions_in_one_message_are_told_apart(text: str, parts: tuple[str, ...]) -> None:
    """Each question is answered, in the order typed."""
    assert parts == split(text)


def test_the_dev_sets_are_met_where_they_are_at_hand() -> None:
    """A floor under the measured accuracy, off-topic recall and acts on off-topic messages."""
    folder = EVALS / "dev"
    if not folder.exists():
        return
    own = [
        row
        for name in ("intent_clinic_en", "intent_clinic_es")
        for row in _rows(folder / f"{name}.jsonl")
        if row.get("intent")
    ]
    right = sum(classify(row["text"], row["lang"])[0].value in (row["intent"], *row.get("also_ok", ())) for row in own)
    assert right / len(own) >= LEAST_ACCURACY - 0.02
    off = [row for row in _rows(folder / "intent_oos_en.jsonl") if row["intent"] == "out_of_scope"]
    said = [classify(row["text"], "en")[0] for row in off]
    assert said.count(Intent.OUT_OF_SCOPE) / len(said) >= LEAST_OFF_TOPIC
    assert sum(intent in ACTS for intent in said) / len(said) <= MOST_ACTS


def _rows(path: object) -> list[dict[str, str]]:
    with open(str(path), encoding="utf-8") as file:
        return [{"lang": "es" if "_es" in str(path) else "en"} | json.loads(line) for line in file]
