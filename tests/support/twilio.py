"""A running Twilio lookalike on a port of its own, in a thread of the test's process, so that its log can be read."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import uvicorn

from integrations.fakes.twilio_server import Simulator, Text, create_simulator
from tests.support.service import free_port

ACCOUNT: Final = "AC" + "0" * 32
TOKEN: Final = "0123456789abcdef0123456789abcdef"
NUMBER: Final = "+15555550100"
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Twilio:
    port: int
    simulator: Simulator
    loop: asyncio.AbstractEventLoop

    @property
    def settings(self) -> dict[str, str]:
        """What the service needs to know of it."""
        return {
            "TWILIO_ACCOUNT": ACCOUNT,
            "TWILIO_TOKEN": TOKEN,
            "TWILIO_NUMBER": NUMBER,
            "TWILIO_URL": f"http://127.0.0.1:{self.port}",
        }

    def serves(self, url: str) -> None:
        """Where its webhooks go."""
        self.simulator.service_url = url

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)

    def receive(self, number: str, body: str, *, id: str | None = None) -> int:
        """A phone writes to the practice; what the service answered, 599 for nothing."""
        return self.run(self.simulator.receive(number, body, id=id))

    def sent_to(self, number: str) -> list[Text]:
        return [text for text in list(self.simulator.texts) if text.direction == "out" and text.number == number]


@contextmanager
def running_twilio(*, deliver_after: float = 0.1) -> Iterator[Twilio]:
    port = free_port()
    app = create_simulator(TOKEN, ACCOUNT, "http://127.0.0.1:1", NUMBER, deliver_after=deliver_after)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, access_log=False))
    started: list[asyncio.AbstractEventLoop] = []

    async def serve() -> None:
        started.append(asyncio.get_running_loop())
        await server.serve()

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    while not (started and server.started):
        thread.join(0.02)
        assert thread.is_alive()
    try:
        yield Twilio(port, app.state.simulator, started[0])
    finally:
        server.should_exit = True
        thread.join(10)
