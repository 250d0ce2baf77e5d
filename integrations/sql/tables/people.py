"""Who is signed in: patient sessions, staff and their sessions. Tokens are stored as hashes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from integrations.sql.tables.columns import Utc


class PatientSessionRow(SQLModel, table=True):
    __tablename__ = "patient_session"
    token_hash: str = Field(primary_key=True)
    practice_id: str
    conversation_id: str = Field(index=True)
    scope: str
    after: int = 0
    last_seen: datetime = Field(sa_column=Column(Utc, nullable=False))


class StaffRow(SQLModel, table=True):
    __tablename__ = "staff"
    id: str = Field(primary_key=True)
    practice_id: str
    name: str
    email: str = Field(unique=True)
    roles: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    password_hash: str
    active: bool = True
    created: datetime = Field(sa_column=Column(Utc, nullable=False))


class StaffSessionRow(SQLModel, table=True):
    __tablename__ = "staff_session"
    token_hash: str = Field(primary_key=True)
    practice_id: str
    staff_id: str = Field(index=True)
    csrf: str
    started: datetime = Field(sa_column=Column(Utc, nullable=False))
    last_seen: datetime = Field(sa_column=Column(Utc, nullable=False))
