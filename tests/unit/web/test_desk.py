"""The desk's routes: signing in, who sees what, one owner at a time, and what may be written into the page's answers."""

import uuid
from datetime import timedelta

import pytest

from bot.domain.conversation import Reason
from tests.unit.web.rig import PASSWORD, PUBLIC, Rig


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid.uuid4())}


async def test_login_gives_a_strict_cookie_and_a_new_session(rig: Rig) -> None:
    """Cookie: HttpOnly, SameSite=Strict, whole site; each log-in makes a new session and ends the one before (R-650)."""
    await rig.hire()
    login = {"email": "Dana@example.test ", "password": PASSWORD}
    first = await rig.client.post("/api/desk/login", json=login, headers={"Origin": PUBLIC})
    assert (200, "Dana Demo", 900) == (first.status_code, first.json()["name"], first.json()["idle_seconds"])
    cookie = first.headers["set-cookie"]
    assert all(part in cookie for part in ("desk=", "HttpOnly", "SameSite=strict", "Path=/"))
    old = {"Cookie": cookie.split(";")[0]}
    assert 200 == (await rig.client.get("/api/desk/me", headers=old)).status_code
    again = await rig.client.post("/api/desk/login", json=login, headers={**old, "Origin": PUBLIC})
    rig.client.cookies.clear()
    assert again.headers["set-cookie"].split(";")[0] != old["Cookie"]
    assert 401 == (await rig.client.get("/api/desk/me", headers=old)).status_code


async def test_login_says_nothing_about_accounts(rig: Rig) -> None:
    """An unknown e-mail, a wrong password and a disabled person get the same answer; after five tries, 429 (R-652)."""
    await rig.hire()
    await rig.hire("Gone Sample")
    await rig.services.staff.disable("clinic", "gone@example.test")
    answers = [
        await rig.client.post("/api/desk/login", json={"email": email, "password": word}, headers={"Origin": PUBLIC})
        for email, word in (("dana@example.test", "wrong"), ("nobody@example.test", "x"), ("gone@example.test", PASSWORD))
    ]
    told = [{**answer.json(), "request": ""} for answer in answers]
    assert [401] * 3 == [answer.status_code for answer in answers]
    assert told[0] == told[1] == told[2]
    for _ in range(5):
        last = await rig.client.post(
            "/api/desk/login", json={"email": "dana@example.test", "password": "wrong"}, headers={"Origin": PUBLIC}
        )
    assert 429 == last.status_code
    right = {"email": "sam@example.test", "password": PASSWORD}
    await rig.hire("Sam Sample")
    assert 200 == (await rig.client.post("/api/desk/login", json=right, headers={"Origin": PUBLIC})).status_code


async def test_idle_and_absolute_end(rig: Rig) -> None:
    """15 idle minutes end the session, and what the page loads by itself is no person; 12 hours end it always (R-104)."""
    headers = await rig.sign_in(await rig.hire())
    rig.clock.forward(timedelta(minutes=10))
    assert 200 == (await rig.client.get("/api/desk/queue", headers=headers)).status_code
    rig.clock.forward(timedelta(minutes=6))
    assert 401 == (await rig.client.get("/api/desk/queue", headers=headers)).status_code
    other = await rig.sign_in(await rig.hire("Sam Sample"))
    for _ in range(71):
        rig.clock.forward(timedelta(minutes=10))
        assert 200 == (await rig.client.get("/api/desk/me", headers=other)).status_code
    rig.clock.forward(timedelta(minutes=11))
    assert 401 == (await rig.client.get("/api/desk/me", headers=other)).status_code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"X-CSRF": "made-up"}, "csrf"),
        ({"X-CSRF": ""}, "csrf"),
        ({"Origin": "https://evil.example.test"}, "origin"),
        ({"Origin": PUBLIC + ".evil.example.test"}, "origin"),
        ({"Origin": "null"}, "origin"),
        ({"Origin": ""}, "origin"),
    ],
)
async def test_changes_need_csrf_and_origin(rig: Rig, change: dict[str, str], code: str) -> None:
    """A change needs the page's own origin and the session's CSRF value; without one of them nothing happens (R-651)."""
    who = await rig.patient()
    conversation = await rig.conversation(who)
    headers = await rig.sign_in(await rig.hire()) | change
    answer = await rig.client.post(f"/api/desk/conversations/{conversation}/claim", json={"fence": 0}, headers=headers)
    assert (403, code) == (answer.status_code, answer.json()["code"])
    snapshot = await rig.services.conversations.snapshot(conversation)
    assert snapshot is not None and snapshot.conversation.owner is None


async def test_queue_shows_the_hand_off_without_words(rig: Rig) -> None:
    """A row says channel, reason, wait and how to reach, and not a word of what was written (R-654)."""
    who = await rig.patient()
    conversation = await rig.conversation(who)
    await rig.say(who, "canary words of a patient")
    await rig.hand_off(conversation, Reason.EMERGENCY, code="K7QD-M4PX")
    await rig.ask_refill(conversation)
    answer = await rig.client.get("/api/desk/queue", headers=await rig.sign_in(await rig.hire()))
    queue = answer.json()
    card = queue["handoffs"][0]
    assert (conversation, "emergency", True, "resume_code") == tuple(
        card[name] for name in ("conversation", "reason", "urgent", "reach")
    )
    assert {"handoffs": 1, "urgent": 1, "appointments": 0, "refills": 1} == queue["counts"]
    assert "canary" not in answer.text
    assert "K7QD" not in answer.text


