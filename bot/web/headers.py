"""Security headers on every answer, also on errors: what a browser may do with what we send (R-630, R-631, R-636).

A route may say more precisely for itself (frame-ancestors of the widget, caching of built files);
everything else gets the strictest.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.services import WebSettings
from knowledge.published import PublishedPractice

API_POLICY: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_PAGE: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'"
)
_FEATURES: Final = (
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), midi=(), display-capture=(), "
    "browsing-topics=(), interest-cohort=()"
)

EVERYWHERE: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": _FEATURES,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": API_POLICY,
    "Cache-Control": "no-store",
}


def page_policy(*, ancestors: Iterable[str] = (), frames: bool = False) -> str:
    """The policy of a page. Nobody may frame it but the named origins."""
    allowed = " ".join(ancestors) or "'none'"
    return f"{_PAGE}; frame-ancestors {allowed}" + ("; frame-src 'self'" if frames else "")


def embedding_origins(practice: PublishedPractice, settings: WebSettings) -> tuple[str, ...]:
    """Who may show the widget in a frame: exact https origins of the practice, and in the demo our own page."""
    found = [origin for origin in (*practice.allowed_origins, *settings.allowed_origins) if _is_origin(origin, settings)]
    return tuple(dict.fromkeys([*(["'self'"] if settings.demo else []), *found]))


def _is_origin(text: str, settings: WebSettings) -> bool:
    """A scheme, a host and perhaps a port: no path, wildcard or blank. Plain http only in the demo."""
    parts = urlsplit(text)
    schemes = ("https", "http") if settings.demo else ("https",)
    plain = parts.scheme in schemes and bool(parts.hostname) and text == f"{parts.scheme}://{parts.netloc}"
    return plain and not any(sign in text for sign in " *;,'\"@")


class SecurityHeaders:
    """Adds what a route did not say itself."""

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self._app = app
        self._add = dict(EVERYWHERE)
        if settings.public_url.startswith("https://"):
            self._add["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._add.items():
                    headers.setdefault(name, value)
                if "server" in headers:
                    del headers["server"]
            await send(message)

        await self._app(scope, receive, headed)
