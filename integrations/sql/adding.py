"""Insert what is new and leave the rest: the races of the store are decided by unique keys, never by reading first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection


async def add_new(
    connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]], *, unique: Sequence[str] | None = None
) -> int:
    """How many were added. `unique` names the columns of the key that may exist already; None means any key."""
    insert = sqlite_insert(table) if connection.dialect.name == "sqlite" else pg_insert(table)
    put = insert.values([dict(row) for row in rows]).on_conflict_do_nothing(index_elements=unique)
    # counted by RETURNING: the row count of such an insert is unknown on PostgreSQL
    return len((await connection.execute(put.returning(*table.primary_key))).all())
