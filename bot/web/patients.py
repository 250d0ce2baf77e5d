"""Who a patient route serves: the bearer token's session, bound to one conversation of this practice (R-634, R-641)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from bot.ports import PatientSession, Snapshot
from bot.web.errors import not_found, session_ended
from bot.web.services import Services


def services_of(request: Request) -> Services:
    found: Services = request.app.state.services
    return found


Plugged = Annotated[Services, Depends(services_of)]


@dataclass(frozen=True, slots=True)
class Admitted:
    """`token` is kept for ending the session; it never leaves this request."""

    token: str
    session: PatientSession

    @property
    def conversation(self) -> str:
        return self.session.conversation

    @property
    def who(self) -> str:
        """The key under which this session's requests are counted."""
        return f"{self.session.conversation}:{self.session.scope}"


def bearer(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" and 0 < len(token) <= 256 else None


async def admitted(request: Request, services: Plugged) -> Admitted:
    token = bearer(request)
    if token is None:
        raise session_ended()
    return Admitted(token, await living(services, token, touch=True))


async def living(services: Services, token: str, *, touch: bool) -> PatientSession:
    """The session of a token. Raises 401 when it is unknown, ended, idle too long or another practice's."""
    found = await services.sessions.find(
        token, at=services.clock.now(), idle=services.settings.patient_idle, touch=touch
    )
    if found is None or found.practice != services.practice.id:
        raise session_ended()
    return found


Patient = Annotated[Admitted, Depends(admitted)]


async def own_snapshot(services: Services, conversation: str) -> Snapshot:
    snapshot = await services.conversations.snapshot(conversation)
    if snapshot is None:
        raise not_found()
    return snapshot
