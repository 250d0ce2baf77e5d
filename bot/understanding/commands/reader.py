"""Reads the steering words of a message. A message about something else steers nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.text import nearest, normal
from bot.understanding.commands.tables import CHANGED, EXISTING, INSIDE, POLITE, WHOLE, WRONG_AFTER
from bot.understanding.heard import Command
from bot.understanding.intent.rules import asks_own_appointment

LONGEST: Final = 9  # words: steering is short
CHANGE_LONGEST: Final = 8
_NOT_WORDS: Final = re.compile(r"[^\w\s/]+")
_SLIPS: Final = (
    "cancel", "forget", "continue", "person", "human", "restart", "repeat", "status", "thanks", "change", "doctor",
    "correct", "confirm",
    "nevermind", "previous", "representative", "operator", "receptionist", "appointment", "persona", "cancelar",
    "olvidelo", "gracias",
    "regresar", "volver", "continuar", "representante", "cambiar", "perfecto", "correcto",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Steering:
    commands: frozenset[Command] = frozenset()
    change_of: str | None = None


def read(text: str) -> Steering:
    folded = normal(text).folded
    bare = _bare(folded)
    found: set[Command] = set()
    if len(bare.split()) <= LONGEST:
        found.update(_whole(bare) or _whole(" ".join(_NOT_WORDS.sub(" ", folded).split())))
    found.update(command for command, pattern in INSIDE if pattern.search(folded))
    if asks_own_appointment(folded):
        found.add(Command.MY_APPOINTMENT)
    changed = _changed(bare)
    if changed is not None:
        found.add(Command.CHANGE)
    if Command.ARE_YOU_HUMAN in found and not re.search(r"\b(?:want|need|talk to|quiero|necesito|hablar con) ", folded):
        found.discard(Command.PERSON)
    return Steering(frozenset(found), changed)


def _bare(folded: str) -> str:
    plain = " ".join(_NOT_WORDS.sub(" ", folded).split())
    without = " ".join(POLITE.sub(" ", plain).split())
    return without or plain


def _whole(bare: str) -> set[Command]:
    found = {command for command, pattern in WHOLE if pattern.match(bare)}
    if found:
        return found
    mended = " ".join(_mend(word) for word in bare.split())
    if mended != bare:
        found = {command for command, pattern in WHOLE if pattern.match(mended)}
    if not found and bare.split()[:1] and len(bare.split()) > 1:
        # "yes, the first one", "no, another day": the first word steers when a comma or nothing else follows
        head = bare.split()[0]
        if head in _LEADS:
            found = {_LEADS[head]}
    return found


_LEADS: Final = {
    "yes": Command.YES,
    "yeah": Command.YES,
    "yep": Command.YES,
    "no": Command.NO,
    "nope": Command.NO,
    "si": Command.YES,
}


def _mend(word: str) -> str:
    return nearest(word, _SLIPS) or word


def _changed(bare: str) -> str | None:
    if len(bare.split()) > CHANGE_LONGEST or EXISTING.search(bare):
        return None
    for name, pattern in (*CHANGED, *WRONG_AFTER):
        if pattern.search(bare):
            return name
    return None
