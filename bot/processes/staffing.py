"""`frontdesk staff`: named people only. A password is shown once, when it is made."""

from __future__ import annotations

import secrets
from typing import Final

from bot.domain.errors import BadConfiguration
from bot.processes.clock import SystemClock
from bot.processes.passwords import hashed
from integrations.sql import SqlStore

ROLES: Final = ("front_desk", "clinical_reviewer", "practice_admin", "compliance", "operator")
SHARED_NAMES: Final = frozenset(
    {"frontdesk", "front desk", "desk", "staff", "reception", "office", "admin", "nurse", "team"}
)


async def add(store: SqlStore, *, practice: str, name: str, email: str, roles: tuple[str, ...]) -> str:
    """The one-time password of the new person. Raises `BadConfiguration` for shared log-ins, unknown roles, taken e-mails."""
    if " ".join(name.casefold().removeprefix("the ").split()) in SHARED_NAMES or len(name.split()) < 2:
        raise BadConfiguration(
            "Give the person's own first and last name. Shared log-ins are not possible: each act is recorded by person."
        )
    unknown = [role for role in roles if role not in ROLES]
    if unknown or not roles:
        raise BadConfiguration(f"Roles are: {', '.join(ROLES)}.")
    if email.count("@") != 1 or " " in email:
        raise BadConfiguration("That is not an e-mail address.")
    password = secrets.token_urlsafe(12)
    added = await store.staff.add(
        practice=practice,
        name=name.strip(),
        email=email.lower(),
        roles=roles,
        password_hash=hashed(password),
        at=SystemClock().now(),
    )
    if added is None:
        raise BadConfiguration("Somebody with this e-mail has a log-in already. Each person has one.")
    return password


async def disable(store: SqlStore, *, practice: str, email: str) -> None:
    if not await store.staff.disable(practice, email.lower()):
        raise BadConfiguration("Nobody with this e-mail has a log-in here. `frontdesk staff list` shows who has.")
