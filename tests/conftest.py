"""Fixtures that every test may ask for. Servers start when the first test asks, once for the whole run."""

import zoneinfo
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.offline import offline
from tests.support.paths import RIVERSIDE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.support.postgres import Postgres

# The same time zones on every machine: the tzdata package, never the system's.
zoneinfo.reset_tzpath(to=())


@pytest.fixture(scope="session", autouse=True)
def _stay_offline() -> Iterator[None]:
    with offline():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Generator[None, Any, Any]:
    """A skipped test proves nothing, so it fails. What a machine lacks is installed or named, never passed over."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = (
            f"{item.nodeid} was skipped, which counts as a failure here: {call.excinfo and call.excinfo.value}"
        )
    return report


@pytest.fixture
def practice_dir() -> Path:
    """The sample practice."""
    return RIVERSIDE


@pytest.fixture(scope="session")
def postgres() -> "Iterator[Postgres]":
    """A PostgreSQL server; `postgres.new_database()` gives the address of an empty database."""
    from tests.support.postgres import running_postgres

    with running_postgres() as server:
        yield server


@pytest.fixture(scope="module")
def postgres_url(postgres: "Postgres") -> str:
    """The address of a database that this test module has for itself."""
    return postgres.new_database()


@pytest.fixture(scope="session")
def _redis_server() -> Iterator[str]:
    from tests.support.redis_server import running_redis

    with running_redis() as url:
        yield url


@pytest.fixture
def redis_url(_redis_server: str) -> str:
    """The address of a Redis server, empty at the start of each test."""
    import redis

    with redis.Redis.from_url(_redis_server) as client:
        client.flushall()
    return _redis_server


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Chromium. It lasts for one module: while it runs, Playwright holds this thread's event loop, so a module with
    browser tests has no async tests."""
    from tests.support.browser import running_chromium

    with running_chromium() as chromium:
        yield chromium


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """A fresh page at laptop size, with cookies and storage of its own."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="en-US", timezone_id="America/New_York"
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()
