"""`Understanding`: turns one patient message into `Heard`. The text is opened here once, and no word of it leaves.

Built once per publication; everything it calls is local and answers the same every time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.privacy.phi import Phi, Purpose
from bot.text import normal
from bot.understanding import commands, optout
from bot.understanding import language as tongue
from bot.understanding.facets import FacetReader
from bot.understanding.facts.hours import local
from bot.understanding.followup import Followed, follow
from bot.understanding.heard import Asked, Command, Facets, Heard, Hit, Intent, Topic
from bot.understanding.intent.aspects import aspect
from bot.understanding.intent.classify import ACTS, decide
from bot.understanding.intent.rules import of_others, speaks_of_place, speaks_of_us
from bot.understanding.intent.splitting import MOST, split
from bot.understanding.naming import long_days, names_health_plan, names_unlisted_plan
from bot.understanding.optout import NOTHING, OptOut
from bot.understanding.retrieval.index import of_fees, of_sections
from bot.understanding.safety import Verdict, assess
from bot.understanding.when import wishes
from bot.understanding.when.wishes import Wish
from knowledge.published import PublishedPractice

STRONG: Final = 0.60  # a section matched this well is asked for, whatever the intent scorer thinks
FAIR: Final = 0.50  # … a question that the scorer could not place at all
CERTAIN: Final = 0.80  # … even when the message sounds like a request to act
FITTING_KIND: Final = 0.06
FEE: Final = 0.50
FAQ: Final = "faq."
_KIND_INTENTS: Final[Mapping[str, Intent]] = {
    "hours": Intent.FAQ_HOURS,
    "insurance": Intent.FAQ_INSURANCE,
    "directions": Intent.FAQ_DIRECTIONS,
    "accessibility": Intent.FAQ_DIRECTIONS,
    "prep": Intent.FAQ_PREP,
    "billing": Intent.FAQ_BILLING,
}
_ASKING: Final = re.compile(
    r"\?|^\W*(?:what|when|where|who|which|why|how|do|does|is|are|can|will|que|cual|cuando|donde|como|cuanto|quien|hay|puedo|tienen)\b"
)
# "is MY refill ready" wants a record, which is not in any article
_OF_MINE: Final = re.compile(r"\b(?:my|mis?|our)\b")
_YIELDING: Final = frozenset((Intent.OUT_OF_SCOPE, Intent.GREETING, Intent.GOODBYE, Intent.HUMAN))
_OF_PEOPLE: Final = frozenset(("languages", "who", "new_patients"))
_OF_PLACES: Final = frozenset(("parking", "transit", "access"))
_OF_HOURS: Final = frozenset(("holiday", "next_open", "lunch"))


@dataclass(frozen=True, slots=True)
class _Part:
    intent: Intent
    score: float
    asked: Asked | None
    facets: Facets


class Understanding:
    """What a practice's patients mean. One per published practice, shared by all conversations."""

    def __init__(self, practice: PublishedPractice) -> None:
        self._practice = practice
        self._facets = FacetReader(practice)
        self._sections = of_sections(practice.sections)
        self._fees = of_fees(practice.fees)
        self._kinds = {section.id: section.kind for section in practice.sections}
        self._titles = {section.id: section.title for section in practice.sections}
        self._boosts = {
            intent: {id: FITTING_KIND for id, kind in self._kinds.items() if _KIND_INTENTS.get(kind) is intent}
            for intent in set(_KIND_INTENTS.values())
        }

    def hear(
        self, text: Phi[str], *, now: datetime, language: str, topics: tuple[Topic, ...] = (), web: bool = True
    ) -> Heard:
        """What a message means. `now` is aware; `topics` are those of earlier turns, the last one first."""
        typed = text.reveal(Purpose.UNDERSTANDING)
        spoken = tongue.detect(typed, default=language)
        reading = spoken if spoken in self._practice.languages else language
        verdict = assess(typed, lang=reading)
        ref = local(self._practice, now).replace(tzinfo=None)
        steering = commands.read(typed)
        wish = wishes.read(typed, lang=reading, ref=ref)
        opt_out = _opted(typed, web=web)
        if not normal(typed).tokens:
            return Heard(
                spoken,
                verdict,
                opt_out,
                Intent.OUT_OF_SCOPE,
                0.0,
                (),
                steering.commands,
                Facets(),
                wish,
                empty=not _says(typed),
            )
        parts = self._parts(
            typed, lang=reading, ref=ref, verdict=verdict, topics=topics, steered=bool(steering.commands)
        )
        intent, score = _whole(parts, steering.commands, alarming=verdict.tier == "hard")
        asked = tuple(part.asked for part in parts if part.asked is not None)[:MOST]
        return Heard(
            language=spoken,
            safety=verdict,
            opt_out=opt_out,
            intent=intent,
            score=score,
            asked=asked,
            commands=steering.commands,
            facets=self._facets.read(typed),
            wish=wish,
            change_of=steering.change_of,
        )

    def _parts(
        self, typed: str, *, lang: str, ref: datetime, verdict: Verdict, topics: tuple[Topic, ...], steered: bool
    ) -> list[_Part]:
        pieces = split(typed)
        foreign = of_others(typed)
        parts: list[_Part] = []
        before = topics
        for piece in pieces:
            own = verdict if len(pieces) == 1 else assess(piece, lang=lang)
            part = self._part(piece, lang=lang, ref=ref, verdict=own, topics=before, steered=steered, foreign=foreign)
            parts.append(part)
            if part.asked is not None:
                before = (topic_of(part.asked), *before)
        return parts

    def _part(
        self,
        piece: str,
        *,
        lang: str,
        ref: datetime,
        verdict: Verdict,
        topics: tuple[Topic, ...],
        steered: bool,
        foreign: bool,
    ) -> _Part:
        intent, score = decide(piece, safety=verdict)
        facets = self._facets.read(piece)
        about = aspect(piece)
        days = long_days(piece) if intent is Intent.FAQ_HOURS else piece
        wish = wishes.read(days, lang=lang, ref=ref)
        if intent in (Intent.EMERGENCY, Intent.CLINICAL_ADVICE):
            return _Part(intent, score, None, facets)
        if foreign and intent.startswith(FAQ) and not speaks_of_us(piece):
            return _Part(Intent.OUT_OF_SCOPE, score, None, facets)
        followed = (
            None
            if steered
            else follow(piece, intent=intent, score=score, facets=facets, wish=wish, aspect=about, topics=topics)
        )
        query = piece
        if followed is not None:
            intent, score, facets, about = followed.intent, 1.0, followed.facets, followed.aspect
            query = self._widened(piece, followed, lang=lang)
        hits = self._sections.search(query, language=lang, boost=self._boosts.get(intent))
        fee = self._fees.search(query, language=lang, most=1) if about == "cost" or intent is Intent.FAQ_BILLING else ()
        if not steered:
            intent = self._by_knowledge(piece, intent, hits, foreign=foreign)
            intent = _by_names(piece, intent, facets=facets, about=about)
        if fee and fee[0].score >= FEE:
            facets = replace(facets, fees=(fee[0].section,))
            intent = Intent.FAQ_BILLING if about == "cost" and intent.startswith(FAQ) else intent
        if intent is Intent.FAQ_INSURANCE and not facets.plans and names_unlisted_plan(piece):
            about = "unlisted"
        if not intent.startswith(FAQ):
            return _Part(intent, score, None, facets)
        return _Part(intent, score, Asked(intent, hits, facets, wish, about), facets)

    def _by_knowledge(self, piece: str, intent: Intent, hits: tuple[Hit, ...], *, foreign: bool) -> Intent:
        """A message that matches a section well asks for it, although the scorer took it for something else."""
        if not hits or intent.startswith(FAQ):
            return intent
        top = hits[0]
        folded = normal(piece).folded
        asks = bool(_ASKING.search(folded))
        placed = intent is not Intent.OUT_OF_SCOPE or not speaks_of_us(piece)
        enough = CERTAIN if foreign else STRONG if placed or not asks else FAIR
        wanted = top.score >= enough and intent in _YIELDING
        known = (
            top.score >= CERTAIN
            and asks
            and intent in (*ACTS, Intent.RESULTS, Intent.HUMAN)
            and not _OF_MINE.search(folded)
        )
        if wanted or known:
            return _KIND_INTENTS.get(self._kinds[top.section], Intent.FAQ_SERVICES)
        return intent

    def _widened(self, piece: str, followed: Followed, *, lang: str) -> str:
        """A follow-up, with the titles of what was talked about, so that retrieval knows the subject."""
        titles = [self._titles[id].get(lang, "") for id in followed.sections[:1] if id in self._titles]
        return " ".join((piece, *titles))


