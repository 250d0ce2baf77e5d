"""Writes a new practice folder from the answers: valid, not a sample, in `request` mode, every article a draft."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from knowledge.authoring.articles import REVIEW_AFTER
from knowledge.authoring.questions import NotUnderstood, questions, week
from knowledge.library.hours import WEEKDAYS

STARTER: Final = Path(__file__).parent / "starter"


class InitRefused(Exception):
    """The practice was not made. Nothing was written."""


def init(directory: Path, answers: Mapping[str, str], *, today: date) -> list[Path]:
    """Write `practice.yaml` and the starter articles. `answers` as `questions()` describes; defaults fill gaps."""
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise InitRefused(f"{directory} exists and is not empty. Name a new folder.")
    clean = _cleaned(answers)
    articles = directory / "articles"
    articles.mkdir(parents=True, exist_ok=True)
    practice = directory / "practice.yaml"
    practice.write_text(_practice_yaml(clean), "utf-8")
    written = [practice]
    for source in sorted(STARTER.glob("*.md")):
        path = articles / source.name
        path.write_text(_filled(source.read_text("utf-8"), clean, today), "utf-8")
        written.append(path)
    return written


def _cleaned(answers: Mapping[str, str]) -> dict[str, str]:
    known = {question.key for question in questions()}
    unknown = sorted(set(answers) - known)
    if unknown:
        raise InitRefused(f'"{unknown[0]}" is not asked for. Known: {", ".join(sorted(known))}.')
    clean: dict[str, str] = {}
    for question in questions():
        typed = answers.get(question.key) or question.default(clean)
        try:
            items = [item for item in typed.split(";") if item.strip()] if question.many else [typed]
            clean[question.key] = "; ".join(question.read(item) for item in items or [""])
        except NotUnderstood as error:
            raise InitRefused(f"{question.key}: {error}") from None
    return clean


def _filled(text: str, answers: Mapping[str, str], today: date) -> str:
    values = {
        "practice name": answers["name"],
        "main phone": answers["phone"],
        "billing phone": answers["billing"],
        "on-call phone": answers["on_call"],
        "portal": answers["portal_url"],
        "today": today.isoformat(),
        "review by": (today + REVIEW_AFTER).isoformat(),
    }
    for name, value in values.items():
        text = text.replace(f"[[{name}]]", value.replace('"', "'"))
    return text


def _practice_yaml(a: Mapping[str, str]) -> str:
    languages = a["languages"].split(", ")
    hours = week(a["hours"])
    names = a["clinicians"].split("; ")
    ids = _distinct([_slug(said.partition(", ")[0].split()[-1]) for said in names])
    people = [_clinician(name, said, hours, languages) for name, said in zip(ids, names, strict=True)]
    address = f"{a['street']}, {a['city']}, {a['state']} {a['postcode']}"

    def both(en: str, es: str) -> dict[str, str]:
        return {code: text for code, text in (("en", en), ("es", es)) if code in languages}

    ask = both("Please call us to ask.", "Por favor, llámenos para preguntar.")
    location = {
        "id": "main",
        "name": both("Main office", "Consultorio principal"),
        "aliases": ["main office"],
        **{key: a[key] for key in ("street", "city", "state", "postcode", "phone", "fax")},
        "hours": hours,
        "directions": both(f"Our address is {address}.", f"Nuestra dirección es {address}."),
        "parking": ask,
        "transit": ask,
        "accessibility": ask,
    }
    blocks: dict[str, object] = {
        "id": _slug(a["name"]),
        "name": a["name"],
        "short_name": a["name"][:30].strip(),
        "sample": False,
        "timezone": a["timezone"],
        "languages": languages,
        "pms": {"mode": "request"},
        "website": a["website"],
        "portal_url": a["portal_url"],
        "phones": {
            "main": a["phone"],
            **{key: a[key] for key in ("nurse_line", "billing", "on_call", "fax")},
            "relay": "711",
        },
        "notices": {key: a[key] for key in ("privacy", "nondiscrimination", "language_help", "privacy_contact")},
        "allowed_origins": ["/".join(a["website"].split("/")[:3])],
        "theme": {"primary": "#0b5c6b"},
        "locations": [location],
        "date_rules": [],
        "clinicians": people,
        "visit_types": [_visit_type(key, both, ids) for key in _VISITS],
        "plans": [],
        "fees": [],
        "policies": [{"id": "cancellation_notice", "text": both(*_CANCEL)}],
    }
    out = ["# The facts of the practice. `frontdesk kb check` names every mistake; `frontdesk doctor` what is missing."]
    for key, value in blocks.items():
        if key in _NOTES:
            out.append(f"\n# {_NOTES[key]}")
        out.extend(_yaml(key, value))
    return "\n".join(out) + "\n"


_NOTES: Final = {
    "pms": "request: staff enter what patients wish into your own system and confirm. book: the connected system books.",
    "locations": "Wall-clock hours; several spans a day express a lunch closing, [] is closed.",
    "date_rules": "Holidays: - {day: 2026-12-25, name: {en: Christmas Day, es: Navidad}, hours: []}",
    "clinicians": "shifts: day, location, span. Every clinician was given the opening hours; correct them.",
    "visit_types": "Minutes; sensitive: true is never named in texts or previews.",
    "plans": "- {id: acme, name: Acme Health, aliases: [acme], status: accepted, note: {en: All plans., es: Todos.}}",
}
_CANCEL: Final = (
    "Please tell us as early as you can if you cannot come.",
    "Avísenos lo antes posible si no puede venir.",
)
_VISITS: Final = {
    "new_patient": (
        "New patient visit",
        "Primera visita",
        "Your first visit with us.",
        "Su primera visita.",
        45,
        "new",
    ),
    "follow_up": (
        "Follow-up visit",
        "Visita de seguimiento",
        "A visit after another.",
        "Otra visita.",
        20,
        "established",
    ),
    "sick_visit": ("Sick visit", "Visita por enfermedad", "When you feel unwell.", "Cuando se siente mal.", 20, "any"),
    "physical": ("Annual physical", "Examen anual", "A yearly check of your health.", "Un chequeo al año.", 40, "any"),
}


def _visit_type(key: str, both: Callable[[str, str], dict[str, str]], clinicians: list[str]) -> dict[str, object]:
    name, nombre, description, descripcion, duration, patients = _VISITS[key]
    named = both(name, nombre)
    return {
        "id": key,
        "name": named,
        "description": both(description, descripcion),
        "phrasings": {language: [text.lower()] for language, text in named.items()},
        "duration": duration,
        "buffer_before": 0,
        "buffer_after": 0,
        "lead_hours": 24,
        "horizon_days": 90,
        "grid": 15,
        "patients": patients,
        "self_bookable": False,
        "sensitive": False,
        "clinicians": clinicians,
        "locations": ["main"],
    }


def _distinct(ids: list[str]) -> list[str]:
    """The second of two equal ids gets a number: two clinicians may share a surname."""
    return [name if ids[:n].count(name) == 0 else f"{name}-{ids[:n].count(name) + 1}" for n, name in enumerate(ids)]


def _clinician(id: str, said: str, hours: Mapping[str, list[str]], languages: list[str]) -> dict[str, object]:
    name, _, credential = said.partition(", ")
    sees = {"en": "Please call us to ask.", "es": "Por favor, llámenos para preguntar."}
    return {
        "id": id,
        "name": name,
        "credential": credential,
        "aliases": [name.split()[-1].lower()],
        "languages": ["en"],
        "accepting_new": True,
        "min_age": 0,
        "sees": {language: sees[language] for language in languages},
        "shifts": [f"{day} main {span}" for day in WEEKDAYS for span in hours[day]],
    }


def _slug(text: str) -> str:
    plain = text.lower().translate(str.maketrans("áéíóúüñ", "aeiouun"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "practice"


def _yaml(key: str, value: object) -> list[str]:
    """Readable YAML: lists of mappings one per entry, the rest in flow style. JSON strings are YAML strings."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        lines = [f"{key}:"]
        for item in value:
            pairs = [f"{name}: {_flow(part)}" for name, part in item.items()]
            lines.extend(f"  {'- ' if n == 0 else '  '}{pair}" for n, pair in enumerate(pairs))
        return lines
    if isinstance(value, dict) and len(value) > 2:
        return [f"{key}:", *(f"  {name}: {_flow(part)}" for name, part in value.items())]
    return [f"{key}: {_flow(value)}"]


def _flow(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
