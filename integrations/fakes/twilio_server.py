"""An HTTP server shaped like Twilio's REST API, with a page that plays a phone: the demo's SMS simulator and the tests' Twilio.

It signs its webhooks like Twilio and sends them to the service; what the service sends is kept and shown with its segments and
delivery state. Nothing leaves this machine.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import logging
import secrets
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlencode

import httpx2
from fastapi import APIRouter, FastAPI, Form, HTTPException, Query, Request
from fastapi.responses import FileResponse, JSONResponse, Response
from pydantic import BaseModel, Field

from integrations.fakes.gsm import counted

log = logging.getLogger("frontdesk.simulator")

STATIC: Final = Path(__file__).parents[2] / "bot" / "static"
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
LONGEST: Final = 1600
ENDED: Final = frozenset({"delivered", "undelivered", "failed"})
MEDIA: Final = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@dataclass(slots=True)
class Text:
    """One text, in either direction, as Twilio would list it."""

    id: str
    direction: Literal["in", "out"]
    number: str
    """The made-up phone."""
    body: str
    status: str
    at: datetime
    callback: str | None = None
    error: int | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """What one request meets instead of success. `stored` keeps the text although the answer says otherwise."""

    status: int = 500
    code: int | None = None
    delay: float = 0.0
    stored: bool = False
    body: bytes | None = None


@dataclass(slots=True)
class Simulator:
    """`script` holds what the next sends meet, `looking` the next look-ups; then everything succeeds."""

    auth_token: str
    account_sid: str
    service_url: str
    number: str
    deliver_after: float = 1.2
    texts: list[Text] = field(default_factory=list)
    script: deque[Failure] = field(default_factory=deque)
    looking: deque[Failure] = field(default_factory=deque)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    client: httpx2.AsyncClient | None = None

    def signed(self, path: str, fields: list[tuple[str, str]]) -> tuple[str, str, dict[str, str]]:
        """Address, body and headers of a webhook as Twilio would send it."""
        url = self.service_url.rstrip("/") + path
        text = url + "".join(name + value for name, value in sorted(set(fields)))
        digest = hmac.new(self.auth_token.encode(), text.encode(), hashlib.sha1).digest()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Twilio-Signature": base64.b64encode(digest).decode(),
        }
        return url, urlencode(fields), headers

    async def receive(self, number: str, body: str, *, media: int = 0, id: str | None = None) -> int:
        """A phone writes to the practice. Returns the status that the service answered."""
        text = Text(id or _sid(), "in", number, body, "received", datetime.now(UTC))
        self.texts.append(text)
        fields = [
            ("ToCountry", "US"),
            ("MessageSid", text.id),
            ("SmsMessageSid", text.id),
            ("NumMedia", str(media)),
            ("FromZip", ""),
            ("From", number),
            ("To", self.number),
            ("Body", body),
            ("NumSegments", str(counted(body)[1])),
            ("AccountSid", self.account_sid),
            ("ApiVersion", "2010-04-01"),
        ]
        fields += [(f"MediaUrl{at}", f"https://api.example.test/media/{at}") for at in range(media)]
        status = await self._post("/webhooks/twilio/sms", fields)
        if status >= 300:
            text.status = "failed"
        return status

    async def move(self, text: Text, status: str, *, error: int | None = None) -> None:
        """A text we were given goes on to its next state; the service is told."""
        if text.status in ENDED:
            return
        text.status, text.error = status, error
        if text.callback is None:
            return
        fields = [
            ("MessageSid", text.id),
            ("SmsSid", text.id),
            ("MessageStatus", status),
            ("SmsStatus", status),
            ("To", text.number),
            ("From", self.number),
            ("AccountSid", self.account_sid),
            ("ApiVersion", "2010-04-01"),
        ]
        if error is not None:
            fields.append(("ErrorCode", str(error)))
        await self._post(text.callback.removeprefix(self.service_url.rstrip("/")), fields)

    def start(self, text: Text) -> None:
        task = asyncio.get_running_loop().create_task(self._deliver(text))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def settled(self) -> None:
        """Wait until everything accepted so far has been delivered."""
        while self.tasks:
            await asyncio.gather(*tuple(self.tasks), return_exceptions=True)

    async def close(self) -> None:
        for task in tuple(self.tasks):
            task.cancel()
        await asyncio.gather(*tuple(self.tasks), return_exceptions=True)
        if self.client is not None:
            await self.client.aclose()

    async def _deliver(self, text: Text) -> None:
        await asyncio.sleep(min(0.2, self.deliver_after))
        await self.move(text, "sent")
        await asyncio.sleep(self.deliver_after)
        await self.move(text, "delivered")

    async def _post(self, path: str, fields: list[tuple[str, str]]) -> int:
        url, body, headers = self.signed(path, fields)
        self.client = self.client or httpx2.AsyncClient(timeout=15.0)
        try:
            answer = await self.client.post(url, content=body, headers=headers)
        except httpx2.HTTPError as error:
            log.warning("simulator.service_away error=%s", type(error).__name__)
            return 599
        return answer.status_code


class Writing(BaseModel):
    number: str = Field(pattern=r"^\+1555\d{7}$")
    """Only numbers that cannot be anybody's."""
    body: str = Field(max_length=LONGEST)
    media: int = Field(default=0, ge=0, le=10)


class Delivering(BaseModel):
    id: str
    status: Literal["sent", "delivered", "undelivered", "failed"]


