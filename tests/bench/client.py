"""A small HTTP client for load: one keep-alive connection for what is said, one for the stream of answers.

Written on bare asyncio streams, so that the client's own cost stays out of the figures on a two-core machine.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from typing import Any

_addresses = itertools.count(1)


class Connection:
    """Requests one after another over one connection."""

    def __init__(self, port: int, headers: dict[str, str] | None = None) -> None:
        self.port = port
        self.headers = headers or {}
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def request(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        content = b"" if body is None else json.dumps(body).encode()
        message = self._head(method, path, len(content), headers) + content
        try:
            return await self._exchange(message)
        except (asyncio.IncompleteReadError, ConnectionError):
            self._streams = None  # closed while idle: servers do that, and the same key makes a repeat harmless
            return await self._exchange(message)

    async def _exchange(self, message: bytes) -> tuple[int, Any]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._streams
        writer.write(message)
        status, given = await read_head(reader)
        raw = await reader.readexactly(int(given.get("content-length", "0")))
        return status, json.loads(raw) if raw else None

    async def stream(self, path: str) -> AsyncIterator[tuple[str, Any]]:
        """Server-sent events: name and data."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(self._head("GET", path, 0, {}))
        await read_head(reader)
        name = ""
        try:
            while line := (await reader.readline()).decode().strip("\r\n") or "-":
                if line.startswith("event:"):
                    name = line[6:].strip()
                elif line.startswith("data:"):
                    yield name, json.loads(line[5:])
        finally:
            writer.close()

    def _head(self, method: str, path: str, length: int, headers: dict[str, str]) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {length}"]
        lines += ["Content-Type: application/json"] if length else []
        lines += [f"{name}: {value}" for name, value in {**self.headers, **headers}.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()


async def read_head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    pairs = (line.partition(":") for line in head[1:] if line)
    return int(head[0].split()[1]), {name.lower(): value.strip() for name, _, value in pairs}


def new_address() -> str:
    """Limits count by address: each patient has one of their own, as a proxy in front would tell it."""
    number = next(_addresses)
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
