"""What all stories share: the published practice, its understanding, and an empty database with the newest schema."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import pytest

from bot.understanding.hear import Understanding
from integrations.sql import open_store
from knowledge.published import PublishedPractice
from knowledge.publishing import publish
from tests.stories.practice import KEYS
from tests.support.paths import RIVERSIDE

TODAY = date(2026, 11, 30)


@pytest.fixture(scope="session")
def riverside() -> PublishedPractice:
    return publish(RIVERSIDE, today=TODAY)


@pytest.fixture(scope="session")
def understanding(riverside: PublishedPractice) -> Understanding:
    return Understanding(riverside)


@pytest.fixture(scope="session")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("schema") / "template.db"

    async def make() -> None:
        store = await open_store(f"sqlite+aiosqlite:///{path}", keys=KEYS)
        await store.close()

    asyncio.run(make())
    return path