def topic_of(asked: Asked) -> Topic:
    """What a question was about, to be remembered: ids only."""
    facets = asked.facets
    return Topic(
        intent=asked.intent.value,
        sections=tuple(hit.section for hit in asked.sections[:1]),
        plans=facets.plans,
        clinicians=facets.clinicians,
        locations=facets.locations,
        visit_types=facets.visit_types,
        aspect=asked.aspect,
    )


def _by_names(piece: str, intent: Intent, *, facets: Facets, about: str | None) -> Intent:
    """What is named tells what is asked: a plan, a clinician, a holiday."""
    unplaced = intent in (Intent.OUT_OF_SCOPE, Intent.GREETING, Intent.GOODBYE, Intent.FAQ_SERVICES)
    if unplaced and (facets.plans or names_health_plan(piece)):
        return Intent.FAQ_INSURANCE
    if intent is Intent.OUT_OF_SCOPE:
        if facets.unsure.get("plan"):
            return Intent.FAQ_INSURANCE
        if about in _OF_PLACES and speaks_of_place(piece):
            return Intent.FAQ_DIRECTIONS
        if facets.clinicians:
            return Intent.FAQ_SERVICES
    if facets.clinicians and about in _OF_PEOPLE and intent in (*_YIELDING, Intent.CONFIRM):
        return Intent.FAQ_SERVICES
    if intent in (Intent.FAQ_DIRECTIONS, Intent.FAQ_SERVICES) and about in _OF_HOURS and not facets.clinicians:
        return Intent.FAQ_HOURS
    return intent


def _whole(parts: list[_Part], steering: frozenset[Command], *, alarming: bool) -> tuple[Intent, float]:
    """One intent for the message: what must be seen to first, else what was asked first."""
    # after something soft (past, unclear) the task goes on: "… years ago. Can I book a follow-up?"
    first = (Intent.EMERGENCY, Intent.CLINICAL_ADVICE) if alarming else (Intent.CLINICAL_ADVICE,)
    for wanted in first:
        for part in parts:
            if part.intent is wanted:
                return part.intent, part.score
    if Command.PERSON in steering:
        return Intent.HUMAN, 1.0
    for part in parts:
        if part.intent in ACTS:
            return part.intent, part.score
    for part in parts:
        if part.intent not in (Intent.OUT_OF_SCOPE, Intent.GREETING, Intent.GOODBYE):
            return part.intent, part.score
    return parts[0].intent, parts[0].score


def _opted(typed: str, *, web: bool) -> OptOut:
    """On the web a lone STOP or HELP steers the chat; it takes back no leave to text."""
    read = optout.read(typed)
    return NOTHING if web and read.keyword else read


def _says(typed: str) -> bool:
    return any(char.isalnum() for char in typed)


__all__ = ["Understanding", "Wish", "topic_of"]
