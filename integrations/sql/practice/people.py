"""Patients of the built-in practice system: found by keyed hashes of phone and birth date, stored sealed."""

from __future__ import annotations

import secrets
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.appointments import NoMatch, Person
from bot.privacy.phi import Phi, Purpose
from integrations.sql.advisory import one_at_a_time
from integrations.sql.keys import KeyRing
from integrations.sql.tables.practice import PatientRow

patient = PatientRow.__table__  # type: ignore[attr-defined]


class People:
    def __init__(self, keys: KeyRing, practice: str) -> None:
        self._keys = keys
        self._practice = practice

    async def match(self, connection: AsyncConnection, *, phone: Phi[str], birth_date: Phi[date]) -> str | NoMatch:
        """Only when exactly one fits."""
        found = await self._fitting(
            connection, phone.reveal(Purpose.IDENTITY), birth_date.reveal(Purpose.IDENTITY).isoformat()
        )
        return found[0][0] if len(found) == 1 else NoMatch()

    async def find_or_add(self, connection: AsyncConnection, boxed: Phi[Person]) -> str | NoMatch:
        """The patient with this phone and birth date, made when there is none. Twins are told apart by name, never guessed."""
        person = boxed.reveal(Purpose.PRACTICE_SYSTEM)
        birth = person.birth_date.isoformat()
        await one_at_a_time(connection, f"patient {self._blind(person.phone, 'phone')}")
        found = await self._fitting(connection, person.phone, birth)
        name = self._blind(" ".join(person.name.casefold().split()), "name")
        if len(found) > 1:
            found = [row for row in found if row[1] == name]
        if len(found) == 1:
            return found[0][0]
        if found:
            return NoMatch()
        id = f"patient-{secrets.token_hex(16)}"
        await connection.execute(
            insert(patient).values(
                id=id,
                practice_id=self._practice,
                phone_blind=self._blind(person.phone, "phone"),
                birth_blind=self._blind(birth, "birth_date"),
                name_blind=name,
                name=self._seal(person.name, "name", id),
                birth_date=self._seal(birth, "birth_date", id),
                phone=self._seal(person.phone, "phone", id),
            )
        )
        return id

    async def phone_of(self, connection: AsyncConnection, id: str) -> Phi[str] | None:
        query = select(patient.c.phone).where(patient.c.id == id, patient.c.practice_id == self._practice)
        sealed = (await connection.execute(query)).scalar_one_or_none()
        if sealed is None:
            return None
        return Phi(self._keys.unseal(sealed, practice=self._practice, table="patient", column="phone", row=id))

    async def _fitting(self, connection: AsyncConnection, phone: str, birth: str) -> list[tuple[str, str]]:
        query = select(patient.c.id, patient.c.name_blind).where(
            patient.c.practice_id == self._practice,
            patient.c.phone_blind == self._blind(phone, "phone"),
            patient.c.birth_blind == self._blind(birth, "birth_date"),
        )
        return [(row.id, row.name_blind) for row in (await connection.execute(query)).all()]

    def _blind(self, text: str, kind: str) -> str:
        return self._keys.blind(text, practice=self._practice, kind=kind)

    def _seal(self, text: str, column: str, row: str) -> bytes:
        return self._keys.seal(text, practice=self._practice, table="patient", column=column, row=row)
