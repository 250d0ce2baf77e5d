"""Answers each question of a message in the order asked: facts first, then approved text, else an honest no."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.domain.says import Say
from bot.lanes.information.articles import article, current
from bot.lanes.information.context import PERSON, SMS, Asking
from bot.lanes.information.insurance import plans_list, plans_named
from bot.lanes.information.opening import opening
from bot.lanes.information.people import clinicians, everybody, lengths
from bot.lanes.information.places import directions, fax, phones
from bot.understanding.facts.hours import local
from bot.understanding.hear import topic_of
from bot.understanding.heard import Asked, Heard, Intent, Topic
from knowledge.published import PublishedPractice

MOST_QUESTIONS: Final = 3
# A section matched this well outweighs a general fact (the week, the list of plans), never a named one.
CLEARER: Final = 0.78
_HOURS_FACTS: Final = frozenset(("now", "next_open", "lunch", "holiday", "open", "close"))
_PLACE_FACTS: Final = frozenset(("parking", "transit", "access", "where"))


@dataclass(frozen=True, slots=True)
class Answer:
    """`missed` names the questions without an answer: `no_answer:<intent>` or `not_current:<section>`."""

    says: tuple[Say, ...]
    topics: tuple[Topic, ...]
    answered: bool
    missed: tuple[str, ...] = ()


def answer(heard: Heard, *, practice: PublishedPractice, now: datetime, language: str, channel: str) -> Answer:
    """What to say to a message's questions. `topics` are for the tracker, the last question first."""
    asking = Asking(
        practice=practice,
        now=local(practice, now),
        language=language if language in practice.languages else practice.languages[0],
        sms=channel == SMS,
    )
    says: list[Say] = []
    topics: list[Topic] = []
    missed: list[str] = []
    for asked in heard.asked[:MOST_QUESTIONS]:
        found = fact(asked, asking) or ()
        if not found:
            say, miss = _from_articles(asked, asking)
            found = (say,)
            if miss:
                missed.append(miss)
        says += [say for say in found if say not in says]
        topics.insert(0, topic_of(asked))
    if not heard.asked:
        says.append(_none(asking))
        missed.append(f"no_answer:{heard.intent.value}")
    return Answer(tuple(says), tuple(topics), answered=not missed, missed=tuple(missed))


def fact(asked: Asked, asking: Asking) -> tuple[Say, ...]:
    """The answer computed from published facts, or nothing."""
    named = asked.facets
    certain = bool(asked.sections) and asked.sections[0].score >= CLEARER
    if asked.aspect == "how_long" and named.visit_types and (found := lengths(asked, asking)):
        return found
    match asked.intent:
        case Intent.FAQ_HOURS:
            if named.clinicians:
                return clinicians(asked, asking)
            about_hours = not certain or asking.practice.section(asked.sections[0].section).kind == "hours"
            if about_hours or asked.aspect in _HOURS_FACTS or named.locations or not asked.wish.empty:
                return opening(asked, asking)
        case Intent.FAQ_INSURANCE:
            if found := plans_named(asked, asking):
                return found
            if asked.aspect == "list":
                return (plans_list(asking),)
        case Intent.FAQ_DIRECTIONS:
            if asked.aspect in _PLACE_FACTS or named.locations or not certain:
                return directions(asked, asking)
        case Intent.FAQ_BILLING:
            if named.fees:
                return tuple(_fee(id, asking) for id in named.fees)
            if asked.aspect == "phone":
                return phones(asking, which="billing")
        case Intent.FAQ_SERVICES:
            return _services(asked, asking, certain=certain)
    return ()


def _services(asked: Asked, asking: Asking, *, certain: bool) -> tuple[Say, ...]:
    if asked.facets.clinicians and (not certain or asked.aspect in ("who", "languages", "new_patients", None)):
        return clinicians(asked, asking)
    match asked.aspect:
        case "fax":
            return fax(asked, asking)
        case "phone":
            return phones(asking)
        case "new_patients" | "languages" if not certain:
            return everybody(asked, asking)
        case "who" if not asked.sections:
            return everybody(asked, asking)
        case "parking" | "transit" | "access" if not certain:
            return directions(asked, asking)
    return ()


def _fee(id: str, asking: Asking) -> Say:
    fee = next(item for item in asking.practice.fees if item.id == id)
    return asking.say("utter_fee", fee=asking.text(fee.name), amount=fee.amount, note=asking.text(fee.note))


def _from_articles(asked: Asked, asking: Asking) -> tuple[Say, str]:
    """The best section that may be served; else the honest no. The second value says what was missed."""
    if not asked.sections:
        return _none(asking), f"no_answer:{asked.intent.value}"
    section = asking.practice.section(asked.sections[0].section)
    if not current(section, language=asking.language, today=asking.now.date()):
        say = asking.say("utter_not_current", phone=asking.practice.phones.main)
        return replace(say, options=(PERSON,)), f"not_current:{section.id}"
    return article(section, asking), ""


def _none(asking: Asking) -> Say:
    return replace(asking.say("utter_no_answer", phone=asking.practice.phones.main), options=(PERSON,))
