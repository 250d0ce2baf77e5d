"""The `Jobs` port: durable, one at a time per lock, in order of due, tried again with back-off, never lost."""

import asyncio
import os
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.errors import TurnSuperseded
from bot.ports import Handler, Job, NewJob, Outcome
from integrations.sql import SqlStore
from tests.ports.talk import NOW, later, read, saved, started
from tests.support.paths import ROOT


def job(key: str, *, kind: str = "note", due: datetime = NOW, lock: str | None = None, **args: str) -> NewJob:
    return NewJob(kind, key, due, args or {"id": key}, lock=lock)


class Notebook:
    """A handler that writes down what it was given."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []

    @property
    def keys(self) -> list[str]:
        return [job.id for job in self.jobs]

    async def __call__(self, job: Job) -> None:
        self.jobs.append(job)


async def running(store: SqlStore, handlers: Mapping[str, Handler], until: Callable[[], bool]) -> None:
    """Work until a condition holds; fails when it takes too long."""
    work = asyncio.create_task(store.jobs.run(handlers))
    try:
        async with asyncio.timeout(20):
            while not until():
                await asyncio.sleep(0.01)
                assert not work.done(), work.result()
            while (await store.jobs.counts())["running"]:  # the last one still has its book-keeping to do
                await asyncio.sleep(0.01)
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


async def test_due_jobs_run_once_in_order(store: SqlStore) -> None:
    """Everything due runs exactly once, earliest first; what is due later stays."""
    for key, minutes in (("c", 3.0), ("a", 1.0), ("later", 60.0), ("b", 2.0)):
        await store.jobs.add(job(key, due=later(minutes)))
    notes = Notebook()
    assert 3 == await store.jobs.drain({"note": notes}, until=later(5))
    assert ["a", "b", "c"] == notes.keys
    assert {"waiting": 1, "running": 0, "dead": 0} == await store.jobs.counts()
    assert 0 == await store.jobs.drain({"note": notes}, until=later(5))


async def test_a_job_carries_its_ids(store: SqlStore) -> None:
    """Kind, arguments and the number of the attempt reach the handler."""
    await store.jobs.add(job("a", delivery="d-1"))
    notes = Notebook()
    await store.jobs.drain({"note": notes}, until=later(1))
    assert [("note", {"delivery": "d-1"}, 1)] == [(one.kind, dict(one.args), one.attempt) for one in notes.jobs]


async def test_a_waiting_key_is_one_job_at_the_earlier_time(store: SqlStore) -> None:
    """Adding a key that waits already says so, keeps one job, and runs it at the earlier of both times."""
    assert await store.jobs.add(job("a", due=later(30)))
    assert not await store.jobs.add(job("a", due=later(10)))
    assert not await store.jobs.add(job("a", due=later(20)))
    notes = Notebook()
    assert 1 == await store.jobs.drain({"note": notes}, until=later(10))
    assert {"waiting": 0, "running": 0, "dead": 0} == await store.jobs.counts()


async def test_a_job_added_while_it_runs_runs_again(store: SqlStore) -> None:
    """What arrives during the work is not missed: the same key, added by its own run, is a new run."""
    await store.jobs.add(job("a", due=datetime.now(UTC)))
    notes = Notebook()

    async def handle(one: Job) -> None:
        await notes(one)
        if len(notes.jobs) == 1:
            await store.jobs.add(job("a", due=datetime.now(UTC)))

    await running(store, {"note": handle}, lambda: len(notes.jobs) == 2)


async def test_a_job_that_puts_itself_off_waits(store: SqlStore) -> None:
    """A run that adds its own key for later is not run again before that time."""
    await store.jobs.add(job("a"))
    notes = Notebook()

    async def handle(one: Job) -> None:
        await notes(one)
        await store.jobs.add(job("a", due=later(30)))

    assert 1 == await store.jobs.drain({"note": handle}, until=later(5))
    assert {"waiting": 1, "running": 0, "dead": 0} == await store.jobs.counts()
    assert 1 == await store.jobs.drain({"note": notes}, until=later(30))


async def test_one_at_a_time_per_lock(store: SqlStore) -> None:
    """Jobs of one lock never overlap and keep their order; another lock goes on beside them."""
    soon = datetime.now(UTC) - timedelta(seconds=10)
    for number in range(5):
        await store.jobs.add(job(f"a{number}", due=soon + timedelta(seconds=number), lock="a"))
    await store.jobs.add(job("b", due=soon + timedelta(seconds=9), lock="b"))
    inside: set[str] = set()
    seen: list[str] = []
    overlaps: list[str] = []

    async def handle(one: Job) -> None:
        lock = one.id[0]
        if lock in inside:
            overlaps.append(one.id)
        inside.add(lock)
        await asyncio.sleep(0.05)
        seen.append(one.id)
        inside.discard(lock)

    await running(store, {"note": handle}, lambda: len(seen) == 6)
    assert [] == overlaps
    assert ["a0", "a1", "a2", "a3", "a4"] == [key for key in seen if key != "b"]
    assert "b" != seen[-1]


async def test_a_later_job_of_the_same_lock_does_not_block(store: SqlStore) -> None:
    """A reminder for tomorrow does not hold up today's reply of the same conversation, whichever was written first."""
    tomorrow, now = datetime.now(UTC) + timedelta(days=1), datetime.now(UTC)
    await store.jobs.add(job("reminder", due=tomorrow, lock="send:1"))
    await store.jobs.add(job("reply", due=now, lock="send:1"))
    notes = Notebook()
    await running(store, {"note": notes}, lambda: notes.keys == ["reply"])


