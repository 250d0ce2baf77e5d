"""The built pages and files of `bot/static`: widget, full-page chat, secure link, desk, loader, assets, demo.

The pages hold no data: what they show comes from the API. Opening a secure link changes nothing, because phones and mail
scanners open links, too (R-457).
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, RedirectResponse, Response

from bot.web.errors import Problem, not_found
from bot.web.headers import embedding_origins, page_policy
from bot.web.patients import Plugged
from bot.web.services import Services

STATIC: Final = Path(__file__).parent.parent / "static"
ONE_YEAR: Final = "public, max-age=31536000, immutable"
FIVE_MINUTES: Final = "public, max-age=300"
_ASSET: Final = re.compile(r"[A-Za-z0-9_.-]{1,120}")
_TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".png": "image/png",
}

router = APIRouter(tags=["pages"])


def page(name: str, *, policy: str, cross_origin: bool = False) -> Response:
    path = STATIC / name
    if not path.is_file():
        raise Problem(503, "not_built", "The pages are not built. Run `make widget`.")
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
    if cross_origin:
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return FileResponse(path, media_type="text/html; charset=utf-8", headers=headers)


@router.get("/widget.js")
async def loader(request: Request) -> Response:
    """The only file that other sites load: short-lived, so that a fix reaches every page within minutes."""
    body = (STATIC / "widget.js").read_bytes()
    tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Cache-Control": FIVE_MINUTES, "Cross-Origin-Resource-Policy": "cross-origin"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=_TYPES[".js"], headers=headers)


@router.get("/assets/{name}")
async def asset(name: str) -> Response:
    """Named by their content, so they never change."""
    path = STATIC / "assets" / name
    if not _ASSET.fullmatch(name) or path.suffix not in _TYPES or not path.is_file():
        raise not_found()
    return FileResponse(path, media_type=_TYPES[path.suffix], headers={"Cache-Control": ONE_YEAR})


@router.get("/licenses.txt")
async def licenses() -> Response:
    return FileResponse(STATIC / "licenses.txt", media_type=_TYPES[".txt"])


@router.get("/widget/{practice}")
async def widget(practice: str, services: Plugged) -> Response:
    """What the loader puts into a frame on the practice's site: the practice's origins alone may do that (R-630)."""
    _known(services, practice)
    ancestors = embedding_origins(services.practice, services.settings)
    return page("widget.html", policy=page_policy(ancestors=ancestors), cross_origin=True)


@router.get("/chat/{practice}")
async def full_page(practice: str, services: Plugged) -> Response:
    _known(services, practice)
    return page("widget.html", policy=page_policy())


@router.get("/link")
@router.get("/link/{practice}")
async def secure_link() -> Response:
    """A neutral page; its script posts the token from the address's fragment, which no server ever sees."""
    return page("widget.html", policy=page_policy())


@router.get("/desk")
async def desk() -> Response:
    return page("desk.html", policy=page_policy())


@router.get("/demo")
async def demo(services: Plugged) -> Response:
    """The sample practice's site with the widget on it."""
    _demo_only(services)
    return page("demo/riverside.html", policy=page_policy(frames=True))


@router.get("/")
async def start(services: Plugged) -> Response:
    where = "/demo" if services.settings.demo else f"/chat/{services.practice.id}"
    return RedirectResponse(where, status_code=307)


def _known(services: Services, practice: str) -> None:
    if practice != services.practice.id:
        raise Problem(404, "unknown_practice", "This practice is not known here. Check the address.")


def _demo_only(services: Services) -> None:
    if not services.settings.demo:
        raise not_found()
