"""`ProcrastinateJobs`: durable work on PostgreSQL, by as many workers as run; each lock by one of them at a time.

Writing goes through the store's own connection, so a job exists exactly when its turn was saved. Working is Procrastinate's.
A failed job is written anew with its back-off, because a retry in place would collide with a newer one of the same key.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol

import psycopg
from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.schema import SchemaManager

from bot.ports import Handler, Job, NewJob
from integrations.procrastinate import statements

log = logging.getLogger("frontdesk.jobs")

ATTEMPTS: Final = 8
BACKOFF: Final = 2.0  # seconds, doubled with every attempt
WORKERS: Final = 8
POLL_SECONDS: Final = 0.15  # jobs due in a moment are not announced again when their time comes
HEARTBEAT_SECONDS: Final = 2.0
STALE_SECONDS: Final = 8.0  # a worker this long without a heartbeat is dead, and its jobs run again
_ATTEMPTS: Final = "_attempts"
_BEGINNING: Final = datetime(2020, 1, 1, tzinfo=UTC)


class Transactions(Protocol):
    """What is needed of the store's database."""

    url: str

    def write(self) -> AbstractAsyncContextManager[Any]: ...

    def read(self) -> AbstractAsyncContextManager[Any]: ...


class JobDied(Exception):
    """The last attempt failed. The job is kept as dead; its kind and the kind of error are in the log."""


