"""One at a time for one thing, until the transaction ends. SQLite needs no such lock: it has one writer."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection


async def one_at_a_time(connection: AsyncConnection, what: str) -> None:
    if connection.dialect.name != "sqlite":
        await connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))"), {"what": what})
