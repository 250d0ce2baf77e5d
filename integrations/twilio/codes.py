"""Twilio's error codes as outcomes: what is final, what may be tried again, and what is about us and not about the number."""

from __future__ import annotations

from typing import Final

from bot.domain.errors import IntegrationError, OutcomeUnknown, Refused, Unavailable
from bot.ports import NotSent

# code → whether it is final (R-412 and the table of part 5.3)
OUTCOMES: Final = {
    21211: True,  # not a number
    21614: True,  # not a mobile number
    21635: True,  # a landline
    21610: True,  # opted out at Twilio: never again
    21612: True,  # no way from our number to this one
    21408: True,  # region not allowed
    21617: True,  # longer than 1600 characters
    30003: False,  # handset unreachable
    30004: True,  # blocked
    30005: True,  # unknown number
    30006: True,  # landline or unreachable carrier
    30007: True,  # filtered as spam: the same words again would be filtered again
    30008: False,  # unknown
    30032: True,  # our toll-free number is not verified
    30034: True,  # our number is not registered for this traffic
    30001: False,  # queue full
    20429: False,  # too many requests
    30022: False,  # our registered rate is used up
    14107: False,  # too fast
    30610: False,  # quiet hours
    30047: False,  # could not be put off
}

TOO_MANY: Final = 429
_OURS: Final = (401, 403)


def outcome_of(*, status: int, code: int | None) -> NotSent | IntegrationError:
    """What a refusal of Twilio's means. Its message is never read: it may quote the number."""
    if code in OUTCOMES:
        return NotSent(code=str(code), final=OUTCOMES[code])
    if status == TOO_MANY:
        return NotSent(code=str(code or 20429), final=False)
    if status in _OURS:
        return Refused(f"Twilio refuses our credentials or account (status {status}). Check account SID and auth token.")
    if status >= 500:
        # Twilio says that a message may have been made even then
        return OutcomeUnknown(f"Twilio answered with status {status}; whether the text went out is not known.")
    if 400 <= status:
        return NotSent(code=str(code or status), final=True)
    return Unavailable(f"Twilio answered with an unexpected status {status}.")
