"""`frontdesk probe TASK`: JSON Lines in, one JSON line out per line in, same order. A stable contract for testing phrases.

A line that cannot be used yields `{"id", "error"}` and the run goes on. Nothing is stored; no message leaves the process.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.lanes.information.probing import probe as probe_answer
from bot.privacy import gate
from bot.privacy.gate import KnownWords
from bot.text import fold
from bot.understanding import when
from bot.understanding.hear import Understanding
from bot.understanding.intent.classify import classify
from bot.understanding.safety import assess
from knowledge.published import PublishedPractice

Row = Mapping[str, Any]
Task = Callable[[Row], dict[str, Any]]
TASKS: Final = ("gate", "safety", "intent", "when", "answer")


class BadLine(ValueError):
    """A line of the input that cannot be used; the message says why."""


def tasks(practice: PublishedPractice) -> Mapping[str, Task]:
    known = known_words(practice)
    understanding = Understanding(practice)

    def gate_task(row: Row) -> dict[str, Any]:
        spans = gate.find(row["text"], known=known)
        return {"spans": [{"start": span.start, "end": span.end, "type": span.type} for span in spans]}

    def safety_task(row: Row) -> dict[str, Any]:
        verdict = assess(row["text"], lang=row.get("lang"))
        return {"label": verdict.label, "tier": verdict.tier}

    def intent_task(row: Row) -> dict[str, Any]:
        return {"intent": classify(row["text"], row.get("lang"))[0].value}

    def when_task(row: Row) -> dict[str, Any]:
        found = when.find(row["text"], lang=row.get("lang") or "en", ref=_reference(row))
        return {"found": [_found(one) for one in found]}

    def answer_task(row: Row) -> dict[str, Any]:
        now = datetime.now(ZoneInfo(practice.timezone))
        language = row.get("lang") or practice.languages[0]
        return dict(
            probe_answer(row["text"], understanding=understanding, practice=practice, now=now, language=language)
        )

    return {"gate": gate_task, "safety": safety_task, "intent": intent_task, "when": when_task, "answer": answer_task}


def run(task: Task, lines: Iterable[str]) -> Iterator[str]:
    """One answer line per input line that is not blank."""
    for line in lines:
        if line.strip():
            yield json.dumps(_answered(task, line), ensure_ascii=False)


def _answered(task: Task, line: str) -> dict[str, Any]:
    id = None
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise BadLine("A line must be a JSON object with id and text.")
        id = row.get("id")
        if not isinstance(row.get("text"), str):
            raise BadLine('The line has no text. Give {"id": …, "text": …, "lang": "en"}.')
        return {"id": id, **task(row)}
    except json.JSONDecodeError:
        return {"id": id, "error": "This line is not JSON."}
    except BadLine as bad:
        return {"id": id, "error": str(bad)}


def _reference(row: Row) -> datetime:
    """The practice's wall time that relative words start from; now, when the line gives none."""
    given = row.get("ref")
    if given is None:
        return datetime.now(UTC).replace(tzinfo=None)
    try:
        return datetime.fromisoformat(given).replace(tzinfo=None)
    except (TypeError, ValueError):
        raise BadLine("ref must be an ISO date or time, like 2026-11-22T09:00.") from None


def _found(one: when.Found) -> dict[str, Any]:
    readings = [{"kind": other.kind, "start": other.start, "end": other.end} for other in one.alternatives]
    return {"text": one.text, "kind": one.kind, "start": one.start, "end": one.end, "alternatives": readings}


def known_words(practice: PublishedPractice) -> KnownWords:
    """Words that are the practice's own: its name, people, places, plans and visit types. The gate leaves them be."""
    texts = [practice.name, practice.short_name]
    for clinician in practice.clinicians:
        texts += [clinician.name, *clinician.aliases]
    for location in practice.locations:
        texts += [*location.name.values(), location.city, location.street, *location.aliases]
    for plan in practice.plans:
        texts += [plan.name, *plan.aliases]
    for kind in practice.visit_types:
        texts += kind.name.values()
    words = {word for text in texts for word in fold(text).replace("-", " ").split() if word.isalpha()}
    return KnownWords(words=frozenset(words))
