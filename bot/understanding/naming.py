"""Names that no published list holds: insurance plans of others, and the short forms of weekdays."""


# ruff: noqa: E501 - tables of words and patterns read better in long rows than one to a line
from __future__ import annotations

import re
from typing import Final

from bot.text import normal

_NAMED: Final = re.compile(
    r"\b(?:take|accept|accepts|accepted|with|have|got|cover(?:ed)? (?:by|under)|insurance is|plan is|about|network (?:with|for)|is|use|"
    r"aceptan|toman|reciben|tengo|seguro es|aseguranza es|con|red de|trabajan con|y)\s+(?P<name>(?:[\w-]+\s?){1,4})"
)
_PLAIN: Final = frozenset(
    """my your the a an any this that it insurance insurances plan plans health medical coverage card private new secondary two no not all
    most other network out of in with without here there at office you your patients patient for and or is ok okay still be seen come me
    i do if to name company marketplace workers comp compensation auto car accident hmo ppo state government employer through job work
    which what kind kinds types type many questions question question about changed lost update referral authorization deductible on file
    visit visits physical labs lab tests test vaccines shots checkup kids children child medicaid medicare today now already
    mi su el la los las un una seguro seguros aseguranza aseguranzas medico plan planes tarjeta nuevo otro todos sin dos que de en red
    por para privado publico consulta visita cita pacientes ninos hijos gobierno trabajo algun ningun ustedes""".split()
)


def names_unlisted_plan(text: str) -> bool:
    """Whether the words after "do you take" are a name rather than everyday words."""
    folded = normal(text).folded
    for match in _NAMED.finditer(folded):
        first = match["name"].split()[0]
        if first not in _PLAIN and len(first) > 2 and not first.isdigit():
            return True
    return False


_HEALTH_PLAN: Final = re.compile(
    r"\b(?:take|accept|network (?:with|for)|aceptan|toman|reciben|trabajan con)\s+(?:the |la |el )?(?:\w+\s){0,2}?"
    r"(?:\w*(?:care|health\w*|mutual|shield|cross|medic\w*)|hmo|ppo|insurance|plan)\b"
)


def names_health_plan(text: str) -> bool:
    """Whether something taken or accepted sounds like a health plan by its name."""
    return bool(_HEALTH_PLAN.search(normal(text).folded))


_SHORT_DAYS: Final = tuple(
    (re.compile(rf"\b{short}\b", re.IGNORECASE), name)
    for short, name in (
        ("mons?", "monday"), ("tues?", "tuesday"), ("weds?", "wednesday"), ("thurs?|thu", "thursday"), ("fri", "friday"),
        ("sats?", "saturday"), ("suns?", "sunday"),
    )
)


def long_days(text: str) -> str:
    """`open sat?` with the day in full. Only for questions on hours: elsewhere "sat" and "sun" are words."""
    for pattern, name in _SHORT_DAYS:
        text = pattern.sub(name, text)
    return text
