"""Letting go of what a form holds when the patient leaves or changes the time."""

from __future__ import annotations

from bot.domain.errors import IntegrationError
from bot.lanes.intake.context import Visit
from bot.lanes.intake.wanted import NONE, hold_from_json


async def let_go(visit: Visit) -> None:
    """Release the hold, if there is one. A hold that cannot be released now runs out by itself."""
    if visit.slots.get("opening") in (None, NONE):
        return
    try:
        await visit.tools.system.release(hold_from_json(await visit.open_json("opening")))
    except IntegrationError:
        return
