"""Twilio's webhooks: nothing without a signature, one message per MessageSid, an empty answer at once (R-430 to R-438)."""

import asyncio
import time
from urllib.parse import urlencode

import httpx2
import pytest

from bot.domain.conversation import Channel
from bot.ports import NewDelivery
from bot.privacy.phi import Phi, Purpose
from integrations.twilio import sign
from tests.unit.web.rig import NUMBER, PUBLIC, TOKEN, Rig

PATH = "/webhooks/twilio/sms"
SID = "SM" + "0" * 32
PHONE = "+15555550111"


def fields(body: str = "hello", sid: str = SID, **more: str) -> list[tuple[str, str]]:
    return [("MessageSid", sid), ("From", PHONE), ("To", NUMBER), ("Body", body), *more.items()]


async def post(rig: Rig, pairs: list[tuple[str, str]], *, path: str = PATH, **changes: str) -> httpx2.Response:
    """A webhook as Twilio sends it; `changes` tamper with it after signing."""
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Twilio-Signature": sign(TOKEN, PUBLIC + path, pairs),
        **{name.replace("_", "-"): value for name, value in changes.items()},
    }
    return await rig.client.post(path, content=urlencode(pairs), headers=headers)


async def heard(rig: Rig) -> list[str]:
    """The words stored from the phone, in order."""
    conversation = await rig.services.conversations.for_mailbox("clinic", Phi(PHONE), at=rig.clock.now())
    snapshot = await rig.services.conversations.snapshot(conversation.id)
    assert snapshot is not None
    return [one.body.reveal(Purpose.UNDERSTANDING).text for one in snapshot.waiting]


async def test_a_signed_text_is_stored_and_acknowledged(rig: Rig) -> None:
    """One text: stored for the sender's conversation, answered with empty TwiML."""
    answer = await post(rig, fields("are you open?"))
    assert (200, True) == (answer.status_code, answer.text.endswith("<Response/>"))
    assert answer.headers["content-type"].startswith("text/xml")
    assert ["are you open?"] == await heard(rig)
    conversation = await rig.services.conversations.for_mailbox("clinic", Phi(PHONE), at=rig.clock.now())
    assert Channel.SMS is conversation.channel


@pytest.mark.parametrize("signature", ["", "x", sign("other" * 8, PUBLIC + PATH, fields())])
async def test_without_a_right_signature(rig: Rig, signature: str) -> None:
    """Missing, made-up or another account's signature: 403, counted, nothing stored."""
    answer = await post(rig, fields(), X_Twilio_Signature=signature)
    assert (403, "signature") == (answer.status_code, answer.json()["code"])
    assert 1 == rig.app.state.refused_webhooks
    assert [] == await heard(rig)


async def test_tampering(rig: Rig) -> None:
    """A changed, added or dropped field, another path and another query each break the signature."""
    right = {"X-Twilio-Signature": sign(TOKEN, PUBLIC + PATH, fields())}
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    for path, pairs in (
        (PATH, fields("hello!")),
        (PATH, [*fields(), ("More", "1")]),
        (PATH, fields()[:-1]),
        (PATH, fields("hello ")),
        ("/webhooks/twilio/status", fields()),
        (PATH + "?x=1", fields()),
        (PATH + "?", fields("hello", "SM" + "1" * 32)),
    ):
        answer = await rig.client.post(path, content=urlencode(pairs), headers=right | kind)
        assert 403 == answer.status_code
    assert [] == await heard(rig)


async def test_the_senders_word_for_our_address_is_not_taken(rig: Rig) -> None:
    """Host and forwarded headers change nothing: the configured public address alone counts (R-431)."""
    lies = {"Host": "evil.example.test", "X_Forwarded_Host": "evil.example.test", "X_Forwarded_Proto": "https"}
    assert 200 == (await post(rig, fields(), **lies)).status_code
    signed_for_evil = sign(TOKEN, "https://evil.example.test" + PATH, fields())
    assert 403 == (await post(rig, fields(), **lies, X_Twilio_Signature=signed_for_evil)).status_code


async def test_the_same_text_many_times(rig: Rig) -> None:
    """Retries at the same moment and later give one stored message and the same answer (R-433)."""
    answers = await asyncio.gather(*(post(rig, fields("book a visit")) for _ in range(20)))
    answers.append(await post(rig, fields("book a visit")))
    assert {200} == {answer.status_code for answer in answers}
    assert 1 == len({answer.text for answer in answers})
    assert ["book a visit"] == await heard(rig)


