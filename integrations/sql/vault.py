"""The PHI vault: values by opaque handle, sealed, opened only within their own conversation."""

from __future__ import annotations

import secrets

from sqlalchemy import insert, select

from bot.domain.errors import VaultLocked
from bot.privacy.phi import Handle, Phi, Purpose
from integrations.sql.engine import Database
from integrations.sql.keys import KeyRing
from integrations.sql.tables.conversations import VaultRow


class SqlVault:
    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._database = database
        self._keys = keys

    async def put(self, value: Phi[str], *, practice: str, conversation: str, kind: str) -> Handle:
        handle = Handle(f"vault:{secrets.token_hex(16)}")
        sealed = self._keys.seal(
            value.reveal(Purpose.SEALING),
            practice=practice,
            table="vault",
            column="value",
            row=f"{conversation}/{handle}",
        )
        row = {
            "handle": handle,
            "practice_id": practice,
            "conversation_id": conversation,
            "kind": kind,
            "value": sealed,
        }
        async with self._database.write() as connection:
            await connection.execute(insert(VaultRow).values(row))
        return handle

    async def open(self, handle: Handle, *, practice: str, conversation: str, purpose: Purpose) -> Phi[str]:
        # the conversation is part of what the value is bound to: another one's handle does not even decrypt
        query = select(VaultRow.value).where(VaultRow.handle == handle, VaultRow.practice_id == practice)  # type: ignore[call-overload]
        async with self._database.read() as connection:
            sealed = (await connection.execute(query)).scalar_one_or_none()
        if sealed is None:
            raise VaultLocked("This handle is not in the vault. It may have been erased by the retention rules.")
        return Phi(
            self._keys.unseal(sealed, practice=practice, table="vault", column="value", row=f"{conversation}/{handle}")
        )

    def blind(self, value: Phi[str], *, practice: str, kind: str) -> str:
        return self._keys.blind(value.reveal(Purpose.SEALING), practice=practice, kind=kind)
