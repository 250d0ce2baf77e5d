"""The demo, started once as people start it, and pages that note everything that must not happen."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.e2e.acting import Demo, Visit
from tests.support.service import RUN, Process, free_port

AT = "2026-12-01T09:30:00"  # a Tuesday morning, the practice is open
SAID = re.compile(r"Patient page\s+(\S+)/demo.*?sign in as (\S+)\s+one-time password: (\S+)\s+SMS simulator\s+(\S+)/", re.S)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    port = free_port()
    command = [sys.executable, "-c", RUN, "demo", "--port", str(port), "--data", str(folder), "--at", AT]
    process = Process(command, log=folder / "log", environment={}, port=port)
    process.start()
    try:
        process.wait_ready("/healthz")
        while not (said := SAID.search(process.text())):
            process.wait_ready("/healthz")
        yield Demo(url=said[1], email=said[2], password=said[3], simulator=said[4])
    finally:
        process.stop()


@pytest.fixture
def visit(browser: Browser, demo: Demo) -> Iterator[Callable[..., Visit]]:
    """Opens a page in a browser of its own: `visit("/demo", width=375, height=667)`. Nothing may go wrong in it."""
    opened: list[tuple[BrowserContext, Visit]] = []

    def make(path: str, *, width: int = 1280, height: int = 800, base: str | None = None, **more: object) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="en-US",
            timezone_id="America/New_York",
            reduced_motion="reduce",
            **more,  # type: ignore[arg-type]
        )
        context.set_default_timeout(15_000)
        made = Visit(context.new_page(), base or demo.url)
        opened.append((context, made))
        made.page.goto(made.base + path)
        return made

    yield make
    for context, one in opened:
        context.close()
        assert [] == one.wrong


@pytest.fixture(scope="session")
def signed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the browser state of the person at the desk is kept: signing in has a limit."""
    return tmp_path_factory.mktemp("desk") / "state.json"


@pytest.fixture
def desk(visit: Callable[..., Visit], demo: Demo, signed_in: Path) -> Callable[..., Visit]:
    """The desk, signed in as the demo's first person."""

    def make(**size: int) -> Visit:
        kept = {"storage_state": str(signed_in)} if signed_in.exists() else {}
        made = visit("/desk", **size, **kept)
        if not kept:
            made.expected = (*made.expected, "401")  # the page asks who is there, and nobody is yet
            made.sign_in(demo.email, demo.password)
        made.page.get_by_text("Handoffs, most urgent first").wait_for()
        made.page.context.storage_state(path=signed_in)
        return made

    return make
