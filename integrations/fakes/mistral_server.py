"""An HTTP server shaped like Mistral's chat completions that records every request to the byte, for tests.

Replies follow a script; without one it repeats the first passage, which is always grounded.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Recorded:
    """One request as it came over the wire: `head` is request line and headers, `body` what followed."""

    head: bytes
    body: bytes

    @property
    def line(self) -> str:
        return self.head.split(b"\r\n", 1)[0].decode()

    @property
    def headers(self) -> Mapping[str, str]:
        lines = self.head.decode("latin-1").split("\r\n")[1:]
        return {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server sends. Build with the class methods."""

    status: int = 200
    body: bytes | None = None
    delay: float = 0.0
    cut_at: int | None = None
    location: str | None = None

    @classmethod
    def ok(cls, answer: str, *passage_ids: str, cannot_answer: bool = False) -> Reply:
        content = {"answer": answer, "passage_ids": list(passage_ids), "cannot_answer": cannot_answer}
        return cls.says(json.dumps(content, ensure_ascii=False))

    @classmethod
    def says(cls, content: str, *, finish: str = "stop", tool_calls: list[dict[str, Any]] | None = None) -> Reply:
        """The model's message is this text, whatever it is."""
        return cls(body=_completion(content, finish=finish, tool_calls=tool_calls))

    @classmethod
    def error(cls, status: int, *, body: bytes = b'{"message": "scripted error"}') -> Reply:
        return cls(status=status, body=body)

    @classmethod
    def slow(cls, seconds: float) -> Reply:
        return cls(delay=seconds)

    @classmethod
    def truncated(cls) -> Reply:
        """The connection closes in the middle of the response."""
        return cls(cut_at=20)

    @classmethod
    def junk(cls, body: bytes = b"<html>not json</html>") -> Reply:
        return cls(body=body)

    @classmethod
    def redirect(cls, location: str) -> Reply:
        return cls(status=307, body=b"", location=location)


@dataclass(slots=True)
class MistralServer:
    """`async with MistralServer() as server:` listens on a free loopback port; `server.url` goes to the SDK."""

    received: list[Recorded] = field(default_factory=list)
    script: deque[Reply] = field(default_factory=deque)
    _server: asyncio.Server | None = None
    _open: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        assert self._server is not None, "The server has not been started."
        host, port = self._server.sockets[0].getsockname()[:2]
        return f"http://{host}:{port}"

    def will(self, *replies: Reply) -> None:
        """Answer the next requests like this, in order."""
        self.script.extend(replies)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in tuple(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)
        await asyncio.sleep(0)  # lets the loop close the sockets

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._talk(reader, writer))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer), contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).removesuffix(b"\r\n\r\n")
                size = int(Recorded(head, b"").headers.get("content-length", "0"))
                request = Recorded(head, await reader.readexactly(size))
                self.received.append(request)
                reply = self.script.popleft() if self.script else Reply()
                await asyncio.sleep(reply.delay)
                response = _response(reply, request)
                writer.write(response if reply.cut_at is None else response[: -reply.cut_at])
                await writer.drain()
                if reply.cut_at is not None:
                    return


def _response(reply: Reply, request: Recorded) -> bytes:
    body = reply.body if reply.body is not None else _first_passage(request.body)
    lines = [f"HTTP/1.1 {reply.status} Scripted", "content-type: application/json", f"content-length: {len(body)}"]
    if reply.location is not None:
        lines.append(f"location: {reply.location}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def _first_passage(body: bytes) -> bytes:
    prompt = json.loads(json.loads(body)["messages"][-1]["content"])
    first = prompt["passages"][0]
    content = {"answer": first["text"], "passage_ids": [first["id"]], "cannot_answer": False}
    return _completion(json.dumps(content, ensure_ascii=False), finish="stop", tool_calls=None)


def _completion(content: str, *, finish: str, tool_calls: list[dict[str, Any]] | None) -> bytes:
    message = {"role": "assistant", "content": content, "tool_calls": tool_calls}
    completion = {
        "id": "cmpl-fake",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": "fake",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }
    return json.dumps(completion, ensure_ascii=False).encode()
