"""The `Deliveries` port: one worker per text, states only forward, callbacks in any order."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

import pytest

from bot.domain.conversation import Channel
from bot.ports import Job
from bot.privacy.phi import Phi
from integrations.sql import SqlStore
from tests.ports.talk import NOW, PHONE, PRACTICE, delivery_of, later, saved, started, text_of


async def ready(store: SqlStore, key: str = "text:1", **facts: object) -> tuple[str, str]:
    """A delivery that may go, and its conversation."""
    talk = await started(store, channel=Channel.SMS)
    return await delivery_of(store, talk.id, key, **facts), talk.id


async def state(store: SqlStore, id: str) -> str:
    found = await store.deliveries.get(id)
    assert found is not None
    return found.state


async def reason(store: SqlStore, conversation: str) -> str:
    rows: list[Mapping[str, str]] = list(await store.deliveries.for_conversation(conversation))
    return rows[0]["reason"]


async def test_one_worker_gets_it(store: SqlStore) -> None:
    """Twenty workers claim one text: one gets it, with number and body as they were saved."""
    id, talk = await ready(store)
    claims = [one for one in await asyncio.gather(*(store.deliveries.claim(id, at=NOW) for _ in range(20))) if one]
    (claimed,) = claims
    assert (PHONE, Phi("A made-up text"), "sending", 1) == (claimed.to, claimed.body, claimed.state, claimed.attempts)
    assert (PRACTICE, talk, "reply") == (claimed.practice, claimed.conversation, claimed.purpose)
    assert await store.deliveries.claim("unknown", at=NOW) is None


async def test_another_number_may_be_named(store: SqlStore) -> None:
    """A code goes to the number on file, whatever number the conversation has."""
    id, _ = await ready(store, to=Phi("+15555550199"), purpose="code")
    claimed = await store.deliveries.claim(id, at=NOW)
    assert claimed is not None and claimed.to == Phi("+15555550199")


async def test_a_delivery_brings_its_job(store: SqlStore) -> None:
    """Saving the turn schedules the sending, at its due time, with the id alone."""
    id, talk = await ready(store, due=later(5))
    jobs: list[Job] = []

    async def send(job: Job) -> None:
        jobs.append(job)

    assert 0 == await store.jobs.drain({"send": send}, until=later(4))
    assert 1 == await store.jobs.drain({"send": send}, until=later(6))
    assert [{"delivery": id}] == [dict(job.args) for job in jobs]
    assert talk


async def test_texts_of_one_conversation_go_in_order(store: SqlStore) -> None:
    """Three texts of one turn are sent in the order in which they were said."""
    talk = await started(store, channel=Channel.SMS)
    await saved(store, talk.id, deliveries=tuple(text_of(f"text:{number}") for number in "cab"))
    ids = [row["id"] for row in await store.deliveries.for_conversation(talk.id)]
    sent: list[str] = []

    async def send(job: Job) -> None:
        sent.append(job.args["delivery"])

    await store.jobs.drain({"send": send}, until=later(1))
    assert sorted(ids) == sorted(sent)
    keys = {id: await _key(store, id) for id in sent}
    assert ["text:c", "text:a", "text:b"] == [keys[id] for id in sent]


async def _key(store: SqlStore, id: str) -> str:
    from sqlalchemy import text

    async with store.database.read() as connection:
        key: str = (await connection.execute(text("SELECT key FROM delivery WHERE id = :id"), {"id": id})).scalar_one()
    return key


Act = Callable[[SqlStore, str], Awaitable[object]]


def settle(state: str, **facts: str) -> Act:
    return lambda store, id: store.deliveries.settle(id, state=state, **facts)


def report(status: str, error: str | None = None) -> Act:
    return lambda store, id: store.deliveries.report("SM1", status=status, error=error)


HISTORIES: list[tuple[str, list[Act], str]] = [
    ("sent, then delivered", [settle("sent", provider_id="SM1"), report("delivered")], "delivered"),
    (
        "a late word moves nothing back",
        [settle("sent", provider_id="SM1"), report("delivered"), report("sent")],
        "delivered",
    ),
    ("undelivered is failed", [settle("sent", provider_id="SM1"), report("undelivered", "30005")], "failed"),
    ("queued says nothing new", [settle("sent", provider_id="SM1"), report("queued")], "sent"),
    ("the callback was faster than our note", [report("delivered"), settle("sent", provider_id="SM1")], "delivered"),
    ("failed stays failed", [settle("failed", reason="21610"), settle("sent", provider_id="SM1")], "failed"),
    ("blocked stays blocked", [settle("blocked", reason="opted_out"), settle("sent", provider_id="SM1")], "blocked"),
    ("unknown may turn out sent", [settle("unknown"), settle("sent", provider_id="SM1")], "sent"),
    ("delivered never fails", [settle("sent", provider_id="SM1"), report("delivered"), report("failed")], "delivered"),
]


@pytest.mark.parametrize(("name", "acts", "expected"), HISTORIES, ids=[name for name, _, _ in HISTORIES])
async def test_states_move_forward_only(store: SqlStore, name: str, acts: list[Act], expected: str) -> None:
    """Whatever the order of our notes and the provider's callbacks, a state is never taken back."""
    id, _ = await ready(store)
    await store.deliveries.claim(id, at=NOW)
    for act in acts:
        await act(store, id)
    assert expected == await state(store, id), name
    assert await store.deliveries.claim(id, at=NOW) is None


