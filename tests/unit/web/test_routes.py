"""Every route of the service, from the route table: who may ask, what a stranger gets, and the headers on every answer.

A new route without a row here fails the build (R-641).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute

from bot.web.headers import API_POLICY, embedding_origins, page_policy
from tests.unit.web.rig import PUBLIC, Rig, running


@dataclass(frozen=True)
class Access:
    """`patient`: a session token. `staff`: a signed-in person who may read; `actor`: one who may change things.

    `person`: anybody signed in. `signed`: a signed webhook. `anyone`: no session, and nothing about a patient in it.
    """

    who: str
    body: Any = None
    id: str = ""
    """What the path's id names: `conversation`, `request`, `alert`."""


FENCE = {"fence": 0}
TEXT = {"fence": 0, "text": "hello"}

ROUTES = {
    ("GET", "/api/chat/practice/{practice}"): Access("anyone"),
    ("POST", "/api/chat/sessions"): Access("anyone", {"practice": "clinic"}),
    ("POST", "/api/chat/messages"): Access("patient", {"text": "hello"}),
    ("GET", "/api/chat/messages"): Access("patient"),
    ("GET", "/api/chat/stream"): Access("patient"),
    ("POST", "/api/chat/leave"): Access("anyone", {"token": "made-up"}),
    ("POST", "/api/chat/end"): Access("patient"),
    ("POST", "/api/chat/resume"): Access("anyone", {"practice": "clinic", "code": "AAAA-AAAA"}),
    ("GET", "/api/chat/calendar/{request_id}"): Access("patient"),
    ("POST", "/api/chat/link"): Access("anyone", {"token": "made-up"}),
    ("POST", "/api/desk/login"): Access("anyone", {"email": "nobody@example.test", "password": "x"}),
    ("POST", "/api/desk/logout"): Access("anyone"),
    ("GET", "/api/desk/me"): Access("person"),
    ("GET", "/api/desk/queue"): Access("staff"),
    ("GET", "/api/desk/requests"): Access("staff"),
    ("GET", "/api/desk/stream"): Access("staff"),
    ("GET", "/api/desk/conversations/{id}"): Access("staff", id="conversation"),
    ("POST", "/api/desk/conversations/{id}/claim"): Access("actor", FENCE, "conversation"),
    ("POST", "/api/desk/conversations/{id}/release"): Access("actor", FENCE, "conversation"),
    ("POST", "/api/desk/conversations/{id}/return"): Access("actor", FENCE, "conversation"),
    ("POST", "/api/desk/conversations/{id}/resolve"): Access("actor", FENCE, "conversation"),
    ("POST", "/api/desk/conversations/{id}/reply"): Access("actor", TEXT, "conversation"),
    ("POST", "/api/desk/conversations/{id}/note"): Access("actor", TEXT, "conversation"),
    ("POST", "/api/desk/requests/{id}/{action}"): Access("actor", {}, "request"),
    ("POST", "/api/desk/alerts/{id}/acknowledge"): Access("actor", id="alert"),
    ("POST", "/webhooks/twilio/sms"): Access("signed"),
    ("POST", "/webhooks/twilio/status"): Access("signed"),
    ("GET", "/healthz"): Access("anyone"),
    ("GET", "/readyz"): Access("anyone"),
    ("GET", "/widget.js"): Access("anyone"),
    ("GET", "/assets/{name}"): Access("anyone"),
    ("GET", "/licenses.txt"): Access("anyone"),
    ("GET", "/widget/{practice}"): Access("anyone"),
    ("GET", "/chat/{practice}"): Access("anyone"),
    ("GET", "/link"): Access("anyone"),
    ("GET", "/link/{practice}"): Access("anyone"),
    ("GET", "/desk"): Access("anyone"),
    ("GET", "/demo"): Access("anyone"),
    ("GET", "/"): Access("anyone"),
    ("GET", "/api/demo/mode"): Access("anyone"),
    ("POST", "/api/demo/mode"): Access("anyone", {"mode": "book"}),
}

DESK = sorted(row for row, access in ROUTES.items() if access.who in ("staff", "actor", "person"))
WITH_ID = sorted(row for row, access in ROUTES.items() if access.id)
STRANGER = "f" * 32


