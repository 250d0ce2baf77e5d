"""The lane process: what it refuses, what it gives out, and that it can reach nothing about patients."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from integrations.fakes.mistral_server import MistralServer, Reply
from knowledge.answering.ports import ModelDown, Prompt, Worded
from knowledge.publishing import PublishedUnreadable, publish, write
from knowledge.question import Facet, FacetKind, Length, ask, to_bytes
from knowledge.service import BadLaneSettings, LaneSettings, ModelMode, create_app, settings_from
from tests.unit.knowledge.tiny_practice import TODAY, copied, published

pytestmark = pytest.mark.wall

ROOT = Path(__file__).parents[2]
PRACTICE = published()
QUESTION = ask(
    PRACTICE,
    language="en",
    length=Length.FULL,
    sections=("parking/bicycles",),
    facets=(Facet(FacetKind.LOCATION, "main"),),
)


class Model:
    """Repeats the first passage and remembers what it was given."""

    def __init__(self) -> None:
        self.prompts: list[Prompt] = []

    async def word(self, prompt: Prompt) -> Worded:
        self.prompts.append(prompt)
        return Worded("The bike rack is by the front door.", ("parking/bicycles",), False)


class BrokenModel:
    async def word(self, prompt: Prompt) -> Worded:
        raise ModelDown("The provider reported an error of its own (status 500).")


@pytest.fixture
def settings(tmp_path: Path) -> LaneSettings:
    """A lane in mode `local` over the tiny practice."""
    pointer = write(PRACTICE, tmp_path / "published")
    return LaneSettings(ModelMode.LOCAL, url="http://127.0.0.1:1", model="tiny-1", published=pointer)


def client(settings: LaneSettings, model: Model | BrokenModel | None) -> httpx2.AsyncClient:
    app = create_app(settings, model=model)
    app.state.model = model  # the transport below does not run the lifespan
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://lane.example.test")


async def test_a_public_question_is_answered_with_its_sources(settings: LaneSettings) -> None:
    """The canonical bytes of a published question are answered with text, passage ids and language."""
    async with client(settings, Model()) as lane:
        response = await lane.post("/answer", content=to_bytes(QUESTION))
    assert 200 == response.status_code
    assert {
        "answer": "The bike rack is by the front door.",
        "passage_ids": ["parking/bicycles"],
        "language": "en",
    } == response.json()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"My name is Zedekiah Canary and my knee hurts",
        b'{"question": "Zedekiah Canary"}',
        to_bytes(QUESTION) + b" ",
        to_bytes(QUESTION).replace(b"parking/bicycles", b"Zedekiah/Canary"),
        to_bytes(QUESTION)[:-1] + b',"history":["Zedekiah Canary"]}',
        to_bytes(QUESTION) + b"Zedekiah Canary" * 10_000,
    ],
)
async def test_anything_else_is_refused_without_an_echo(
    settings: LaneSettings, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """What is not a canonical public question is a 422 that repeats nothing, logs nothing and calls no model."""
    model = Model()
    async with client(settings, model) as lane:
        response = await lane.post("/answer", content=body)
    assert (422, {"refused": "question refused"}) == (response.status_code, response.json())
    assert "Canary" not in response.text + str(response.headers) + caplog.text
    assert [] == model.prompts


async def test_mode_off_calls_nothing(settings: LaneSettings) -> None:
    """Without a mode the lane answers 503 "model off", even to a good question (R-006)."""
    model = Model()
    async with client(LaneSettings(published=settings.published), model) as lane:
        response = await lane.post("/answer", content=to_bytes(QUESTION))
        health = await lane.get("/health")
    assert (503, {"refused": "model off"}) == (response.status_code, response.json())
    assert {"mode": "off", "published": PRACTICE.hash, "ok": True} == health.json()
    assert [] == model.prompts


async def test_a_failing_model_is_a_503_that_names_the_kind_only(settings: LaneSettings) -> None:
    """The approved text answers when the model is down; the lane says which kind of failure, no more."""
    async with client(settings, BrokenModel()) as lane:
        response = await lane.post("/answer", content=to_bytes(QUESTION))
    assert (503, {"refused": "ModelDown"}) == (response.status_code, response.json())


async def test_a_new_publication_is_followed_and_the_old_question_refused(
    settings: LaneSettings, tmp_path: Path
) -> None:
    """The lane reads what was published last, and a question about an older publication is refused."""
    async with client(settings, Model()) as lane:
        assert 200 == (await lane.post("/answer", content=to_bytes(QUESTION))).status_code
        assert settings.published is not None
        changed = publish(copied(tmp_path, parking=("12 spaces", "13 spaces")), today=TODAY)
        write(changed, settings.published)
        assert 422 == (await lane.post("/answer", content=to_bytes(QUESTION))).status_code
        assert changed.hash == (await lane.get("/health")).json()["published"]


async def test_the_model_is_given_published_text_and_nothing_of_the_request(settings: LaneSettings) -> None:
    """Headers, addresses and times of the request do not reach the prompt; the same question gives the same prompt."""
    model = Model()
    async with client(settings, model) as lane:
        for number in range(2):
            headers = {"traceparent": f"00-{number:032x}", "x-patient": "Zedekiah Canary", "cookie": "session=canary"}
            await lane.post("/answer?who=canary", content=to_bytes(QUESTION), headers=headers)
    assert model.prompts[0] == model.prompts[1]
    assert "anary" not in str(model.prompts)


@pytest.mark.parametrize(
    ("environment", "remedy"),
    [
        ({"FRONTDESK_DATABASE_URL": "sqlite:///x"}, "environment of its own"),
        ({"FRONTDESK_REDIS_URL": "redis://x"}, "environment of its own"),
        ({"FRONTDESK_KEY_FILE": "/x"}, "environment of its own"),
        ({"MISTRAL_SDK_TELEMETRY": "global"}, "Unset it"),
        ({"FRONTDESK_MODEL_MODE": "on"}, "one of: off, local"),
        ({"FRONTDESK_MODEL_MODE": "local"}, "FRONTDESK_MODEL_URL"),
        ({"FRONTDESK_MODEL_MODE": "hosted_baa", "URL": "https://m.example.test", "ID": "m-1"}, "FRONTDESK_MODEL_KEY"),
        (
            {"FRONTDESK_MODEL_MODE": "hosted_no_baa", "URL": "https://m.example.test", "ID": "m-latest", "KEY": "k"},
            "dated model",
        ),
        ({"FRONTDESK_MODEL_MODE": "local", "URL": "http://m.example.test", "ID": "m-1"}, "https://"),
        ({"FRONTDESK_MODEL_MODE": "local", "URL": "http://127.0.0.1:9", "ID": "m-1"}, "FRONTDESK_PUBLISHED"),
    ],
)
def test_wrong_settings_are_refused_with_the_remedy(environment: dict[str, str], remedy: str) -> None:
    """The lane starts beside no patient-store setting, with telemetry off, and with a model that is fully named."""
    full = {key if "_" in key else f"FRONTDESK_MODEL_{key}": value for key, value in environment.items()}
    with pytest.raises(BadLaneSettings, match=remedy):
        settings_from(full)


def test_the_default_mode_is_off_and_the_key_is_never_shown() -> None:
    """An empty environment means off; the settings do not print the key."""
    assert ModelMode.OFF is settings_from({}).mode
    assert "secret" not in repr(LaneSettings(key="secret")) + str(LaneSettings(key="secret"))


def test_a_lane_with_nothing_to_read_does_not_start(tmp_path: Path) -> None:
    """Outside mode off, a missing publication stops the start and names the command."""
    lost = LaneSettings(ModelMode.LOCAL, url="http://127.0.0.1:1", model="tiny-1", published=tmp_path)
    with pytest.raises(PublishedUnreadable, match="kb publish"):
        create_app(lost)


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("FRONTDESK_", "MISTRAL_"))}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_bot_cannot_be_imported_in_the_lane_process() -> None:
    """After the hook is in, `import bot` and everything below it fail, and asking twice does not help."""
    code = """
