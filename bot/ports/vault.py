"""Where patient data rests."""

from __future__ import annotations

from typing import Protocol

from bot.privacy.phi import Handle, Phi, Purpose


class Vault(Protocol):
    """PHI values by opaque handle, encrypted at rest; a handle opens only within its own conversation."""

    async def put(self, value: Phi[str], *, practice: str, conversation: str, kind: str) -> Handle: ...

    async def open(self, handle: Handle, *, practice: str, conversation: str, purpose: Purpose) -> Phi[str]:
        """Raises `VaultLocked` when the key is missing or the value belongs to another conversation."""
        ...

    def blind(self, value: Phi[str], *, practice: str, kind: str) -> str:
        """A keyed hash for look-ups by phone or name: equal values give equal words, nothing can be read back."""
        ...
