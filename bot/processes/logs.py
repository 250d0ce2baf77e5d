"""Logs are events with ids and enumerated fields, one line each. Exceptions are logged by type only: messages may hold input."""

from __future__ import annotations

import logging
import sys


class OneLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        tail = f" error={kind}" if kind else ""
        stamp = self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z")
        return f"{stamp} {record.levelname.lower()} {record.name} {record.getMessage()}{tail}"


def set_up_logs(level: int = logging.INFO) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("frontdesk").setLevel(level)
    for noisy in ("rasa_sdk", "procrastinate", "uvicorn", "httpx2", "sqlalchemy", "alembic"):
        logging.getLogger(noisy).setLevel(logging.ERROR)  # their debug lines hold event contents
