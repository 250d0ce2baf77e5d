"""`STATUS`: where a patient's requests stand, from their recorded standings and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.blocks import Bullets
from bot.domain.requests import Request
from bot.domain.says import Say
from bot.responses import label


def told(requests: Sequence[Request], language: str) -> tuple[Say, ...]:
    """One line a request: kind, number, standing. No details, so that it may be texted."""
    if not requests:
        return (Say("utter_status_none"),)
    lines = tuple(
        f"{label(f'kind_{request.kind.value}', language)} {request.number}: "
        f"{label(f'standing_{request.standing.value}', language)}"
        for request in requests
    )
    return (Say("utter_status", blocks=(Bullets(lines),)),)
