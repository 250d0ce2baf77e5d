"""Reads `practice.yaml` as a whole and checks what can be checked without the articles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar
from zoneinfo import available_timezones

from ruamel.yaml.nodes import MappingNode

from knowledge.library import facts
from knowledge.library.contacts import origins, url
from knowledge.library.entry import SUPPORTED, Entry, references, unique
from knowledge.library.problems import Place, Problems, did_you_mean
from knowledge.library.yaml_text import MAX_BYTES, Source, compose
from knowledge.published import (
    Clinician,
    DateRule,
    Fee,
    Location,
    Phones,
    Plan,
    PmsMode,
    Policy,
    VisitType,
)

FILE: Final = "practice.yaml"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PracticeFile:
    """What `practice.yaml` says. Only trustworthy when no error was noted."""

    id: str
    name: str
    short_name: str
    sample: bool
    timezone: str
    languages: tuple[str, ...]
    pms_mode: PmsMode
    website: str
    portal_url: str
    phones: Phones
    notices: Mapping[str, str]
    allowed_origins: tuple[str, ...]
    theme: Mapping[str, str]
    locations: tuple[Location, ...]
    date_rules: tuple[DateRule, ...]
    clinicians: tuple[Clinician, ...]
    visit_types: tuple[VisitType, ...]
    plans: tuple[Plan, ...]
    fees: tuple[Fee, ...]
    policies: tuple[Policy, ...]
    preparation_places: Mapping[str, Place]

    def addresses(self) -> tuple[str, ...]:
        """The practice's own web addresses."""
        return (self.website, self.portal_url, *self.notices.values())

    def numbers(self) -> tuple[str, ...]:
        """Every phone and fax number that an article may name."""
        p = self.phones
        own = (p.main, p.nurse_line, p.billing, p.on_call, p.fax, p.relay)
        return tuple(number for number in (*own, *(n for at in self.locations for n in (at.phone, at.fax))) if number)