def path_of(path: str, *, id: str = STRANGER) -> str:
    filled = path.replace("{id}", id).replace("{action}", "accept").replace("{practice}", "clinic")
    return filled.replace("{request_id}", id).replace("{name}", "made-up.js")


def names_of(app: Any) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    schema = app.openapi()["paths"]
    for path, methods in schema.items():
        found |= {(method.upper(), path) for method in methods}
    return found


async def test_every_route_has_a_row(demo_rig: Rig) -> None:
    """The table is the app's: nothing missing, nothing left over; no route is hidden from it."""
    assert set(ROUTES) == names_of(demo_rig.app)
    hidden = [route.path for route in demo_rig.app.routes if isinstance(route, APIRoute) and not route.include_in_schema]
    assert [] == hidden


@pytest.mark.parametrize(("method", "path"), DESK)
async def test_desk_needs_a_session(rig: Rig, method: str, path: str) -> None:
    """Without a session, or with a made-up one, every desk route answers 401 and the same body."""
    access = ROUTES[method, path]
    for cookie in ("", "desk=made-up", "__Host-desk=made-up"):
        answer = await rig.client.request(
            method, path_of(path), json=access.body, headers={"Cookie": cookie, "Origin": PUBLIC, "X-CSRF": "x"}
        )
        assert (401, "session_ended") == (answer.status_code, answer.json()["code"])


@pytest.mark.parametrize(("method", "path"), [row for row in DESK if ROUTES[row].who != "person"])
async def test_desk_needs_a_role(rig: Rig, method: str, path: str) -> None:
    """An operator sees no patient; compliance reads and changes nothing (R-125, R-658)."""
    access = ROUTES[method, path]
    operator = await rig.sign_in(await rig.hire("Otto Operator", "operator"))
    answer = await rig.client.request(method, path_of(path), json=access.body, headers=operator)
    assert 403 == answer.status_code
    reader = await rig.sign_in(await rig.hire("Cara Compliance", "compliance"))
    if access.who == "actor":
        answer = await rig.client.request(method, path_of(path), json=access.body, headers=reader)
        assert 403 == answer.status_code


@pytest.mark.parametrize(("method", "path"), DESK)
async def test_desk_of_another_practice(rig: Rig, method: str, path: str) -> None:
    """Staff of another practice on the same database are nobody here."""
    stranger = await rig.sign_in(await rig.hire("Ellis Elsewhere", "front_desk", practice="elsewhere"))
    answer = await rig.client.request(method, path_of(path), json=ROUTES[method, path].body, headers=stranger)
    assert 401 == answer.status_code


@pytest.mark.parametrize(("method", "path"), WITH_ID)
async def test_ids_of_others_are_not_there(rig: Rig, method: str, path: str) -> None:
    """A made-up id and another practice's id get one and the same 404 (R-639, R-641)."""
    from bot.domain.conversation import Channel

    theirs = await rig.services.conversations.start(
        practice="elsewhere", channel=Channel.WEB, language="en", at=rig.clock.now()
    )
    headers = await rig.sign_in(await rig.hire()) | {"Idempotency-Key": "12345678-1234-4234-8234-123456789012"}
    for id in (STRANGER, theirs.id):
        answer = await rig.client.request(method, path_of(path, id=id), json=ROUTES[method, path].body, headers=headers)
        assert (404, "not_found") == (answer.status_code, answer.json()["code"])


@pytest.mark.parametrize(("method", "path"), sorted(row for row, access in ROUTES.items() if access.who == "patient"))
async def test_patient_routes_need_a_session(rig: Rig, method: str, path: str) -> None:
    """A conversation's id alone opens nothing, and staff cookies do not stand in for a patient's token."""
    conversation = await rig.conversation(await rig.patient())
    staff = await rig.sign_in(await rig.hire())
    for headers in ({}, {"Authorization": f"Bearer {conversation}"}, staff):
        answer = await rig.client.request(method, path_of(path), json=ROUTES[method, path].body, headers=headers)
        assert 401 == answer.status_code


