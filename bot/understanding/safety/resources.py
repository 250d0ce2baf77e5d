"""The hotlines that safety texts print, from the one reviewed file, and whether that review is too old."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.understanding.safety.errors import SafetyTableBroken
from bot.understanding.safety.verdict import LABEL_OF_KIND

FILE = Path(__file__).parent / "resources.yaml"
GOOD_FOR = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Resource:
    """One service a person in danger can reach. Texts are by language; `text_to` is (number, word to send)."""

    id: str
    name: Mapping[str, str]
    call: str
    note: Mapping[str, str]
    text_to: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Resources:
    """All services, which of them each kind of alarm prints, and the day a person last checked them."""

    checked_on: date
    services: Mapping[str, Resource]
    by_kind: Mapping[str, tuple[Resource, ...]]
    attempt: tuple[Resource, ...]

    def stale(self, today: date) -> bool:
        """Whether the numbers must be checked again before they are printed any longer."""
        return today - self.checked_on > GOOD_FOR


@lru_cache(maxsize=1)
def resources() -> Resources:
    """The shipped file."""
    return read(FILE)


def stale(today: date) -> bool:
    """Whether the shipped numbers were checked more than 180 days before `today`."""
    return resources().stale(today)


def for_kind(kind: str, *, attempt: bool = False) -> tuple[Resource, ...]:
    """What the text of this kind of alarm prints, in order."""
    return resources().attempt if attempt else resources().by_kind[kind]


def read(path: Path) -> Resources:
    """Read and check a resources file."""
    table = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    services = {name: _service(name, entry) for name, entry in table["resources"].items()}

    def named(where: str, names: list[str]) -> tuple[Resource, ...]:
        for name in names:
            if name not in services:
                raise SafetyTableBroken(f"{path.name}: {where!r} names {name!r}, which is not under `resources`.")
        return tuple(services[name] for name in names)

    by_kind = {kind: named(kind, names) for kind, names in table["kinds"].items()}
    missing = set(LABEL_OF_KIND) - {"clinical_advice"} - set(by_kind)
    if missing:
        raise SafetyTableBroken(f"{path.name}: no numbers for {', '.join(sorted(missing))}. Add them under `kinds`.")
    return Resources(table["checked_on"], services, by_kind, named("attempt", table["attempt"]))


def _service(name: str, entry: dict[str, Any]) -> Resource:
    return Resource(
        id=name,
        name=entry["name"],
        call=str(entry["call"]),
        note=entry.get("note", {}),
        text_to={lang: (str(to["to"]), str(to.get("word", ""))) for lang, to in entry.get("text", {}).items()},
    )
