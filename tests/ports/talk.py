"""Small made-up pieces of a conversation, for the suites of the store."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.blocks import Paragraph
from bot.domain.conversation import Channel, Conversation
from bot.ports import Acceptance, Inbound, NewDelivery, NewMessage, Outcome, Snapshot, Typed
from bot.privacy.phi import Phi
from integrations.sql import SqlStore

PRACTICE = "clinic"
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
PHONE = Phi("+15555550144")


async def started(store: SqlStore, *, channel: Channel = Channel.WEB) -> Conversation:
    if channel is Channel.SMS:
        return await store.conversations.for_mailbox(PRACTICE, PHONE, at=NOW)
    return await store.conversations.start(practice=PRACTICE, channel=channel, language="en", at=NOW)


def inbound(conversation: str | None, text: str = "hello", *, id: str | None = None, **facts: Any) -> Inbound:
    usual: dict[str, Any] = {"channel": Channel.WEB if conversation else Channel.SMS}
    return Inbound(
        practice=PRACTICE,
        external_id=id or secrets.token_hex(8),
        body=Phi(Typed(text=text)),
        shown=Phi((Paragraph(text),)),
        at=NOW,
        language="en",
        conversation=conversation,
        **{**usual, **facts},
    )


async def accepted(store: SqlStore, conversation: str | None, text: str = "hello", **facts: Any) -> Acceptance:
    return await store.conversations.accept(inbound(conversation, text, **facts), due=NOW)


def said(text: str, *, author: str = "bot") -> NewMessage:
    body = Phi((Paragraph(text),))
    return NewMessage(secrets.token_hex(16), author, Channel.WEB, "en", body)  # type: ignore[arg-type]


def text_of(key: str, *, due: datetime = NOW, purpose: str = "reply", to: Phi[str] | None = None) -> NewDelivery:
    return NewDelivery(key=key, body=Phi("A made-up text"), purpose=purpose, due=due, segments=1, to=to)


async def read(store: SqlStore, conversation: str) -> Snapshot:
    found = await store.conversations.snapshot(conversation)
    assert found is not None
    return found


async def saved(store: SqlStore, id: str, **changes: Any) -> Outcome:
    """Commit an outcome on the newest version."""
    now = await read(store, id)
    usual: dict[str, Any] = {"conversation": now.conversation, "at": NOW, "tracker": now.tracker}
    outcome = Outcome(**{**usual, **changes})
    await store.conversations.commit(outcome)
    return outcome


async def delivery_of(store: SqlStore, conversation: str, key: str = "text:1", **facts: Any) -> str:
    """One ready delivery; its id."""
    await saved(store, conversation, deliveries=(text_of(key, **facts),))
    states = await store.deliveries.for_conversation(conversation)
    return next(row["id"] for row in states if row["state"] == "ready")


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)
