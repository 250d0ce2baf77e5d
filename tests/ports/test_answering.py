"""Every wording model keeps the port's promise: a `Worded` or a `ModelFailed`, over real HTTP on loopback."""

import asyncio
import inspect
import json
from collections.abc import AsyncIterator

import httpx2
import mistralai.client.errors as sdk_errors
import pytest
from mistralai.client.errors.mistralerror import MistralError

from integrations.fakes.mistral_server import MistralServer, Reply
from integrations.mistral import MistralWording
from integrations.mistral.errors import failure_of
from knowledge.answering.passages import CannotAnswer, Reason
from knowledge.answering.pipeline import Answer, answer
from knowledge.answering.ports import (
    ModelBusy,
    ModelDown,
    ModelFailed,
    ModelKeyRefused,
    ModelNonsense,
    ModelTimedOut,
    ModelUnreachable,
    Prompt,
    RequestRejected,
    Worded,
)
from knowledge.question import Facet, FacetKind, Length, ask
from tests.unit.knowledge.tiny_practice import TODAY, published

PRACTICE = published()
BIKES = ask(PRACTICE, language="en", length=Length.SHORT, sections=("parking/bicycles",))
SAID = "The bike rack is by the front door."
SECRET = "canary-4711"
PROMPT = Prompt("instructions", json.dumps({"passages": [{"id": "a/b", "text": SECRET}]}), 50)


@pytest.fixture
async def vendor() -> AsyncIterator[MistralServer]:
    """A recording server shaped like the vendor's."""
    async with MistralServer() as server:
        yield server


@pytest.fixture
async def model(vendor: MistralServer) -> AsyncIterator[MistralWording]:
    """The real adapter, impatient enough for tests."""
    wording = MistralWording(
        "key-1", server_url=vendor.url, model="tiny-1", attempt_seconds=0.5, retry_after_seconds=0.0
    )
    yield wording
    await wording.aclose()


async def test_an_answer_is_read(vendor: MistralServer, model: MistralWording) -> None:
    """A reply of the agreed shape becomes a `Worded`."""
    vendor.will(Reply.ok(SAID, "parking/bicycles"))
    assert Worded(SAID, ("parking/bicycles",), False) == await model.word(PROMPT)


async def test_the_same_question_is_the_same_request_to_the_byte(vendor: MistralServer, model: MistralWording) -> None:
    """Two patients who ask the same thing cannot be told apart by the vendor: body and headers are equal (R-008)."""
    for _ in range(3):
        await answer(BIKES, practice=PRACTICE, model=model, today=TODAY)
    assert 3 == len(vendor.received)
    assert 1 == len(set(vendor.received))


async def test_the_request_holds_what_was_agreed_and_no_more(vendor: MistralServer, model: MistralWording) -> None:
    """Known fields and headers only: no user, metadata, session, tool, cookie or trace (R-008, R-601)."""
    await answer(BIKES, practice=PRACTICE, model=model, today=TODAY)
    (sent,) = vendor.received
    assert "POST /v1/chat/completions HTTP/1.1" == sent.line
    known = {"model", "messages", "temperature", "max_tokens", "response_format", "stream"}
    assert known == set(json.loads(sent.body))
    assert set(sent.headers) == {
        "host", "accept", "accept-encoding", "connection", "user-agent", "authorization", "content-type",
        "content-length",
    }  # fmt: skip


FAILURES = [
    (Reply.error(429), ModelBusy, 2),
    (Reply.error(500), ModelDown, 2),
    (Reply.error(503), ModelDown, 2),
    (Reply.error(401), ModelKeyRefused, 1),
    (Reply.error(403), ModelKeyRefused, 1),
    (Reply.error(400), RequestRejected, 1),
    (Reply.error(404), RequestRejected, 1),
    (Reply.error(422, body=b'{"detail": "canary-4711"}'), RequestRejected, 1),
    (Reply.slow(3), ModelTimedOut, 2),
    (Reply.truncated(), ModelUnreachable, 2),
    (Reply.junk(), ModelNonsense, 1),
    (Reply.junk(b""), ModelNonsense, 1),
    (Reply.junk(b"[]"), ModelNonsense, 1),
    (Reply.junk(b"\xff\xfe\x00"), ModelNonsense, 1),
    (Reply.says("The rack is by the door."), ModelNonsense, 1),
    (Reply.says('{"answer": "a", "passage_ids": [], "cannot_answer": false, "book": true}'), ModelNonsense, 1),
    (Reply.says('{"answer": "a", "passage_ids": "a/b", "cannot_answer": false}'), ModelNonsense, 1),
    (Reply.says('{"answer": 3, "passage_ids": [], "cannot_answer": "no"}'), ModelNonsense, 1),
    (Reply.says('```json\n{"answer": "a"}\n```'), ModelNonsense, 1),
    (Reply.says("x" * 1_000_000), ModelNonsense, 1),
    (Reply.says('{"answer": "The rack', finish="length"), ModelNonsense, 1),
    (
        Reply.says("", finish="tool_calls", tool_calls=[{"id": "1", "function": {"name": "book", "arguments": "{}"}}]),
        ModelNonsense,
        1,
    ),
    (Reply.redirect("https://elsewhere.example.test/v1/chat/completions"), RequestRejected, 1),
]


