"""Who may sign in: named persons, one log-in each, and nobody after they were disabled."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.errors import BadConfiguration
from bot.processes import staffing
from bot.processes.passwords import SHORTEST, hashed, matches
from integrations.sql import SqlStore, create_key_file, load_keys, open_store

NOW = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    create_key_file(tmp_path / "key")
    opened = await open_store(f"sqlite+aiosqlite:///{tmp_path}/staff.db", keys=load_keys(tmp_path / "key"))
    yield opened
    await opened.close()


async def add(
    store: SqlStore, *, name: str = "Terry Tester", email: str = "terry@example.test", role: str = "front_desk"
) -> str:
    return await staffing.add(store, practice="riverside", name=name, email=email, roles=(role,))


async def test_a_person_gets_a_password_of_their_own(store: SqlStore) -> None:
    """The password is made here, long enough, stored as argon2id only, and opens this person's log-in."""
    password = await add(store)
    found = await store.staff.by_email("terry@example.test")
    assert found is not None
    person, stored = found
    assert ("Terry Tester", ("front_desk",), True) == (person.name, person.roles, person.active)
    assert len(password) >= SHORTEST
    assert stored.startswith("$argon2id$") and password not in stored
    assert matches(stored, password) and not matches(stored, password + "x")


@pytest.mark.parametrize("name", ["Front Desk", "frontdesk", " Reception ", "Terry", "", "ADMIN", "The Front Desk"])
async def test_shared_log_ins_are_refused(store: SqlStore, name: str) -> None:
    """Each act at the desk is recorded by person, so a log-in is a person (R-116)."""
    with pytest.raises(BadConfiguration, match="first and last name"):
        await add(store, name=name)
    assert [] == list(await store.staff.all("riverside"))


async def test_an_e_mail_belongs_to_one_person(store: SqlStore) -> None:
    """A second log-in with the same e-mail is refused, however it is spelt, and the first stays as it is."""
    first = await add(store)
    with pytest.raises(BadConfiguration, match="Each person has one"):
        await add(store, name="Other Person", email="Terry@Example.test")
    found = await store.staff.by_email("terry@example.test")
    assert found is not None and matches(found[1], first)


@pytest.mark.parametrize(
    ("email", "role"), [("terry", "front_desk"), ("a b@example.test", "front_desk"), ("t@example.test", "boss")]
)
async def test_unusable_answers_are_refused(store: SqlStore, email: str, role: str) -> None:
    """What is not an e-mail and what is not a role adds nobody."""
    with pytest.raises(BadConfiguration):
        await add(store, email=email, role=role)
    assert [] == list(await store.staff.all("riverside"))


async def test_a_disabled_person_is_out_at_once(store: SqlStore) -> None:
    """Open sessions end with the log-in, and the e-mail is not free for somebody else."""
    await add(store)
    found = await store.staff.by_email("terry@example.test")
    assert found is not None
    token, _ = await store.staff.sign_in(found[0].id, at=NOW)
    assert await store.staff.session(token, at=NOW, idle=DAY, absolute=DAY) is not None
    await staffing.disable(store, practice="riverside", email="Terry@example.test")
    assert await store.staff.session(token, at=NOW, idle=DAY, absolute=DAY) is None
    with pytest.raises(BadConfiguration):
        await add(store)
    with pytest.raises(BadConfiguration, match="staff list"):
        await staffing.disable(store, practice="riverside", email="terry@example.test")


def test_short_passwords_are_refused() -> None:
    """At least twelve characters (R-117)."""
    with pytest.raises(BadConfiguration, match="12"):
        hashed("x" * (SHORTEST - 1))
