"""The `Vault` port and the keys behind it: values open with the right key, in their own conversation, and nowhere else."""

import base64
import json
import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.errors import BadConfiguration, VaultLocked
from bot.privacy.phi import Handle, Phi, Purpose
from integrations.sql import KeyRing, SqlStore, create_key_file, load_keys
from integrations.sql.vault import SqlVault
from tests.ports.talk import PRACTICE

NAME = Phi("Pat Example")


async def put(store: SqlStore, conversation: str = "talk-1") -> Handle:
    return await store.vault.put(NAME, practice=PRACTICE, conversation=conversation, kind="name")


async def test_a_value_comes_back(store: SqlStore) -> None:
    """Put and open give the same value; every handle is new and says nothing."""
    one, two = await put(store), await put(store)
    assert one != two
    assert one.startswith("vault:") and len(one) >= 38
    opened = await store.vault.open(one, practice=PRACTICE, conversation="talk-1", purpose=Purpose.VALIDATION)
    assert NAME == opened


@pytest.mark.parametrize(("practice", "conversation"), [(PRACTICE, "talk-2"), ("other", "talk-1")])
async def test_another_conversation_cannot_open_it(store: SqlStore, practice: str, conversation: str) -> None:
    """A handle that leaked into another conversation or practice is worthless there."""
    handle = await put(store)
    with pytest.raises(VaultLocked):
        await store.vault.open(handle, practice=practice, conversation=conversation, purpose=Purpose.VALIDATION)


async def test_an_unknown_handle_is_locked(store: SqlStore) -> None:
    """There is no way to tell an erased value from one that never was."""
    with pytest.raises(VaultLocked):
        await store.vault.open(Handle("vault:00"), practice=PRACTICE, conversation="talk-1", purpose=Purpose.VALIDATION)


@pytest.mark.parametrize(
    "keys",
    [
        KeyRing(current="k1", keys={"k1": b"x" * 32}),
        KeyRing(current="k2", keys={"k2": bytes(range(32))}),
    ],
    ids=["same id, another key", "the key is missing"],
)
async def test_another_key_opens_nothing(store: SqlStore, keys: KeyRing) -> None:
    """With the wrong key file stored values stay closed, and the error holds none of them."""
    handle = await put(store)
    with pytest.raises(VaultLocked) as locked:
        await SqlVault(store.database, keys).open(
            handle, practice=PRACTICE, conversation="talk-1", purpose=Purpose.VALIDATION
        )
    assert "Pat" not in str(locked.value)


async def test_after_rotation_old_and_new_values_open(store: SqlStore) -> None:
    """A new current key seals new values; old ones open with the old key, and look-ups still agree."""
    old = await put(store)
    rotated = SqlVault(store.database, KeyRing(current="k2", keys={"k1": bytes(range(32)), "k2": b"y" * 32}))
    new = await rotated.put(NAME, practice=PRACTICE, conversation="talk-1", kind="name")
    for handle in (old, new):
        opened = await rotated.open(handle, practice=PRACTICE, conversation="talk-1", purpose=Purpose.VALIDATION)
        assert NAME == opened
    assert store.vault.blind(NAME, practice=PRACTICE, kind="name") == rotated.blind(
        NAME, practice=PRACTICE, kind="name"
    )
    with pytest.raises(VaultLocked):
        await store.vault.open(new, practice=PRACTICE, conversation="talk-1", purpose=Purpose.VALIDATION)


async def test_a_value_moved_to_another_row_does_not_open(store: SqlStore) -> None:
    """Somebody with write access to the database cannot swap two patients' values."""
    one, two = await put(store), await put(store, "talk-2")
    async with store.database.write() as connection:
        swap = "UPDATE vault SET value = (SELECT value FROM vault WHERE handle = :two) WHERE handle = :one"
        await connection.execute(text(swap), {"one": one, "two": two})
    with pytest.raises(VaultLocked):
        await store.vault.open(one, practice=PRACTICE, conversation="talk-1", purpose=Purpose.VALIDATION)


async def test_blind_words_compare_and_tell_nothing(store: SqlStore) -> None:
    """Equal values of one practice and kind give equal words; anything else gives others."""
    words = {
        store.vault.blind(Phi(value), practice=practice, kind=kind)
        for value in ("+15555550144", "+15555550155")
        for practice in ("a", "b")
        for kind in ("phone", "name")
    }
    assert 8 == len(words)
    again = store.vault.blind(Phi("+15555550144"), practice="a", kind="phone")
    assert again in words and "555" not in again[:3] and len(again) == 64


def test_a_key_file_is_for_its_owner_only(tmp_path: Path) -> None:
    """New keys are readable by the owner alone, work at once, and are never overwritten."""
    path = tmp_path / "keys" / "frontdesk.key"
    create_key_file(path)
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    keys = load_keys(path)
    bound = {"practice": "p", "table": "t", "column": "c", "row": "r"}
    assert "value" == keys.unseal(keys.seal("value", **bound), **bound)
    with pytest.raises(FileExistsError):
        create_key_file(path)


@pytest.mark.parametrize(
    "content",
    [
        None,
        "not json",
        "{}",
        json.dumps({"current": "k2", "keys": {"k1": base64.b64encode(b"x" * 32).decode()}}),
        json.dumps({"current": "k1", "keys": {"k1": base64.b64encode(b"short").decode()}}),
    ],
    ids=["missing", "not json", "empty", "no current key", "short key"],
)
def test_an_unusable_key_file_is_named(tmp_path: Path, content: str | None) -> None:
    """A missing or broken key file stops the start with what to do, and shows none of its content."""
    path = tmp_path / "frontdesk.key"
    if content is not None:
        path.write_text(content)
    with pytest.raises(BadConfiguration) as refused:
        load_keys(path)
    assert "backup" in str(refused.value)
