"""Durable work: jobs, the outbox of texts, consent, links."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, LargeBinary
from sqlmodel import Field, SQLModel

from integrations.sql.tables.columns import Utc, one_of

DELIVERY_STATES = ("ready", "sending", "sent", "delivered", "failed", "blocked", "unknown")


class JobRow(SQLModel, table=True):
    __tablename__ = "job"
    __table_args__ = (one_of("state", ("waiting", "dead")), Index("ix_job_due", "state", "due"))
    key: str = Field(primary_key=True)
    kind: str
    args: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    due: datetime = Field(sa_column=Column(Utc, nullable=False))
    lock: str | None = None
    attempts: int = 0
    generation: int = 0
    state: str = "waiting"


class DeliveryRow(SQLModel, table=True):
    __tablename__ = "delivery"
    __table_args__ = (
        one_of("state", DELIVERY_STATES),
        Index("ix_delivery_provider", "provider_id"),
        Index("ix_delivery_conversation", "conversation_id"),
        Index("ix_delivery_mailbox", "practice_id", "mailbox", "purpose"),
    )
    id: str = Field(primary_key=True)
    key: str = Field(unique=True)
    practice_id: str
    conversation_id: str
    message_id: str | None = None
    mailbox: str
    to: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    purpose: str
    due: datetime = Field(sa_column=Column(Utc, nullable=False))
    segments: int
    state: str = "ready"
    attempts: int = 0
    claimed_at: datetime | None = Field(default=None, sa_column=Column(Utc, nullable=True))
    not_before: datetime | None = Field(default=None, sa_column=Column(Utc, nullable=True))
    sent_at: datetime | None = Field(default=None, sa_column=Column(Utc, nullable=True))
    provider_id: str | None = None
    reason: str | None = None


class StatusReportRow(SQLModel, table=True):
    """Status callbacks whose message is not known yet (R-434)."""

    __tablename__ = "status_report"
    id: int | None = Field(default=None, primary_key=True)
    provider_id: str = Field(index=True)
    status: str
    error: str | None = None


class ConsentRow(SQLModel, table=True):
    """An append-only ledger; the newest row of a mailbox decides."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_mailbox", "practice_id", "mailbox"),)
    id: int | None = Field(default=None, primary_key=True)
    practice_id: str
    mailbox: str
    texts: bool
    proof: str
    at: datetime = Field(sa_column=Column(Utc, nullable=False))


class LinkRow(SQLModel, table=True):
    __tablename__ = "link"
    token_hash: str = Field(primary_key=True)
    practice_id: str
    conversation_id: str
    expires: datetime = Field(sa_column=Column(Utc, nullable=False))
    redeemed: bool = False
