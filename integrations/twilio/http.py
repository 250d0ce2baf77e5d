"""The SDK's HTTP client on httpx2: asynchronous, pointed at any base address, silent about what it carries.

The SDK's own asynchronous client is aiohttp, logs request parameters (numbers and texts) at info level, and cannot be pointed
at another host; its resource classes can use any `HttpClient`, so they get this one.
"""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx2
from twilio.http import HttpClient
from twilio.http.response import Response

_silent = logging.getLogger("frontdesk.twilio.silent")
_silent.disabled = True


class PointedClient(HttpClient):  # type: ignore[misc]
    def __init__(self, base_url: str, *, timeout: float) -> None:
        super().__init__(_silent, True, timeout)
        self._base = urlsplit(base_url)
        self._client = httpx2.AsyncClient(timeout=httpx2.Timeout(timeout, connect=5.0), follow_redirects=False)

    async def request(
        self,
        method: str,
        uri: str,
        params: dict[str, Any] | None = None,
        data: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the SDK's signature; the client has its own
        allow_redirects: bool = False,
    ) -> Response:
        answer = await self._client.request(
            method,
            self._pointed(uri),
            params={name: value for name, value in (params or {}).items() if isinstance(value, str | int)} or None,
            data=data or None,
            headers=headers,
            auth=auth,
        )
        return Response(answer.status_code, answer.text)

    def _pointed(self, uri: str) -> str:
        asked = urlsplit(uri)
        path = self._base.path.rstrip("/") + asked.path
        return urlunsplit((self._base.scheme, self._base.netloc, path, asked.query, ""))

    async def close(self) -> None:
        await self._client.aclose()
