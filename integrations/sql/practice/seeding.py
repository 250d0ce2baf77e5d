"""Made-up patients and visits for the demo and for tests. Everything is placed relative to `now`; seeding again adds nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.domain.appointments import EnterVisit, Person, Receipt, Window
from bot.domain.scheduling import find_openings
from bot.privacy.phi import Phi
from integrations.sql.practice.system import SqlPracticeSystem

PEOPLE: Final = (
    Person("Pat Example", date(1984, 2, 14), "+15555550111"),
    Person("Robin Sample", date(1957, 9, 3), "+15555550122"),
    Person("Marta Ejemplo", date(1991, 6, 21), "+15555550133"),
)
AHEAD: Final = (timedelta(hours=24), timedelta(days=6), timedelta(days=13))


@dataclass(frozen=True, slots=True)
class Seeded:
    person: Person
    patient: str
    appointment: str
    start: datetime


async def seed_demo(system: SqlPracticeSystem, *, now: datetime) -> Sequence[Seeded]:
    """One visit each; the first starts within the next day, so that it is due for a reminder."""
    seeded = []
    for person, ahead in zip(PEOPLE, AHEAD, strict=True):
        found = await system.match(phone=Phi(person.phone), birth_date=Phi(person.birth_date))
        visits = await system.upcoming(found, now=now) if isinstance(found, str) else []
        if isinstance(found, str) and visits:
            seeded.append(Seeded(person, found, visits[0].ref, visits[0].start))
            continue
        command = _visit(system, person, now=now, latest=now + ahead)
        receipt = await system.submit(command, key=f"demo:{person.phone}:{command.start:%Y%m%dT%H%M}", now=now)
        assert isinstance(receipt, Receipt) and receipt.patient and receipt.appointment
        seeded.append(Seeded(person, receipt.patient, receipt.appointment.ref, receipt.appointment.start))
    return seeded


def _visit(system: SqlPracticeSystem, person: Person, *, now: datetime, latest: datetime) -> EnterVisit:
    """The last opening before `latest`; when the practice is closed then, simply shortly before it."""
    practice = system.practice
    kind = next(item for item in practice.visit_types if item.self_bookable and item.patients != "new")
    window = Window(first=now.date() - timedelta(days=1), until=latest.date() + timedelta(days=2))
    offered = find_openings(
        practice, kind, window, now=now - timedelta(hours=kind.lead_hours), busy={}, booked={}, limit=500
    )
    # the reminder's day is fixed; the other visits may fall on the last open day before
    back = timedelta(hours=20) if latest - now <= timedelta(days=1) else timedelta(days=4)
    fitting = [one for one in offered if latest - back <= one.start < latest and one.start > now]
    if fitting:
        chosen = fitting[-1]
        clinician, location, start = chosen.clinician, chosen.location, chosen.start
    else:
        clinician, location = kind.clinicians[0], kind.locations[0]
        start = (latest - timedelta(minutes=10)).replace(second=0, microsecond=0)
        start -= timedelta(minutes=start.minute % 10)
    return EnterVisit(Phi(person), kind.id, clinician, location, start, staff="demo")
