"""The demo's switch between `request` and `book`. These routes answer 404 everywhere else."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request

from bot.web.errors import not_found
from bot.web.patients import Plugged
from bot.web.services import Services
from bot.web.staff_sessions import same_origin
from bot.web.wire import Wire
from knowledge.published import PmsMode

router = APIRouter(prefix="/api/demo", tags=["demo"])


class DemoMode(Wire):
    mode: Literal["request", "book"]


@router.get("/mode")
async def mode(services: Plugged) -> DemoMode:
    _switch(services)
    return DemoMode.model_validate({"mode": services.pms_mode().value})


@router.post("/mode")
async def set_mode(wanted: DemoMode, request: Request, services: Plugged) -> DemoMode:
    _switch(services)
    same_origin(request, services)
    assert services.set_pms_mode is not None
    services.set_pms_mode(PmsMode(wanted.mode))
    await services.signals.publish(f"desk:{services.practice.id}", "queue mode")
    return wanted


def _switch(services: Services) -> None:
    if not services.settings.demo or services.set_pms_mode is None:
        raise not_found()