async def test_odd_bodies_come_through_as_words(rig: Rig) -> None:
    """Plus signs, emoji, blanks, accents and an empty body are signed and stored as they are meant; hidden signs are dropped."""
    bodies = ["  C  ", "1+1=2 & more?", "👍🏽", "¿Están abiertos mañana?", "", "hel\u200blo"]
    for at, body in enumerate(bodies):
        assert 200 == (await post(rig, fields(body, f"SM{at:032x}"))).status_code
    assert ["C", "1+1=2 & more?", "👍🏽", "¿Están abiertos mañana?", "", "hello"] == await heard(rig)


async def test_pictures_are_not_fetched(rig: Rig) -> None:
    """Ten media addresses are signed, and none is read: an empty body becomes a sign that a picture came (R-438)."""
    media = {f"MediaUrl{at}": f"https://api.example.test/{at}" for at in range(10)}
    assert 200 == (await post(rig, fields("", NumMedia="10", **media))).status_code
    assert 200 == (await post(rig, fields("my form", "SM" + "2" * 32, NumMedia="1"))).status_code
    assert ["📷", "my form"] == await heard(rig)


async def test_who_cannot_be_answered(rig: Rig) -> None:
    """Short codes, letters and ids of other shapes are acknowledged and not stored."""
    before = (await rig.services.jobs.counts())["waiting"]
    for pairs in (
        [("MessageSid", SID), ("From", "12345"), ("Body", "ad")],
        [("MessageSid", SID), ("From", "BANK"), ("Body", "ad")],
        [("MessageSid", "x"), ("From", PHONE), ("Body", "ad")],
        [("From", PHONE), ("Body", "ad")],
        [],
    ):
        assert 200 == (await post(rig, pairs)).status_code
    assert before == (await rig.services.jobs.counts())["waiting"]


async def test_not_a_form(rig: Rig) -> None:
    """A signed body of another kind is read by nobody."""
    for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x", ""):
        answer = await post(rig, fields(), Content_Type=kind)
        assert 403 == answer.status_code


async def test_the_answer_is_fast(rig: Rig) -> None:
    """Twilio waits fifteen seconds in all; storing takes a fraction of one (R-432)."""
    await post(rig, fields("warm up", "SM" + "9" * 32))
    started = time.perf_counter()
    await post(rig, fields())
    assert time.perf_counter() - started < 1.0


async def test_status_moves_forward(rig: Rig) -> None:
    """A delivery follows Twilio's reports; a late earlier state changes nothing (R-434)."""
    who = await rig.services.conversations.for_mailbox("clinic", Phi(PHONE), at=rig.clock.now())
    delivery = NewDelivery(
        key="test:1", body=Phi("hello"), purpose="reply", due=rig.clock.now(), segments=1, message=None
    )
    snapshot = await rig.services.conversations.snapshot(who.id)
    assert snapshot is not None
    from dataclasses import replace

    from bot.orchestrator.draft import Draft

    outcome = Draft(rig.plugs, snapshot, now=rig.clock.now()).outcome()
    await rig.services.conversations.commit(replace(outcome, deliveries=(delivery,)))
    id = (await rig.services.deliveries.for_conversation(who.id))[0]["id"]
    await rig.services.deliveries.claim(id, at=rig.clock.now())
    await rig.services.deliveries.settle(id, state="sent", provider_id=SID)
    for status in ("sent", "delivered", "sent", "queued"):
        pairs = [("MessageSid", SID), ("MessageStatus", status)]
        answer = await post(rig, pairs, path="/webhooks/twilio/status")
        assert (204, b"") == (answer.status_code, answer.content)
    assert "delivered" == (await rig.services.deliveries.for_conversation(who.id))[0]["state"]


async def test_status_of_nothing_we_know(rig: Rig) -> None:
    """Unknown ids, odd states and codes are acknowledged and harmless."""
    for pairs in (
        [("MessageSid", "SM" + "7" * 32), ("MessageStatus", "delivered")],
        [("MessageSid", "x"), ("MessageStatus", "delivered")],
        [("MessageSid", SID), ("MessageStatus", "DROP TABLE"), ("ErrorCode", "x")],
        [],
    ):
        assert 204 == (await post(rig, pairs, path="/webhooks/twilio/status")).status_code
