"""What every `Texts` promises: the fake, and Twilio's client against an HTTP server of Twilio's shape."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.errors import IntegrationError, OutcomeUnknown, Unavailable
from bot.ports import NotSent, Sent, Texts
from bot.privacy.phi import Phi
from integrations.fakes.texts import FakeTexts
from integrations.fakes.twilio_server import Failure
from integrations.twilio import TwilioTexts
from tests.support.simulator import ACCOUNT, NUMBER, TOKEN, running_simulator

TO = Phi("+15555550111")
BODY = Phi("Your visit: Monday, 9:20 AM. ¿Preguntas? 👍")


@dataclass
class Provider:
    """One adapter, and how a test makes its next send go wrong."""

    texts: Texts
    refuse: Callable[[int, bool], None]
    """A code, and whether it is final."""
    lose: Callable[[], None]
    """The text goes out, the answer does not arrive."""
    down: Callable[[], None]
    """Nothing can be sent."""
    sent: Callable[[], list[tuple[str, str]]]


@pytest.fixture(params=["fake", "twilio"])
async def provider(request: pytest.FixtureRequest) -> AsyncIterator[Provider]:
    if request.param == "fake":
        fake = FakeTexts()

        def lose() -> None:
            fake.lose_answers = True
            fake.script.append(OutcomeUnknown("lost"))

        yield Provider(
            texts=fake,
            refuse=lambda code, final: fake.script.append(NotSent(str(code), final)),
            lose=lose,
            down=lambda: fake.script.append(Unavailable("down")),
            sent=lambda: [(text.to, text.body) for text in fake.sent],
        )
        return
    async with running_simulator() as (url, simulator):
        real = TwilioTexts(account=ACCOUNT, token=TOKEN, number=NUMBER, base_url=url, timeout=0.5)
        away = TwilioTexts(account=ACCOUNT, token=TOKEN, number=NUMBER, base_url="http://127.0.0.1:9")
        made = Provider(
            texts=real,
            refuse=lambda code, final: simulator.script.append(Failure(429 if code == 20429 else 400, code)),
            lose=lambda: simulator.script.append(Failure(201, delay=1.0, stored=True)),
            down=lambda: setattr(made, "texts", away),
            sent=lambda: [(text.number, text.body) for text in simulator.texts if text.direction == "out"],
        )
        yield made
        await real.close()
        await away.close()


async def test_send(provider: Provider) -> None:
    """A text goes out once, to the number, in the words given, and has the provider's id."""
    outcome = await provider.texts.send(to=TO, body=BODY, key="one")
    assert isinstance(outcome, Sent)
    assert outcome.provider_id.startswith("SM")
    assert [("+15555550111", "Your visit: Monday, 9:20 AM. ¿Preguntas? 👍")] == provider.sent()


@pytest.mark.parametrize(("code", "final"), [(21610, True), (21211, True), (30003, False), (20429, False)])
async def test_refusals_are_outcomes(provider: Provider, code: int, final: bool) -> None:
    """A refusal names its code and whether trying again makes sense; nothing went out."""
    provider.refuse(code, final)
    assert NotSent(str(code), final) == await provider.texts.send(to=TO, body=BODY, key="one")
    assert [] == provider.sent()


async def test_lost_answer_is_found_again(provider: Provider) -> None:
    """When the answer is lost the outcome is unknown, and looking up finds the text instead of sending it twice (R-435)."""
    since = datetime.now(UTC) - timedelta(seconds=1)
    provider.lose()
    with pytest.raises(OutcomeUnknown):
        await provider.texts.send(to=TO, body=BODY, key="one")
    found = await provider.texts.find(to=TO, body=BODY, since=since)
    assert isinstance(found, Sent)
    assert 1 == len(provider.sent())


async def test_what_was_not_sent_is_not_found(provider: Provider) -> None:
    """Other words, another number and an earlier text are not the one that is looked for."""
    await provider.texts.send(to=TO, body=BODY, key="one")
    since = datetime.now(UTC) - timedelta(seconds=1)
    assert await provider.texts.find(to=TO, body=Phi("other words"), since=since) is None
    assert await provider.texts.find(to=Phi("+15555550122"), body=BODY, since=since) is None
    assert await provider.texts.find(to=TO, body=BODY, since=datetime.now(UTC) + timedelta(minutes=1)) is None


async def test_down(provider: Provider) -> None:
    """Without a connection nothing was sent, and the error says so and names no number."""
    provider.down()
    with pytest.raises(Unavailable) as raised:
        await provider.texts.send(to=TO, body=BODY, key="one")
    assert isinstance(raised.value, IntegrationError)
    assert "5555550111" not in str(raised.value)
    assert raised.value.__cause__ is None
    assert [] == provider.sent()
