"""How often a caller may do what. A message with a red flag is never refused by a limit (R-505).

Counting is the `Limits` port's; when that is away, this process counts for itself, so a limit never silently ends (R-638).
"""

from __future__ import annotations

import ipaddress
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from fastapi import Request

from bot.domain.errors import IntegrationError
from bot.privacy.phi import Phi
from bot.web.errors import Problem
from bot.web.services import Services

REMEMBERED: Final = 10_000  # keys counted locally; then the oldest are forgotten


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    count: int
    window: timedelta


MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)

NEW_SESSIONS: Final = Limit("sessions", 60, timedelta(minutes=10))
MESSAGES: Final = Limit("messages", 30, MINUTE)
MESSAGES_FROM: Final = Limit("messages_from", 240, MINUTE)  # a whole waiting room may share one address
READS: Final = Limit("reads", 240, MINUTE)
STREAMS: Final = Limit("streams", 60, MINUTE)
CALENDARS: Final = Limit("calendars", 20, MINUTE)
RESUMES: Final = Limit("resumes", 5, HOUR)  # 37 bits of code against 5 guesses an hour
LINKS: Final = Limit("links", 20, HOUR)
LOGINS: Final = Limit("logins", 5, timedelta(minutes=15))  # one account from one place
LOGINS_FROM: Final = Limit("logins_from", 40, timedelta(minutes=15))
DESK: Final = Limit("desk", 600, MINUTE)


@dataclass(slots=True)
class LocalCounts:
    """Counts in this process alone, for the time in which the shared ones are away."""

    hits: dict[str, deque[float]] = field(default_factory=dict)

    def hit(self, key: str, *, limit: int, window: timedelta) -> bool:
        now = time.monotonic()
        found = self.hits.setdefault(key, deque())
        while found and found[0] <= now - window.total_seconds():
            found.popleft()
        found.append(now)
        while len(self.hits) > REMEMBERED:
            del self.hits[next(iter(self.hits))]
        return len(found) <= limit


async def within(services: Services, local: LocalCounts, limit: Limit, who: str) -> bool:
    key = f"{limit.name}:{who}"
    try:
        return await services.limits.hit(key, limit=limit.count, window=limit.window)
    except (IntegrationError, OSError):
        return local.hit(key, limit=limit.count, window=limit.window)


async def require(request: Request, limit: Limit, who: str) -> None:
    """Raises 429 when `who` did it too often."""
    services: Services = request.app.state.services
    if not await within(services, request.app.state.counts, limit, who):
        raise too_many(limit)


def too_many(limit: Limit) -> Problem:
    wait = str(min(60, int(limit.window.total_seconds())))
    return Problem(429, "too_many", "That was too often. Wait a moment, then try again.", headers={"Retry-After": wait})


def caller(request: Request) -> str:
    """Where a request comes from, as a keyed hash of its network: no address is kept (R-017)."""
    services: Services = request.app.state.services
    host = request.client.host if request.client else ""
    return services.vault.blind(Phi(_network(host)), practice=services.practice.id, kind="network")


def _network(host: str) -> str:
    """The /64 of an IPv6 address, the whole of an IPv4 one."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "unknown"
    bits = 64 if address.version == 6 else 32
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))
