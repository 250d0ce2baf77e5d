"""One service on a database of its own: real store, shared state in process, the real desk, a clock that stands still."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import httpx2
from fastapi import FastAPI

from bot.desk import Desk
from bot.domain import ownership
from bot.domain.conversation import Handoff, HandoffState, Reason
from bot.domain.requests import Kind, Request, Standing
from bot.orchestrator import Plugs
from bot.orchestrator.draft import Draft
from bot.ports import NewLink, Staff
from bot.privacy.phi import Phi
from bot.web.app import create_app
from bot.web.services import Services, WebSettings
from integrations.fakes.clock import FixedClock
from integrations.redis import connect
from integrations.sql import create_key_file, load_keys, open_store
from integrations.twilio import TwilioSignature
from knowledge.published import PmsMode, PublishedPractice, Span
from tests.support.clinic import clinic, clinician, shift

PUBLIC = "http://desk.example.test"
TOKEN = "t" * 32
NUMBER = "+15555550100"
NOW = datetime(2025, 3, 3, 15, 0, tzinfo=UTC)  # a Monday, 10 AM in the practice
PASSWORD = "a made-up password"
NINE_TO_FIVE = ((Span(time(9), time(17)),),) * 5 + ((), ())


def practice() -> PublishedPractice:
    plain = clinic(clinicians=(clinician("ada", shift("mon 09:00-12:00")), clinician("ben", shift("tue 09:00-12:00"))))
    return replace(
        plain,
        allowed_origins=("https://clinic.example.test",),
        locations=tuple(replace(place, hours=NINE_TO_FIVE) for place in plain.locations),
    )


@dataclass(slots=True)
class Rig:
    app: FastAPI
    services: Services
    clock: FixedClock
    client: httpx2.AsyncClient
    plugs: Plugs
    mode: list[PmsMode] = field(default_factory=list)

    # ---- patients ---------------------------------------------------------------------------------------------------

    async def patient(self) -> dict[str, str]:
        """A new chat session: the headers that carry its token."""
        answer = await self.client.post("/api/chat/sessions", json={"practice": self.services.practice.id})
        assert answer.status_code == 200, answer.text
        return {"Authorization": f"Bearer {answer.json()['token']}"}

    async def say(self, who: dict[str, str], text: str = "", **more: Any) -> httpx2.Response:
        key = more.pop("key", str(uuid.uuid4()))
        return await self.client.post(
            "/api/chat/messages", json={"text": text, **more}, headers={**who, "Idempotency-Key": key}
        )

    async def conversation(self, who: dict[str, str]) -> str:
        token = who["Authorization"].removeprefix("Bearer ")
        found = await self.services.sessions.find(
            token, at=self.clock.now(), idle=self.services.settings.patient_idle, touch=False
        )
        assert found is not None
        return found.conversation

    async def save(self, conversation: str, change: Callable[[Draft], None]) -> None:
        """One saved outcome, as a turn or the desk would save it."""
        snapshot = await self.services.conversations.snapshot(conversation)
        assert snapshot is not None
        draft = Draft(self.plugs, snapshot, now=self.clock.now())
        change(draft)
        await self.services.conversations.commit(draft.outcome())

    async def hand_off(self, conversation: str, reason: Reason = Reason.ASKED, code: str | None = None) -> None:
        handle = blind = None
        if code is not None:
            id = self.services.practice.id
            handle = await self.services.vault.put(Phi(code), practice=id, conversation=conversation, kind="resume_code")
            blind = self.services.vault.blind(Phi(code.replace("-", "")), practice=id, kind="resume_code")

        def change(draft: Draft) -> None:
            draft.conversation = ownership.hand_off(draft.conversation)
            draft.change_handoff(
                Handoff(
                    id=uuid.uuid4().hex,
                    conversation=conversation,
                    reason=reason,
                    state=HandoffState.WAITING,
                    created=self.clock.now(),
                    due=self.clock.now(),
                    resume_code=handle,
                    resume_blind=blind,
                )
            )

        await self.save(conversation, change)

    async def ask_refill(self, conversation: str) -> str:
        id = uuid.uuid4().hex

        def change(draft: Draft) -> None:
            draft.keep(
                Request(
                    id=id,
                    number="R-1",
                    conversation=conversation,
                    practice=self.services.practice.id,
                    kind=Kind.REFILL,
                    standing=Standing.RECEIVED,
                    language="en",
                    created=self.clock.now(),
                )
            )

        await self.save(conversation, change)
        return id

    async def offer_link(self, conversation: str, token: str) -> None:
        snapshot = await self.services.conversations.snapshot(conversation)
        assert snapshot is not None
        outcome = Draft(self.plugs, snapshot, now=self.clock.now()).outcome()
        link = NewLink(token=Phi(token), conversation=conversation, expires=self.clock.now().replace(hour=23))
        await self.services.conversations.commit(replace(outcome, links=(link,)))

    # ---- staff ------------------------------------------------------------------------------------------------------

    async def hire(self, name: str = "Dana Demo", *roles: str, practice: str | None = None) -> Staff:
        staff = await self.services.staff.add(
            practice=practice or self.services.practice.id,
            name=name,
            email=f"{name.split()[0].lower()}@example.test",
            roles=roles or ("front_desk",),
            password_hash=PASSWORD,
            at=self.clock.now(),
        )
        assert staff is not None
        return staff

    async def sign_in(self, staff: Staff) -> dict[str, str]:
        """The headers of a signed-in browser on our own page."""
        token, csrf = await self.services.staff.sign_in(staff.id, at=self.clock.now())
        return {"Cookie": f"desk={token}", "X-CSRF": csrf, "Origin": PUBLIC}


@asynccontextmanager
async def running(folder: Path, *, demo: bool = False, secure: bool = False) -> AsyncIterator[Rig]:
    published, clock, mode = practice(), FixedClock(NOW), [PmsMode.REQUEST]
    create_key_file(folder / "key")
    keys = load_keys(folder / "key")
    store = await open_store(f"sqlite+aiosqlite:///{folder / 'test.db'}", keys=keys)
    shared = await connect("memory://", secret=keys.derived("redis"))
    system = store.practice_system(published, lambda: mode[-1])
    plugs = Plugs(published, store.vault, PUBLIC)
    services = Services(
        practice=published,
        settings=WebSettings(public_url=PUBLIC, demo=demo, secure_cookies=secure, sms_number=NUMBER),
        clock=clock,
        conversations=store.conversations,
        sessions=store.sessions,
        staff=store.staff,
        deliveries=store.deliveries,
        jobs=store.jobs,
        signals=shared.signals,
        limits=shared.limits,
        codes=shared.codes,
        vault=store.vault,
        system=system,
        desk=Desk(plugs, conversations=store.conversations, system=system, signals=shared.signals, clock=clock),
        signature=TwilioSignature([TOKEN], PUBLIC),
        check_password=lambda stored, password: stored == password,
        pms_mode=lambda: mode[-1],
        set_pms_mode=mode.append if demo else None,
    )
    app = create_app(services)
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url=PUBLIC) as client:
        yield Rig(app, services, clock, client, plugs, mode)
    await shared.close()
    await store.close()
