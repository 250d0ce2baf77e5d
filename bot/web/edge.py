"""The outermost layer: gives each request its id, bounds its size, logs one line of it and turns surprises into a plain 500.

The line names the route's template, never the address that was asked for: ids and tokens in it stay out of the log (R-017).
"""

from __future__ import annotations

import logging
import secrets
import time
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web import errors

log = logging.getLogger("frontdesk.web")

MAX_BODY: Final = 262_144  # 20,000 characters in JSON's longest spelling (12 bytes each), and a little more


class TooLarge(HTTPException):
    """The body went past `MAX_BODY`. Nothing of it is kept. An `HTTPException`, because body parsing lets only those through."""

    def __init__(self) -> None:
        super().__init__(413)


class Edge:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = secrets.token_hex(8)
        scope.setdefault("state", {})["request"] = request
        started = time.perf_counter()
        status = 0
        received = 0

        async def bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > MAX_BODY:
                raise TooLarge
            return message

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = request
            await send(message)

        try:
            if _announced(scope) > MAX_BODY:
                raise TooLarge
            await self._app(scope, bounded, told)
        except TooLarge:
            if not status:
                await errors.too_large(request)(scope, receive, told)
        except Exception as error:  # noqa: BLE001 - the last place that can keep a message of an error away from a patient
            log.error("request.broken id=%s error=%s", request, errors.described(error))
            if not status:
                await errors.broken(request)(scope, receive, told)
        finally:
            route = getattr(scope.get("route"), "path", "-")
            elapsed = (time.perf_counter() - started) * 1000
            log.info(
                "request id=%s method=%s route=%s status=%d ms=%.1f", request, scope["method"], route, status, elapsed
            )


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "0")
    return int(length) if length.isdigit() else 0
