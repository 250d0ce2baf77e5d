"""Every outside system as a Protocol. Adapters live in `integrations`, fakes in `integrations/fakes`; one suite holds both.

Failures are raised from `bot.domain.errors`; everything expected is returned.
All datetimes are aware; what is stored is UTC.
"""

from bot.ports.clock import Clock
from bot.ports.conversations import Conversations, QueueRow
from bot.ports.forms import FormContext, FormRunner, FormSpec
from bot.ports.practice_system import PracticeSystem, SubmitOutcome
from bot.ports.sessions import PatientSession, PatientSessions, Staff, StaffDirectory
from bot.ports.shared import Codes, Limits, Signals
from bot.ports.turns import (
    Acceptance,
    Alert,
    ConsentChange,
    Inbound,
    NewDelivery,
    NewJob,
    NewLink,
    NewMessage,
    Note,
    Outcome,
    Snapshot,
    StoredMessage,
    Typed,
    Waiting,
)
from bot.ports.vault import Vault
from bot.ports.work import Deliveries, Delivery, Handler, Job, Jobs, NotSent, Sent, Texts

__all__ = [
    "Acceptance",
    "Alert",
    "Clock",
    "Codes",
    "ConsentChange",
    "Conversations",
    "Deliveries",
    "Delivery",
    "FormContext",
    "FormRunner",
    "FormSpec",
    "Handler",
    "Inbound",
    "Job",
    "Jobs",
    "Limits",
    "NewDelivery",
    "NewJob",
    "NewLink",
    "NewMessage",
    "NotSent",
    "Note",
    "Outcome",
    "PatientSession",
    "PatientSessions",
    "PracticeSystem",
    "QueueRow",
    "Sent",
    "Signals",
    "Snapshot",
    "Staff",
    "StaffDirectory",
    "StoredMessage",
    "SubmitOutcome",
    "Texts",
    "Typed",
    "Vault",
    "Waiting",
]
