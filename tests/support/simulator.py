"""The SMS simulator on a free loopback port."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn

from integrations.fakes.twilio_server import Simulator, create_simulator

ACCOUNT = "AC" + "0" * 32
TOKEN = "t" * 32
NUMBER = "+15555550100"


@asynccontextmanager
async def running_simulator(
    service_url: str = "http://127.0.0.1:9", *, deliver_after: float = 0.01
) -> AsyncIterator[tuple[str, Simulator]]:
    """Its address and its inside."""
    app = create_simulator(TOKEN, ACCOUNT, service_url, NUMBER, deliver_after=deliver_after)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:
            await asyncio.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", app.state.simulator
        server.should_exit = True
        await serving
