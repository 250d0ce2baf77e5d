"""The real service as a process of its own: started, killed and started again on the same folder."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.support.paths import RIVERSIDE, ROOT

START_SECONDS = 60.0
RUN = "from bot.processes.cli import main; main()"


class NotStarted(RuntimeError):
    """The service ended or did not get ready in time. The message holds its log."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def bare_environment() -> dict[str, str]:
    """What a process of ours starts with: nothing that was set for another one."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("FRONTDESK_", "MISTRAL_"))}


class Process:
    """One program of ours. `log` is everything it wrote, over all its starts."""

    def __init__(
        self, command: Sequence[str], *, log: Path, environment: dict[str, str], port: int | None = None
    ) -> None:
        self.command = list(command)
        self.log = log
        self.environment = {**bare_environment(), **environment}
        self.port = port
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._running is not None
        return self._running.pid

    def start(self) -> None:
        with self.log.open("ab") as output:
            self._running = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, stdout=output, stderr=subprocess.STDOUT
            )

    def wait_ready(self, path: str = "/readyz") -> None:
        assert self._running is not None
        deadline = time.monotonic() + START_SECONDS
        while not self._answers(path):
            if self._running.poll() is not None or time.monotonic() > deadline:
                raise NotStarted(f"{' '.join(self.command)}\n{self.text()}")
            time.sleep(0.02)

    def _answers(self, path: str) -> bool:
        assert self.port is not None
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", path)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """Without a word, at whatever it is doing."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._running is not None and self._running.poll() is None:
            self._running.send_signal(how)
            try:
                self._running.wait(20)
            except subprocess.TimeoutExpired:
                self._running.kill()
                self._running.wait(20)
        self._running = None

    def text(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""


class Service(Process):
    """`frontdesk serve` for the sample practice on a folder of its own. Settings are given without their prefix."""

    def __init__(self, folder: Path, practice: Path = RIVERSIDE, **settings: str) -> None:
        port = free_port()
        self.folder = folder
        self.database = folder / "frontdesk.db"
        self.key_file = folder / "frontdesk.key"
        given = {
            "PRACTICE_DIR": str(practice),
            "DATA_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{self.database}",
            "KEY_FILE": str(self.key_file),
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            **settings,
        }
        super().__init__(
            [sys.executable, "-c", RUN, "serve", "--port", str(port)],
            log=folder / "service.log",
            environment={f"FRONTDESK_{name}": value for name, value in given.items()},
            port=port,
        )

    def cli(self, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
        """Another command of the command line, with the same settings."""
        return subprocess.run(
            [sys.executable, "-c", RUN, *arguments],
            cwd=ROOT,
            env=self.environment,
            input=text,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
