"""Keyed hashes: what stands in Redis cannot be read, and a short code cannot be tried out without the secret."""

from __future__ import annotations

import hashlib
import hmac


def keyed(secret: bytes, *parts: str) -> str:
    return hmac.new(secret, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()