async def test_a_turn_starts_quickly(store: SqlStore) -> None:
    """From the commit to the start of the work passes far less than a patient notices."""
    started_at: list[float] = []
    loop = asyncio.get_running_loop()

    async def handle(one: Job) -> None:
        started_at.append(loop.time())

    work = asyncio.create_task(store.jobs.run({"note": handle}))
    try:
        await asyncio.sleep(1.0)
        waits = []
        for number in range(5):
            before = loop.time()
            await store.jobs.add(job(f"n{number}", due=datetime.now(UTC)))
            async with asyncio.timeout(10):
                while len(started_at) <= number:
                    await asyncio.sleep(0.001)
            waits.append(started_at[number] - before)
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
    assert sorted(waits)[2] < 0.25, waits


async def test_a_failing_job_backs_off_and_is_kept_as_dead(store: SqlStore) -> None:
    """Each failure waits longer than the one before; after eight attempts the job is dead, kept and counted."""
    await store.jobs.add(job("a"))
    attempts: list[int] = []

    async def fail(one: Job) -> None:
        attempts.append(one.attempt)
        raise ValueError("made up")

    assert 1 == await store.jobs.drain({"note": fail}, until=NOW)
    assert 0 == await store.jobs.drain({"note": fail}, until=NOW + timedelta(seconds=1))
    for hours in range(1, 12):
        await store.jobs.drain({"note": fail}, until=NOW + timedelta(hours=hours))
    assert list(range(1, 9)) == attempts
    assert {"waiting": 0, "running": 0, "dead": 1} == await store.jobs.counts()


async def test_one_failure_does_not_stop_the_others(store: SqlStore) -> None:
    """A job that fails is tried again while others of other locks go on."""
    now = datetime.now(UTC)
    await store.jobs.add(job("bad", kind="bad", due=now))
    await store.jobs.add(job("good", due=now))
    tries: list[int] = []
    notes = Notebook()

    async def fail_once(one: Job) -> None:
        tries.append(one.attempt)
        if len(tries) == 1:
            raise ValueError("made up")

    await running(store, {"bad": fail_once, "note": notes}, lambda: len(tries) == 2 and notes.keys == ["good"])
    assert [1, 2] == tries


async def test_jobs_share_the_fate_of_their_turn(store: SqlStore) -> None:
    """A job exists exactly when its turn was saved."""
    talk = await started(store)
    old = await read(store, talk.id)
    await saved(store, talk.id, jobs=(job("kept"),))
    with pytest.raises(TurnSuperseded):
        await store.conversations.commit(Outcome(conversation=old.conversation, at=NOW, jobs=(job("lost"),)))
    notes = Notebook()
    await store.jobs.drain({"note": notes}, until=later(1))
    assert ["kept"] == notes.keys


async def test_stop_ends_the_work(store: SqlStore) -> None:
    """`run` returns when `stop` says so."""
    async with asyncio.timeout(15):
        await store.jobs.run({}, stop=lambda: True)


async def test_a_killed_worker_loses_nothing(store: SqlStore, database_url: str) -> None:
    """`kill -9` in the middle of a job: it runs again, without anybody doing anything."""
    await store.jobs.add(job("a", kind="die", due=datetime.now(UTC)))
    worker = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.ports.crashing",
        database_url,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=asyncio.subprocess.PIPE,
    )
    _, errors = await asyncio.wait_for(worker.communicate(), 40)
    assert -9 == worker.returncode, errors.decode()
    notes = Notebook()
    await running(store, {"die": notes}, lambda: notes.keys == ["a"])
    assert {"waiting": 0, "running": 0, "dead": 0} == await store.jobs.counts()