from knowledge.service import forbid_bot
import sys
assert not [name for name in sys.modules if name == "bot" or name.startswith("bot.")], "bot came along"
forbid_bot()
for name in ("bot", "bot.privacy.phi", "bot"):
    try:
        __import__(name)
    except ImportError as refused:
        assert "patient data" in str(refused)
    else:
        raise SystemExit("bot was imported")
print("walled")
"""
    done = python(code)
    assert ("walled\n", 0) == (done.stdout, done.returncode), done.stderr


def test_a_process_that_knows_bot_cannot_become_the_lane() -> None:
    """When bot is already imported the hook refuses, instead of pretending."""
    done = python("import bot\nfrom knowledge.service import forbid_bot\nforbid_bot()")
    assert "bot is imported in this process" in done.stderr


def test_the_lane_does_not_start_beside_the_patient_store() -> None:
    """The started program ends with the remedy, not with a traceback or a value."""
    done = python(
        "import sys; from knowledge.service import main; sys.exit(main([]))",
        FRONTDESK_DATABASE_URL="postgresql://canary@nowhere/x",
    )
    assert 2 == done.returncode
    assert "FRONTDESK_DATABASE_URL must not be set" in done.stderr
    assert "canary" not in done.stderr + done.stdout


def test_only_stateless_chat_completions_are_used() -> None:
    """No agents, conversations, libraries, files or batches of the vendor are named in the code (R-207)."""
    stateful = {"agents", "conversations", "libraries", "files", "batch", "beta", "fine_tuning"}
    for path in (ROOT / "integrations" / "mistral").glob("*.py"):
        used = {node.attr for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute)}
        assert not used & stateful, path


async def test_the_running_lane_sends_the_vendor_published_text_only(tmp_path: Path) -> None:
    """Started as a program in front of a recording server, the lane sends one request without anything of ours in it."""
    pointer = write(PRACTICE, tmp_path)
    async with MistralServer() as vendor:
        vendor.will(Reply.ok("The bike rack is by the front door.", "parking/bicycles"))
        settings = LaneSettings(ModelMode.LOCAL, key="k-1", url=vendor.url, model="tiny-1", published=pointer)
        app = create_app(settings)
        async with (
            app.router.lifespan_context(app),
            httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://lane.example.test") as lane,
        ):
            response = await lane.post("/answer", content=to_bytes(QUESTION), headers={"x-canary": "Zed Canary"})
        assert ["parking/bicycles"] == response.json()["passage_ids"]
        (sent,) = vendor.received
        assert "POST /v1/chat/completions HTTP/1.1" == sent.line
        for word in (b"anary", b"testclient", b"lane.example.test", PRACTICE.hash.encode()):
            assert word not in sent.head + sent.body
