"""Read the safety tables in `rules/`: words, numbers, contexts and rules, checked, with errors a clinician can act on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.understanding.safety.errors import SafetyTableBroken
from bot.understanding.safety.verdict import LABEL_OF_KIND

FOLDER = Path(__file__).parent / "rules"
TIERS = ("hard", "soft", "none")
RULE_FIELDS = frozenset(
    ("id", "flag", "kind", "tier", "match", "unless", "without", "needs", "past", "service", "question", "attempt", "longest")
)


@dataclass(frozen=True, slots=True)
class NumberWord:
    """Numbers that mean something: inside one of `ranges`, and next to one of the words if any are listed."""

    name: str
    ranges: tuple[tuple[float, float], ...]
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    pair: bool = False   # "180/120", "180 over 120": the ranges speak of the first, then of the second number


@dataclass(frozen=True, slots=True)
class Rule:
    """One way a message shows one flag.

    A sentence with a word of `unless` does not count, nor a message with a word of `without` anywhere, nor one that
    lacks every word of `needs`.
    `past`, `service` and `question` say what becomes of the tier when the sentence tells of long ago, asks for a
    service of the practice, or asks for general knowledge.
    """

    id: str
    flag: str
    kind: str
    tier: str
    match: tuple[str, ...]
    unless: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    past: str = "none"
    service: str = "none"
    question: str = "none"
    attempt: bool = False
    longest: int = 0   # words: the rule is for messages no longer than this ("heart attack" and nothing else)


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything the safety check knows."""

    words: Mapping[str, tuple[str, ...]]
    ignore: tuple[str, ...]
    rewrite: Mapping[str, str]
    numbers: tuple[NumberWord, ...]
    rules: tuple[Rule, ...]
    real_words: frozenset[str] = field(default_factory=frozenset)


def load(folder: Path = FOLDER) -> Tables:
    """Read and check every table of `folder`."""
    words: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("words*.yaml")):
        for name, listed in _mapping(path).items():
            if name in words:
                raise _broken(path, name, "is defined twice. Keep one of the two.")
            words[name] = tuple(_phrases(path, name, listed))
    spelling = folder / "spelling.yaml"
    rewrite = {str(typed): str(meant) for typed, meant in _mapping(spelling).items()}
    ignore_path = folder / "ignore.yaml"
    ignore = tuple(
        phrase for name, listed in _mapping(ignore_path).items() for phrase in _phrases(ignore_path, name, listed)
    )
    numbers = tuple(_numbers(folder / "numbers.yaml"))
    rules: list[Rule] = []
    for path in sorted(folder.glob("flags*.yaml")):
        rules.extend(_rules(path))
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise SafetyTableBroken(f"Rule {rule.id!r} is defined twice. Rename one.")
        seen.add(rule.id)
    return Tables(words, ignore, rewrite, numbers, tuple(rules), _real_words(folder / "real_words.txt"))


def _real_words(path: Path) -> frozenset[str]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _mapping(path: Path) -> dict[str, Any]:
    try:
        found = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SafetyTableBroken(f"{path.name} is missing. Restore it from the last release.") from None
    except YAMLError as error:
        raise SafetyTableBroken(f"{path.name} is not readable YAML. Check quotes and indents: {error}") from None
    if not isinstance(found, dict):
        raise SafetyTableBroken(f"{path.name} must be a table of names. Start each entry with `name:`.")
    return found


def _phrases(path: Path, name: str, listed: Any) -> Iterator[str]:
    if isinstance(listed, str):
        listed = [listed]
    if not isinstance(listed, list) or not listed:
        raise _broken(path, name, "needs a list of words. Write `- word, other words`.")
    for line in listed:
        if not isinstance(line, str):
            raise _broken(path, name, f"holds {line!r}, which YAML does not read as text. Put it in quotes.")
        yield from (phrase.strip() for phrase in line.split(",") if phrase.strip())


def _numbers(path: Path) -> Iterator[NumberWord]:
    for name, entry in _mapping(path).items():
        try:
            yield NumberWord(
                name=name,
                ranges=tuple((float(low), float(high)) for low, high in entry["ranges"]),
                before=frozenset(map(str, entry.get("before", ()))),
                after=frozenset(map(str, entry.get("after", ()))),
                pair=bool(entry.get("pair", False)),
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            raise _broken(path, name, "needs `ranges: [[from, to]]`, and may have `before` and `after`.") from None


def _rules(path: Path) -> Iterator[Rule]:
    table = _mapping(path)
    defaults = table.get("defaults", {})
    for entry in table.get("rules", ()):
        entry = {**defaults, **entry}
        name = str(entry.get("id", "(a rule without id)"))
        unknown = set(entry) - RULE_FIELDS
        if unknown:
            raise _broken(path, name, f"has fields nobody reads: {', '.join(sorted(unknown))}. Check the spelling.")
        missing = {"id", "flag", "kind", "match"} - set(entry)
        if missing:
            raise _broken(path, name, f"lacks {', '.join(sorted(missing))}.")
        if entry["kind"] not in LABEL_OF_KIND:
            raise _broken(path, name, f"has the unknown kind {entry['kind']!r}. Use one of {', '.join(LABEL_OF_KIND)}.")
        tiers = {key: str(entry.get(key, default)) for key, default in _TIER_DEFAULTS.items()}
        for key, tier in tiers.items():
            if tier not in TIERS:
                raise _broken(path, name, f"has `{key}: {tier}`. Use hard, soft or none (in quotes if YAML objects).")
        yield Rule(
            id=name,
            flag=str(entry["flag"]),
            kind=entry["kind"],
            match=_texts(path, name, entry["match"]),
            unless=_texts(path, name, entry.get("unless", ())),
            without=_texts(path, name, entry.get("without", ())),
            needs=_texts(path, name, entry.get("needs", ())),
            attempt=bool(entry.get("attempt", False)),
            longest=int(entry.get("longest", 0)),
            **tiers,
        )


_TIER_DEFAULTS = {"tier": "hard", "past": "none", "service": "none", "question": "none"}


def _texts(path: Path, name: str, listed: Any) -> tuple[str, ...]:
    if isinstance(listed, str):
        return (listed,)
    if not isinstance(listed, list | tuple) or not all(isinstance(line, str) for line in listed):
        raise _broken(path, name, "needs lists of text. Put words that YAML reads as yes, no or numbers in quotes.")
    return tuple(listed)


def _broken(path: Path, name: str, problem: str) -> SafetyTableBroken:
    line = 0
    if path.exists():
        wanted = (f"{name}:", f"- id: {name}", f"id: {name}")
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if text.strip().startswith(wanted):
                line = number
                break
    where = f"{path.name}, line {line}" if line else path.name
    return SafetyTableBroken(f"{where}: {name!r} {problem}")
