"""Durable work: turns, sending texts, reminders. Each job carries ids only and may run more than once."""

from bot.jobs.handlers import handlers
from bot.jobs.reminders import Reminders
from bot.jobs.sending import Sending

__all__ = ["Reminders", "Sending", "handlers"]
