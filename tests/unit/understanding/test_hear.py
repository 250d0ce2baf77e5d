"""`hear` turns one message into closed values: questions in order, follow-ups in their place, acts apart."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.tracker import Topic
from bot.privacy.phi import Phi
from bot.understanding.hear import Understanding, topic_of
from bot.understanding.heard import Command, Heard, Intent
from bot.understanding.optout import OptOutKind
from knowledge.publishing.publish import publish
from tests.support.paths import RIVERSIDE

NOW = datetime(2026, 11, 23, 10, 20, tzinfo=ZoneInfo("America/New_York"))


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return Understanding(publish(RIVERSIDE, today=NOW.date()))


def hear(understanding: Understanding, *texts: str, language: str = "en", web: bool = True) -> Heard:
    topics: tuple[Topic, ...] = ()
    for text in texts[:-1]:
        before = understanding.hear(Phi(text), now=NOW, language=language, topics=topics)
        topics = (*(topic_of(asked) for asked in reversed(before.asked)), *topics)
    return understanding.hear(Phi(texts[-1]), now=NOW, language=language, topics=topics, web=web)


def test_two_questions_are_both_heard_in_order(understanding: Understanding) -> None:
    """Insurance first, parking second, each with its own facets."""
    first, second = hear(understanding, "Do you take Aetna and where do I park?").asked
    assert (Intent.FAQ_INSURANCE, ("aetna",)) == (first.intent, first.facets.plans)
    assert (Intent.FAQ_DIRECTIONS, "parking") == (second.intent, second.aspect)


def test_an_act_with_a_question_keeps_both(understanding: Understanding) -> None:
    """The booking is the intent; the side question is still answered."""
    heard = hear(understanding, "I want to book a checkup for Tuesday, and do you take Cigna?")
    assert Intent.BOOK is heard.intent
    assert [("cigna",)] == [asked.facets.plans for asked in heard.asked]
    assert ("annual_physical",) == heard.facets.visit_types
    assert [date(2026, 11, 24)] == [span.start for span in heard.wish.dates]


@pytest.mark.parametrize(
    ("turns", "intent", "weekday"),
    [
        (("What are your hours?", "and on Saturdays?"), Intent.FAQ_HOURS, 5),
        (("¿Cuál es su horario?", "¿y los sábados?"), Intent.FAQ_HOURS, 5),
    ],
)
def test_a_day_alone_continues_the_question_on_hours(
    understanding: Understanding, turns: tuple[str, ...], intent: Intent, weekday: int
) -> None:
    """A follow-up is understood from the last topic."""
    heard = hear(understanding, *turns)
    assert intent is heard.intent
    assert heard.asked[0].wish.weekdays == frozenset((weekday,)) or heard.asked[0].wish.dates[0].start == date(
        2026, 11, 28
    )


def test_an_office_alone_continues_the_question_on_hours(understanding: Understanding) -> None:
    """`What about Oak Hill?` asks for its hours when hours were asked."""
    asked = hear(understanding, "What are your hours?", "what about oak hill?").asked[0]
    assert (Intent.FAQ_HOURS, ("oakhill",)) == (asked.intent, asked.facets.locations)


def test_a_plan_alone_asks_about_that_plan(understanding: Understanding) -> None:
    """`And Cigna?` after a question on parking is about insurance."""
    asked = hear(understanding, "Do you take Aetna and where do I park?", "and Cigna?").asked[0]
    assert (Intent.FAQ_INSURANCE, ("cigna",), None) == (asked.intent, asked.facets.plans, asked.aspect)


def test_a_new_question_does_not_follow(understanding: Understanding) -> None:
    """A whole question stands alone although something was asked before."""
    asked = hear(understanding, "and what are your hours at Oak Hill?", "where do I park?").asked[0]
    assert Intent.FAQ_DIRECTIONS is asked.intent


def test_emoji_only_is_empty(understanding: Understanding) -> None:
    """Nothing to read is said to be nothing."""
    assert hear(understanding, "🙂 !!").empty
    assert not hear(understanding, "ok").empty


def test_a_lone_stop_on_the_web_steers_and_takes_back_nothing(understanding: Understanding) -> None:
    """STOP is a carrier word in texts only."""
    assert OptOutKind.NONE is hear(understanding, "stop").opt_out.kind
    assert Command.FORGET_IT in hear(understanding, "stop").commands
    assert OptOutKind.STOP is hear(understanding, "stop", web=False).opt_out.kind


def test_a_personal_question_on_medicine_asks_nothing_of_the_knowledge(understanding: Understanding) -> None:
    """Clinical questions are answered by the fixed referral alone."""
    heard = hear(understanding, "can I take my metformin before my blood test?")
    assert Intent.CLINICAL_ADVICE is heard.intent
    assert () == heard.asked


def test_a_fee_is_found_by_its_phrasings(understanding: Understanding) -> None:
    """Costs come from the published fees."""
    assert ("flu_shot_self_pay",) == hear(understanding, "how much is a flu shot?").asked[0].facets.fees


def test_a_message_never_shows_in_what_was_heard(understanding: Understanding) -> None:
    """`Heard` holds ids and closed values, no word of the patient."""
    assert "Zebulon" not in repr(hear(understanding, "my name is Zebulon Quarles, what are your hours?"))
