"""`open_store`: everything that lives in one database, put together."""

from __future__ import annotations

from collections.abc import Callable

from integrations.sql.conversations import SqlConversations
from integrations.sql.deliveries import SqlDeliveries
from integrations.sql.engine import Database
from integrations.sql.jobs import RowJobs
from integrations.sql.keys import KeyRing
from integrations.sql.migrating import upgrade
from integrations.sql.practice import SqlPracticeSystem
from integrations.sql.sessions import SqlPatientSessions
from integrations.sql.staff import SqlStaffDirectory
from integrations.sql.vault import SqlVault
from integrations.sql.writing import WritesJobs
from knowledge.published import PmsMode, PublishedPractice


class SqlStore:
    def __init__(self, database: Database, keys: KeyRing, jobs: WritesJobs) -> None:
        self.database = database
        self.keys = keys
        self.jobs = jobs
        self.vault = SqlVault(database, keys)
        self.conversations = SqlConversations(database, keys, jobs)
        self.deliveries = SqlDeliveries(database, keys, jobs)
        self.sessions = SqlPatientSessions(database)
        self.staff = SqlStaffDirectory(database)

    def practice_system(self, practice: PublishedPractice, mode: Callable[[], PmsMode]) -> SqlPracticeSystem:
        return SqlPracticeSystem(self.database, self.keys, practice, mode)

    async def close(self) -> None:
        await self.database.close()


async def open_store(url: str, *, keys: KeyRing, jobs: Callable[[Database], WritesJobs] = RowJobs) -> SqlStore:
    """Brings the schema up to date and opens the store. `url` is `sqlite+aiosqlite:///…` or `postgresql+psycopg://…`."""
    await upgrade(url)
    database = Database(url)
    return SqlStore(database, keys, jobs(database))
