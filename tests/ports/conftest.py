"""Stores for the port suites: every test gets an empty database of its own, on SQLite and on PostgreSQL."""

import asyncio
import itertools
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from psycopg import sql

from integrations.procrastinate import ProcrastinateJobs
from integrations.redis import Shared, connect
from integrations.sql import KeyRing, SqlStore, open_store
from tests.support.postgres import Postgres

KEYS = KeyRing(current="k1", keys={"k1": bytes(range(32))})
_numbers = itertools.count(1)


async def opened(url: str) -> SqlStore:
    """As the service opens it: PostgreSQL with Procrastinate, SQLite with job rows."""
    if url.startswith("postgresql"):
        return await open_store(url, keys=KEYS, jobs=ProcrastinateJobs)
    return await open_store(url, keys=KEYS)


async def _made(url: str) -> None:
    store = await opened(url)
    await store.jobs.counts()
    await store.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the newest schema; copying it is faster than migrating for every test."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    asyncio.run(_made(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> str:
    url = postgres.new_database()
    asyncio.run(_made(url.replace("postgresql://", "postgresql+psycopg://")))
    return url.split("/")[3].split("?")[0]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database with the newest schema."""
    if request.param == "sqlite":
        path = tmp_path / "store.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite+aiosqlite:///{path}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    template: str = request.getfixturevalue("postgres_template")
    name = f"{template}_{next(_numbers)}"
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    server.execute(create)
    yield server.url(name).replace("postgresql://", "postgresql+psycopg://")
    server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[SqlStore]:
    found = await opened(database_url)
    yield found
    await found.close()


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.redis)])
async def shared(request: pytest.FixtureRequest) -> AsyncIterator[Shared]:
    url = "memory://" if request.param == "memory" else request.getfixturevalue("redis_url")
    found = await connect(url, secret=b"ports")
    yield found
    await found.close()
