"""Keys and sealing: AES-256-GCM per value, bound to practice, table, column and row; keyed hashes for look-ups.

A sealed value is `key id length | key id | 12-byte nonce | ciphertext and tag` (NIST SP 800-38D). The key file lives apart
from the database and its backups: `{"current": "k1", "keys": {"k1": "<base64 of 32 bytes>"}}`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.domain.errors import BadConfiguration, VaultLocked

_NONCE = 12


class KeyRing:
    """Seals with the current key, opens with any key it holds. Blind indexes use a key of their own."""

    def __init__(self, *, current: str, keys: Mapping[str, bytes]) -> None:
        self._current = current
        self._ciphers = {id: AESGCM(key) for id, key in keys.items()}
        # look-ups must survive rotation, so their key comes from the first key ever made
        first = keys[min(keys)]
        self._first = first
        self._blind_key = hmac.new(first, b"frontdesk blind index v1", hashlib.sha256).digest()

    def derived(self, purpose: str) -> bytes:
        """A key of its own for another use (hashes in Redis), never the sealing key itself."""
        return hmac.new(self._first, f"frontdesk {purpose} v1".encode(), hashlib.sha256).digest()

    def seal(self, text: str, *, practice: str, table: str, column: str, row: str) -> bytes:
        nonce = os.urandom(_NONCE)
        bound = _bound(practice, table, column, row)
        sealed = self._ciphers[self._current].encrypt(nonce, text.encode(), bound)
        name = self._current.encode()
        return bytes([len(name)]) + name + nonce + sealed

    def unseal(self, sealed: bytes, *, practice: str, table: str, column: str, row: str) -> str:
        """Raises `VaultLocked` for an unknown key, a changed value, or a value that belongs to another row."""
        length = sealed[0]
        name = sealed[1 : 1 + length].decode(errors="replace")
        cipher = self._ciphers.get(name)
        if cipher is None:
            raise VaultLocked(
                "A stored value was sealed with a key that is not in the key file. Restore that key file."
            )
        nonce, rest = sealed[1 + length : 1 + length + _NONCE], sealed[1 + length + _NONCE :]
        try:
            return cipher.decrypt(nonce, rest, _bound(practice, table, column, row)).decode()
        except InvalidTag:
            raise VaultLocked(
                "A stored value does not open with this key, or was moved to another row. Check that the key file "
                "belongs to this database."
            ) from None

    def blind(self, text: str, *, practice: str, kind: str) -> str:
        """HMAC-SHA-256 of a value for equality look-ups (R-107)."""
        words = "\x1f".join((practice, kind, text)).encode()
        return hmac.new(self._blind_key, words, hashlib.sha256).hexdigest()


def _bound(*parts: str) -> bytes:
    return "\x1f".join(parts).encode()


def create_key_file(path: Path) -> None:
    """A new key file, readable by its owner only. Never overwrites one: that would lock every stored value."""
    content = {"current": "k1", "keys": {"k1": base64.b64encode(secrets.token_bytes(32)).decode()}}
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file)


def load_keys(path: Path) -> KeyRing:
    """Raises `BadConfiguration` when the file is missing or is not a key file."""
    try:
        raw = json.loads(path.read_text())
        keys = {id: base64.b64decode(key, validate=True) for id, key in raw["keys"].items()}
        if raw["current"] not in keys or any(len(key) != 32 for key in keys.values()):
            raise ValueError
    except FileNotFoundError:
        raise BadConfiguration(
            "The key file is missing. Without it nothing stored can be read: restore it from its own backup, or "
            "set FRONTDESK_KEY_FILE to where it is."
        ) from None
    except (ValueError, KeyError, TypeError):
        raise BadConfiguration("The key file is not of the expected form. Restore it from its own backup.") from None
    return KeyRing(current=raw["current"], keys=keys)
