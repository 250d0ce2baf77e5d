"""Reads a story file. A word that stories do not know is an error that names the words they do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

from bot.domain.conversation import Channel
from knowledge.published import PmsMode

STORY_WORDS: Final = frozenset("story why practice now channel language pms from patients steps finally".split())
NEEDED: Final = frozenset("story why practice now channel steps finally".split())
ACTIONS: Final = frozenset("user users fills code meanwhile reload".split())
EXPECTATIONS: Final = frozenset(
    "bot exactly silent choices no_choice says never_says slot_was_set text_sent no_text standing status asked "
    "handoff alert opted_out".split()
)
FINALLY_WORDS: Final = frozenset(
    "sent_to_model status owner requests handoffs alerts texts booked opted_out confirmed pms_finally".split()
)
TYPED_WORDS: Final = frozenset("text times tap choice slot again".split())


class StoryUnreadable(Exception):
    """A story file breaks the form. The message names file, place and remedy."""


@dataclass(frozen=True, slots=True)
class Step:
    """One action, or some expectations about what came of the last one."""

    number: int
    words: Mapping[str, Any]

    @property
    def action(self) -> str | None:
        return next((word for word in self.words if word in ACTIONS), None)


@dataclass(frozen=True, slots=True)
class Story:
    path: Path
    title: str
    mode: PmsMode
    now: datetime
    channel: Channel
    language: str
    phone: str | None
    patients: tuple[Mapping[str, Any], ...]
    steps: tuple[Step, ...]
    ending: Mapping[str, Any] = field(default_factory=dict)


def stories_in(path: Path) -> list[Story]:
    """The story of a file; two, one for each mode, where it says `pms: both`."""
    raw = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    if not isinstance(raw, dict):
        raise StoryUnreadable(f"{path.name}: a story is a mapping that starts with `story:`.")
    _known(path, "the story", raw, STORY_WORDS)
    if missing := sorted(NEEDED - raw.keys()):
        raise StoryUnreadable(f"{path.name}: the story lacks {', '.join(missing)}.")
    if raw["practice"] != "riverside":
        raise StoryUnreadable(f"{path.name}: there is no practice {raw['practice']}; use riverside.")
    asked = raw.get("pms", "book")
    modes = {"book": [PmsMode.BOOK], "request": [PmsMode.REQUEST], "both": [PmsMode.REQUEST, PmsMode.BOOK]}.get(asked)
    if modes is None:
        raise StoryUnreadable(f"{path.name}: pms is book, request or both, not {asked}.")
    return [_story(path, raw, mode) for mode in modes]


def _story(path: Path, raw: Mapping[str, Any], mode: PmsMode) -> Story:
    channel = Channel(raw["channel"])
    if (channel is Channel.SMS) != ("from" in raw):
        raise StoryUnreadable(f"{path.name}: a text story has `from:` (the phone), a web story has none.")
    ending = dict(raw["finally"])
    ending |= ending.pop("pms_finally", {}).get(mode.value, {})
    _known(path, "finally", ending, FINALLY_WORDS)
    if "sent_to_model" not in ending:
        raise StoryUnreadable(f"{path.name}: finally always lists sent_to_model.")
    return Story(
        path=path,
        title=f"{raw['story']} ({mode.value})" if raw.get("pms") == "both" else raw["story"],
        mode=mode,
        now=datetime.fromisoformat(str(raw["now"])),
        channel=channel,
        language=raw.get("language", "en"),
        phone=raw.get("from"),
        patients=tuple(raw.get("patients", ())),
        steps=tuple(_step(path, number, words) for number, words in enumerate(_flat(raw["steps"], mode), start=1)),
        ending=ending,
    )


def _flat(steps: Iterable[Mapping[str, Any]], mode: PmsMode) -> Iterable[Mapping[str, Any]]:
    """The steps of this mode: `pms_steps` holds those in which the modes differ."""
    for words in steps:
        if "pms_steps" in words:
            yield from words["pms_steps"].get(mode.value, ())
        else:
            yield words


def _step(path: Path, number: int, words: Mapping[str, Any]) -> Step:
    _known(path, f"step {number}", words, ACTIONS | EXPECTATIONS)
    if words.keys() & ACTIONS and len(words) > 1:
        raise StoryUnreadable(
            f"{path.name}: step {number} does one thing; put what is expected into a step of its own."
        )
    if isinstance(words.get("user"), dict):
        _known(path, f"step {number}, user", words["user"], TYPED_WORDS)
    return Step(number, words)


def _known(path: Path, where: str, given: Mapping[str, Any], known: frozenset[str]) -> None:
    if strange := sorted(set(given) - known):
        raise StoryUnreadable(
            f"{path.name}: {where} has {', '.join(strange)}. Known words: {', '.join(sorted(known))}."
        )
