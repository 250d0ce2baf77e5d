"""The information lane: facts before prose, the channel's length, honest noes, and nothing that may not be served."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.blocks import Bullets, Sources
from bot.lanes.information import Answer, answer, public_question
from bot.privacy.phi import Phi, Purpose
from bot.responses.catalogue import keys
from bot.responses.wording import word
from bot.understanding.hear import Understanding
from bot.understanding.heard import Asked, Facets, Heard, Hit, Intent
from bot.understanding.when.wishes import Wish
from knowledge.published import PublishedPractice
from knowledge.publishing.publish import publish
from knowledge.question import Facet, FacetKind, Length
from tests.support.paths import RIVERSIDE

NOW = datetime(2026, 11, 23, 10, 20, tzinfo=ZoneInfo("America/New_York"))


@pytest.fixture(scope="module")
def riverside() -> PublishedPractice:
    return publish(RIVERSIDE, today=NOW.date())


def ask(
    practice: PublishedPractice, text: str, *, language: str = "en", channel: str = "web", now: datetime = NOW
) -> Answer:
    heard = Understanding(practice).hear(Phi(text), now=now, language=language)
    return answer(heard, practice=practice, now=now, language=language, channel=channel)


def sms(found: Answer, language: str = "en") -> list[str]:
    return list(word(found.says, language=language).sms.reveal(Purpose.WORDING))


def test_a_holiday_is_answered_by_date(riverside: PublishedPractice) -> None:
    """Each office says that it is closed and why."""
    said = sms(ask(riverside, "are you open on Thanksgiving?"))
    assert ["Main Street office: closed Thursday, November 26 (Thanksgiving Day).",
            "Oak Hill office: closed Thursday, November 26 (Thanksgiving Day)."] == said  # fmt: skip


def test_open_now_says_until_when(riverside: PublishedPractice) -> None:
    """Until lunch, not until the evening."""
    assert "Yes. The Main Street office is open until 12:00 PM." == sms(ask(riverside, "are you open right now?"))[0]


def test_closed_now_says_when_it_opens(riverside: PublishedPractice) -> None:
    """On a Sunday the next opening is named."""
    sunday = NOW.replace(day=22)
    said = sms(ask(riverside, "are you open right now?", now=sunday))
    assert "The Main Street office is closed now. It opens again tomorrow at 8:00 AM." == said[0]


@pytest.mark.parametrize(
    ("plan", "utter"),
    [("Cigna", "utter_plan_accepted"), ("Kaiser", "utter_plan_not_accepted"), ("SummaCare", "utter_plan_call")],
)
def test_each_plan_status_has_its_words(riverside: PublishedPractice, plan: str, utter: str) -> None:
    """Taken, not taken, or ask first: never a guess."""
    assert [utter] == [say.utter for say in ask(riverside, f"do you take {plan}?").says]


def test_a_plan_that_is_on_no_list_is_not_guessed(riverside: PublishedPractice) -> None:
    """An unknown plan is neither taken nor refused."""
    found = ask(riverside, "do you accept Moonbeam Health?")
    assert ["utter_plan_unlisted"] == [say.utter for say in found.says]
    assert "person" in [option.id for option in found.says[0].options]


def test_an_article_is_short_in_a_text_and_full_with_its_source_on_the_web(riverside: PublishedPractice) -> None:
    """The approved words are served as they are, and the web shows where they come from."""
    section = riverside.section("prepare-fasting-labs/fasting")
    assert [section.short["en"]] == sms(ask(riverside, "do I need to fast for my blood test?", channel="sms"))
    blocks = ask(riverside, "do I need to fast for my blood test?").says[0].blocks
    assert any(isinstance(block, Bullets) for block in blocks)
    assert isinstance(blocks[-1], Sources)


def test_what_is_not_known_is_said_and_a_person_offered(riverside: PublishedPractice) -> None:
    """No section, no fact: no answer is made up."""
    asked = Asked(Intent.FAQ_SERVICES, (), Facets(), Wish())
    found = answer(_heard(riverside, asked), practice=riverside, now=NOW, language="en", channel="web")
    assert ("utter_no_answer",) == tuple(say.utter for say in found.says)
    assert ["person"] == [option.id for option in found.says[0].options]
    assert not found.answered
    assert ("no_answer:faq.services",) == found.missed


@pytest.mark.parametrize("change", [{"review_by": date(2026, 11, 22)}, {"languages": ("es",)}])
def test_expired_or_unapproved_text_is_not_served(riverside: PublishedPractice, change: dict[str, object]) -> None:
    """Past its review date, or without an approval in the language, an article is silent (R-331)."""
    id = "service-animals/animals-in-the-office"
    sections = tuple(replace(item, **change) if item.id == id else item for item in riverside.sections)  # type: ignore[arg-type]
    found = ask(replace(riverside, sections=sections), "can I bring my service dog?")
    assert ["utter_not_current"] == [say.utter for say in found.says]
    assert (f"not_current:{id}",) == found.missed


def test_questions_are_answered_in_order_and_remembered_last_first(riverside: PublishedPractice) -> None:
    """Both answers in one message; the last topic leads the topics."""
    found = ask(riverside, "Do you take Aetna and where do I park?")
    assert ["utter_plan_accepted", "utter_parking", "utter_parking"] == [say.utter for say in found.says]
    assert ["faq.directions", "faq.insurance"] == [topic.intent for topic in found.topics]


def test_spanish_is_answered_in_spanish(riverside: PublishedPractice) -> None:
    """Facts have Spanish words too, and a time at the end brings no second full stop."""
    said = sms(ask(riverside, "¿están abiertos los sábados?", language="es", channel="sms"), "es")
    assert "Consultorio de Main Street: sábado 28 de noviembre, 9:00 a. m. a 12:00 p. m." == said[0]


def test_a_sensitive_section_or_visit_makes_no_public_question(riverside: PublishedPractice) -> None:
    """What a patient may not want known is not even named by id (R-151)."""
    private = Asked(Intent.FAQ_SERVICES, (Hit("sexual-health/sexual-health-services", 0.9),), Facets(), Wish())
    visit = Asked(
        Intent.FAQ_SERVICES, (Hit("services/services-offered", 0.9),), Facets(visit_types=("womens_health",)), Wish()
    )
    for asked in (private, visit):
        assert public_question(asked, practice=riverside, language="en", length=Length.SHORT) is None


def test_a_public_question_holds_ids_and_two_facets_at_most(riverside: PublishedPractice) -> None:
    """Sections sorted, facets from the published vocabulary."""
    asked = Asked(
        Intent.FAQ_SERVICES,
        (Hit("refills/how-to-ask", 0.9), Hit("refills/how-long", 0.8)),
        Facets(plans=("aetna",), clinicians=("ortiz",), locations=("main",)),
        Wish(),
    )
    question = public_question(asked, practice=riverside, language="en", length=Length.SHORT)
    assert question is not None
    assert ("refills/how-long", "refills/how-to-ask") == question.sections
    assert (Facet(FacetKind.CLINICIAN, "ortiz"), Facet(FacetKind.PLAN, "aetna")) == question.facets


def test_both_languages_have_the_same_sentences() -> None:
    """No key is missing in Spanish."""
    assert keys("en") == keys("es")


def _heard(practice: PublishedPractice, asked: Asked) -> Heard:
    heard = Understanding(practice).hear(Phi("hello"), now=NOW, language="en")
    return replace(heard, asked=(asked,))
