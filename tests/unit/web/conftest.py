"""The service that web tests talk to, with a database of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.web.rig import Rig, running


@pytest.fixture
async def rig(tmp_path: Path) -> AsyncIterator[Rig]:
    async with running(tmp_path) as made:
        yield made


@pytest.fixture
async def demo_rig(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rig]:
    async with running(tmp_path_factory.mktemp("demo"), demo=True) as made:
        yield made
