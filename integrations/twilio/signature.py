"""Checks that a webhook was signed by Twilio: HMAC over the configured public address and the form's pairs, or the body's hash.

Our own code on raw bytes rather than the SDK's `RequestValidator`, because that one builds the address from what a framework
parsed, compares with a loop that is not constant in time, and loses an IPv6 host when it changes the port.
`tests/properties/test_signature.py` holds both to the same answers where the SDK is right.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import parse_qsl, urlsplit

FORM: Final = "application/x-www-form-urlencoded"
BODY_HASH: Final = "bodySHA256"
MAX_FIELDS: Final = 1000
_PORTS: Final = {"https": 443, "http": 80}


class TwilioSignature:
    """One account's check. Several tokens are accepted while one is being replaced by the other (R-431)."""

    def __init__(self, tokens: Sequence[str], public_url: str) -> None:
        if not tokens or not all(tokens):
            raise ValueError("At least one Twilio auth token is needed to check webhooks.")
        self._tokens = tuple(tokens)
        self._base = public_url.rstrip("/")

    def genuine(self, *, target: str, body: bytes, content_type: str, signature: str) -> bool:
        """`target`: path and raw query as they came. Nothing the sender can choose (Host, forwarded headers) is read."""
        if not signature:
            return False
        signed = signed_part(target, body=body, content_type=content_type)
        if signed is None:
            return False
        given = signature.encode()
        found = False
        for token in self._tokens:
            for url in spellings(self._base + target):
                found |= hmac.compare_digest(sign(token, url, signed).encode(), given)
        return found


def sign(token: str, url: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Twilio's signature of a request to `url` with these form pairs: sorted by name, equal pairs once."""
    text = url + "".join(name + value for name, value in sorted(set(pairs)))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def signed_part(target: str, *, body: bytes, content_type: str) -> list[tuple[str, str]] | None:
    """What is signed besides the address: a form's pairs, exactly as sent; of any other body its hash, which the address holds."""
    if content_type.partition(";")[0].strip().lower() == FORM:
        try:
            # strict: bytes that are no text are nobody's message
            return parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="strict")
        except ValueError:
            return None
    query = parse_qsl(target.partition("?")[2], keep_blank_values=True)
    claimed = [value for name, value in query if name == BODY_HASH]
    if claimed:
        right = hmac.compare_digest(hashlib.sha256(body).hexdigest().encode(), claimed[0].lower().encode())
        return [] if right else None
    return [] if not body else None


def spellings(url: str) -> tuple[str, ...]:
    """The address as configured, and with the scheme's own port added or left out: Twilio has signed both."""
    parts = urlsplit(url)
    usual = _PORTS.get(parts.scheme)
    if usual is None:
        return (url,)
    host = parts.netloc.rpartition("@")[2]
    bare = host.removesuffix(f":{usual}")
    named = f"{bare}:{usual}"
    if parts.port not in (None, usual):
        return (url,)
    return tuple(dict.fromkeys((url, *(url.replace(parts.netloc, netloc, 1) for netloc in (bare, named)))))
