"""The servers that tests ask for are real, and each test starts with an empty one."""

import socket
import sys
from pathlib import Path

import psycopg
import pytest
import redis
from playwright.sync_api import Page

from tests.support import redis_server
from tests.support.offline import NotOffline
from tests.support.postgres import Postgres


@pytest.mark.postgres
def test_postgres_is_real_and_empty(postgres_url: str) -> None:
    """A module's database is PostgreSQL 16 or newer and holds no tables."""
    with psycopg.connect(postgres_url) as connection:
        assert connection.info.server_version >= 160000
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert (0,) == tables


@pytest.mark.postgres
def test_every_database_is_new(postgres: Postgres, postgres_url: str) -> None:
    """Two databases never share their rows."""
    assert postgres.new_database() != postgres_url


@pytest.mark.redis
@pytest.mark.parametrize("attempt", [1, 2])
def test_redis_starts_empty(redis_url: str, attempt: int) -> None:
    """What one test writes the next does not see."""
    with redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0
        client.set("left over", attempt)


def test_a_missing_redis_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without a server the run fails with a remedy; it does not pass over the tests."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    with pytest.raises(redis_server.NoRedisServer, match="apt-get install redis-server"):
        redis_server.find_redis_server()


@pytest.mark.browser
def test_the_browser_opens_a_page(page: Page) -> None:
    """Chromium runs here and shows what it is given."""
    page.set_content("<h1>Riverside</h1>")
    assert page.get_by_role("heading").inner_text() == "Riverside"


def test_no_test_reaches_another_machine() -> None:
    """A connection beyond loopback is refused, so the suite passes with the network off (R-715)."""
    with socket.socket() as connection, pytest.raises(NotOffline):
        connection.connect(("192.0.2.1", 80))