@pytest.mark.parametrize("secure", [False, True])
async def test_headers_on_every_answer(tmp_path: Path, secure: bool) -> None:
    """Whatever is asked and whatever the answer: the strict headers are there, and nothing is cached that could hold data."""
    async with running(tmp_path, demo=True, secure=secure) as rig:
        for (method, path), access in ROUTES.items():
            answer = await rig.client.request(method, path_of(path), json=access.body)
            seen = answer.headers
            assert "nosniff" == seen["x-content-type-options"], path
            assert "no-referrer" == seen["referrer-policy"], path
            assert "camera=()" in seen["permissions-policy"], path
            assert "same-origin" == seen["cross-origin-opener-policy"], path
            assert seen["content-security-policy"].startswith("default-src 'none'"), path
            assert "unsafe" not in seen["content-security-policy"], path
            assert "access-control-allow-origin" not in seen, path
            assert len(seen["x-request-id"]) == 16, path
            if path != "/widget.js":
                assert "no-store" == seen["cache-control"], path
            if path.startswith("/api/"):
                assert API_POLICY == seen["content-security-policy"], path
        missing = await rig.client.get("/nowhere")
        assert (404, "no-store") == (missing.status_code, missing.headers["cache-control"])


async def test_get_changes_nothing(demo_rig: Rig) -> None:
    """No GET of the table writes a conversation, a request or a session (R-651)."""
    before = await demo_rig.services.jobs.counts()
    for method, path in ROUTES:
        if method == "GET":
            await demo_rig.client.get(path_of(path))
    assert before == await demo_rig.services.jobs.counts()


async def test_who_may_frame_the_widget(rig: Rig) -> None:
    """The practice's exact origins may frame the widget; nobody may frame desk, chat page or link (R-630)."""
    widget = (await rig.client.get("/widget/clinic")).headers["content-security-policy"]
    assert widget.endswith("frame-ancestors https://clinic.example.test")
    for path in ("/desk", "/chat/clinic", "/link"):
        assert (await rig.client.get(path)).headers["content-security-policy"].endswith("frame-ancestors 'none'")


@pytest.mark.parametrize(
    "origin", ["http://clinic.example.test", "https://*.example.test", "null", "https://a.test/x", "https://a.test; script-src *"]
)
def test_bad_origins_are_dropped(origin: str) -> None:
    """A setting that is no exact https origin allows nobody, and cannot add to the policy."""
    from dataclasses import replace

    from bot.web.services import WebSettings
    from tests.unit.web.rig import practice

    made = replace(practice(), allowed_origins=(origin,))
    assert () == embedding_origins(made, WebSettings(public_url=PUBLIC))
    assert page_policy(ancestors=()).endswith("frame-ancestors 'none'")


async def test_assets_are_kept_for_ever_and_only_they(rig: Rig) -> None:
    """Files named by their content never change; nothing outside the folder is served."""
    from bot.web.pages import STATIC

    name = next(path.name for path in sorted((STATIC / "assets").iterdir()) if path.suffix == ".js")
    answer = await rig.client.get(f"/assets/{name}")
    assert (200, "public, max-age=31536000, immutable") == (answer.status_code, answer.headers["cache-control"])
    for path in ("/assets/..%2Fbuild.json", "/assets/%2e%2e/desk.html", "/assets/build.json", "/assets/none.js"):
        assert 404 == (await rig.client.get(path)).status_code


async def test_loader_is_short_lived(rig: Rig) -> None:
    """The loader may be fetched by other sites, is checked again after five minutes, and is not sent twice unchanged."""
    answer = await rig.client.get("/widget.js")
    assert ("public, max-age=300", "cross-origin") == (
        answer.headers["cache-control"],
        answer.headers["cross-origin-resource-policy"],
    )
    again = await rig.client.get("/widget.js", headers={"If-None-Match": answer.headers["etag"]})
    assert (304, b"") == (again.status_code, again.content)


async def test_demo_routes_are_in_the_demo_only(rig: Rig, demo_rig: Rig) -> None:
    """The switch works in the demo from our own page, and is not there anywhere else."""
    for method in ("GET", "POST"):
        assert 404 == (await rig.client.request(method, "/api/demo/mode", json={"mode": "book"})).status_code
    assert 404 == (await rig.client.get("/demo")).status_code
    told = {"mode": "book"}
    assert 403 == (await demo_rig.client.post("/api/demo/mode", json=told)).status_code
    assert 200 == (await demo_rig.client.post("/api/demo/mode", json=told, headers={"Origin": PUBLIC})).status_code
    assert told == (await demo_rig.client.get("/api/demo/mode")).json()
