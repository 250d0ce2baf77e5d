"""Every failure of Twilio's client and of its HTTP client has one meaning here, and none brings words or numbers along."""

import inspect
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx2
import pytest
import twilio.base.exceptions
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException

from bot.domain.errors import IntegrationError, OutcomeUnknown, Refused, Unavailable
from bot.ports import NotSent
from bot.privacy.phi import Phi
from integrations.fakes.twilio_server import Failure
from integrations.twilio import OUTCOMES, TwilioTexts, failure_of
from tests.support.simulator import ACCOUNT, NUMBER, TOKEN, running_simulator

TO, BODY = Phi("+15555550199"), Phi("canary words")
SECRET = "The 'To' number +15555550199 canary words"

# Twilio code → what we do (the table of part 5.3, and the codes of the REST API)
FINAL = (21211, 21614, 21635, 21610, 30004, 30005, 30006, 30007, 30034, 30032)
AGAIN = (30003, 30008, 30001, 20429, 30022, 30610, 30047)


def rest(status: int, code: int | None = None) -> TwilioRestException:
    return TwilioRestException(status, "/Messages.json?To=+15555550199", SECRET, code, "POST", {"to": SECRET})


@pytest.mark.parametrize("code", FINAL)
def test_codes_that_end_it(code: int) -> None:
    """Bad numbers, opt-outs, blocks and filters are final: never tried again by themselves."""
    assert NotSent(str(code), True) == failure_of(rest(400, code))


@pytest.mark.parametrize("code", AGAIN)
def test_codes_that_pass(code: int) -> None:
    """Full queues, rates, quiet hours and unreachable handsets may be tried again later."""
    assert NotSent(str(code), False) == failure_of(rest(429 if code == 20429 else 400, code))


def test_every_code_is_tested() -> None:
    """A code added to the table gets a row above, or is one of the few that only say "impossible from here"."""
    assert set(OUTCOMES) - set(FINAL) - set(AGAIN) == {21612, 21408, 21617, 14107}


@pytest.mark.parametrize(
    ("status", "kind"),
    [(401, Refused), (403, Refused), (500, OutcomeUnknown), (502, OutcomeUnknown), (503, OutcomeUnknown), (302, Unavailable)],
)
def test_statuses_without_a_known_code(status: int, kind: type[IntegrationError]) -> None:
    """Our own credentials, Twilio's own troubles, and answers nobody expects."""
    assert type(failure_of(rest(status))) is kind
    assert NotSent("429", False) == failure_of(rest(429, 429))
    assert NotSent("404", True) == failure_of(rest(404))


def sdk_errors() -> Iterator[type[Exception]]:
    for _, kind in inspect.getmembers(twilio.base.exceptions, inspect.isclass):
        if issubclass(kind, Exception) and kind.__module__ == twilio.base.exceptions.__name__:
            yield kind


def http_errors() -> Iterator[type[Exception]]:
    for _, kind in inspect.getmembers(httpx2, inspect.isclass):
        if issubclass(kind, Exception) and kind.__module__.startswith("httpx2"):
            yield kind


def made(kind: type[Exception]) -> Exception:
    if kind is TwilioRestException:
        plain: Exception = rest(500)
        return plain
    if kind is TwilioServiceException:
        told: Exception = TwilioServiceException("about:blank", SECRET, 500, 20500, SECRET)
        return told
    error: Exception = kind.__new__(kind)
    Exception.__init__(error, SECRET)
    return error


@pytest.mark.parametrize("kind", [*sdk_errors(), *http_errors(), ValueError, KeyError, TypeError, OSError, TimeoutError])
def test_every_error_of_the_vendors_is_mapped(kind: type[Exception]) -> None:
    """Each class of SDK and HTTP client gives an outcome or an error of ours, without its words."""
    found = failure_of(made(kind))
    assert isinstance(found, NotSent | Unavailable | OutcomeUnknown | Refused)
    assert "5555550199" not in repr(found)
    assert "canary" not in repr(found)


def test_only_a_failed_connection_means_nothing_was_sent() -> None:
    """A time-out after sending must never look as if nothing was sent: that would send twice (R-435)."""
    for kind in http_errors():
        found = failure_of(made(kind))
        if isinstance(found, Unavailable):
            before = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)
            assert issubclass(kind, (*before, httpx2.InvalidURL, httpx2.UnsupportedProtocol)), kind
    assert isinstance(failure_of(TwilioException("username is required")), Unavailable)


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (Failure(500), OutcomeUnknown),
        (Failure(503, body=b"<html>away</html>"), OutcomeUnknown),
        (Failure(200, body=b"not json"), OutcomeUnknown),
        (Failure(201, body=b"{}"), OutcomeUnknown),
        (Failure(201, body=b"[]"), OutcomeUnknown),
        (Failure(201, delay=0.6), OutcomeUnknown),
        (Failure(401, 20003), Refused),
    ],
)
async def test_over_http(failure: Failure, expected: type[IntegrationError]) -> None:
    """The same over a real connection: slow, broken, refusing and nonsense answers; no cause and no context leaks out."""
    async with running_simulator() as (url, simulator):
        texts = TwilioTexts(account=ACCOUNT, token=TOKEN, number=NUMBER, base_url=url, timeout=0.3)
        simulator.script.append(failure)
        with pytest.raises(expected) as raised:
            await texts.send(to=TO, body=BODY, key="one")
        assert (None, None) == (raised.value.__cause__, raised.value.__context__)
        assert "5555550199" not in str(raised.value)
        simulator.looking.append(Failure(500))
        with pytest.raises(Unavailable):
            await texts.find(to=TO, body=BODY, since=datetime(2025, 1, 1, tzinfo=UTC))
        await texts.close()


async def test_wrong_token_is_about_us() -> None:
    """Refused credentials are an error for the operator, not an outcome of the text."""
    async with running_simulator() as (url, _):
        texts = TwilioTexts(account=ACCOUNT, token="wrong", number=NUMBER, base_url=url)
        with pytest.raises(Refused):
            await texts.send(to=TO, body=BODY, key="one")
        await texts.close()
