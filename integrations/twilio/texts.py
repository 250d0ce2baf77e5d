"""`TwilioTexts`: sends texts through Twilio's REST API and looks one up when its outcome is unknown.

Uses the SDK's resource classes with our own HTTP client (`http.py`). Every failure is mapped without its message and without
its cause: Twilio's messages quote the number that was texted.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import httpx2
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.rest import Client

from bot.domain.errors import IntegrationError, OutcomeUnknown, Refused, Unavailable
from bot.ports import NotSent, Sent
from bot.privacy.phi import Phi, Purpose
from integrations.twilio.codes import outcome_of
from integrations.twilio.http import PointedClient

API: Final = "https://api.twilio.com"
TIMEOUT: Final = 15.0  # seconds for one request
LOOKED_AT: Final = 50  # messages to one number within the look-back: more would be a flood
SKEW: Final = timedelta(seconds=5)  # Twilio keeps whole seconds by its own clock
FAILED: Final = frozenset({"failed", "undelivered", "canceled"})


class TwilioTexts:
    def __init__(
        self,
        *,
        account: str,
        token: str,
        number: str,
        base_url: str = API,
        status_callback: str | None = None,
        timeout: float = TIMEOUT,
    ) -> None:
        self._number = number
        self._callback = status_callback
        self._http = PointedClient(base_url, timeout=timeout)
        self._client = Client(account, token, http_client=self._http)

    async def close(self) -> None:
        await self._http.close()

    async def send(self, *, to: Phi[str], body: Phi[str], key: str) -> Sent | NotSent:
        """`key` is ours alone: Twilio's create has no idempotency key, so an unknown outcome is settled by `find`."""
        asked: dict[str, Any] = {
            "to": to.reveal(Purpose.DELIVERY),
            "from_": self._number,
            "body": body.reveal(Purpose.DELIVERY),
        }
        if self._callback is not None:
            asked["status_callback"] = self._callback
        try:
            made = await self._client.messages.create_async(**asked)
        except Exception as error:  # noqa: BLE001 - `failure_of` maps all of them; none may carry a number out of here
            found = failure_of(error)
        else:
            return Sent(provider_id=made.sid) if made.sid else _no_sid()
        if isinstance(found, NotSent):
            return found
        raise found

    async def find(
        self, *, to: Phi[str], body: Phi[str], since: datetime, others: Collection[str] = ()
    ) -> Sent | None:
        """Looking up sends nothing, so whatever goes wrong may be tried again."""
        number, text = to.reveal(Purpose.DELIVERY), body.reveal(Purpose.DELIVERY)
        failed: NotSent | IntegrationError | None = None
        found: list[Any] = []
        try:
            # Twilio's list goes by whole days
            found = await self._client.messages.list_async(
                to=number, from_=self._number, date_sent_after=since.astimezone(UTC) - timedelta(days=1), limit=LOOKED_AT
            )
        except Exception as error:  # noqa: BLE001 - as above
            failed = failure_of(error)
        if isinstance(failed, Refused):
            raise failed
        if failed is not None:
            raise Unavailable("Twilio could not look up a text.")
        for one in found:
            made = one.date_created
            recent = made is None or made >= since - SKEW
            if one.sid not in others and one.body == text and one.status not in FAILED and recent:
                return Sent(provider_id=one.sid)
        return None


def failure_of(error: Exception) -> NotSent | IntegrationError:
    """Every error of the SDK and its HTTP client, as an outcome or as an error of ours."""
    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.PoolTimeout):
        return Unavailable("There was no connection to Twilio. Nothing was sent.")
    if isinstance(error, httpx2.InvalidURL | httpx2.UnsupportedProtocol):
        return Unavailable("Twilio's address is not a web address. Check FRONTDESK_TWILIO_URL.")
    if isinstance(error, httpx2.HTTPError | OSError):
        return OutcomeUnknown("Twilio did not answer in time; whether the text went out is not known.")
    if isinstance(error, TwilioRestException | TwilioServiceException):
        code = error.code if isinstance(error.code, int) else None
        return outcome_of(status=int(error.status), code=code)
    if isinstance(error, TwilioException):
        return Unavailable("The Twilio client could not make the request. Check account SID and auth token.")
    return OutcomeUnknown(f"Twilio's answer could not be read ({type(error).__name__}); the text may have gone out.")


def _no_sid() -> Sent:
    raise OutcomeUnknown("Twilio's answer names no message; the text may have gone out.")