@pytest.mark.parametrize(("reply", "failure", "attempts"), FAILURES)
async def test_each_failure_has_its_name_and_its_attempts(
    vendor: MistralServer, model: MistralWording, reply: Reply, failure: type[ModelFailed], attempts: int
) -> None:
    """What can pass is tried once more, nothing else is, and each failure has its own class (R-609)."""
    vendor.will(reply, reply)
    with pytest.raises(failure) as raised:
        await model.word(PROMPT)
    assert failure is type(raised.value)
    assert attempts == len(vendor.received)
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None
    assert SECRET not in str(raised.value)


async def test_one_failure_is_forgiven(vendor: MistralServer, model: MistralWording) -> None:
    """A second attempt that succeeds is an answer."""
    vendor.will(Reply.error(503), Reply.ok(SAID, "parking/bicycles"))
    assert SAID == (await model.word(PROMPT)).answer


async def test_a_model_of_ones_own_needs_no_key(vendor: MistralServer) -> None:
    """Without a key the request is still a legal one."""
    model = MistralWording("", server_url=vendor.url, model="tiny-1")
    vendor.will(Reply.ok(SAID, "parking/bicycles"))
    assert SAID == (await model.word(PROMPT)).answer
    await model.aclose()


async def test_a_key_that_cannot_be_sent_is_rejected_at_once(vendor: MistralServer) -> None:
    """A key with a line break is a wrong setting, not a lost connection: nothing is tried again."""
    model = MistralWording("key\nkey", server_url=vendor.url, model="tiny-1", retry_after_seconds=60)
    with pytest.raises(RequestRejected, match="FRONTDESK_MODEL_KEY"):
        await model.word(PROMPT)
    assert [] == vendor.received
    await model.aclose()


async def test_no_server_is_named_unreachable() -> None:
    """A closed port is `ModelUnreachable`."""
    async with MistralServer() as gone:
        url = gone.url
    model = MistralWording("k", server_url=url, model="m", attempt_seconds=0.5, retry_after_seconds=0.0)
    with pytest.raises(ModelUnreachable):
        await model.word(PROMPT)
    await model.aclose()


async def test_a_cancelled_call_stays_cancelled(vendor: MistralServer, model: MistralWording) -> None:
    """Stopping the process is not a failure of the model."""
    vendor.will(Reply.slow(3))
    task = asyncio.create_task(model.word(PROMPT))
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def _made(kind: type[Exception]) -> Exception:
    made = kind.__new__(kind)
    object.__setattr__(made, "status_code", 400)
    return made


