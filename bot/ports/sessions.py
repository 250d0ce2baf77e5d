"""Who is signed in: patients by token, staff by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.privacy.phi import Phi


@dataclass(frozen=True, slots=True)
class PatientSession:
    conversation: str
    practice: str
    scope: str
    after: int
    """A form-scoped session sees only messages with a higher seq."""
    last_seen: datetime


class PatientSessions(Protocol):
    """Tokens are 256 random bits, stored hashed (R-634)."""

    async def create(self, *, conversation: str, practice: str, scope: str, after: int, at: datetime) -> str: ...

    async def find(self, token: str, *, at: datetime, idle: timedelta, touch: bool = True) -> PatientSession | None:
        """None when unknown, ended or idle too long; otherwise it counts as seen now, unless `touch` is False.

        A stream that checks whether its session still lives must not keep it alive.
        """
        ...

    async def end(self, token: str) -> None: ...

    async def redeem(self, link: Phi[str], *, at: datetime) -> tuple[str, str] | None:
        """Conversation and practice of a secure link, once: a second redeem of the same link gives None."""
        ...


@dataclass(frozen=True, slots=True)
class Staff:
    id: str
    practice: str
    name: str
    email: str
    roles: tuple[str, ...]
    active: bool = True


class StaffDirectory(Protocol):
    async def add(
        self, *, practice: str, name: str, email: str, roles: tuple[str, ...], password_hash: str, at: datetime
    ) -> Staff | None:
        """None when the e-mail is taken."""
        ...

    async def disable(self, practice: str, email: str) -> bool:
        """Ends all sessions of the person, too."""
        ...

    async def by_email(self, email: str) -> tuple[Staff, str] | None:
        """The person and the password hash."""
        ...

    async def get(self, id: str) -> Staff | None: ...

    async def all(self, practice: str) -> Sequence[Staff]: ...

    async def sign_in(self, staff: str, *, at: datetime) -> tuple[str, str]:
        """A new session: cookie token and CSRF token."""
        ...

    async def session(
        self, token: str, *, at: datetime, idle: timedelta, absolute: timedelta, touch: bool = True
    ) -> tuple[Staff, str] | None:
        """The person and CSRF token; None when unknown, idle, too old, or the person is disabled.

        It counts as seen now, unless `touch` is False: what the page loads by itself is no sign of a person (R-104).
        """
        ...

    async def sign_out(self, token: str) -> None: ...
