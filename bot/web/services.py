"""`Services`: everything that the routes need, plugged in by `bot.processes` and by tests; the routes reach nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from urllib.parse import urlsplit

from bot.desk import Desk
from bot.ports import (
    Clock,
    Codes,
    Conversations,
    Deliveries,
    Jobs,
    Limits,
    PatientSessions,
    PracticeSystem,
    Signals,
    StaffDirectory,
    Vault,
)
from knowledge.published import PmsMode, PublishedPractice


class SignatureCheck(Protocol):
    """Whether an SMS provider really sent a webhook. `target` is path and raw query, exactly as they came."""

    def genuine(self, *, target: str, body: bytes, content_type: str, signature: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class WebSettings:
    """`public_url` is where patients, staff and the SMS provider reach the service; it decides cookies, origins and signatures.

    `merge_web` and `merge_sms`: how long a turn waits for the next quick message of the same person (R-436).
    """

    public_url: str
    demo: bool = False
    allowed_origins: tuple[str, ...] = ()
    """Sites that may embed the widget, besides those that the practice published."""
    secure_cookies: bool = True
    sms_number: str | None = None
    patient_idle: timedelta = timedelta(minutes=20)
    staff_idle: timedelta = timedelta(minutes=15)
    staff_absolute: timedelta = timedelta(hours=12)
    merge_web: timedelta = timedelta(seconds=0.25)
    merge_sms: timedelta = timedelta(seconds=1.5)
    ping: timedelta = timedelta(seconds=15)

    @property
    def origin(self) -> str:
        """Scheme, host and port as a browser sends them in `Origin`."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}".lower()


@dataclass(frozen=True, slots=True)
class Services:
    practice: PublishedPractice
    settings: WebSettings
    clock: Clock
    conversations: Conversations
    sessions: PatientSessions
    staff: StaffDirectory
    deliveries: Deliveries
    jobs: Jobs
    signals: Signals
    limits: Limits
    codes: Codes
    vault: Vault
    system: PracticeSystem
    desk: Desk
    signature: SignatureCheck | None
    """None: this practice has no texts, and the webhooks refuse everything."""
    check_password: Callable[[str, str], bool]
    """Hash and password; slow on purpose, so it is called off the event loop."""
    pms_mode: Callable[[], PmsMode]
    set_pms_mode: Callable[[PmsMode], None] | None = None
    """The demo's switch; None everywhere else."""
    ready: Callable[[], str | None] = lambda: None
    """What keeps the service from taking work, in one word, or None."""
