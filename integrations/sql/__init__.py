"""The database: conversations, vault, sessions, jobs, outbox and the built-in practice system, on SQLite or PostgreSQL."""

from integrations.sql.jobs import RowJobs
from integrations.sql.keys import KeyRing, create_key_file, load_keys
from integrations.sql.store import SqlStore, open_store

__all__ = ["KeyRing", "RowJobs", "SqlStore", "create_key_file", "load_keys", "open_store"]
