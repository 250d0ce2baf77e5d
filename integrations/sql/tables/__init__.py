"""Every table. Patient data is in sealed (binary) columns only; the rest is ids, states and times."""

from integrations.sql.tables import conversations, people, practice, work
from integrations.sql.tables.columns import metadata

__all__ = ["conversations", "metadata", "people", "practice", "work"]