def _kinds() -> list[type[Exception]]:
    wanted = (httpx2.HTTPError, httpx2.InvalidURL, sdk_errors.NoResponseError, MistralError)
    members = [*vars(httpx2).values(), *(getattr(sdk_errors, name) for name in dir(sdk_errors))]
    found: set[type[Exception]] = {kind for kind in members if inspect.isclass(kind) and issubclass(kind, wanted)}
    return sorted(found, key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", _kinds(), ids=lambda kind: kind.__name__)
def test_every_error_of_the_vendor_is_mapped(kind: type[Exception]) -> None:
    """No exception of the SDK or its HTTP client is left to the catch-all."""
    mapped = failure_of(_made(kind))
    assert isinstance(mapped, ModelFailed)
    assert "could not be read" not in str(mapped)


# The pipeline over the same server: what is let through.


async def outcome(model: MistralWording, vendor: MistralServer, text: str, *ids: str) -> Answer | CannotAnswer:
    vendor.will(Reply.ok(text, *(ids or ("parking/bicycles",))))
    return await answer(BIKES, practice=PRACTICE, model=model, today=TODAY)


async def test_a_grounded_answer_is_let_through(vendor: MistralServer, model: MistralWording) -> None:
    """An answer that says what its passage says is given, with the passage it cites."""
    given = await outcome(model, vendor, "You can leave your bike at the rack by the front door.")
    assert Answer("You can leave your bike at the rack by the front door.", ("parking/bicycles",), "en") == given


@pytest.mark.parametrize(
    ("text", "ids", "reason"),
    [
        ("The rack by the front door is open until 9:30.", (), Reason.NOT_GROUNDED),
        ("The rack by the front door holds seven bikes.", (), Reason.NOT_GROUNDED),
        ("The bike rack is by the front door, call (312) 555-0199.", (), Reason.NOT_GROUNDED),
        ("The bike rack is by the front door on Maple Avenue.", (), Reason.NOT_GROUNDED),
        ("The bike rack is by the front door, see https://evil.example.test.", (), Reason.NOT_GROUNDED),
        ("The bike rack is by the front door, see evil.example.", (), Reason.NOT_GROUNDED),
        ("The bike rack is by the front door ![x](//e).", (), Reason.NOT_GROUNDED),
        ("The <b>bike rack</b> is by the front door.", (), Reason.NOT_GROUNDED),
        ("The bike rack is by the front\u202e door.", (), Reason.NOT_GROUNDED),
        ("El estante para bicicletas está junto a la puerta.", (), Reason.NOT_GROUNDED),
        (SAID, ("parking/where-to-park",), Reason.NOT_GROUNDED),
        (SAID, ("parking/bicycles", "made/up"), Reason.NOT_GROUNDED),
        ("The bike rack is by the front door. " * 12, (), Reason.NONSENSE),
        ("", (), Reason.NONSENSE),
    ],
)
async def test_an_answer_that_says_more_than_its_passages_is_not_given(
    vendor: MistralServer, model: MistralWording, text: str, ids: tuple[str, ...], reason: Reason
) -> None:
    """Numbers, phones, names, links, markup, hidden characters, another language or another source are refused."""
    assert CannotAnswer(reason) == await outcome(model, vendor, text, *ids)


async def test_an_answer_without_sources_is_not_given(vendor: MistralServer, model: MistralWording) -> None:
    """No passage, no answer (R-526)."""
    vendor.will(Reply.ok(SAID))
    assert CannotAnswer(Reason.NOT_GROUNDED) == await answer(BIKES, practice=PRACTICE, model=model, today=TODAY)


async def test_a_model_that_declines_is_believed(vendor: MistralServer, model: MistralWording) -> None:
    """`cannot_answer` is an outcome, not a failure."""
    vendor.will(Reply.ok("", cannot_answer=True))
    assert CannotAnswer(Reason.DECLINED) == await answer(BIKES, practice=PRACTICE, model=model, today=TODAY)


async def test_numbers_of_the_passages_may_be_repeated(vendor: MistralServer, model: MistralWording) -> None:
    """An address, a count and a phone number that the cited passages hold are let through, in Spanish too."""
    question = ask(PRACTICE, language="es", length=Length.FULL, sections=("parking/where-to-park",))
    text = "Puede estacionarse detrás del edificio en 1 Made-up Street. Son doce espacios. Llame al 312-555-0100."
    vendor.will(Reply.ok(text, "parking/where-to-park"))
    given = await answer(question, practice=PRACTICE, model=model, today=TODAY)
    assert Answer(text, ("parking/where-to-park",), "es") == given


@pytest.mark.parametrize(
    ("section", "language", "reason"),
    [
        ("fasting/before-your-test", "en", Reason.FIXED_TEXT),
        ("fasting/before-your-test", "es", Reason.NOT_APPROVED),
    ],
)
async def test_fixed_and_unapproved_text_never_reaches_the_model(
    vendor: MistralServer, model: MistralWording, section: str, language: str, reason: Reason
) -> None:
    """Preparation is never reworded, and text that nobody approved is never sent (R-331, R-524)."""
    question = ask(PRACTICE, language=language, length=Length.SHORT, sections=(section,))
    assert CannotAnswer(reason) == await answer(question, practice=PRACTICE, model=model, today=TODAY)
    assert [] == vendor.received


async def test_text_past_its_review_never_reaches_the_model(vendor: MistralServer, model: MistralWording) -> None:
    """An overdue article is not answered from (R-215)."""
    later = TODAY.replace(year=2029)
    assert CannotAnswer(Reason.REVIEW_OVERDUE) == await answer(BIKES, practice=PRACTICE, model=model, today=later)
    assert [] == vendor.received


async def test_facets_bring_their_published_facts(vendor: MistralServer, model: MistralWording) -> None:
    """Plan, clinician, location and visit type become passages made of published facts."""
    for kind, name in (("plan", "acme"), ("clinician", "quill"), ("location", "main"), ("visit_type", "checkup")):
        for language in ("en", "es"):
            question = ask(
                PRACTICE,
                language=language,
                length=Length.SHORT,
                sections=("parking/bicycles",),
                facets=(Facet(FacetKind(kind), name),),
            )
            await answer(question, practice=PRACTICE, model=model, today=TODAY)
            passages = json.loads(json.loads(vendor.received[-1].body)["messages"][1]["content"])["passages"]
            assert ["parking/bicycles", f"{kind}:{name}"] == [passage["id"] for passage in passages]
