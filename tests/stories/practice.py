"""Riverside as a story sees it: the real parts on a database of its own, with the clock and the texts in the story's hands."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from sqlalchemy import text

from bot.desk import Desk
from bot.domain.appointments import EnterVisit, Person, Receipt
from bot.jobs import Reminders, Sending, handlers
from bot.lanes.intake import Intake, Tools, forms_of
from bot.orchestrator import Orchestrator, Plugs
from bot.orchestrator import draft as drafts
from bot.outbox import Dispatch, Ruling, deliver
from bot.ports import Handler, Job, NewJob
from bot.privacy.phi import Phi
from bot.responses import Worded
from bot.understanding.hear import Understanding
from integrations.fakes.clock import FixedClock
from integrations.fakes.texts import FakeTexts
from integrations.rasa import RasaForms
from integrations.redis import connect
from integrations.sql import KeyRing, SqlStore, open_store
from knowledge.published import PmsMode, PublishedPractice
from tests.stories.watching import WatchedSystem

KEYS = KeyRing(current="k1", keys={"k1": bytes(range(32))})
PUBLIC_URL = "https://chat.example.test"


@dataclass(slots=True)
class Running:
    """One practice with everything plugged in."""

    practice: PublishedPractice
    store: SqlStore
    system: WatchedSystem
    orchestrator: Orchestrator
    desk: Desk
    texts: FakeTexts
    clock: FixedClock
    handlers: Mapping[str, Handler]
    utters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Message id → everything said in it."""
    failures: list[Exception] = field(default_factory=list)
    """What jobs raised: a story with a failed job fails."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.practice.timezone)

    async def work(self) -> None:
        """Everything that is due now, in order."""
        # a moment more: the texts of one turn are due one microsecond after the other
        await self.store.jobs.drain(self.handlers, until=self.clock.now() + timedelta(milliseconds=1))

    async def sweep(self) -> None:
        """Start the reminders' own clockwork, as the worker does when it starts."""
        await self.store.jobs.add(NewJob("sweep", "sweep:story", self.clock.now()))
        await self.work()

    async def enter(self, visit: Mapping[str, Any]) -> str:
        """A visit of a known patient, as staff entered it before the story began."""
        person = Person(visit["name"], date.fromisoformat(str(visit["birth_date"])), visit["phone"])
        start = datetime.fromisoformat(str(visit["start"])).replace(tzinfo=self.zone)
        command = EnterVisit(
            Phi(person), visit["type"], visit["clinician"], visit.get("location", "main"), start, staff="before"
        )
        receipt = await self.system.inner.submit(
            command, key=f"before:{person.phone}:{start.isoformat()}", now=self.clock.now()
        )
        assert isinstance(receipt, Receipt), receipt
        assert receipt.appointment is not None
        return receipt.appointment.ref

    async def rows(self, query: str, **values: Any) -> Sequence[Any]:
        async with self.store.database.read() as connection:
            return (await connection.execute(text(query), values)).all()


@asynccontextmanager
async def running(
    practice: PublishedPractice,
    understanding: Understanding,
    *,
    mode: PmsMode,
    now: datetime,
    template: Path,
    database: Path,
) -> AsyncIterator[Running]:
    """`template` is a database with the newest schema; it is copied, which is faster than migrating for every story."""
    shutil.copy(template, database)
    store = await open_store(f"sqlite+aiosqlite:///{database}", keys=KEYS)
    shared = await connect("memory://", secret=b"stories")
    clock, texts = FixedClock(now), FakeTexts()
    system = WatchedSystem(store.practice_system(practice, lambda: mode))
    plugs = Plugs(practice, store.vault, PUBLIC_URL)
    tools = Tools(practice, store.vault, system, shared.codes)
    orchestrator = Orchestrator(
        plugs,
        understanding=understanding,
        intake=Intake(tools, RasaForms(list(forms_of(tools).values()))),
        system=system,
        conversations=store.conversations,
        signals=shared.signals,
        clock=clock,
    )
    house = Running(
        practice=practice,
        store=store,
        system=system,
        orchestrator=orchestrator,
        desk=Desk(plugs, conversations=store.conversations, system=system, signals=shared.signals, clock=clock),
        texts=texts,
        clock=clock,
        handlers={},
    )
    sending = Sending(store.deliveries, texts, signals=shared.signals, clock=clock)
    reminders = Reminders(plugs, conversations=store.conversations, system=system, jobs=store.jobs, clock=clock)
    plain = handlers(orchestrator=orchestrator, sending=sending, reminders=reminders)
    house.handlers = {kind: _noting(handler, house.failures) for kind, handler in plain.items()}
    try:
        with _utters(house.utters):
            yield house
    finally:
        await shared.close()
        await store.close()


def _noting(handler: Handler, failures: list[Exception]) -> Handler:
    async def handle(job: Job) -> None:
        try:
            await handler(job)
        except Exception as error:
            failures.append(error)
            raise

    return handle


@contextmanager
def _utters(found: dict[str, tuple[str, ...]]) -> Iterator[None]:
    """The store keeps the first key of a message; a story wants them all, so it looks over `deliver`'s shoulder."""

    def watched(
        worded: Worded, *, id: str, author: str, ruling: Ruling, key: str, to: Phi[str] | None = None
    ) -> Dispatch:
        found[id] = worded.utters
        return deliver(worded, id=id, author=author, ruling=ruling, key=key, to=to)

    with patch.object(drafts, "deliver", watched):
        yield
