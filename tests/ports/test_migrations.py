"""The schema: what the tables say is what the migrations make, and every start brings a database up to it."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.domain.errors import StoreUnusable
from integrations.sql import SqlStore, open_store
from integrations.sql.migrating import HEAD, config, upgrade
from integrations.sql.tables import metadata
from tests.ports.conftest import KEYS
from tests.ports.talk import NOW
from tests.support.postgres import Postgres


async def test_tables_and_migrations_agree(store: SqlStore) -> None:
    """A table that was changed without a migration is found here."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    def differences(connection: Connection) -> list[object]:
        ours = set(metadata.tables)
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, parents: kind != "table" or name in ours,
            },
        )
        return list(compare_metadata(context, metadata))

    async with store.database.read() as connection:
        assert [] == await connection.run_sync(differences)


def test_the_newest_migration_is_the_one_expected() -> None:
    """`HEAD` saves importing Alembic at every start, so it must name the newest file."""
    from alembic.script import ScriptDirectory

    assert HEAD == ScriptDirectory.from_config(config()).get_current_head()


async def test_every_patient_column_is_sealed() -> None:
    """Binary columns are the sealed ones; every table but those of jobs, tokens and callbacks names its practice."""
    without = {"job", "status_report"}
    assert not [
        table.name for table in metadata.sorted_tables if "practice_id" not in table.c and table.name not in without
    ]
    sealed = {
        f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.c if _is_binary(column)
    }
    assert {
        "message.body",
        "message.typed",
        "vault.value",
        "note.text",
        "delivery.to",
        "delivery.body",
        "conversation.phone",
        "patient.name",
        "patient.birth_date",
        "patient.phone",
        "wish.content",
    } <= sealed


def _is_binary(column: object) -> bool:
    from sqlalchemy import LargeBinary

    return isinstance(getattr(column, "type", None), LargeBinary)


async def test_upgrading_again_changes_nothing(store: SqlStore, database_url: str) -> None:
    """A current database is left alone, and what is in it stays."""
    await store.staff.add(practice="p", name="n", email="e@example.test", roles=(), password_hash="h", at=NOW)
    await upgrade(database_url)
    assert await store.staff.by_email("e@example.test") is not None


async def test_a_newer_database_is_not_touched(store: SqlStore, database_url: str) -> None:
    """An older release refuses a database that a newer one migrated, and says so."""
    async with store.database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreUnusable, match="newer release"):
        await upgrade(database_url)


@pytest.mark.postgres
async def test_processes_that_start_together_migrate_once(postgres: Postgres) -> None:
    """Web and worker start at the same moment on an empty database: both come up."""
    url = postgres.new_database().replace("postgresql://", "postgresql+psycopg://")
    await asyncio.gather(*(upgrade(url) for _ in range(4)))
    store = await open_store(url, keys=KEYS)
    assert [] == list(await store.staff.all("p"))
    await store.close()


async def test_sqlite_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    """WAL and synchronous=FULL: an acknowledged message survives a power cut; several readers and one writer."""
    path = tmp_path / "frontdesk.db"
    store = await open_store(f"sqlite+aiosqlite:///{path}", keys=KEYS)
    async with store.database.read() as connection:
        settings = [
            (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert ["wal", 2, 1] == settings
    await store.close()


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """Whatever stands in the file, the start ends with what to check, not with a driver's message."""
    path = tmp_path / "frontdesk.db"
    path.write_bytes(b"this is not a database, and it is longer than a header" * 20)
    with pytest.raises(StoreUnusable, match="doctor"):
        await open_store(f"sqlite+aiosqlite:///{path}", keys=KEYS)
