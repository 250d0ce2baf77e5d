"""Conversations on SQL: accept once, read whole, save a turn as one compare-and-set transaction."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import LABEL_STYLE_TABLENAME_PLUS_COL, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.blocks import to_json as block_to_json
from bot.domain.conversation import Channel, Conversation, HandoffState, Status
from bot.domain.errors import KeyReused, StoreUnusable
from bot.domain.requests import Kind, Request, Standing
from bot.domain.tracker import Tracker
from bot.domain.tracker import from_json as tracker_from_json
from bot.domain.tracker import to_json as tracker_to_json
from bot.ports import Acceptance, Inbound, NewJob, Note, Outcome, QueueRow, Snapshot, StoredMessage, Typed, Waiting
from bot.privacy.phi import Phi, Purpose
from integrations.sql.advisory import one_at_a_time
from integrations.sql.engine import Database
from integrations.sql.keys import KeyRing
from integrations.sql.rows import conversation_of, handoff_of, request_of
from integrations.sql.saving import save
from integrations.sql.tables.conversations import (
    AlertRow,
    ConversationRow,
    HandoffRow,
    MessageRow,
    NoteRow,
    RequestRow,
)
from integrations.sql.tables.work import ConsentRow
from integrations.sql.writing import WritesJobs

conversation = ConversationRow.__table__  # type: ignore[attr-defined]
message = MessageRow.__table__  # type: ignore[attr-defined]
handoff = HandoffRow.__table__  # type: ignore[attr-defined]
request = RequestRow.__table__  # type: ignore[attr-defined]
alert = AlertRow.__table__  # type: ignore[attr-defined]
note = NoteRow.__table__  # type: ignore[attr-defined]
consent = ConsentRow.__table__  # type: ignore[attr-defined]

OPEN = (HandoffState.WAITING.value, HandoffState.CLAIMED.value)


class SqlConversations:
    def __init__(self, database: Database, keys: KeyRing, jobs: WritesJobs) -> None:
        self._database = database
        self._keys = keys
        self._jobs = jobs

    # ---- arriving ---------------------------------------------------------------------------------------------------

    async def start(self, *, practice: str, channel: Channel, language: str, at: datetime) -> Conversation:
        async with self._database.write() as connection:
            return await self._make(
                connection, practice=practice, channel=channel, language=language, at=at, phone=None
            )

    async def accept(self, inbound: Inbound, *, due: datetime) -> Acceptance:
        known = await self._known(inbound)
        if known is not None:
            return known
        try:
            async with self._database.write() as connection:
                accepted = await self._store(connection, inbound)
                key = f"turn:{accepted.conversation}"
                job = NewJob("turn", key, due, {"conversation": accepted.conversation}, lock=key)
                await self._jobs.write(connection, job)
        except IntegrityError:  # the same message came twice at the same moment
            again = await self._known(inbound)
            if again is None:
                raise StoreUnusable(
                    "A message could not be stored. Nothing was accepted; the sender may repeat it."
                ) from None
            return again
        self._jobs.wake()
        return accepted

    async def _known(self, inbound: Inbound) -> Acceptance | None:
        """The first acceptance of a repeated message. Raises `KeyReused` for another body under the same id."""
        query = select(message).where(
            message.c.practice_id == inbound.practice,
            message.c.channel == inbound.channel.value,
            message.c.external_id == inbound.external_id,
        )
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return None
        if row.fingerprint != self._fingerprint(inbound):
            raise KeyReused("This message id was used for another message. Send the new message with a new id.")
        return Acceptance(id=row.id, conversation=row.conversation_id, seq=row.seq, duplicate=True)

    async def _store(self, connection: AsyncConnection, inbound: Inbound) -> Acceptance:
        owner = inbound.conversation
        if owner is None:
            assert inbound.mailbox is not None
            found = await self._mailbox(
                connection, inbound.practice, inbound.mailbox, language=inbound.language, at=inbound.at
            )
            owner = found.id
        seq = await self._next_seq(connection, owner)
        id = secrets.token_hex(16)
        bound = {"practice": inbound.practice, "table": "message", "row": id}
        shown = json.dumps([block_to_json(block) for block in inbound.shown.reveal(Purpose.SEALING)])
        typed = json.dumps(asdict(inbound.body.reveal(Purpose.SEALING)))
        await connection.execute(
            insert(message).values(
                id=id,
                practice_id=inbound.practice,
                conversation_id=owner,
                seq=seq,
                author="patient",
                channel=inbound.channel.value,
                language=inbound.language,
                at=inbound.at,
                body=self._keys.seal(shown, column="body", **bound),
                typed=self._keys.seal(typed, column="typed", **bound),
                external_id=inbound.external_id,
                fingerprint=self._fingerprint(inbound),
                handled=False,
            )
        )
        return Acceptance(id=id, conversation=owner, seq=seq, duplicate=False)

    def _fingerprint(self, inbound: Inbound) -> str:
        body = json.dumps(asdict(inbound.body.reveal(Purpose.SEALING)), sort_keys=True)
        digest = hashlib.sha256(f"{inbound.conversation or ''}|{body}".encode()).hexdigest()
        return self._keys.blind(digest, practice=inbound.practice, kind="fingerprint")

    @staticmethod
    async def _next_seq(connection: AsyncConnection, owner: str) -> int:
        raised = (
            update(conversation)
            .where(conversation.c.id == owner)
            .values(next_seq=conversation.c.next_seq + 1)
            .returning(conversation.c.next_seq)
        )
        seq: int = (await connection.execute(raised)).scalar_one()
        return seq - 1

    async def _make(
        self,
        connection: AsyncConnection,
        *,
        practice: str,
        channel: Channel,
        language: str,
        at: datetime,
        phone: Phi[str] | None,
    ) -> Conversation:
        id = secrets.token_hex(16)
        sealed = mailbox = None
        if phone is not None:
            mailbox = self._keys.blind(phone.reveal(Purpose.SEALING), practice=practice, kind="phone")
            bound = {"practice": practice, "table": "conversation", "column": "phone", "row": id}
            sealed = self._keys.seal(phone.reveal(Purpose.SEALING), **bound)
        row = {
            "id": id,
            "practice_id": practice,
            "channel": channel.value,
            "language": language,
            "status": Status.PENDING.value,
            "fence": 0,
            "version": 0,
            "next_seq": 1,
            "patient_left": False,
            "mailbox": mailbox,
            "phone": sealed,
            "tracker": tracker_to_json(Tracker()),
            "created": at,
        }
        await connection.execute(insert(conversation).values(row))
        return Conversation(id=id, practice=practice, channel=channel, language=language, mailbox=mailbox, created=at)

    async def _mailbox(
        self, connection: AsyncConnection, practice: str, phone: Phi[str], *, language: str, at: datetime
    ) -> Conversation:
        mailbox = self._keys.blind(phone.reveal(Purpose.SEALING), practice=practice, kind="phone")
        await one_at_a_time(connection, f"mailbox {practice} {mailbox}")
        query = select(conversation).where(
            conversation.c.practice_id == practice,
            conversation.c.mailbox == mailbox,
            conversation.c.channel == Channel.SMS.value,
        )
        row = (await connection.execute(query.order_by(conversation.c.created).limit(1))).one_or_none()
        if row is not None:
            return conversation_of(row)
        return await self._make(
            connection, practice=practice, channel=Channel.SMS, language=language, at=at, phone=phone
        )

    async def for_mailbox(self, practice: str, phone: Phi[str], *, at: datetime) -> Conversation:
        async with self._database.write() as connection:
            return await self._mailbox(connection, practice, phone, language="en", at=at)

    async def phone(self, id: str) -> Phi[str] | None:
        query = select(conversation.c.phone, conversation.c.practice_id).where(conversation.c.id == id)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None or row.phone is None:
            return None
        return Phi(self._keys.unseal(row.phone, practice=row.practice_id, table="conversation", column="phone", row=id))

    # ---- turns ------------------------------------------------------------------------------------------------------

    async def snapshot(self, id: str) -> Snapshot | None:
        async with self._database.read() as connection:
            row = (await connection.execute(select(conversation).where(conversation.c.id == id))).one_or_none()
            if row is None:
                return None
            unhandled = select(message).where(message.c.conversation_id == id, message.c.handled.is_(False))
            waiting = (await connection.execute(unhandled.order_by(message.c.seq))).all()
            opened = select(handoff).where(handoff.c.conversation_id == id, handoff.c.state.in_(OPEN))
            open_handoff = (await connection.execute(opened.order_by(handoff.c.created.desc()).limit(1))).one_or_none()
            asked = select(request).where(request.c.conversation_id == id).order_by(request.c.created)
            requests = (await connection.execute(asked)).all()
            opted_out = row.mailbox is not None and await _opted_out(connection, row.practice_id, row.mailbox)
        return Snapshot(
            conversation=conversation_of(row),
            tracker=tracker_from_json(row.tracker),
            waiting=tuple(self._waiting(item) for item in waiting),
            handoff=handoff_of(open_handoff) if open_handoff is not None else None,
            requests=tuple(request_of(item) for item in requests),
            opted_out=opted_out,
        )

    def _waiting(self, row: Any) -> Waiting:
        page = row.language if row.channel == Channel.WEB.value else ""
        typed = self._keys.unseal(row.typed, practice=row.practice_id, table="message", column="typed", row=row.id)
        return Waiting(
            id=row.id,
            seq=row.seq,
            channel=Channel(row.channel),
            body=Phi(Typed(**json.loads(typed))),
            at=row.at,
            language=page,
        )

    async def commit(self, outcome: Outcome) -> None:
        async with self._database.write() as connection:
            jobs = await save(connection, outcome, keys=self._keys)
            for job in jobs:
                await self._jobs.write(connection, job)
            unhandled = select(func.count()).where(
                message.c.conversation_id == outcome.conversation.id, message.c.handled.is_(False)
            )
            left = (await connection.execute(unhandled)).scalar_one()
            if outcome.handled:
                await self._jobs.settle_turn(connection, outcome.conversation.id, more=bool(left))
        self._jobs.wake()

    # ---- reading ----------------------------------------------------------------------------------------------------

    async def messages(self, id: str, *, after: int = 0, limit: int = 500) -> Sequence[StoredMessage]:
        query = select(message).where(message.c.conversation_id == id, message.c.seq > after)
        async with self._database.read() as connection:
            rows = (await connection.execute(query.order_by(message.c.seq).limit(limit))).all()
        return [self._stored(row) for row in rows]

    def _stored(self, row: Any) -> StoredMessage:
        body = self._keys.unseal(row.body, practice=row.practice_id, table="message", column="body", row=row.id)
        return StoredMessage(
            id=row.id,
            conversation=row.conversation_id,
            seq=row.seq,
            author=row.author,
            channel=Channel(row.channel),
            language=row.language,
            at=row.at,
            body=Phi(tuple(json.loads(body))),
            utter=row.utter,
            external_id=row.external_id,
        )

    async def notes(self, id: str) -> Sequence[Note]:
        async with self._database.read() as connection:
            rows = (
                await connection.execute(select(note).where(note.c.conversation_id == id).order_by(note.c.at))
            ).all()
        return [
            Note(
                id=row.id,
                conversation=id,
                by=row.by,
                at=row.at,
                text=Phi(
                    self._keys.unseal(row.text, practice=row.practice_id, table="note", column="text", row=row.id)
                ),
            )
            for row in rows
        ]

    async def queue(self, practice: str) -> Sequence[QueueRow]:
        query = (
            select(handoff, conversation)
            .join(conversation, conversation.c.id == handoff.c.conversation_id)
            .where(handoff.c.practice_id == practice, handoff.c.state.in_(OPEN))
            .set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
        )
        alarms = select(alert).where(alert.c.practice_id == practice, alert.c.acknowledged_by.is_(None))
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
            unseen = {
                row.conversation_id: row.id
                for row in (await connection.execute(alarms.order_by(alert.c.created))).all()
            }
        found = [
            QueueRow(
                conversation=conversation_of(row, prefix="conversation_"),
                handoff=handoff_of(row, prefix="handoff_"),
                alert=unseen.get(row.handoff_conversation_id),
            )
            for row in rows
        ]
        return sorted(found, key=lambda row: (not row.handoff.urgent, row.handoff.due))

    async def requests(
        self, practice: str, *, kinds: tuple[Kind, ...] = (), standings: tuple[Standing, ...] = ()
    ) -> Sequence[Request]:
        query = select(request).where(request.c.practice_id == practice)
        if kinds:
            query = query.where(request.c.kind.in_([kind.value for kind in kinds]))
        if standings:
            query = query.where(request.c.standing.in_([standing.value for standing in standings]))
        async with self._database.read() as connection:
            rows = (await connection.execute(query.order_by(request.c.urgent.desc(), request.c.created))).all()
        return [request_of(row) for row in rows]

    async def request(self, id: str) -> Request | None:
        async with self._database.read() as connection:
            row = (await connection.execute(select(request).where(request.c.id == id))).one_or_none()
        return request_of(row) if row is not None else None

    async def by_appointment(self, practice: str, appointment: str) -> Request | None:
        query = select(request).where(request.c.practice_id == practice, request.c.appointment == appointment)
        async with self._database.read() as connection:
            row = (await connection.execute(query.order_by(request.c.created.desc()).limit(1))).one_or_none()
        return request_of(row) if row is not None else None

    async def acknowledge(self, id: str, *, staff: str, at: datetime) -> bool:
        seen = update(alert).where(alert.c.id == id, alert.c.acknowledged_by.is_(None))
        async with self._database.write() as connection:
            done = await connection.execute(seen.values(acknowledged_by=staff, acknowledged_at=at))
            return bool(done.rowcount)

    async def set_left(self, id: str, *, left: bool) -> bool:
        change = update(conversation).where(conversation.c.id == id, conversation.c.patient_left.is_(not left))
        async with self._database.write() as connection:
            return bool((await connection.execute(change.values(patient_left=left))).rowcount)

    async def by_resume_code(self, practice: str, code: Phi[str]) -> str | None:
        blind = self._keys.blind(code.reveal(Purpose.SEALING), practice=practice, kind="resume_code")
        query = select(handoff.c.conversation_id).where(
            handoff.c.practice_id == practice, handoff.c.resume_blind == blind
        )
        async with self._database.read() as connection:
            found: str | None = (await connection.execute(query.limit(1))).scalar_one_or_none()
        return found


async def _opted_out(connection: AsyncConnection, practice: str, mailbox: str) -> bool:
    query = select(consent.c.texts).where(consent.c.practice_id == practice, consent.c.mailbox == mailbox)
    newest = (await connection.execute(query.order_by(consent.c.id.desc()).limit(1))).scalar_one_or_none()
    return newest is False
