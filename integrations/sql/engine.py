"""Engines and transactions. SQLite: WAL, synchronous=FULL, one writer at a time in fair order. PostgreSQL: as it comes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.domain.errors import StoreUnusable

BUSY_SECONDS = 10  # how long SQLite waits for another process (a backup) before it gives up


class Database:
    """`read()` and `write()` give a connection in a transaction; leaving the block commits, an error rolls back."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.sqlite = url.startswith("sqlite")
        options: dict[str, Any] = {"hide_parameters": True}
        if self.sqlite:
            # transactions are begun and ended by hand below; a read needs no ROLLBACK of its own
            options |= {"isolation_level": "AUTOCOMMIT", "skip_autocommit_rollback": True}
        else:
            options |= {"pool_size": 10, "max_overflow": 10, "pool_timeout": 10, "pool_pre_ping": True}
        self.engine: AsyncEngine = create_async_engine(url, **options)
        self._one_writer = asyncio.Lock()
        if self.sqlite:
            _tune_sqlite(self.engine)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self.engine.connect() as connection:
                yield connection
        except (DatabaseError, PoolExhausted) as error:
            raise _mapped(error) from None

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        try:
            if not self.sqlite:
                async with self.engine.begin() as connection:
                    yield connection
                return
            async with self._one_writer, self.engine.connect() as connection:
                await connection.exec_driver_sql("BEGIN IMMEDIATE")
                try:
                    yield connection
                except BaseException:
                    await connection.exec_driver_sql("ROLLBACK")
                    raise
                await connection.exec_driver_sql("COMMIT")
        except (DatabaseError, PoolExhausted) as error:
            raise _mapped(error) from None

    async def close(self) -> None:
        await self.engine.dispose()


def _tune_sqlite(engine: AsyncEngine) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, record: Any) -> None:
        connection.isolation_level = (
            None  # transactions are begun by hand: BEGIN IMMEDIATE takes the write lock at once
        )
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",  # an acknowledged message survives a power cut
            "foreign_keys=ON",
            f"busy_timeout={BUSY_SECONDS * 1000}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def _mapped(error: DatabaseError | PoolExhausted) -> Exception:
    """A database that cannot be used is ours to name; a broken rule (a key taken twice) is the caller's to handle."""
    if isinstance(error, OperationalError | PoolExhausted) or type(error) is DatabaseError:
        orig = error.orig if isinstance(error, DBAPIError) else None
        kind = type(orig).__name__ if orig is not None else type(error).__name__
        return StoreUnusable(
            f"The database did not answer ({kind}). Check that it runs and that it is a database of this service, "
            "that its disk is not full, and that its schema is current (`frontdesk doctor`)."
        )
    return error
