"""The model mode: an explicit setting with no permissive default (R-006)."""

from __future__ import annotations

from enum import StrEnum

from bot.domain.errors import BadConfiguration


class ModelMode(StrEnum):
    OFF = "off"
    LOCAL = "local"
    HOSTED_NO_BAA = "hosted_no_baa"
    HOSTED_BAA = "hosted_baa"


def model_mode(setting: str | None) -> ModelMode:
    """Unset means off. Anything unknown is refused, never guessed."""
    try:
        return ModelMode(setting or "off")
    except ValueError:
        known = ", ".join(mode.value for mode in ModelMode)
        raise BadConfiguration(f"FRONTDESK_MODEL_MODE must be one of: {known}.") from None
