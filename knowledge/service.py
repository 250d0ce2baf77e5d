"""The lane process: the only one that holds the model's key, and one that can reach no patient data.

`POST /answer` takes the canonical bytes of a `PublicQuestion`, `GET /health` tells mode and publication.
It refuses to start beside the settings of the patient store, and `bot` cannot be imported in it.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import ipaddress
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from knowledge.answering.passages import CannotAnswer
from knowledge.answering.pipeline import answer
from knowledge.answering.ports import ModelFailed, WordingModel
from knowledge.published import PublishedPractice
from knowledge.publishing import PublishedUnreadable, read
from knowledge.question import PublicQuestion, QuestionRefused, from_bytes

MAX_QUESTION: Final = 4_096  # bytes; the longest canonical question is well under 1 kB
DEFAULT_ADDRESS: Final = ("127.0.0.1", "8010")
PATIENT_STORE: Final = ("FRONTDESK_DATABASE_URL", "FRONTDESK_REDIS_URL", "FRONTDESK_KEY_FILE")


class BadLaneSettings(Exception):
    """The lane process must not start like this. The message says what to change."""


class ModelMode(StrEnum):
    """R-006. `off` is the default: approved text answers, nothing is called."""

    OFF = "off"
    LOCAL = "local"
    HOSTED_NO_BAA = "hosted_no_baa"
    HOSTED_BAA = "hosted_baa"


@dataclass(frozen=True, slots=True)
class LaneSettings:
    mode: ModelMode = ModelMode.OFF
    key: str = ""
    url: str = ""
    model: str = ""
    published: Path | None = None

    def __repr__(self) -> str:
        return f"LaneSettings(mode={self.mode.value!r}, published={self.published!r})"  # never the key


def settings_from(environment: Mapping[str, str]) -> LaneSettings:
    """Read and check the settings. Raises `BadLaneSettings` with the remedy."""
    beside = [name for name in PATIENT_STORE if environment.get(name)]
    if beside:
        raise BadLaneSettings(
            f"{' and '.join(beside)} must not be set for the lane process, which may reach no patient data. "
            "Start it with an environment of its own."
        )
    if environment.get("MISTRAL_SDK_TELEMETRY"):
        raise BadLaneSettings("MISTRAL_SDK_TELEMETRY makes the SDK record prompts and answers. Unset it.")
    said = environment.get("FRONTDESK_MODEL_MODE", "") or ModelMode.OFF.value
    if said not in tuple(ModelMode):
        raise BadLaneSettings(f"FRONTDESK_MODEL_MODE must be one of: {', '.join(ModelMode)}.")
    published = environment.get("FRONTDESK_PUBLISHED", "")
    settings = LaneSettings(
        mode=ModelMode(said),
        key=environment.get("FRONTDESK_MODEL_KEY", ""),
        url=environment.get("FRONTDESK_MODEL_URL", ""),
        model=environment.get("FRONTDESK_MODEL_ID", ""),
        published=Path(published) if published else None,
    )
    if settings.mode is not ModelMode.OFF:
        _check_model(settings)
    return settings


def _check_model(settings: LaneSettings) -> None:
    hosted = settings.mode is not ModelMode.LOCAL
    if not settings.url or not settings.model:
        raise BadLaneSettings(
            f"Mode {settings.mode.value} needs FRONTDESK_MODEL_URL (regional or your own) and FRONTDESK_MODEL_ID."
        )
    if hosted and not settings.key:
        raise BadLaneSettings(f"Mode {settings.mode.value} needs FRONTDESK_MODEL_KEY.")
    if hosted and settings.model.endswith("-latest"):
        raise BadLaneSettings("FRONTDESK_MODEL_ID must be a dated model, because -latest changes by itself (R-611).")
    parts = urlsplit(settings.url)
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname))):
        raise BadLaneSettings("FRONTDESK_MODEL_URL must start with https:// unless the model runs on this machine.")
    if settings.published is None:
        raise BadLaneSettings("FRONTDESK_PUBLISHED must name the published.json that `frontdesk kb publish` wrote.")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class CurrentPractice:
    """The published practice, read again when its pointer file changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: tuple[int, int] | None = None
        self._practice: PublishedPractice | None = None

    def __call__(self) -> PublishedPractice:
        pointer = self._path if self._path.suffix == ".json" else self._path / "published.json"
        try:
            seen = pointer.stat()
        except OSError:
            raise PublishedUnreadable(f"Nothing is published at {self._path}. Run `frontdesk kb publish`.") from None
        stamp = (seen.st_mtime_ns, seen.st_ino)
        if self._practice is None or stamp != self._stamp:
            self._practice, self._stamp = read(self._path), stamp
        return self._practice


