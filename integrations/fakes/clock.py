"""`FixedClock`: time that stands still until a test moves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(slots=True)
class FixedClock:
    at: datetime

    def now(self) -> datetime:
        return self.at.astimezone(UTC)

    def forward(self, by: timedelta) -> datetime:
        self.at += by
        return self.now()
