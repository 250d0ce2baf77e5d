"""Durable work on PostgreSQL: the `Jobs` port on Procrastinate, its jobs written in the saver's own transaction."""

from integrations.procrastinate.jobs import ProcrastinateJobs

__all__ = ["ProcrastinateJobs"]
