"""What a caller hears when something cannot be done: a stable code, a plain sentence, the request id.

Codes are for programs, messages for people. Whatever is not expected becomes the same short 500, and only the class of the
error and the line it came from are logged, because messages of unknown errors may quote what a patient typed (R-639).
No answer holds a body, a value or a trace.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from bot.domain.errors import (
    BadMessage,
    FrontdeskError,
    IntegrationError,
    KeyReused,
    NotAllowed,
    SessionEnded,
    TurnSuperseded,
)
from bot.web.wire import ErrorAnswer


class Problem(Exception):
    """A route's own refusal. `message` is written here in the code, never built from input."""

    def __init__(self, status: int, code: str, message: str, *, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})


NOT_FOUND: Final = "There is nothing here. Check the address."
ENDED: Final = "This session has ended. Start again."
BROKEN: Final = (
    "Something went wrong on our side. Please try again, or call the practice. In an emergency, call 911."
)
BAD_REQUEST: Final = "The request could not be read. Check its fields."
AWAY: Final = (
    "Part of the service does not answer right now. Please try again, or call the practice. In an emergency, call 911."
)

_STATUS: Final[Mapping[int, tuple[str, str]]] = {
    401: ("session_ended", ENDED),
    403: ("not_allowed", "This is not allowed for you."),
    404: ("not_found", NOT_FOUND),
    405: ("method_not_allowed", "This address does not take that method."),
    413: ("too_large", "This is too large. Please send less. In an emergency, call 911."),
}

_ERRORS: Final[tuple[tuple[type[FrontdeskError], int, str, str], ...]] = (
    (SessionEnded, 401, "session_ended", ENDED),
    (NotAllowed, 403, "not_allowed", "This is not allowed for you."),
    (KeyReused, 409, "key_reused", "This Idempotency-Key was used for another message. Send it with a new key."),
    (TurnSuperseded, 503, "busy", "The conversation is changing right now. Please try again."),
    (BadMessage, 400, "bad_message", "This message could not be read. Please try again."),
    (IntegrationError, 503, "unavailable", AWAY),
)


def not_found() -> Problem:
    """The same for what is not there and what is somebody else's (R-639, R-641)."""
    return Problem(404, "not_found", NOT_FOUND)


def session_ended() -> Problem:
    return Problem(401, "session_ended", ENDED)


def request_id(request: Request) -> str:
    found = request.scope.get("state", {}).get("request", "")
    return str(found)


def answer(
    request: str, *, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    body = ErrorAnswer(code=code, message=message, request=request)
    return JSONResponse(body.model_dump(), status_code=status, headers=dict(headers or {}))


def broken(request: str) -> JSONResponse:
    """The answer to everything nobody expected."""
    return answer(request, status=500, code="internal", message=BROKEN)


def too_large(request: str) -> JSONResponse:
    code, message = _STATUS[413]
    return answer(request, status=413, code=code, message=message)


def described(error: BaseException) -> str:
    """Class and place of an error for the log: nothing that it says."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else "-"
    return f"{type(error).__name__} at {place}"


def add_handlers(app: FastAPI) -> None:
    @app.exception_handler(Problem)
    async def problem(request: Request, error: Problem) -> JSONResponse:
        return answer(
            request_id(request), status=error.status, code=error.code, message=error.message, headers=error.headers
        )

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        # Names of our own fields only: neither what was sent nor unknown field names go back.
        kinds = {str(item.get("type", "")) for item in error.errors()}
        if "json_invalid" in kinds:
            return answer(request_id(request), status=400, code="bad_json", message="The body is not JSON.")
        if "string_too_long" in kinds:
            return answer(request_id(request), status=413, code="too_large", message=_STATUS[413][1])
        return answer(request_id(request), status=400, code="bad_request", message=BAD_REQUEST)

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> JSONResponse:
        code, message = _STATUS.get(error.status_code, ("bad_request", BAD_REQUEST))
        return answer(
            request_id(request), status=error.status_code, code=code, message=message, headers=error.headers
        )

    @app.exception_handler(FrontdeskError)
    async def failed(request: Request, error: FrontdeskError) -> JSONResponse:
        for kind, status, code, message in _ERRORS:
            if isinstance(error, kind):
                headers = {"Retry-After": "5"} if status == 503 else None
                return answer(request_id(request), status=status, code=code, message=message, headers=headers)
        return broken(request_id(request))