async def test_the_desk_sees_why(store: SqlStore) -> None:
    """The provider's error stands with the state; no number and no words do."""
    id, talk = await ready(store)
    await store.deliveries.claim(id, at=NOW)
    await store.deliveries.settle(id, state="sent", provider_id="SM1")
    await store.deliveries.report("SM1", status="undelivered", error="30005")
    (row,) = await store.deliveries.for_conversation(talk)
    assert (id, "failed", "30005", "reply") == (row["id"], row["state"], row["reason"], row["purpose"])
    assert "555" not in str({name: value for name, value in row.items() if name != "id"})


async def test_a_postponed_text_comes_back_at_its_time(store: SqlStore) -> None:
    """Postponing inside the sending job gives the text back and sends it later, not at once."""
    id, _ = await ready(store)
    claimed: list[int] = []
    moments = iter((NOW, later(31)))

    async def send(job: Job) -> None:
        found = await store.deliveries.claim(job.args["delivery"], at=next(moments))
        assert found is not None
        claimed.append(found.attempts)
        if len(claimed) == 1:
            await store.deliveries.postpone(found.id, due=later(30))

    assert 1 == await store.jobs.drain({"send": send}, until=later(1))
    assert "ready" == await state(store, id)
    assert 0 == await store.jobs.drain({"send": send}, until=later(29))
    assert 1 == await store.jobs.drain({"send": send}, until=later(31))
    assert [1, 2] == claimed


async def test_only_what_is_being_sent_can_be_postponed(store: SqlStore) -> None:
    """A text that was sent stays sent, and no job is added for it."""
    id, _ = await ready(store)
    await store.deliveries.claim(id, at=NOW)
    await store.deliveries.settle(id, state="sent", provider_id="SM1")
    before = await store.jobs.counts()
    await store.deliveries.postpone(id, due=later(30))
    assert ("sent", before) == (await state(store, id), await store.jobs.counts())


async def test_a_dead_senders_text_is_found(store: SqlStore) -> None:
    """A worker died while sending: after a while its text is listed, to be looked up at the provider."""
    id, _ = await ready(store)
    await store.deliveries.claim(id, at=NOW)
    assert [] == list(await store.deliveries.stuck(before=NOW))
    assert [id] == list(await store.deliveries.stuck(before=later(2)))
    await store.deliveries.settle(id, state="unknown")
    assert [] == list(await store.deliveries.stuck(before=later(2)))


async def test_caps_count_what_left(store: SqlStore) -> None:
    """What was sent or may have been counts for the cap of its purpose; what was blocked or still waits does not."""
    talk = await started(store, channel=Channel.SMS)
    assert talk.mailbox is not None
    ends = ("sent", "unknown", "blocked")
    for number, end in enumerate(ends):
        id = await delivery_of(store, talk.id, f"reminder:{number}", purpose="reminder")
        await store.deliveries.claim(id, at=NOW)
        await store.deliveries.settle(id, state=end)
    await delivery_of(store, talk.id, "reminder:9", purpose="reminder")
    since = NOW - timedelta(hours=1)
    assert 2 == await store.deliveries.sent_since(PRACTICE, talk.mailbox, purpose="reminder", since=since)
    assert 0 == await store.deliveries.sent_since(PRACTICE, talk.mailbox, purpose="code", since=since)
    assert 0 == await store.deliveries.sent_since(PRACTICE, talk.mailbox, purpose="reminder", since=later(1))
