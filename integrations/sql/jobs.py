"""Durable work on SQLite: rows in the same database, run by this one process.

A job is written in the saver's own transaction. It counts as running only in memory, so a crash leaves it waiting and it
runs again at the next start (at least once). One job at a time per lock, earliest due first; a failed one backs off,
and after the last attempt is kept as dead.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Handler, Job, NewJob
from integrations.sql.engine import Database
from integrations.sql.tables.work import JobRow

log = logging.getLogger("frontdesk.jobs")

ATTEMPTS: Final = 8
BACKOFF: Final = 2.0  # seconds, doubled with every attempt: the eighth comes about four minutes after the first
WORKERS: Final = 8
IDLE_SECONDS: Final = 1.0

job = JobRow.__table__  # type: ignore[attr-defined]


class RowJobs:
    def __init__(self, database: Database, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._database = database
        self._now = now
        self._wake = asyncio.Event()
        self._running: dict[str, int] = {}  # key → the generation that runs
        self._locks: set[str] = set()

    async def add(self, new: NewJob) -> bool:
        async with self._database.write() as connection:
            found = await connection.execute(select(job.c.key).where(job.c.key == new.key, job.c.state == "waiting"))
            fresh = found.scalar_one_or_none() is None
            await self.write(connection, new)
        self.wake()
        return fresh

    async def write(self, connection: AsyncConnection, new: NewJob) -> None:
        """In the caller's transaction. A waiting job with the same key keeps the earlier due; one that runs gets another run."""
        insert = sqlite_insert if self._database.sqlite else pg_insert
        row = insert(job).values(
            key=new.key,
            kind=new.kind,
            args=dict(new.args),
            due=new.due,
            lock=new.lock,
            attempts=0,
            generation=0,
            state="waiting",
        )
        # the due of a job that runs is used up: a run that puts itself off must not start over at once
        used_up = job.c.generation == self._running.get(new.key, -1)
        earlier = case((used_up, row.excluded.due), (job.c.due < row.excluded.due, job.c.due), else_=row.excluded.due)
        again = {"due": earlier, "generation": job.c.generation + 1, "attempts": 0, "state": "waiting"}
        await connection.execute(row.on_conflict_do_update(index_elements=["key"], set_=again))

    async def settle_turn(self, connection: AsyncConnection, conversation: str, *, more: bool) -> None:
        """A turn was saved: its job ends in the same transaction, unless messages came in meanwhile."""
        if not more:
            await connection.execute(delete(job).where(job.c.key == f"turn:{conversation}"))

    def wake(self) -> None:
        self._wake.set()

    async def run(self, handlers: Mapping[str, Handler], *, stop: Callable[[], bool] | None = None) -> None:
        workers: set[asyncio.Task[None]] = set()
        try:
            while stop is None or not stop():
                self._wake.clear()
                ready, next_due = await self._ready(self._now(), WORKERS - len(workers))
                for row in ready:
                    workers.add(self._start(row, handlers, workers))
                if not ready:
                    wait = (
                        min(IDLE_SECONDS, max(0.001, (next_due - self._now()).total_seconds()))
                        if next_due
                        else IDLE_SECONDS
                    )
                    try:
                        async with asyncio.timeout(wait):  # wait_for may swallow a cancellation (Python 3.11)
                            await self._wake.wait()
                    except TimeoutError:
                        continue
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)

    def _start(self, row: Any, handlers: Mapping[str, Handler], workers: set[asyncio.Task[None]]) -> asyncio.Task[None]:
        self._running[row.key] = row.generation
        if row.lock:
            self._locks.add(row.lock)
        task = asyncio.create_task(self._work(row, handlers, self._now()))

        def done(finished: asyncio.Task[None]) -> None:
            workers.discard(finished)
            self._running.pop(row.key, None)
            self._locks.discard(row.lock or "")
            self.wake()

        task.add_done_callback(done)
        return task

    async def drain(self, handlers: Mapping[str, Handler], *, until: datetime) -> int:
        ran = 0
        while True:
            ready, _ = await self._ready(until, 1)
            if not ready:
                return ran
            self._running[ready[0].key] = ready[0].generation
            try:
                await self._work(ready[0], handlers, until)
            finally:
                self._running.pop(ready[0].key, None)
            ran += 1

    async def counts(self) -> Mapping[str, int]:
        async with self._database.read() as connection:
            rows = (await connection.execute(select(job.c.state, func.count()).group_by(job.c.state))).all()
        found: dict[str, int] = {state: count for state, count in rows}  # noqa: C416
        running = len(self._running)
        return {"waiting": max(0, found.get("waiting", 0) - running), "running": running, "dead": found.get("dead", 0)}

    async def _ready(self, now: datetime, limit: int) -> tuple[list[Any], datetime | None]:
        """Jobs that may start now, earliest first, one per free lock; and when the next one is due."""
        query = (
            select(job)
            .where(job.c.state == "waiting")
            .order_by(job.c.due, job.c.key)
            .limit(limit + len(self._running) + 32)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        ready: list[Any] = []
        taken = set(self._locks)
        for row in rows:
            if row.due > now:
                return ready, row.due
            if len(ready) >= limit:
                return ready, None  # a worker that gets free wakes the loop
            if row.key in self._running or (row.lock and row.lock in taken):
                continue
            ready.append(row)
            if row.lock:
                taken.add(row.lock)
        return ready, None

    async def _work(self, row: Any, handlers: Mapping[str, Handler], now: datetime) -> None:
        try:
            await handlers[row.kind](Job(id=row.key, kind=row.kind, args=row.args, attempt=row.attempts + 1))
        except Exception as error:  # noqa: BLE001 - whatever a handler raises, the job must not be lost
            log.warning("job.failed kind=%s error=%s attempt=%s", row.kind, type(error).__name__, row.attempts + 1)
            await self._failed(row, now)
            return
        await self._finished(row)

    async def _finished(self, row: Any) -> None:
        same = (job.c.key == row.key) & (job.c.generation == row.generation)
        async with self._database.read() as connection:
            if (await connection.execute(select(job.c.key).where(same))).scalar_one_or_none() is None:
                return  # ended with the turn's own transaction, or asked for again meanwhile
        async with self._database.write() as connection:
            await connection.execute(delete(job).where(same))

    async def _failed(self, row: Any, now: datetime) -> None:
        attempts = row.attempts + 1
        later = now + timedelta(seconds=BACKOFF * 2 ** (attempts - 1))
        state = "dead" if attempts >= ATTEMPTS else "waiting"
        change = update(job).where(job.c.key == row.key, job.c.generation == row.generation)
        async with self._database.write() as connection:
            await connection.execute(change.values(attempts=attempts, due=later, state=state))
