"""Brings a database to the newest schema at start. One query when it is there already; a newer one is left alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import StoreUnusable
from integrations.sql.advisory import one_at_a_time
from integrations.sql.engine import Database

FOLDER: Final = Path(__file__).parent / "migrations"
HEAD: Final = "0001"  # the newest file in migrations/versions


async def upgrade(url: str) -> None:
    """Raises `StoreUnusable` when the database is of a version that this release does not know."""
    database = Database(url)
    try:
        async with database.read() as connection:
            found = await connection.run_sync(_version)
        if found == HEAD:
            return
        async with database.write() as connection:
            await _upgrade(connection)
    finally:
        await database.close()


async def _upgrade(connection: AsyncConnection) -> None:
    # several processes start at once: the others wait here and then find it done
    await one_at_a_time(connection, "schema")
    found = await connection.run_sync(_version)
    if found is not None and found > HEAD:
        raise StoreUnusable(
            "The database was made by a newer release than this one. Start that release, or restore a backup."
        )
    if found != HEAD:
        await connection.run_sync(_run)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return version


def _run(connection: Connection) -> None:
    from alembic import command

    command.upgrade(config(connection), "head")


def config(connection: Connection | None = None) -> Any:
    """Alembic's settings without an ini file; the connection comes from the caller, so that all is one transaction."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings
