"""The built-in practice system: patients, appointments, and the five-minute ticks that make double booking impossible."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, LargeBinary
from sqlmodel import Field, SQLModel

from integrations.sql.tables.columns import Utc, one_of

APPOINTMENT_STATES = ("booked", "confirmed", "cancelled")


class PatientRow(SQLModel, table=True):
    __tablename__ = "patient"
    __table_args__ = (Index("ix_patient_who", "practice_id", "phone_blind", "birth_blind"),)
    id: str = Field(primary_key=True)
    practice_id: str
    phone_blind: str
    birth_blind: str
    name_blind: str
    name: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    birth_date: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    phone: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class AppointmentRow(SQLModel, table=True):
    __tablename__ = "appointment"
    __table_args__ = (
        one_of("status", APPOINTMENT_STATES),
        Index("ix_appointment_patient", "practice_id", "patient_id"),
        Index("ix_appointment_start", "practice_id", "start"),
    )
    id: str = Field(primary_key=True)
    practice_id: str
    patient_id: str
    clinician: str
    location: str
    visit_type: str
    start: datetime = Field(sa_column=Column(Utc, nullable=False))
    end: datetime = Field(sa_column=Column(Utc, nullable=False))
    status: str = "booked"
    version: int = 1
    entered_by: str | None = None


class TickRow(SQLModel, table=True):
    """Five minutes of a clinician's time, buffers included, taken by a hold or an appointment. The primary key is the rule."""

    __tablename__ = "tick"
    __table_args__ = (Index("ix_tick_holder", "holder"),)
    practice_id: str = Field(primary_key=True)
    clinician: str = Field(primary_key=True)
    at: datetime = Field(sa_column=Column(Utc, primary_key=True))
    holder: str
    expires: datetime | None = Field(default=None, sa_column=Column(Utc, nullable=True))


class HoldRow(SQLModel, table=True):
    __tablename__ = "hold"
    id: str = Field(primary_key=True)
    key: str = Field(unique=True)
    practice_id: str
    opening: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    expires: datetime = Field(sa_column=Column(Utc, nullable=False))


class ReceiptRow(SQLModel, table=True):
    __tablename__ = "receipt"
    key: str = Field(primary_key=True)
    practice_id: str
    body_hash: str
    ref: str
    standing: str
    appointment_id: str | None = None
    patient_id: str | None = None


class WishRow(SQLModel, table=True):
    """A visit request or refill task that waits for staff: the wish itself is sealed."""

    __tablename__ = "wish"
    id: str = Field(primary_key=True)
    practice_id: str
    kind: str
    patient_id: str | None = None
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    created: datetime = Field(sa_column=Column(Utc, nullable=False))
