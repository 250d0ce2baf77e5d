"""What callers and logs learn when something goes wrong: a code, a sentence, an id, and nothing of what was sent (R-639)."""

import logging
import re
from dataclasses import replace
from typing import Any

import httpx2
import pytest

from bot.domain.errors import OutcomeUnknown, StoreUnusable, TurnSuperseded, Unavailable
from bot.web.app import create_app
from bot.web.edge import MAX_BODY
from tests.unit.web.rig import PUBLIC, Rig
from tests.unit.web.test_routes import ROUTES, path_of

CANARY = "canary-Testy-McSample-5550199"


def check(answer: httpx2.Response) -> None:
    assert {"code", "message", "request"} == set(answer.json())
    assert answer.json()["request"] == answer.headers["x-request-id"]
    assert CANARY not in answer.text
    assert not re.search(r"Traceback|File \"|pydantic|sqlalchemy|<html", answer.text)


@pytest.mark.parametrize(
    "content",
    [b"", b"not json", b"{", b"[]", b'"text"', b"\xff\xfe", b'{"text": "' + CANARY.encode(), b"null", b'{"text": 1e999}'],
)
async def test_json_that_is_not_json(rig: Rig, content: bytes) -> None:
    """A body that cannot be read is a 400 in the usual shape, and is not repeated."""
    who = await rig.patient()
    answer = await rig.client.post(
        "/api/chat/messages", content=content, headers={**who, "Content-Type": "application/json"}
    )
    assert 400 == answer.status_code
    check(answer)


async def test_unknown_fields_are_refused_without_echo(rig: Rig) -> None:
    """Neither the name nor the value of an unknown field comes back."""
    who = await rig.patient()
    answer = await rig.say(who, "hello", **{CANARY: CANARY})
    assert (400, "bad_request") == (answer.status_code, answer.json()["code"])
    check(answer)


async def test_size_is_bounded(rig: Rig) -> None:
    """A body beyond the bound is 413, whether it announces its length or not; the bound is checked before sessions."""
    big = b'{"text": "' + b"x" * MAX_BODY + b'"}'

    async def pieces() -> Any:
        for start in range(0, len(big), 65_536):
            yield big[start : start + 65_536]

    who = await rig.patient() | {"Content-Type": "application/json"}
    for content in (big, pieces()):
        answer = await rig.client.post("/api/chat/messages", content=content, headers=who)
        assert (413, "too_large") == (answer.status_code, answer.json()["code"])
        check(answer)


async def test_nothing_leaks_anywhere(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    """A canary in bodies, paths, queries and headers of every route comes back in no answer and reaches no log line (R-017)."""
    caplog.set_level(logging.DEBUG)
    who, staff = await rig.patient(), await rig.sign_in(await rig.hire())
    await rig.say(who, CANARY)
    for method, path in ROUTES:
        for body in ({"text": CANARY}, {"token": CANARY}, {"practice": CANARY, "code": CANARY[:16]}, [CANARY], CANARY):
            headers = {**who, **staff, "User-Agent": CANARY, "Referer": f"https://x.example.test/{CANARY}"}
            url = path_of(path, id=CANARY).replace("clinic", CANARY)
            if "stream" in path or path in ("/api/chat/end", "/api/desk/logout", "/api/chat/messages"):
                continue
            answer = await rig.client.request(method, f"{url}?x={CANARY}", json=body, headers=headers)
            assert answer.status_code < 500
            assert CANARY not in answer.text
            assert CANARY not in str(answer.headers)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("frontdesk")]
    assert ours
    assert not [line for line in ours if CANARY in line]


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Unavailable(CANARY), 503, "unavailable"),
        (OutcomeUnknown(CANARY), 503, "unavailable"),
        (StoreUnusable(CANARY), 503, "unavailable"),
        (TurnSuperseded(CANARY), 503, "busy"),
        (ValueError(CANARY), 500, "internal"),
        (KeyError(CANARY), 500, "internal"),
        (RecursionError(CANARY), 500, "internal"),
    ],
)
async def test_failures_inside(
    rig: Rig, caplog: pytest.LogCaptureFixture, error: Exception, status: int, code: str
) -> None:
    """What breaks inside becomes a plain answer; the log names class and place, never the error's words."""

    class Broken:
        def __getattr__(self, name: str) -> Any:
            async def broken(*_: Any, **__: Any) -> Any:
                raise error

            return broken

    who = await rig.patient()
    app = create_app(replace(rig.services, conversations=Broken()))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=PUBLIC) as client:
        answer = await client.get("/api/chat/messages", headers=who)
    assert (status, code) == (answer.status_code, answer.json()["code"])
    check(answer)
    assert CANARY not in caplog.text
    if status == 500:
        assert type(error).__name__ in caplog.text


async def test_not_ready_without_its_database(rig: Rig) -> None:
    """A process that cannot reach its database is alive and not ready, and does not say why to strangers."""

    class Away:
        async def counts(self) -> Any:
            raise StoreUnusable(CANARY)

    app = create_app(replace(rig.services, jobs=Away()))  # type: ignore[arg-type]
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=PUBLIC) as client:
        assert 200 == (await client.get("/healthz")).status_code
        answer = await client.get("/readyz")
    assert (503, {"status": "not_ready"}) == (answer.status_code, answer.json())
