"""How often a caller may do what. A message with a red flag is never refused by a limit (R-505).

Counting is the `Limits` port's, which goes on in process while the shared counts are away (R-638).
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from fastapi import Request

from bot.privacy.phi import Phi
from bot.web.errors import Problem
from bot.web.services import Services


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


async def require(request: Request, limit: Limit, who: str) -> None:
    """Raises 429 when `who` did it too often."""
    services: Services = request.app.state.services
    if not await services.limits.hit(f"{limit.name}:{who}", limit=limit.count, window=limit.window):
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