def create_app(settings: LaneSettings, *, model: WordingModel | None = None) -> FastAPI:
    """The lane's HTTP face. `model` replaces the one that the settings describe."""
    current = CurrentPractice(settings.published) if settings.published is not None else None
    if settings.mode is not ModelMode.OFF and current is not None:
        current()  # a lane without a readable publication must not start

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if model is not None or settings.mode is ModelMode.OFF:
            app.state.model = model
            yield
            return
        from integrations.mistral import MistralWording  # takes a second to import, and mode off never needs it

        wording = MistralWording(settings.key, server_url=settings.url, model=settings.model)
        app.state.model = wording
        yield
        await wording.aclose()

    app = FastAPI(title="Frontdesk lane", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)

    @app.get("/health")
    def health() -> JSONResponse:
        try:
            published = current().hash if current is not None else None
        except PublishedUnreadable:
            return JSONResponse({"mode": settings.mode.value, "published": None, "ok": False}, 503)
        return JSONResponse({"mode": settings.mode.value, "published": published, "ok": True})

    @app.post("/answer")
    async def post_answer(request: Request) -> JSONResponse:
        wording: WordingModel | None = app.state.model
        if settings.mode is ModelMode.OFF or wording is None or current is None:
            return _refused(503, "model off")
        try:
            practice = current()
            question = await _question(request, practice)
            today = datetime.now(UTC).astimezone(ZoneInfo(practice.timezone)).date()
            outcome = await answer(question, practice=practice, model=wording, today=today)
        except QuestionRefused:
            return _refused(422, "question refused")  # what was asked is never repeated
        except ModelFailed as failed:
            return _refused(503, type(failed).__name__)
        except PublishedUnreadable:
            return _refused(503, "nothing published")
        if isinstance(outcome, CannotAnswer):
            return JSONResponse({"cannot_answer": outcome.reason.value})
        body = {"answer": outcome.text, "passage_ids": list(outcome.passage_ids), "language": outcome.language}
        return JSONResponse(body)

    return app


async def _question(request: Request, practice: PublishedPractice) -> PublicQuestion:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_QUESTION:
            raise QuestionRefused("The question is too long.")
    return from_bytes(body, practice)


def _refused(status: int, why: str) -> JSONResponse:
    return JSONResponse({"refused": why}, status)


class BotIsElsewhere(importlib.abc.MetaPathFinder):
    """Makes `import bot` fail, so that no code of the lane process can ever hold patient data."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name == "bot" or name.startswith("bot."):
            raise ImportError("The lane process may not import bot: it must not be able to reach patient data.")
        return None


def forbid_bot() -> None:
    """From now on `import bot` fails in this process. Refused when it was imported before."""
    if "bot" in sys.modules:
        raise BadLaneSettings("bot is imported in this process. Start the lane with `python -m knowledge.service`.")
    sys.meta_path.insert(0, BotIsElsewhere())


def run(host: str, port: int) -> None:
    """Serve until stopped. In a process that knows bot (the command line), a clean interpreter takes over."""
    if "bot" in sys.modules:
        os.execv(sys.executable, [sys.executable, "-m", "knowledge.service", host, str(port)])  # noqa: S606 - our own
    import uvicorn  # only this function serves

    forbid_bot()
    app = create_app(settings_from(os.environ))
    uvicorn.run(app, host=host, port=port, access_log=False, server_header=False, log_level="warning")


def main(arguments: Sequence[str]) -> int:
    host, port, *_ = [*arguments, *DEFAULT_ADDRESS[len(arguments) :]]
    try:
        run(host, int(port))
    except (BadLaneSettings, PublishedUnreadable) as refused:
        print(f"The lane did not start. {refused}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
