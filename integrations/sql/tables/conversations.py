"""Conversations and what belongs to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.domain.conversation import Channel, HandoffState, Reason, Status
from bot.domain.requests import Kind, Standing
from integrations.sql.tables.columns import Utc, one_of


class ConversationRow(SQLModel, table=True):
    __tablename__ = "conversation"
    __table_args__ = (
        one_of("status", Status),
        one_of("channel", Channel),
        Index("ix_conversation_mailbox", "practice_id", "mailbox"),
    )
    id: str = Field(primary_key=True)
    practice_id: str
    channel: str
    language: str
    status: str
    owner: str | None = None
    fence: int = 0
    version: int = 0
    next_seq: int = 1
    patient_left: bool = False
    mailbox: str | None = None
    phone: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    tracker: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    created: datetime = Field(sa_column=Column(Utc, nullable=False))


class MessageRow(SQLModel, table=True):
    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("practice_id", "channel", "external_id"),
        UniqueConstraint("conversation_id", "seq"),
        Index("ix_message_unhandled", "conversation_id", "handled"),
    )
    id: str = Field(primary_key=True)
    practice_id: str
    conversation_id: str
    seq: int
    author: str
    channel: str
    language: str
    at: datetime = Field(sa_column=Column(Utc, nullable=False))
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    typed: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    utter: str | None = None
    external_id: str | None = None
    fingerprint: str | None = None
    handled: bool = True


class EventRow(SQLModel, table=True):
    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("conversation_id", "version", "position"),)
    id: int | None = Field(default=None, primary_key=True)
    practice_id: str
    conversation_id: str
    version: int
    position: int
    event: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class HandoffRow(SQLModel, table=True):
    __tablename__ = "handoff"
    __table_args__ = (
        one_of("reason", Reason),
        one_of("state", HandoffState),
        Index("ix_handoff_open", "practice_id", "state"),
        Index("ix_handoff_conversation", "conversation_id"),
        Index("ix_handoff_resume", "practice_id", "resume_blind"),
    )
    id: str = Field(primary_key=True)
    practice_id: str
    conversation_id: str
    reason: str
    state: str
    created: datetime = Field(sa_column=Column(Utc, nullable=False))
    due: datetime = Field(sa_column=Column(Utc, nullable=False))
    callback: str | None = None
    resume_code: str | None = None
    resume_blind: str | None = None
    acknowledged: bool = False


class RequestRow(SQLModel, table=True):
    __tablename__ = "request"
    __table_args__ = (
        one_of("kind", Kind),
        one_of("standing", Standing),
        Index("ix_request_standing", "practice_id", "kind", "standing"),
        Index("ix_request_conversation", "conversation_id"),
        Index("ix_request_appointment", "practice_id", "appointment"),
    )
    id: str = Field(primary_key=True)
    practice_id: str
    conversation_id: str
    number: str
    kind: str
    standing: str
    language: str
    created: datetime = Field(sa_column=Column(Utc, nullable=False))
    due: datetime | None = Field(default=None, sa_column=Column(Utc, nullable=True))
    urgent: bool = False
    details: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    appointment: str | None = None
    patient: str | None = None
    steps: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    confirmed_by_patient: bool = False


class AlertRow(SQLModel, table=True):
    __tablename__ = "alert"
    __table_args__ = (Index("ix_alert_conversation", "conversation_id"),)
    id: str = Field(primary_key=True)
    practice_id: str
    conversation_id: str
    kind: str
    created: datetime = Field(sa_column=Column(Utc, nullable=False))
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = Field(default=None, sa_column=Column(Utc, nullable=True))


class NoteRow(SQLModel, table=True):
    __tablename__ = "note"
    __table_args__ = (Index("ix_note_conversation", "conversation_id"),)
    id: str = Field(primary_key=True)
    practice_id: str
    conversation_id: str
    by: str
    at: datetime = Field(sa_column=Column(Utc, nullable=False))
    text: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class VaultRow(SQLModel, table=True):
    __tablename__ = "vault"
    __table_args__ = (Index("ix_vault_conversation", "conversation_id"),)
    handle: str = Field(primary_key=True)
    practice_id: str
    conversation_id: str
    kind: str
    value: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class MissedRow(SQLModel, table=True):
    """Messages that the knowledge had no answer for: ids only, the words stay in `message`."""

    __tablename__ = "missed"
    message_id: str = Field(primary_key=True)
    practice_id: str
    conversation_id: str