def create_simulator(
    auth_token: str, account_sid: str, service_url: str, number: str, *, deliver_after: float = 1.2
) -> FastAPI:
    """The app; its `Simulator` is at `app.state.simulator`."""
    simulator = Simulator(auth_token, account_sid, service_url, number, deliver_after)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        await simulator.close()

    app = FastAPI(title="SMS simulator", lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None)
    app.state.simulator = simulator
    app.include_router(_rest(simulator))
    app.include_router(_page(simulator))
    return app


# ---- Twilio's shape -------------------------------------------------------------------------------------------------


def _rest(simulator: Simulator) -> APIRouter:
    router = APIRouter(prefix=f"/2010-04-01/Accounts/{simulator.account_sid}")

    def check(request: Request) -> None:
        wanted = base64.b64encode(f"{simulator.account_sid}:{simulator.auth_token}".encode()).decode()
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"Basic {wanted}".encode()):
            raise HTTPException(401)

    @router.post("/Messages.json", status_code=201)
    async def create(
        request: Request,
        To: Annotated[str, Form()],  # noqa: N803 - Twilio's names
        From: Annotated[str, Form()],  # noqa: N803
        Body: Annotated[str, Form()],  # noqa: N803
        StatusCallback: Annotated[str | None, Form()] = None,  # noqa: N803
    ) -> Response:
        check(request)
        failure = simulator.script.popleft() if simulator.script else None
        if failure is None and len(Body) > LONGEST:
            failure = Failure(400, 21617)
        text = Text(_sid(), "out", To, Body, "queued", datetime.now(UTC), StatusCallback)
        if failure is None or failure.stored:
            simulator.texts.append(text)
            simulator.start(text)
        if failure is not None:
            return await _failed(failure)
        return JSONResponse(_listed(simulator, text), status_code=201)

    @router.get("/Messages.json")
    async def find(
        request: Request, to: Annotated[str, Query(alias="To")] = "", since: Annotated[str, Query(alias="DateSent>")] = ""
    ) -> Response:
        check(request)
        if simulator.looking:
            return await _failed(simulator.looking.popleft())
        day = datetime.fromisoformat(since.replace("Z", "+00:00")).date() if since else None
        found = [
            _listed(simulator, text)
            for text in reversed(simulator.texts)
            if text.direction == "out" and to in ("", text.number) and (day is None or text.at.date() >= day)
        ]
        return JSONResponse({"messages": found, "page": 0, "page_size": 50, "next_page_uri": None, "start": 0})

    return router


def _listed(simulator: Simulator, text: Text) -> dict[str, Any]:
    at = format_datetime(text.at.replace(microsecond=0))
    return {
        "sid": text.id,
        "account_sid": simulator.account_sid,
        "api_version": "2010-04-01",
        "to": text.number,
        "from": simulator.number,
        "body": text.body,
        "status": text.status,
        "direction": "outbound-api",
        "num_segments": str(counted(text.body)[1]),
        "num_media": "0",
        "error_code": text.error,
        "error_message": None,
        "date_created": at,
        "date_updated": at,
        "date_sent": at if text.status != "queued" else None,
        "messaging_service_sid": None,
        "price": None,
        "price_unit": "USD",
        "subresource_uris": {},
        "uri": f"/2010-04-01/Accounts/{simulator.account_sid}/Messages/{text.id}.json",
    }


async def _failed(failure: Failure) -> Response:
    await asyncio.sleep(failure.delay)
    if failure.body is not None:
        return Response(failure.body, status_code=failure.status, media_type="application/json")
    # Twilio's messages quote the number; the service must not repeat them
    told = {
        "code": failure.code or failure.status,
        "message": "The 'To' number +15555550199 cannot be used",
        "more_info": "https://www.example.test/docs/errors",
        "status": failure.status,
    }
    return JSONResponse(told, status_code=failure.status)


# ---- the page -------------------------------------------------------------------------------------------------------


def _page(simulator: Simulator) -> APIRouter:
    router = APIRouter()

    @router.get("/")
    async def page() -> Response:
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        return FileResponse(STATIC / "demo" / "simulator.html", media_type="text/html", headers=headers)

    @router.get("/assets/{name}")
    async def asset(name: str) -> Response:
        path = STATIC / "assets" / Path(name).name
        if path.suffix not in MEDIA or not path.is_file():
            raise HTTPException(404)
        return FileResponse(path, media_type=MEDIA[path.suffix], headers={"X-Content-Type-Options": "nosniff"})

    @router.get("/sim/messages")
    async def messages(number: str) -> dict[str, list[dict[str, Any]]]:
        return {"messages": [_shown(text) for text in simulator.texts if text.number == number]}

    @router.post("/sim/send")
    async def send(told: Writing) -> dict[str, int]:
        return {"status": await simulator.receive(told.number, told.body, media=told.media)}

    @router.post("/sim/deliver")
    async def deliver(told: Delivering) -> dict[str, str]:
        text = next((text for text in simulator.texts if text.id == told.id and text.direction == "out"), None)
        if text is None:
            raise HTTPException(404)
        failed = told.status in ("undelivered", "failed")
        await simulator.move(text, told.status, error=30003 if failed else None)
        return {"status": text.status}

    return router


def _shown(text: Text) -> dict[str, Any]:
    encoding, segments = counted(text.body)
    return {
        "id": text.id,
        "direction": text.direction,
        "number": text.number,
        "body": text.body,
        "segments": segments,
        "encoding": encoding,
        "status": text.status,
        "at": text.at.isoformat(),
    }


def _sid() -> str:
    return f"SM{secrets.token_hex(16)}"
