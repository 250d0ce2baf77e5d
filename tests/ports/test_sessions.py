"""The `PatientSessions` and `StaffDirectory` ports: hashed tokens, time-outs, and no way in once disabled."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.ports import Staff
from integrations.sql import SqlStore
from tests.ports.talk import NOW, PRACTICE, later

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)


async def created(store: SqlStore) -> str:
    return await store.sessions.create(conversation="talk-1", practice=PRACTICE, scope="chat", after=3, at=NOW)


async def hired(store: SqlStore, email: str = "kim@clinic.example.test") -> Staff:
    person = await store.staff.add(
        practice=PRACTICE, name="Kim Sample", email=email, roles=("front_desk",), password_hash="hash", at=NOW
    )
    assert person is not None
    return person


async def test_a_session_is_found_by_its_token(store: SqlStore) -> None:
    """Conversation, practice, scope and where it begins come back; another token finds nothing."""
    token = await created(store)
    found = await store.sessions.find(token, at=later(1), idle=IDLE)
    assert found is not None
    assert ("talk-1", PRACTICE, "chat", 3) == (found.conversation, found.practice, found.scope, found.after)
    assert await store.sessions.find(token[:-1] + "?", at=NOW, idle=IDLE) is None
    assert len(token) >= 43  # 256 bits


async def test_use_keeps_a_session_alive_and_idleness_ends_it(store: SqlStore) -> None:
    """Seen every twenty minutes it lives; after an idle half hour it is gone for good."""
    token = await created(store)
    for minutes in (20, 40, 60):
        assert await store.sessions.find(token, at=later(minutes), idle=IDLE) is not None
    assert await store.sessions.find(token, at=later(91), idle=IDLE) is None
    assert await store.sessions.find(token, at=later(61), idle=IDLE) is None


async def test_a_look_without_touching_keeps_nothing_alive(store: SqlStore) -> None:
    """A stream that only checks does not count as use, for patients and staff alike."""
    token, staff = await created(store), await hired(store)
    cookie, _ = await store.staff.sign_in(staff.id, at=NOW)
    for minutes in (10, 20, 29):
        assert await store.sessions.find(token, at=later(minutes), idle=IDLE, touch=False) is not None
        assert await store.staff.session(cookie, at=later(minutes), idle=IDLE, absolute=ABSOLUTE, touch=False)
    assert await store.sessions.find(token, at=later(31), idle=IDLE, touch=False) is None
    assert await store.staff.session(cookie, at=later(31), idle=IDLE, absolute=ABSOLUTE, touch=False) is None


async def test_an_ended_session_is_gone(store: SqlStore) -> None:
    """Ending is final; ending twice is no harm."""
    token = await created(store)
    await store.sessions.end(token)
    await store.sessions.end(token)
    assert await store.sessions.find(token, at=NOW, idle=IDLE) is None


async def test_no_token_stands_in_the_database(store: SqlStore) -> None:
    """Who reads the database cannot sign in with what is there."""
    token, staff = await created(store), await hired(store)
    cookie, _ = await store.staff.sign_in(staff.id, at=NOW)
    async with store.database.read() as connection:
        rows = [
            str(value)
            for table in ("patient_session", "staff_session")
            for row in (await connection.execute(text(f"SELECT * FROM {table}"))).all()
            for value in row
        ]
    assert not [value for value in rows if token in value or cookie in value]


async def test_staff_are_found_and_an_email_is_one_person(store: SqlStore) -> None:
    """By e-mail in any case and by id; a second person with the e-mail is refused, also in the same moment."""
    kim = await hired(store)
    assert (kim, "hash") == await store.staff.by_email(" Kim@Clinic.example.test ")
    assert kim == await store.staff.get(kim.id)
    assert [kim] == list(await store.staff.all(PRACTICE))
    assert [] == list(await store.staff.all("other"))
    assert await store.staff.by_email("nobody@example.test") is None

    async def add() -> Staff | None:
        return await store.staff.add(
            practice=PRACTICE, name="Lee Sample", email="LEE@example.test", roles=(), password_hash="x", at=NOW
        )

    assert 1 == sum(person is not None for person in await asyncio.gather(*(add() for _ in range(5))))


async def test_a_staff_session_times_out_twice(store: SqlStore) -> None:
    """Idle time ends it, and so does its absolute age, however busy it was."""
    kim = await hired(store)
    cookie, csrf = await store.staff.sign_in(kim.id, at=NOW)
    assert (kim, csrf) == await store.staff.session(cookie, at=later(29), idle=IDLE, absolute=ABSOLUTE)
    for minutes in range(50, 720, 20):
        assert await store.staff.session(cookie, at=later(minutes), idle=IDLE, absolute=ABSOLUTE) is not None
    assert await store.staff.session(cookie, at=later(725), idle=IDLE, absolute=ABSOLUTE) is None
    idle, _ = await store.staff.sign_in(kim.id, at=NOW)
    assert await store.staff.session(idle, at=later(31), idle=IDLE, absolute=ABSOLUTE) is None


async def test_disabling_ends_all_sessions(store: SqlStore) -> None:
    """A disabled person is out at once on every machine, stays listed as inactive, and is disabled once."""
    kim = await hired(store)
    cookies = [(await store.staff.sign_in(kim.id, at=NOW))[0] for _ in range(2)]
    assert not await store.staff.disable("other", kim.email)
    assert await store.staff.disable(PRACTICE, kim.email)
    assert not await store.staff.disable(PRACTICE, kim.email)
    for cookie in cookies:
        assert await store.staff.session(cookie, at=NOW, idle=IDLE, absolute=ABSOLUTE) is None
    found = await store.staff.get(kim.id)
    assert found is not None and not found.active


async def test_signing_out_ends_one_session(store: SqlStore) -> None:
    """The other machine stays signed in."""
    kim = await hired(store)
    one, two = [(await store.staff.sign_in(kim.id, at=NOW))[0] for _ in range(2)]
    await store.staff.sign_out(one)
    assert await store.staff.session(one, at=NOW, idle=IDLE, absolute=ABSOLUTE) is None
    assert await store.staff.session(two, at=NOW, idle=IDLE, absolute=ABSOLUTE) is not None


@pytest.mark.parametrize("token", ["", "x", "‹phi›", "a" * 10_000])
async def test_strange_tokens_find_nothing(store: SqlStore, token: str) -> None:
    """Whatever a cookie holds, the answer is nothing, never an error."""
    assert await store.sessions.find(token, at=NOW, idle=IDLE) is None
    assert await store.staff.session(token, at=NOW, idle=IDLE, absolute=ABSOLUTE) is None