def source_of(path: Path, *, name: str, problems: Problems) -> Source | None:
    """The text of a file, or None after the reason was noted."""
    try:
        raw = path.read_bytes()
    except OSError:
        problems.error(Place(name, 1), what="This file cannot be read.", remedy=f"Put a readable {name} there.")
        return None
    if len(raw) > MAX_BYTES:
        problems.error(Place(name, 1), what="This file is larger than 1 MB.", remedy="Check that it is the right file.")
        return None
    try:
        return Source(name, raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problems.error(Place(name, line), what="This file is not UTF-8.", remedy="Save it with the encoding UTF-8.")
        return None


def read(directory: Path, *, problems: Problems) -> PracticeFile | None:
    """The file as data, or None when it is not even a YAML mapping."""
    source = source_of(directory / FILE, name=FILE, problems=problems)
    root = compose(source, problems=problems) if source is not None else None
    if source is None or (root is None and problems.found):
        return None
    if not isinstance(root, MappingNode):
        problems.error(Place(FILE, 1), what="There are no keys here.", remedy="Start with `id:` and `name:`.")
        return None
    return _read(Entry(source, root, FILE, problems))


def _read(entry: Entry) -> PracticeFile:
    languages = references(
        entry.said("languages"), known=SUPPORTED, noun="language", problems=entry.problems, of="The practice"
    )
    if "en" not in languages and "languages" in entry.found:
        entry.wrong("languages", what="English is not among the languages.", remedy="Write languages: [en, es].")
    entry.languages = languages or ("en",)
    locations = _list(entry, "locations", facts.location, noun="location")
    place_ids = tuple(item.id for item in locations)
    clinicians = _list(entry, "clinicians", lambda e: facts.clinician(e, locations=locations), noun="clinician")
    people_ids = tuple(item.id for item in clinicians)
    phones = entry.entry("phones", wanted="the phone numbers: main, nurse_line, billing, on_call, fax")
    visits = entry.entries("visit_types", noun="visit type")
    visit_types = tuple(facts.visit_type(e, clinicians=people_ids, locations=place_ids) for e in visits)
    unique(visits, lambda e: e.text("id"), problems=entry.problems)
    _check_staffed(visits, visit_types, clinicians)
    found = PracticeFile(
        id=entry.id(),
        name=entry.text("name"),
        short_name=entry.text("short_name"),
        sample=entry.flag("sample"),
        timezone=_timezone(entry),
        languages=languages,
        pms_mode=_pms_mode(entry),
        website=url(entry, "website"),
        portal_url=url(entry, "portal_url"),
        phones=facts.phones(phones) if phones is not None else Phones("", "", "", "", ""),
        notices=_notices(entry),
        allowed_origins=origins(entry, "allowed_origins"),
        theme=_theme(entry),
        locations=locations,
        date_rules=_date_rules(entry, place_ids),
        clinicians=clinicians,
        visit_types=visit_types,
        plans=_list(entry, "plans", facts.plan, noun="plan", required=False),
        fees=_list(entry, "fees", facts.fee, noun="fee", required=False),
        policies=_list(entry, "policies", facts.policy, noun="policy", required=False),
        preparation_places={v.id: e.at("preparation") for e, v in zip(visits, visit_types, strict=True)},
    )
    entry.close()
    return found


def _list(entry: Entry, key: str, read_one: Callable[[Entry], T], *, noun: str, required: bool = True) -> tuple[T, ...]:
    entries = entry.entries(key, noun=noun, required=required)
    found = tuple(read_one(item) for item in entries)
    unique(entries, lambda e: e.text("id"), problems=entry.problems)
    if required and key in entry.found and not found:
        entry.wrong(key, what=f'"{key}" is empty.', remedy=f"Add at least one {noun}.")
    return found


def _timezone(entry: Entry) -> str:
    value = entry.text("timezone", wanted="a time zone such as America/New_York")
    if value and value not in available_timezones():
        places = [zone for zone in available_timezones() if "/" in zone]
        remedy = did_you_mean(value, places) if "/" in value else "Write an IANA name such as America/New_York."
        entry.wrong("timezone", what=f'"{value[:40]}" is not a time zone.', remedy=remedy)
    return value


def _pms_mode(entry: Entry) -> PmsMode:
    pms = entry.entry("pms", wanted="the practice system: {mode: request} or {mode: book}")
    if pms is None:
        return PmsMode.REQUEST
    mode = PmsMode(pms.choice("mode", tuple(PmsMode), default=PmsMode.REQUEST))
    pms.close()
    return mode


def _notices(entry: Entry) -> Mapping[str, str]:
    notices = entry.entry("notices", wanted="privacy, nondiscrimination, language_help and privacy_contact")
    if notices is None:
        return {}
    found = {key: url(notices, key) for key in ("privacy", "nondiscrimination", "language_help")}
    found["privacy_contact"] = notices.text("privacy_contact", wanted="who answers privacy questions, and how")
    notices.close()
    return found


def _theme(entry: Entry) -> Mapping[str, str]:
    theme = entry.entry("theme", required=False)
    return {key: theme.text(key) for key in theme.found} if theme is not None else {}


def _date_rules(entry: Entry, place_ids: tuple[str, ...]) -> tuple[DateRule, ...]:
    seen: dict[tuple[str, str], int] = {}
    rules = []
    for item in entry.entries("date_rules", noun="date rule", required=False):
        rule = facts.date_rule(item, locations=place_ids)
        if rule is None:
            continue
        for place in rule.locations or place_ids:
            first = seen.setdefault((rule.day.isoformat(), place), item.place.line)
            if first != item.place.line:
                what = f"{rule.day} at {place} has two date rules; the first is on line {first}."
                item.problems.error(item.at("day"), what=what, remedy="Keep one rule per day and location.")
                break
        rules.append(rule)
    return tuple(sorted(rules, key=lambda rule: (rule.day, rule.locations)))


def _check_staffed(
    entries: tuple[Entry, ...], visit_types: tuple[VisitType, ...], clinicians: tuple[Clinician, ...]
) -> None:
    """A visit type that no named clinician's shifts reach would silently never have an opening."""
    for entry, visit in zip(entries, visit_types, strict=True):
        able = [person for person in clinicians if person.id in visit.clinicians]
        reached = {shift.location for person in able for shift in person.shifts}
        idle = [place for place in visit.locations if place not in reached]
        if able and idle:
            entry.problems.warning(
                entry.at("locations"),
                what=f'{entry.name.capitalize()} is offered at "{idle[0]}", where none of its clinicians works.',
                remedy="Take the location out, or give a clinician a shift there.",
            )
