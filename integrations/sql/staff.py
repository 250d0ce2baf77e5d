"""Named staff and their sessions on the server: hashed tokens, idle and absolute time-outs, no way in once disabled."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from bot.ports import Staff
from integrations.sql.adding import add_new
from integrations.sql.engine import Database
from integrations.sql.saving import token_hash
from integrations.sql.sessions import SEEN_EVERY, TOKEN_BYTES
from integrations.sql.tables.people import StaffRow, StaffSessionRow

staff = StaffRow.__table__  # type: ignore[attr-defined]
session = StaffSessionRow.__table__  # type: ignore[attr-defined]


class SqlStaffDirectory:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, *, practice: str, name: str, email: str, roles: tuple[str, ...], password_hash: str, at: datetime
    ) -> Staff | None:
        added = Staff(f"staff-{secrets.token_hex(8)}", practice, name, _folded(email), roles)
        row = {
            "id": added.id,
            "practice_id": practice,
            "name": name,
            "email": added.email,
            "roles": list(roles),
            "password_hash": password_hash,
            "active": True,
            "created": at,
        }
        async with self._database.write() as connection:
            if not await add_new(connection, staff, [row], unique=["email"]):
                return None
        return added

    async def disable(self, practice: str, email: str) -> bool:
        gone = (
            update(staff)
            .where(staff.c.practice_id == practice, staff.c.email == _folded(email), staff.c.active.is_(True))
            .values(active=False)
            .returning(staff.c.id)
        )
        async with self._database.write() as connection:
            id = (await connection.execute(gone)).scalar_one_or_none()
            if id is None:
                return False
            await connection.execute(delete(session).where(session.c.staff_id == id))
        return True

    async def by_email(self, email: str) -> tuple[Staff, str] | None:
        async with self._database.read() as connection:
            row = (await connection.execute(select(staff).where(staff.c.email == _folded(email)))).one_or_none()
        return (_staff(row), row.password_hash) if row is not None else None

    async def get(self, id: str) -> Staff | None:
        async with self._database.read() as connection:
            row = (await connection.execute(select(staff).where(staff.c.id == id))).one_or_none()
        return _staff(row) if row is not None else None

    async def all(self, practice: str) -> Sequence[Staff]:
        query = select(staff).where(staff.c.practice_id == practice).order_by(staff.c.name, staff.c.id)
        async with self._database.read() as connection:
            return [_staff(row) for row in (await connection.execute(query)).all()]

    async def sign_in(self, id: str, *, at: datetime) -> tuple[str, str]:
        token, csrf = secrets.token_urlsafe(TOKEN_BYTES), secrets.token_urlsafe(TOKEN_BYTES)
        async with self._database.write() as connection:
            practice = (await connection.execute(select(staff.c.practice_id).where(staff.c.id == id))).scalar_one()
            await connection.execute(
                insert(session).values(
                    token_hash=token_hash(token), practice_id=practice, staff_id=id, csrf=csrf, started=at, last_seen=at
                )
            )
        return token, csrf

    async def session(
        self, token: str, *, at: datetime, idle: timedelta, absolute: timedelta, touch: bool = True
    ) -> tuple[Staff, str] | None:
        mine = session.c.token_hash == token_hash(token)
        query = select(staff, session.c.csrf, session.c.started, session.c.last_seen)
        async with self._database.read() as connection:
            joined = query.join(session, session.c.staff_id == staff.c.id).where(mine)
            row = (await connection.execute(joined)).one_or_none()
        if row is None or not row.active:
            return None
        if at - row.last_seen > idle or at - row.started > absolute:
            await self.sign_out(token)
            return None
        if touch and at - row.last_seen > min(SEEN_EVERY, idle / 4):
            async with self._database.write() as connection:
                await connection.execute(update(session).where(mine).values(last_seen=at))
        return _staff(row), row.csrf

    async def sign_out(self, token: str) -> None:
        async with self._database.write() as connection:
            await connection.execute(delete(session).where(session.c.token_hash == token_hash(token)))


def _folded(email: str) -> str:
    return email.strip().casefold()


def _staff(row: Any) -> Staff:
    return Staff(
        id=row.id,
        practice=row.practice_id,
        name=row.name,
        email=row.email,
        roles=tuple(row.roles),
        active=bool(row.active),
    )
