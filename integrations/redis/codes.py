"""One-time codes as keyed hashes. Wrong guesses are counted across codes, so asking for a new one gives no new guesses."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any, Final

from redis.exceptions import RedisError

from bot.domain.errors import Unavailable
from bot.privacy.phi import Phi, Purpose
from integrations.redis.hashing import keyed

DIGITS: Final = 6

# one step for Redis: two guesses at the same moment are still counted one after the other
CHECK: Final = """
local wrong = tonumber(redis.call('GET', KEYS[2]) or '0')
if wrong >= tonumber(ARGV[2]) then return 'locked' end
local stored = redis.call('GET', KEYS[1])
if not stored then return 'wrong' end
if stored == ARGV[1] then
  redis.call('DEL', KEYS[1], KEYS[2])
  return 'right'
end
local left = redis.call('PTTL', KEYS[1])
wrong = redis.call('INCR', KEYS[2])
redis.call('PEXPIRE', KEYS[2], left)
if wrong >= tonumber(ARGV[2]) then return 'locked' end
return 'wrong'
"""


class RedisCodes:
    def __init__(self, client: Any, secret: bytes) -> None:
        self._client = client
        self._secret = secret
        self._check = client.register_script(CHECK)

    async def issue(self, key: str, *, ttl: timedelta) -> Phi[str]:
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
        try:
            await self._client.set(self._name("code", key), self._hash(key, code), px=int(ttl.total_seconds() * 1000))
        except (RedisError, OSError):
            raise _away() from None
        return Phi(code)

    async def check(self, key: str, code: Phi[str], *, tries: int) -> str:
        names = [self._name("code", key), self._name("guesses", key)]
        try:
            verdict = await self._check(keys=names, args=[self._hash(key, code.reveal(Purpose.IDENTITY)), tries])
        except (RedisError, OSError):
            raise _away() from None
        return str(verdict)

    def _name(self, kind: str, key: str) -> str:
        return f"frontdesk:{kind}:{keyed(self._secret, key)}"

    def _hash(self, key: str, code: str) -> str:
        return keyed(self._secret, "code", key, code)


def _away() -> Unavailable:
    return Unavailable("Redis did not answer, so no code can be made or checked. Check that it runs and REDIS_URL.")
