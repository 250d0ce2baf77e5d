"""The simulator behaves like Twilio: signed webhooks, checked credentials, states in order, segments counted."""

from collections.abc import AsyncIterator

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outbox import segments
from bot.privacy.phi import Phi, Purpose
from integrations.fakes.gsm import BASIC, counted
from integrations.fakes.twilio_server import Simulator, create_simulator
from integrations.twilio import TwilioSignature
from tests.support.simulator import ACCOUNT, NUMBER, TOKEN
from tests.unit.web.rig import PUBLIC, Rig, running

PHONE = "+15555550111"


@pytest.fixture
async def rig(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rig]:
    async with running(tmp_path_factory.mktemp("service")) as made:
        yield made


@pytest.fixture
async def page(rig: Rig) -> AsyncIterator[httpx2.AsyncClient]:
    """The simulator, whose webhooks reach the service of this test."""
    app = create_simulator(TOKEN, ACCOUNT, PUBLIC, NUMBER, deliver_after=0.01)
    simulator: Simulator = app.state.simulator
    simulator.client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=rig.app))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://sim.example.test") as client:
        client.app = app  # type: ignore[attr-defined]
        yield client
    await simulator.close()


def simulator_of(page: httpx2.AsyncClient) -> Simulator:
    found: Simulator = page.app.state.simulator  # type: ignore[attr-defined]
    return found


async def send(page: httpx2.AsyncClient, body: str, **more: str) -> httpx2.Response:
    form = {"To": PHONE, "From": NUMBER, "Body": body, **more}
    return await page.post(f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json", data=form, auth=(ACCOUNT, TOKEN))


async def test_a_phone_writes_to_the_service(rig: Rig, page: httpx2.AsyncClient) -> None:
    """What is typed on the page arrives as a signed webhook, and the service stores it."""
    assert {"status": 200} == (await page.post("/sim/send", json={"number": PHONE, "body": "¿abierto? 👍"})).json()
    conversation = await rig.services.conversations.for_mailbox("clinic", Phi(PHONE), at=rig.clock.now())
    snapshot = await rig.services.conversations.snapshot(conversation.id)
    assert snapshot is not None
    assert ["¿abierto? 👍"] == [one.body.reveal(Purpose.UNDERSTANDING).text for one in snapshot.waiting]
    shown = (await page.get("/sim/messages", params={"number": PHONE})).json()["messages"]
    assert [("in", "received", "UCS-2", 1)] == [
        (one["direction"], one["status"], one["encoding"], one["segments"]) for one in shown
    ]


async def test_what_the_service_sends_is_shown_and_reported(rig: Rig, page: httpx2.AsyncClient) -> None:
    """A sent text goes queued, sent, delivered; each state is reported with a signature that the service accepts."""
    answer = await send(page, "Hello", StatusCallback=f"{PUBLIC}/webhooks/twilio/status")
    assert (201, "queued", "1") == (answer.status_code, answer.json()["status"], answer.json()["num_segments"])
    await simulator_of(page).settled()
    shown = (await page.get("/sim/messages", params={"number": PHONE})).json()["messages"]
    assert [("out", "delivered", "Hello")] == [(one["direction"], one["status"], one["body"]) for one in shown]
    assert 0 == rig.app.state.refused_webhooks


async def test_the_page_may_fail_a_text(page: httpx2.AsyncClient) -> None:
    """A text can be failed by hand, and stays failed."""
    simulator_of(page).deliver_after = 5
    id = (await send(page, "Hello")).json()["sid"]
    assert {"status": "undelivered"} == (await page.post("/sim/deliver", json={"id": id, "status": "undelivered"})).json()
    assert {"status": "undelivered"} == (await page.post("/sim/deliver", json={"id": id, "status": "delivered"})).json()
    assert 404 == (await page.post("/sim/deliver", json={"id": "SM0", "status": "failed"})).status_code


async def test_credentials_are_checked(page: httpx2.AsyncClient) -> None:
    """Wrong or missing credentials send nothing."""
    for auth in (None, (ACCOUNT, "wrong"), ("AC1", TOKEN)):
        answer = await page.post(
            f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
            data={"To": PHONE, "From": NUMBER, "Body": "x"},
            headers={} if auth is None else {"Authorization": httpx2.BasicAuth(*auth)._auth_header},
        )
        assert 401 == answer.status_code
    assert [] == simulator_of(page).texts


async def test_only_made_up_numbers(page: httpx2.AsyncClient) -> None:
    """The page writes for 555 numbers alone, so nobody's real number gets into a demo."""
    for number in ("+12025550123", "5555550111", "+1555555011"):
        assert 422 == (await page.post("/sim/send", json={"number": number, "body": "x"})).status_code


async def test_page_is_served_with_a_strict_policy(page: httpx2.AsyncClient) -> None:
    """The page runs its own script and nothing else."""
    answer = await page.get("/")
    assert 200 == answer.status_code
    assert "default-src 'none'; script-src 'self'" in answer.headers["content-security-policy"]
    assert 404 == (await page.get("/assets/..%2F..%2Fpyproject.toml")).status_code


@given(st.lists(st.tuples(st.text(max_size=10), st.text(max_size=10)), max_size=6))
def test_its_signatures_are_genuine(fields: list[tuple[str, str]]) -> None:
    """Signed apart from our own check, and accepted by it."""
    simulator = Simulator(TOKEN, ACCOUNT, PUBLIC, NUMBER)
    _, body, headers = simulator.signed("/webhooks/twilio/sms", fields)
    assert TwilioSignature([TOKEN], PUBLIC).genuine(
        target="/webhooks/twilio/sms",
        body=body.encode(),
        content_type=headers["Content-Type"],
        signature=headers["X-Twilio-Signature"],
    )


@given(st.text(st.sampled_from(sorted(BASIC)), max_size=700) | st.text(st.characters(max_codepoint=0xD7FF), max_size=300))
def test_segments_agree_with_the_outbox(text: str) -> None:
    """Two counters written apart agree on what a text costs (R-454)."""
    if any(sign in text for sign in "\f^{}\\[~]|€"):
        return
    assert (segments(text).encoding, segments(text).count) == counted(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a" * 160, ("GSM-7", 1)),
        ("a" * 161, ("GSM-7", 2)),
        ("€" * 80, ("GSM-7", 1)),
        ("€" * 81, ("GSM-7", 2)),
        ("a" * 152 + "€" + "a" * 152, ("GSM-7", 3)),
        ("á" * 70, ("UCS-2", 1)),
        ("á" * 71, ("UCS-2", 2)),
        ("👍" * 35, ("UCS-2", 1)),
        ("👍" * 36, ("UCS-2", 2)),
    ],
)
def test_known_segment_counts(text: str, expected: tuple[str, int]) -> None:
    """The edges of one and several segments; an escaped character is not cut in two."""
    assert expected == counted(text)
