"""The outbox: after any order of our acts and the provider's words, a text was sent at most once and no state went back."""

import asyncio
import itertools
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.conversation import Channel
from integrations.sql import KeyRing, SqlStore, open_store
from tests.ports.talk import delivery_of, later, started

RANK = {"ready": 0, "sending": 1, "unknown": 2, "sent": 3, "delivered": 4, "failed": 4, "blocked": 4}
FINAL = {"delivered", "failed", "blocked"}

acts = st.one_of(
    st.just(("claim", "")),
    st.just(("postpone", "")),
    st.tuples(st.just("settle"), st.sampled_from(["sent", "failed", "blocked", "unknown"])),
    st.tuples(st.just("report"), st.sampled_from(["queued", "sent", "delivered", "undelivered", "failed", "read"])),
)
_numbers = itertools.count(1)


async def _played(store: SqlStore, history: list[tuple[str, str]]) -> tuple[list[str], list[bool]]:
    """The states seen after each act, and for each claim whether it was granted."""
    number = next(_numbers)
    talk = await started(store, channel=Channel.SMS)
    id = await delivery_of(store, talk.id, f"text:{number}")
    states, claims = ["ready"], []
    for minute, (act, word) in enumerate(history):
        if act == "claim":
            claims.append(await store.deliveries.claim(id, at=later(minute)) is not None)
        elif act == "postpone":
            await store.deliveries.postpone(id, due=later(minute))
        elif act == "settle":
            provider_id = f"SM{number}" if word == "sent" else None
            await store.deliveries.settle(id, state=word, provider_id=provider_id)
        else:
            await store.deliveries.report(f"SM{number}", status=word, error=None)
        found = await store.deliveries.get(id)
        assert found is not None
        states.append(found.state)
    return states, claims


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(acts, max_size=14), min_size=1, max_size=5))
def test_states_only_move_forward(histories: list[list[tuple[str, str]]]) -> None:
    """Backward moves are only those of a text put off before it left; what is final stays; a sent text is not claimed."""

    async def check() -> None:
        with tempfile.TemporaryDirectory() as folder:
            keys = KeyRing(current="k1", keys={"k1": bytes(32)})
            store = await open_store(f"sqlite+aiosqlite:///{Path(folder, 'outbox.db')}", keys=keys)
            try:
                for history in histories:
                    states, claims = await _played(store, history)
                    for (before, after), (act, _) in zip(itertools.pairwise(states), history, strict=True):
                        put_off = (before, after, act) == ("sending", "ready", "postpone")
                        assert put_off or RANK[after] >= RANK[before]
                        assert before not in FINAL or after == before
                    claimed_in = [before for before, (act, _) in zip(states, history, strict=False) if act == "claim"]
                    assert [state == "ready" for state in claimed_in] == claims
            finally:
                await store.close()

    asyncio.run(check())
