"""Saving one outcome inside the caller's transaction: compare-and-set first, then everything the turn caused."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import Table, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.blocks import to_json as block_to_json
from bot.domain.errors import TurnSuperseded
from bot.domain.tracker import event_to_json
from bot.domain.tracker import to_json as tracker_to_json
from bot.ports import NewDelivery, NewJob, Outcome
from bot.privacy.phi import Purpose
from integrations.sql.adding import add_new
from integrations.sql.keys import KeyRing
from integrations.sql.rows import handoff_row, request_row
from integrations.sql.tables.conversations import (
    AlertRow,
    ConversationRow,
    EventRow,
    HandoffRow,
    MessageRow,
    MissedRow,
    NoteRow,
    RequestRow,
)
from integrations.sql.tables.work import ConsentRow, DeliveryRow, LinkRow

conversation: Table = ConversationRow.__table__  # type: ignore[attr-defined]
message: Table = MessageRow.__table__  # type: ignore[attr-defined]
delivery: Table = DeliveryRow.__table__  # type: ignore[attr-defined]


async def save(connection: AsyncConnection, outcome: Outcome, *, keys: KeyRing) -> list[NewJob]:
    """Everything of the outcome; returns the jobs to be written beside it. Raises `TurnSuperseded`."""
    now = outcome.conversation
    phone, seq = await _claim_version(connection, outcome)
    practice, owner = now.practice, now.id
    for said in outcome.said:
        body = json.dumps([block_to_json(block) for block in said.body.reveal(Purpose.SEALING)], ensure_ascii=False)
        row = {
            "id": said.id,
            "practice_id": practice,
            "conversation_id": owner,
            "seq": seq,
            "author": said.author,
            "channel": said.channel.value,
            "language": said.language,
            "at": outcome.at,
            "body": keys.seal(body, practice=practice, table="message", column="body", row=said.id),
            "utter": said.utter,
            "handled": True,
        }
        if said.author.startswith("staff:"):
            # a staff reply carries the id of its click, so a repeated click is the same message
            await add_new(connection, message, [row], unique=["id"])
        else:
            await connection.execute(insert(message).values(row))
        seq += 1
    if outcome.handled:
        done = update(message).where(message.c.id.in_(outcome.handled))
        await connection.execute(done.values(handled=True, typed=None))
    jobs = list(outcome.jobs)
    for position, new in enumerate(outcome.deliveries):
        jobs += await _delivery(connection, new, outcome, phone, keys=keys, position=position)
    await _facts(connection, outcome, keys=keys)
    return jobs


async def _claim_version(connection: AsyncConnection, outcome: Outcome) -> tuple[bytes | None, int]:
    """Raise the version, reserve sequence numbers; nothing is saved when another turn was first."""
    now = outcome.conversation
    change = (
        update(conversation)
        .where(conversation.c.id == now.id, conversation.c.version == now.version)
        .values(
            version=now.version + 1,
            status=now.status.value,
            owner=now.owner,
            fence=now.fence,
            language=now.language,
            patient_left=now.patient_left,
            tracker=tracker_to_json(outcome.tracker),
            next_seq=conversation.c.next_seq + len(outcome.said),
        )
        .returning(conversation.c.phone, conversation.c.next_seq)
    )
    row = (await connection.execute(change)).one_or_none()
    if row is None:
        raise TurnSuperseded("The conversation was changed since it was read. Decide again from its new state.")
    return row.phone, row.next_seq - len(outcome.said)


async def _delivery(
    connection: AsyncConnection,
    new: NewDelivery,
    outcome: Outcome,
    phone: bytes | None,
    *,
    keys: KeyRing,
    position: int,
) -> list[NewJob]:
    """One delivery and its send job; a second one under the same key is silently the first."""
    practice, owner = outcome.conversation.practice, outcome.conversation.id
    id = secrets.token_hex(16)
    if new.to is not None:
        number = new.to.reveal(Purpose.SEALING)
    elif phone is not None:
        number = keys.unseal(phone, practice=practice, table="conversation", column="phone", row=owner)
    else:
        return []  # a web conversation has no number; its messages are its transcript
    bound = {"practice": practice, "table": "delivery", "row": id}
    row = {
        "id": id,
        "key": new.key,
        "practice_id": practice,
        "conversation_id": owner,
        "message_id": new.message,
        "mailbox": keys.blind(number, practice=practice, kind="phone"),
        "to": keys.seal(number, column="to", **bound),
        "body": keys.seal(new.body.reveal(Purpose.SEALING), column="body", **bound),
        "purpose": new.purpose,
        "due": new.due,
        "segments": new.segments,
        "state": "ready",
        "attempts": 0,
    }
    if not await add_new(connection, delivery, [row], unique=["key"]):
        return []
    due = new.due + timedelta(microseconds=position)  # texts of one turn go in their order: what we are comes first
    return [NewJob("send", f"send:{id}", due, {"delivery": id}, lock=f"send:{owner}")]


async def _facts(connection: AsyncConnection, outcome: Outcome, *, keys: KeyRing) -> None:
    practice, owner = outcome.conversation.practice, outcome.conversation.id
    base = {"practice_id": practice, "conversation_id": owner}
    events = [
        {**base, "version": outcome.conversation.version, "position": position, "event": event_to_json(event)}
        for position, event in enumerate(outcome.events)
    ]
    rows: dict[Any, list[dict[str, Any]]] = {
        EventRow: events,
        ConsentRow: [
            {
                "practice_id": item.practice,
                "mailbox": item.mailbox,
                "texts": item.texts,
                "proof": item.proof,
                "at": item.at,
            }
            for item in outcome.consents
        ],
        LinkRow: [
            {
                **base,
                "token_hash": token_hash(link.token.reveal(Purpose.SEALING)),
                "expires": link.expires,
                "redeemed": False,
            }
            for link in outcome.links
        ],
        AlertRow: [{**base, "id": item.id, "kind": item.kind, "created": item.created} for item in outcome.alerts],
    }
    for table, values in rows.items():
        if values:
            await connection.execute(insert(table), values)
    for note in outcome.notes:
        text = keys.seal(note.text.reveal(Purpose.SEALING), practice=practice, table="note", column="text", row=note.id)
        row = {**base, "id": note.id, "by": note.by, "at": note.at, "text": text}
        await add_new(connection, NoteRow.__table__, [row], unique=["id"])  # type: ignore[attr-defined]
    for missed in outcome.missed:
        await add_new(connection, MissedRow.__table__, [{**base, "message_id": missed}], unique=["message_id"])  # type: ignore[attr-defined]
    if outcome.handoff is not None:
        await _put(connection, HandoffRow.__table__, handoff_row(outcome.handoff, practice=practice))  # type: ignore[attr-defined]
    for request in outcome.requests:
        await _put(connection, RequestRow.__table__, request_row(request))  # type: ignore[attr-defined]


async def _put(connection: AsyncConnection, table: Table, row: dict[str, Any]) -> None:
    """Insert, or replace the row with the same id."""
    found = await connection.execute(select(table.c.id).where(table.c.id == row["id"]))
    if found.scalar_one_or_none() is None:
        await connection.execute(insert(table).values(row))
    else:
        await connection.execute(update(table).where(table.c.id == row["id"]).values(row))


def token_hash(token: str) -> str:
    """Tokens are 256 random bits, so a plain hash cannot be searched."""
    return hashlib.sha256(token.encode()).hexdigest()
