"""Runs the service: web, worker, or both in one process (the embedded default)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import uvicorn
from fastapi import FastAPI

from bot.domain.errors import IntegrationError
from bot.ports import NewJob
from bot.privacy.phi import Phi
from bot.processes.assembly import Frontdesk
from bot.processes.passwords import matches
from bot.web.app import create_app
from bot.web.services import Services, WebSettings
from integrations.twilio import TwilioSignature

log = logging.getLogger("frontdesk")


def services_of(desk: Frontdesk) -> Services:
    settings, store, shared = desk.settings, desk.store, desk.shared
    twilio = settings.twilio
    return Services(
        practice=desk.practice,
        settings=WebSettings(
            public_url=settings.public_url,
            demo=settings.demo,
            allowed_origins=settings.allowed_origins,
            secure_cookies=settings.secure,
            sms_number=twilio.number if twilio else None,
            merge_web=timedelta(seconds=settings.merge_seconds),
        ),
        clock=desk.clock,
        conversations=store.conversations,
        sessions=store.sessions,
        staff=store.staff,
        deliveries=store.deliveries,
        jobs=store.jobs,
        signals=shared.signals,
        limits=shared.limits,
        codes=shared.codes,
        vault=store.vault,
        system=desk.system,
        desk=desk.desk,
        signature=TwilioSignature(twilio.tokens, settings.public_url) if twilio else None,
        check_password=matches,
        pms_mode=desk.mode,
        set_pms_mode=desk.mode.change if settings.demo else None,
    )


def web_app(desk: Frontdesk, *, with_worker: bool) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        work = asyncio.create_task(run_worker(desk)) if with_worker else None
        warming = asyncio.create_task(asyncio.to_thread(warm_up, desk))
        try:
            yield
        finally:
            await warming
            if work is not None:
                work.cancel()
                with suppress(asyncio.CancelledError):
                    await work
            await desk.close()

    return create_app(services_of(desk), lifespan=lifespan)


def warm_up(desk: Frontdesk) -> None:
    """Compiles the tables of rules, about a second of work, so that the first patient does not wait for it."""
    first = desk.practice.languages[0]
    desk.orchestrator.understanding.hear(Phi("hello"), now=desk.clock.now(), language=first, topics=(), web=True)


async def run_worker(desk: Frontdesk) -> None:
    """Work until cancelled. The first sweep, which also looks after half-sent texts, is due at once."""
    now = desk.clock.now()
    if not desk.settings.scaled:
        await _recover_all(desk)
    await desk.store.jobs.add(NewJob("sweep", f"sweep:{desk.practice.id}:start", now))
    await desk.store.jobs.run(desk.handlers)


async def _recover_all(desk: Frontdesk) -> None:
    """Whatever is half sent was left by the process before this one: nobody else works on this database."""
    try:
        await desk.sending.recover(stuck_after=timedelta(0))
    except IntegrationError as error:
        log.warning("recover.later error=%s", type(error).__name__)


async def serve(app: FastAPI, *, host: str, port: int) -> None:
    config = uvicorn.Config(
        app, host=host, port=port, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=3
    )
    await uvicorn.Server(config).serve()
