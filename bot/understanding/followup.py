"""Resolves "and on Saturdays?" and "what about my kids?" against what was asked before."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from bot.text import normal
from bot.understanding.heard import Facets, Intent, Topic
from bot.understanding.when.wishes import Wish

LONGEST: Final = 9  # words: a longer message says itself what it is about
BARE_LONGEST: Final = 4  # "on Saturdays?", "Oak Hill?"
SURE: Final = 0.90
_OF_A_MOMENT: Final = frozenset(("now", "next_open", "holiday", "lunch", "open", "close"))

_LEAD: Final = re.compile(
    r"^\W*(?:ok(?:ay)?|thanks|thank you|gracias|so)?\W*"
    r"(?:and|what about|how about|what if its|also|same for|but|or|y|que tal|que hay de|y si|pero|tambien|e)\b"
)
_WHOLE_QUESTION: Final = re.compile(
    r"^\W*(?:do|does|did|is|are|can|could|will|would|who|whos|what|whats|when|where|why|how|i|im|my|aceptan|toman|tienen|hay|cual|quien|"
    r"donde|como|cuanto|puedo|a que|estan|abren|atienden)\b"
)
# These stand on their own even when they begin with "and": they name their subject.
_OWN_SUBJECT: Final = frozenset((Intent.FAQ_PREP, Intent.FAQ_BILLING, Intent.FAQ_INSURANCE, Intent.FAQ_DIRECTIONS))


@dataclass(frozen=True, slots=True)
class Followed:
    intent: Intent
    facets: Facets
    aspect: str | None
    sections: tuple[str, ...]


def follow(
    text: str,
    *,
    intent: Intent,
    score: float,
    facets: Facets,
    wish: Wish,
    aspect: str | None,
    topics: tuple[Topic, ...],
) -> Followed | None:
    """The question a short message continues, with what it names put in place; None when it stands alone."""
    topic = next((topic for topic in topics if topic.intent.startswith("faq.")), None)
    if topic is None:
        return None
    folded = normal(text).folded
    size = len(normal(text).tokens)
    leads = bool(_LEAD.match(folded)) and size <= LONGEST
    named = bool(facets.plans or facets.clinicians or facets.locations or facets.visit_types)
    bare = (
        size <= BARE_LONGEST
        and not _WHOLE_QUESTION.match(folded)
        and (named or not wish.empty)
        and intent not in (Intent.GREETING, Intent.GOODBYE, Intent.BOOK)
    )
    if not leads and not bare:
        return None
    rest = _LEAD.sub("", folded).strip()
    if leads and not bare and intent.startswith("faq.") and intent.value != topic.intent and _WHOLE_QUESTION.match(rest):
        return None
    before = Intent(topic.intent)
    if intent in _OWN_SUBJECT and intent is not before and score >= SURE and not bare and not facets.plans:
        return None
    if intent.startswith("faq.") and intent is not before and aspect is not None and wish.empty and not named:
        return None
    wanted = _continued(before, intent=intent, facets=facets, wish=wish)
    if wanted is not before:
        # "what about Cigna?" after a question on parking goes back to the last question on insurance, or begins one
        topic = next((older for older in topics if older.intent == wanted.value), Topic(intent=wanted.value))
    return Followed(wanted, _merged(facets, topic), _aspect(aspect, topic, wish=wish, facets=facets), topic.sections)


def _continued(before: Intent, *, intent: Intent, facets: Facets, wish: Wish) -> Intent:
    if facets.plans:
        return Intent.FAQ_INSURANCE
    if (wish.dates or wish.weekdays) and intent is Intent.FAQ_HOURS:
        return Intent.FAQ_HOURS
    return before


def _merged(facets: Facets, topic: Topic) -> Facets:
    return replace(
        facets,
        plans=facets.plans or (() if facets.clinicians else topic.plans),
        clinicians=facets.clinicians or topic.clinicians,
        locations=facets.locations or topic.locations,
        visit_types=facets.visit_types or topic.visit_types,
    )


def _aspect(aspect: str | None, topic: Topic, *, wish: Wish, facets: Facets) -> str | None:
    if aspect is not None:
        return aspect
    if facets.plans:
        return None
    if wish.dates or wish.weekdays:
        return None if topic.aspect in _OF_A_MOMENT else topic.aspect
    return topic.aspect
