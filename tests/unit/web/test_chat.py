"""The patient's routes: what is stored, what is shown, what is refused, and in which words."""

import uuid
from datetime import timedelta

from bot.domain.conversation import Reason
from bot.privacy.phi import Purpose
from tests.unit.web.rig import Rig


async def test_card_is_public_facts(rig: Rig) -> None:
    """Before any conversation the widget learns name, phone and hours, and no session is made."""
    card = (await rig.client.get("/api/chat/practice/clinic")).json()
    assert "Sample Clinic" == card["name"]
    assert "tel:7405550100" == card["phone_href"]
    assert card["open_now"] is True
    assert "Open. Closes today at 5:00 PM" == card["hours_line"]["en"]
    assert "Abierto. Cierra hoy a las 5:00 p. m." == card["hours_line"]["es"]


async def test_unknown_practice(rig: Rig) -> None:
    """Another practice's name is answered with 404 and a plain sentence."""
    for answer in (
        await rig.client.get("/api/chat/practice/elsewhere"),
        await rig.client.post("/api/chat/sessions", json={"practice": "elsewhere"}),
        await rig.client.get("/widget/elsewhere"),
    ):
        assert 404 == answer.status_code
        assert "unknown_practice" == answer.json()["code"]


async def test_message_is_accepted_stored_and_shown(rig: Rig) -> None:
    """A message is acknowledged with 202 and its place in the transcript; its turn is a waiting job."""
    who = await rig.patient()
    answer = await rig.say(who, "Are you open today?")
    assert 202 == answer.status_code
    shown = (await rig.client.get("/api/chat/messages", headers=who)).json()
    assert [[{"type": "paragraph", "text": "Are you open today?"}]] == [one["blocks"] for one in shown["messages"]]
    assert answer.json()["seq"] == shown["messages"][0]["seq"]
    assert "You" == shown["messages"][0]["label"]
    assert shown["state"]["typing"] is True
    assert 1 == (await rig.services.jobs.counts())["waiting"]


async def test_repeated_message_is_one(rig: Rig) -> None:
    """The same key with the same body gets the same answer and stores nothing more; another body is a conflict."""
    who, key = await rig.patient(), str(uuid.uuid4())
    first = await rig.say(who, "hello", key=key)
    again = await rig.say(who, "hello", key=key.upper())
    other = await rig.say(who, "something else", key=key)
    assert (202, first.json()) == (again.status_code, again.json())
    assert (409, "key_reused") == (other.status_code, other.json()["code"])
    assert 1 == len((await rig.client.get("/api/chat/messages", headers=who)).json()["messages"])


async def test_key_is_required(rig: Rig) -> None:
    """Without a uuid as key a message is refused, so a retry can never become a second message."""
    who = await rig.patient()
    for key in ("", "1", "not-a-uuid"):
        answer = await rig.say(who, "hello", key=key)
        assert (400, "bad_key") == (answer.status_code, answer.json()["code"])


async def test_empty_messages(rig: Rig) -> None:
    """Nothing, blanks and hidden characters alone are refused with a clear sentence; emoji alone are fine."""
    who = await rig.patient()
    for text in ("", "   \n", "\u200b\u202e", "\x00\x01"):
        answer = await rig.say(who, text)
        assert (400, "empty") == (answer.status_code, answer.json()["code"])
    assert 202 == (await rig.say(who, "👍🏽")).status_code


async def test_control_characters_are_dropped(rig: Rig) -> None:
    """Hidden and reordering characters never reach the transcript."""
    who = await rig.patient()
    await rig.say(who, "hel\u202elo\x07 th\u200bere")
    shown = (await rig.client.get("/api/chat/messages", headers=who)).json()
    assert "hello there" == shown["messages"][0]["blocks"][0]["text"]


async def test_very_long_message(rig: Rig) -> None:
    """20 kB are accepted and cut; a red flag in the part that is cut off survives; more is refused with a clear sentence."""
    who = await rig.patient()
    long = "I would like to tell you about my week. " * 490
    assert 202 == (await rig.say(who, long)).status_code
    assert 202 == (await rig.say(who, long + " I have crushing chest pain right now")).status_code
    too_long = await rig.say(who, "x" * 20_001)
    assert (413, "too_large") == (too_long.status_code, too_long.json()["code"])
    shown = (await rig.client.get("/api/chat/messages", headers=who)).json()["messages"]
    assert all(len(one["blocks"][0]["text"]) <= 4_000 for one in shown)
    assert "chest pain" in shown[1]["blocks"][0]["text"]