async def test_only_one_owner(rig: Rig) -> None:
    """The second to claim gets 409 with the name of the first; an old fence is refused; release gives it back (R-655)."""
    who = await rig.patient()
    conversation = await rig.conversation(who)
    await rig.hand_off(conversation)
    dana, sam = await rig.sign_in(await rig.hire()), await rig.sign_in(await rig.hire("Sam Sample"))
    url = f"/api/desk/conversations/{conversation}"
    fence = (await rig.client.get(url, headers=dana)).json()["fence"]
    claimed = await rig.client.post(f"{url}/claim", json={"fence": fence}, headers=dana)
    assert (200, True, "Dana Demo") == (claimed.status_code, claimed.json()["mine"], claimed.json()["owner_name"])
    late = await rig.client.post(f"{url}/claim", json={"fence": fence}, headers=sam)
    assert (409, "taken", "Dana Demo") == (late.status_code, late.json()["code"], late.json()["owner_name"])
    stale = await rig.client.post(f"{url}/reply", json={"fence": fence, "text": "hello"}, headers={**dana, **key()})
    assert (409, None) == (stale.status_code, stale.json()["owner_name"])
    now = claimed.json()["fence"]
    said = await rig.client.post(f"{url}/reply", json={"fence": now, "text": "Hello there"}, headers={**dana, **key()})
    assert ["Dana Demo, front desk"] == [one["label"] for one in said.json()["messages"] if one["utter"] is None]
    noted = await rig.client.post(f"{url}/note", json={"fence": now, "text": "staff only"}, headers={**sam, **key()})
    assert [("Sam Sample", "staff only")] == [(one["by"], one["text"]) for one in noted.json()["notes"]]
    shown = (await rig.client.get("/api/chat/messages", headers=who)).json()["messages"]
    assert {"Dana, front desk"} == {one["label"] for one in shown}
    assert "staff only" not in str(shown)
    freed = await rig.client.post(f"{url}/release", json={"fence": now}, headers=dana)
    assert (200, None) == (freed.status_code, freed.json()["owner"])


async def test_return_and_resolve(rig: Rig) -> None:
    """The owner gives a conversation back to the bot, or closes it."""
    headers = await rig.sign_in(await rig.hire())
    for step, status in (("return", "pending"), ("resolve", "resolved")):
        conversation = await rig.conversation(await rig.patient())
        await rig.hand_off(conversation)
        url = f"/api/desk/conversations/{conversation}"
        fence = (await rig.client.get(url, headers=headers)).json()["fence"]
        fence = (await rig.client.post(f"{url}/claim", json={"fence": fence}, headers=headers)).json()["fence"]
        done = await rig.client.post(f"{url}/{step}", json={"fence": fence}, headers=headers)
        assert (200, status) == (done.status_code, done.json()["status"])


async def test_acting_on_a_request(rig: Rig) -> None:
    """Staff mark a refill; an action that the standing does not allow is refused in words; the history names who did it."""
    request = await rig.ask_refill(await rig.conversation(await rig.patient()))
    headers = await rig.sign_in(await rig.hire())
    listed = (await rig.client.get("/api/desk/requests?kind=refill", headers=headers)).json()["requests"]
    assert [["accept", "done", "decline"]] == [one["actions"] for one in listed]
    accepted = await rig.client.post(f"/api/desk/requests/{request}/accept", json={}, headers=headers)
    assert (200, "with_staff") == (accepted.status_code, accepted.json()["standing"])
    assert "Dana Demo" in accepted.json()["history"][0]["value"]
    again = await rig.client.post(f"/api/desk/requests/{request}/accept", json={}, headers=headers)
    assert (409, "refused") == (again.status_code, again.json()["code"])


async def test_words_are_plain_text(rig: Rig) -> None:
    """Markup in a patient's words is stored and shown as words: JSON text in typed blocks, never HTML (R-653)."""
    who = await rig.patient()
    words = '<img src=x onerror=alert(1)> <script>"&'
    await rig.say(who, words)
    headers = await rig.sign_in(await rig.hire())
    answer = await rig.client.get(f"/api/desk/conversations/{await rig.conversation(who)}", headers=headers)
    assert [{"type": "paragraph", "text": words}] == answer.json()["messages"][0]["blocks"]
    assert answer.headers["content-type"].startswith("application/json")
    assert "nosniff" == answer.headers["x-content-type-options"]


async def test_empty_reply(rig: Rig) -> None:
    """Blanks are no reply."""
    conversation = await rig.conversation(await rig.patient())
    headers = await rig.sign_in(await rig.hire())
    answer = await rig.client.post(
        f"/api/desk/conversations/{conversation}/reply", json={"fence": 0, "text": " \u200b "}, headers={**headers, **key()}
    )
    assert (400, "empty") == (answer.status_code, answer.json()["code"])
