"""Staff passwords: argon2id, at least twelve characters (R-117)."""

from __future__ import annotations

from typing import Final

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from bot.domain.errors import BadConfiguration

SHORTEST: Final = 12
_hash = PasswordHash((Argon2Hasher(),))


def hashed(password: str) -> str:
    if len(password) < SHORTEST:
        raise BadConfiguration(f"A password needs at least {SHORTEST} characters.")
    return _hash.hash(password)


def matches(stored: str, password: str) -> bool:
    return _hash.verify(password, stored)