async def test_form_answers_are_masked(rig: Rig) -> None:
    """The transcript hides birth dates and codes whole, and phone numbers but for the last four; the turn gets the words."""
    who = await rig.patient()
    answers = {
        "birth_date": ("02/14/1984", "••/••/••••"),
        "code": ("123456", "••••••"),
        "phone": ("(555) 555-0142", "•••-•••-0142"),
        "callback": ("5555550142", "•••-•••-0142"),
        "medication": ("lisinopril", "lisinopril"),
        "name": ("Testy McSample", "Testy McSample"),
    }
    for slot, (text, _) in answers.items():
        assert 202 == (await rig.say(who, text, slot=slot)).status_code
    shown = (await rig.client.get("/api/chat/messages", headers=who)).json()["messages"]
    assert [masked for _, masked in answers.values()] == [one["blocks"][0]["text"] for one in shown]
    snapshot = await rig.services.conversations.snapshot(await rig.conversation(who))
    assert snapshot is not None
    assert "02/14/1984" == snapshot.waiting[0].body.reveal(Purpose.UNDERSTANDING).text


async def test_a_tap_starts_its_turn_at_once(rig: Rig) -> None:
    """Taps and red flags are due now; plain words wait a moment for the next ones (R-436)."""
    who = await rig.patient()
    ran: list[str] = []

    async def turn(job: object) -> None:
        ran.append("turn")

    await rig.say(who, "hello")
    assert 0 == await rig.services.jobs.drain({"turn": turn}, until=rig.clock.now())
    other = await rig.patient()
    await rig.say(other, "Yes", choice="yes")
    third = await rig.patient()
    await rig.say(third, "I have crushing chest pain")
    assert 2 == await rig.services.jobs.drain({"turn": turn}, until=rig.clock.now())
    assert 1 == await rig.services.jobs.drain({"turn": turn}, until=rig.clock.now() + timedelta(seconds=1))


async def test_red_flags_pass_every_limit(rig: Rig) -> None:
    """Past the limit ordinary words get 429 with a time to wait, a red flag is accepted (R-505)."""
    who = await rig.patient()
    answers = [await rig.say(who, f"question {number}") for number in range(40)]
    assert 429 == answers[-1].status_code
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert 202 == (await rig.say(who, "my chest hurts and I can't breathe")).status_code
    assert 202 == (await rig.say(who, "quiero suicidarme")).status_code


async def test_sessions_end(rig: Rig) -> None:
    """Idle too long, ended or never known: 401 with one stable code, on every route of a session (R-634)."""
    idle, ended = await rig.patient(), await rig.patient()
    assert 204 == (await rig.client.post("/api/chat/end", headers=ended)).status_code
    rig.clock.forward(timedelta(minutes=21))
    for who in (idle, ended, {}, {"Authorization": "Bearer made-up"}, {"Authorization": "Basic x"}):
        for answer in (
            await rig.say(who, "hello"),
            await rig.client.get("/api/chat/messages", headers=who),
            await rig.client.get("/api/chat/stream", headers=who),
            await rig.client.post("/api/chat/end", headers=who),
            await rig.client.get("/api/chat/calendar/x", headers=who),
        ):
            assert (401, "session_ended") == (answer.status_code, answer.json()["code"])


async def test_waiting_for_staff_is_told_with_the_code(rig: Rig) -> None:
    """A hand-off shows as waiting, with a line that is true by the clock and the code to come back with."""
    who = await rig.patient()
    conversation = await rig.conversation(who)
    await rig.hand_off(conversation, code="K7QD-M4PX")
    state = (await rig.client.get("/api/chat/messages", headers=who)).json()["state"]
    assert ("waiting", "K7QD-M4PX") == (state["who"], state["resume_code"])
    assert "A person has been asked. Nobody has joined yet." == state["waiting_line"]
    rig.clock.forward(timedelta(minutes=15))
    staff = await rig.hire("Dana Demo")
    fence = await rig.services.conversations.snapshot(conversation)
    assert fence is not None
    await rig.services.desk.claim(conversation, staff=staff, fence=fence.conversation.fence)
    state = (await rig.client.get("/api/chat/messages", headers=who)).json()["state"]
    assert ("staff", "Dana", None) == (state["who"], state["staff"], state["waiting_line"])


