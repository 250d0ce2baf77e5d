"""Whether the process lives and whether it can take work. Says nothing else (R-713)."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from bot.web.errors import described
from bot.web.patients import Plugged
from bot.web.services import Services

log = logging.getLogger("frontdesk.web")
router = APIRouter(tags=["health"])

PATIENCE: Final = 2.0  # seconds: a database that takes longer is not ready


@router.get("/healthz")
async def alive() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/readyz")
async def ready(services: Plugged) -> JSONResponse:
    missing = services.ready() or await _database(services)
    if missing is None:
        return JSONResponse({"status": "ready"})
    log.warning("not_ready missing=%s", missing)
    return JSONResponse({"status": "not_ready"}, status_code=503)


async def _database(services: Services) -> str | None:
    try:
        async with asyncio.timeout(PATIENCE):
            await services.jobs.counts()
    except Exception as error:  # noqa: BLE001 - any failure at all means: not ready
        log.warning("database.away error=%s", described(error))
        return "database"
    return None
