"""`frontdesk doctor`: everything that keeps a practice from going live, each with its remedy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.domain.errors import FrontdeskError
from bot.processes.publication import published, run_knowledge
from bot.processes.settings import from_environment
from integrations.sql import load_keys, open_store


@dataclass(frozen=True, slots=True)
class Blocker:
    what: str
    remedy: str


def of_settings(environment: Mapping[str, str], home: Path) -> list[Blocker]:
    try:
        settings = from_environment(environment, home=home)
    except FrontdeskError as wrong:
        return [Blocker(str(wrong), "Set it in the environment of the service, then run this again.")]
    found = []
    if not settings.secure:
        found.append(
            Blocker(
                "Patients would reach this service without TLS.",
                "Put a TLS proxy in front and set FRONTDESK_PUBLIC_URL to its https:// address.",
            )
        )
    if settings.twilio is None:
        found.append(
            Blocker(
                "Texting is not set up: no texts, no one-time codes, no reminders.",
                "Set FRONTDESK_TWILIO_ACCOUNT, FRONTDESK_TWILIO_TOKEN and FRONTDESK_TWILIO_NUMBER, or use web chat only.",
            )
        )
    if not settings.key_file.exists() and settings.scaled:
        found.append(
            Blocker(
                "There is no key file, so nothing can be stored.",
                "Make one with `frontdesk keys`, keep a copy apart from the backups, and set FRONTDESK_KEY_FILE.",
            )
        )
    return found


async def of_staff(environment: Mapping[str, str], home: Path, *, directory: Path) -> list[Blocker]:
    """Nobody at the desk means hand-offs into a void."""
    try:
        settings = from_environment(environment, home=home)
        if not settings.key_file.exists():
            return [Blocker("No staff have a log-in yet.", "Add each person with `frontdesk staff add`.")]
        store = await open_store(settings.database_url, keys=load_keys(settings.key_file))
    except FrontdeskError as wrong:
        return [Blocker(str(wrong), "Start the database, then run this again.")]
    try:
        people = [
            person
            for person in await store.staff.all(published(directory, settings.data_dir / "published").id)
            if person.active
        ]
    finally:
        await store.close()
    if people:
        return []
    return [Blocker("No staff have a log-in yet.", "Add each person with `frontdesk staff add`.")]


def of_knowledge(practice_dir: Path) -> str:
    """Knowledge's own list, as text; empty when nothing blocks."""
    return run_knowledge("blockers", str(practice_dir), capture=True).stdout.strip()