async def test_closed_practice_says_so(rig: Rig) -> None:
    """After hours the waiting line does not promise anybody."""
    rig.clock.forward(timedelta(hours=10))
    who = await rig.patient()
    await rig.hand_off(await rig.conversation(who))
    state = (await rig.client.get("/api/chat/messages", headers=who)).json()["state"]
    assert "The office is closed. Staff will see this when it opens." == state["waiting_line"]


async def test_resume_with_the_code(rig: Rig) -> None:
    """The code opens the same conversation however it is spelled; a wrong one is refused, and the sixth guess is not heard."""
    who = await rig.patient()
    conversation = await rig.conversation(who)
    await rig.say(who, "hello")
    await rig.hand_off(conversation, code="K7QD-M4PX")
    back = await rig.client.post("/api/chat/resume", json={"practice": "clinic", "code": " k7qd m4px"})
    assert (200, conversation) == (back.status_code, back.json()["conversation"])
    headers = {"Authorization": f"Bearer {back.json()['token']}"}
    assert 1 == len((await rig.client.get("/api/chat/messages", headers=headers)).json()["messages"])
    for _ in range(4):
        wrong = await rig.client.post("/api/chat/resume", json={"practice": "clinic", "code": "AAAA-AAAA"})
        assert (404, "unknown_code") == (wrong.status_code, wrong.json()["code"])
    assert 429 == (await rig.client.post("/api/chat/resume", json={"practice": "clinic", "code": "K7QD-M4PX"})).status_code


async def test_link_opens_once_and_shows_nothing_of_before(rig: Rig) -> None:
    """Looking at the page any number of times changes nothing; the first POST redeems; a form session sees only what is new."""
    who = await rig.patient()
    conversation = await rig.conversation(who)
    await rig.say(who, "something from before")
    await rig.offer_link(conversation, "made-up-link-token")
    for _ in range(10):
        assert 200 == (await rig.client.get("/link")).status_code
    opened = await rig.client.post("/api/chat/link", json={"token": "made-up-link-token"})
    assert (200, "form", "clinic") == (opened.status_code, opened.json()["scope"], opened.json()["practice"])
    headers = {"Authorization": f"Bearer {opened.json()['token']}"}
    shown = (await rig.client.get("/api/chat/messages?after=0", headers=headers)).json()
    assert [] == shown["messages"]
    assert shown["state"]["resume_code"] is None
    again = await rig.client.post("/api/chat/link", json={"token": "made-up-link-token"})
    assert (404, "link_used") == (again.status_code, again.json()["code"])
    snapshot = await rig.services.conversations.snapshot(conversation)
    assert snapshot is not None
    assert "link_opened" == snapshot.waiting[-1].body.reveal(Purpose.UNDERSTANDING).choice


async def test_leaving_and_coming_back(rig: Rig) -> None:
    """The beacon marks the patient as gone; a beacon with a dead token is answered the same and changes nothing."""
    who = await rig.patient()
    conversation = await rig.conversation(who)
    await rig.hand_off(conversation, Reason.ASKED)
    token = who["Authorization"].removeprefix("Bearer ")
    assert 204 == (await rig.client.post("/api/chat/leave", json={"token": "made-up"})).status_code
    snapshot = await rig.services.conversations.snapshot(conversation)
    assert snapshot is not None and not snapshot.conversation.patient_left
    assert 204 == (await rig.client.post("/api/chat/leave", json={"token": token})).status_code
    snapshot = await rig.services.conversations.snapshot(conversation)
    assert snapshot is not None and snapshot.conversation.patient_left


async def test_calendar_is_for_ones_own_request(rig: Rig) -> None:
    """Another conversation's request, a request without a visit and a made-up id are all simply not there (R-641)."""
    mine, theirs = await rig.patient(), await rig.patient()
    request = await rig.ask_refill(await rig.conversation(theirs))
    for id, who in ((request, mine), (request, theirs), ("made-up", mine)):
        answer = await rig.client.get(f"/api/chat/calendar/{id}", headers=who)
        assert (404, "not_found") == (answer.status_code, answer.json()["code"])
