"""The `Signals`, `Codes` and `Limits` ports, in process and on a real Redis; and what holds while Redis is away."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.errors import BadConfiguration, Unavailable
from bot.privacy.phi import Phi, Purpose
from integrations.redis import Shared, connect

TTL = timedelta(minutes=10)
NOWHERE = "redis://127.0.0.1:1/0"  # nothing listens on port 1


def wrong(code: Phi[str]) -> Phi[str]:
    return code.map(lambda digits: f"{(int(digits) + 1) % 1_000_000:06d}")


async def test_listeners_of_a_topic_hear_it(shared: Shared) -> None:
    """Every listener of the topic gets each value in order, from the call of `listen` on; others hear nothing."""
    one, two = shared.signals.listen("conversation:1"), shared.signals.listen("conversation:1")
    other = shared.signals.listen("conversation:2")
    for value in ("changed", "delivery"):
        await shared.signals.publish("conversation:1", value)
    async with asyncio.timeout(5):
        assert ["changed", "delivery"] == [await anext(one), await anext(one)]
        assert ["changed", "delivery"] == [await anext(two), await anext(two)]
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await anext(other)


@pytest.mark.redis
async def test_signals_cross_processes(redis_url: str) -> None:
    """What one process publishes the other hears."""
    one, two = await connect(redis_url, secret=b"s"), await connect(redis_url, secret=b"s")
    try:
        heard = two.signals.listen("desk:clinic")
        await one.signals.publish("desk:clinic", "conversation 1")
        async with asyncio.timeout(5):
            assert "conversation 1" == await anext(heard)
    finally:
        await one.close()
        await two.close()


async def test_a_quiet_topic_ticks(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    """A listener that hears nothing gets an empty string now and then, so that streams can look after themselves."""
    monkeypatch.setattr("integrations.redis.signals.QUIET_SECONDS", 0.05)
    async with asyncio.timeout(5):
        assert "" == await anext(shared.signals.listen("quiet"))


async def test_a_cancelled_listener_ends(shared: Shared) -> None:
    """Cancelling a listener works even in the moment in which a value arrives."""
    for _ in range(20):
        listening = shared.signals.listen("t")
        waiting = asyncio.create_task(listening.__anext__())
        await asyncio.sleep(0)
        listening.put("now")
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        assert waiting.cancelled() or waiting.result() == "now"


async def test_a_right_code_works_once(shared: Shared) -> None:
    """Six digits; right once, and used up."""
    code = await shared.codes.issue("identity:1", ttl=TTL)
    digits = code.reveal(Purpose.IDENTITY)
    assert 6 == len(digits) and digits.isdigit()
    verdicts = [await shared.codes.check("identity:1", code, tries=5) for _ in range(2)]
    assert ["right", "wrong"] == verdicts
    assert "wrong" == await shared.codes.check("identity:2", code, tries=5)


async def test_guessing_locks(shared: Shared) -> None:
    """After five wrong guesses even the right code is refused, and a new code gives no new guesses."""
    code = await shared.codes.issue("identity:1", ttl=TTL)
    guesses = [await shared.codes.check("identity:1", wrong(code), tries=5) for _ in range(6)]
    assert ["wrong"] * 4 + ["locked"] * 2 == guesses
    assert "locked" == await shared.codes.check("identity:1", code, tries=5)
    again = await shared.codes.issue("identity:1", ttl=TTL)
    assert "locked" == await shared.codes.check("identity:1", again, tries=5)


async def test_guesses_at_once_are_all_counted(shared: Shared) -> None:
    """Fifty guesses in the same moment are still only five."""
    code = await shared.codes.issue("identity:1", ttl=TTL)
    answers = await asyncio.gather(*(shared.codes.check("identity:1", wrong(code), tries=5) for _ in range(50)))
    assert 4 == answers.count("wrong")
    assert 46 == answers.count("locked")


async def test_a_code_runs_out(shared: Shared) -> None:
    """After its time the right code is wrong."""
    code = await shared.codes.issue("identity:1", ttl=timedelta(milliseconds=50))
    await asyncio.sleep(0.1)
    assert "wrong" == await shared.codes.check("identity:1", code, tries=5)


async def test_a_limit_counts_per_key_and_window(shared: Shared) -> None:
    """Three are let through, the fourth is not; another key has its own count; the next window starts anew."""
    window = timedelta(milliseconds=300)
    hits = [await shared.limits.hit("login:1", limit=3, window=window) for _ in range(4)]
    assert [True, True, True, False] == hits
    assert await shared.limits.hit("login:2", limit=3, window=window)
    await asyncio.sleep(0.35)
    assert await shared.limits.hit("login:1", limit=3, window=window)


async def test_what_stands_there_ends_and_tells_nothing(shared: Shared) -> None:
    """Every key has an end, and neither names nor values show who was meant or which code it was."""
    code = await shared.codes.issue("identity:clinic:talk-1", ttl=TTL)
    await shared.codes.check("identity:clinic:talk-1", wrong(code), tries=5)
    await shared.limits.hit("messages:+15555550144", limit=3, window=TTL)
    client = shared.clients[0]
    keys = await client.keys("*")
    assert 3 == len(keys)
    for key in keys:
        assert 0 < await client.pttl(key) <= TTL.total_seconds() * 1000
        shown = f"{key} {await client.get(key)}"
        assert not [
            word for word in ("555", "talk-1", code.reveal(Purpose.IDENTITY)) if word in shown.split(":")[-1][64:]
        ]
        assert "talk-1" not in shown and "+1555" not in shown


async def test_without_redis_the_service_goes_on() -> None:
    """It starts; limits count in this process, signals reach its own screens, and codes say that they are unavailable."""
    shared = await connect(NOWHERE, secret=b"s")
    try:
        hits = [await shared.limits.hit("login:1", limit=2, window=TTL) for _ in range(3)]
        assert [True, True, False] == hits
        heard = shared.signals.listen("desk:clinic")
        await shared.signals.publish("desk:clinic", "changed")
        async with asyncio.timeout(2):
            assert "changed" == await anext(heard)
        with pytest.raises(Unavailable):
            await shared.codes.issue("identity:1", ttl=TTL)
        with pytest.raises(Unavailable):
            await shared.codes.check("identity:1", Phi("123456"), tries=5)
        assert shared.signals.failures and shared.limits.failures
    finally:
        await shared.close()


async def test_an_address_that_is_none_is_named() -> None:
    """A wrong REDIS_URL stops the start and says how one looks."""
    with pytest.raises(BadConfiguration, match="redis://"):
        await connect("localhost:6379", secret=b"s")