class ProcrastinateJobs:
    def __init__(self, database: Transactions) -> None:
        self._database = database
        self._conninfo = database.url.replace("postgresql+psycopg://", "postgresql://", 1)
        self._ready = False
        self._preparing = asyncio.Lock()

    async def add(self, job: NewJob) -> bool:
        await self._prepare()
        async with self._database.write() as connection:
            return await _write(connection, job)

    async def write(self, connection: Any, new: NewJob) -> None:
        """In the caller's transaction."""
        await self._prepare()
        await _write(connection, new)

    async def settle_turn(self, connection: Any, conversation: str, *, more: bool) -> None:
        """Messages that came meanwhile get a turn of their own; the running job itself ends when its handler returns."""
        key = f"turn:{conversation}"
        if more:
            await self.write(
                connection, NewJob("turn", key, datetime.now(UTC), {"conversation": conversation}, lock=key)
            )
        else:
            await self._prepare()
            await connection.exec_driver_sql(statements.FORGET, {"key": key})

    def wake(self) -> None:
        """Nothing to do: inserting announces the job to all workers at commit."""

    async def run(self, handlers: Mapping[str, Handler], *, stop: Callable[[], bool] | None = None) -> None:
        await self._prepare()
        app = App(connector=PsycopgConnector(conninfo=self._conninfo, min_size=1, max_size=4))
        for kind, handler in handlers.items():
            app.task(name=kind, queue=statements.QUEUE, pass_context=True)(self._task(handler))
        async with app.open_async():
            worker = asyncio.create_task(
                app.run_worker_async(
                    queues=[statements.QUEUE],
                    concurrency=WORKERS,
                    fetch_job_polling_interval=POLL_SECONDS,
                    shutdown_graceful_timeout=10,
                    delete_jobs="successful",
                    install_signal_handlers=False,
                    update_heartbeat_interval=HEARTBEAT_SECONDS,
                    stalled_worker_timeout=STALE_SECONDS,
                )
            )
            recovery = asyncio.create_task(self._recover_often(app))
            try:
                while not worker.done() and not (stop is not None and stop()):
                    await asyncio.wait({worker}, timeout=None if stop is None else POLL_SECONDS)
                if worker.done():
                    worker.result()
            finally:
                recovery.cancel()
                worker.cancel()
                await asyncio.gather(worker, recovery, return_exceptions=True)

    async def drain(self, handlers: Mapping[str, Handler], *, until: datetime) -> int:
        await self._prepare()
        ran = 0
        while True:
            async with self._database.write() as connection:
                taken = await connection.exec_driver_sql(statements.TAKE, {"queue": statements.QUEUE, "until": until})
                row = taken.one_or_none()
            if row is None:
                return ran
            ran += 1
            end = statements.DONE
            try:
                await self._perform(
                    handlers[row.task_name], row.task_name, row.queueing_lock, row.lock, row.args, now=until
                )
            except JobDied:
                end = statements.DEAD
            async with self._database.write() as connection:
                await connection.exec_driver_sql(end, {"id": row.id})

    async def counts(self) -> Mapping[str, int]:
        await self._prepare()
        async with self._database.read() as connection:
            row = (await connection.exec_driver_sql(statements.COUNT, {"queue": statements.QUEUE})).one()
        return {"waiting": row.waiting, "running": row.running, "dead": row.dead}

    def _task(self, handler: Handler) -> Callable[..., Awaitable[None]]:
        async def work(context: JobContext, **args: Any) -> None:
            job = context.job
            assert job.queueing_lock is not None
            await self._perform(handler, job.task_name, job.queueing_lock, job.lock, args, now=datetime.now(UTC))

        return work

    async def _perform(
        self, handler: Handler, kind: str, key: str, lock: str | None, args: Mapping[str, Any], *, now: datetime
    ) -> None:
        """One attempt. Raises `JobDied` after the last one, without the cause: that may quote what it worked on."""
        attempt = int(args.get(_ATTEMPTS, 0)) + 1
        ids = {name: str(value) for name, value in args.items() if name != _ATTEMPTS}
        try:
            await handler(Job(id=key, kind=kind, args=ids, attempt=attempt))
        except Exception as error:  # noqa: BLE001 - whatever a handler raises, the job must not be lost
            log.warning("job.failed kind=%s error=%s attempt=%s", kind, type(error).__name__, attempt)
            if attempt >= ATTEMPTS:
                raise JobDied from None
            later = now + timedelta(seconds=BACKOFF * 2 ** (attempt - 1))
            async with self._database.write() as connection:
                await _write(connection, NewJob(kind, key, later, ids, lock=lock), attempts=attempt)

    async def _recover_often(self, app: App) -> None:
        while True:
            try:
                stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALE_SECONDS)
                for job in stalled:
                    await self._recover(job.id)
            except Exception as error:  # noqa: BLE001 - the database may be away for a while; look again later
                log.warning("job.recovery_failed error=%s", type(error).__name__)
            await asyncio.sleep(HEARTBEAT_SECONDS)

    async def _recover(self, id: int | None) -> None:
        log.warning("job.recovered job=%s", id)
        async with self._database.write() as connection:
            await connection.exec_driver_sql(statements.SUPERSEDED, {"id": id})
            await connection.exec_driver_sql(statements.AGAIN, {"id": id})

    async def _prepare(self) -> None:
        """Procrastinate's schema, once; several processes may start at the same moment."""
        if self._ready:
            return
        async with self._preparing, await psycopg.AsyncConnection.connect(self._conninfo) as connection:
            await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('procrastinate schema', 0))")
            found = await connection.execute("SELECT to_regclass('procrastinate_jobs')")
            if (await found.fetchone() or (None,))[0] is None:
                await connection.execute(SchemaManager.get_schema().encode())
            self._ready = True


async def _write(connection: Any, new: NewJob, *, attempts: int = 0) -> bool:
    """True when no job with this key was waiting."""
    args: dict[str, Any] = dict(new.args)
    if attempts:
        args[_ATTEMPTS] = attempts
    values = {
        "queue": statements.QUEUE,
        "kind": new.kind,
        "priority": -int((new.due - _BEGINNING).total_seconds()),
        "lock": new.lock,
        "key": new.key,
        "args": json.dumps(args),
        "due": new.due,
    }
    return bool((await connection.exec_driver_sql(statements.WRITE, values)).scalar_one())
