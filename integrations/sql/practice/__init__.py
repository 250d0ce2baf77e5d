"""The built-in practice system: openings, holds, visits, patients, wishes, on the same database."""

from integrations.sql.practice.seeding import seed_demo
from integrations.sql.practice.system import SqlPracticeSystem

__all__ = ["SqlPracticeSystem", "seed_demo"]
