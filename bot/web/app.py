"""`create_app`: all HTTP of the service, around the given services. Starts nothing and opens nothing by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI

from bot.understanding.safety.assessor import compiled_tables
from bot.web import chat, demo, desk, errors, health, pages, staff_sessions, streaming, twilio
from bot.web.edge import Edge
from bot.web.headers import SecurityHeaders
from bot.web.leaving import Presence
from bot.web.services import Services

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def create_app(services: Services, *, lifespan: Lifespan | None = None) -> FastAPI:
    app = FastAPI(
        title="Frontdesk",
        lifespan=_ready_to_hear(lifespan),
        openapi_url=None,  # nobody needs our routes listed from outside; `app.openapi()` still builds the client's types
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.services = services
    app.state.presence = Presence()
    app.state.refused_webhooks = 0
    errors.add_handlers(app)
    app.add_exception_handler(desk.Taken, desk.taken)
    routers = [chat, streaming, staff_sessions, desk, twilio, health, pages]
    for module in [*routers, demo] if services.settings.demo else routers:
        app.include_router(module.router)
    app.add_middleware(Edge)
    app.add_middleware(SecurityHeaders, settings=services.settings)  # outermost: also on what Edge answers
    return app


def _ready_to_hear(lifespan: Lifespan | None) -> Lifespan:
    """Compiles the safety rules before the first message, which would otherwise wait for them."""

    @asynccontextmanager
    async def prepared(app: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(compiled_tables)
        if lifespan is None:
            yield
            return
        async with lifespan(app):
            yield

    return prepared
