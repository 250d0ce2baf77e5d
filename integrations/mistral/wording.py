"""Asks Mistral's stateless chat completions to word published passages. It never sees a patient's words."""

from __future__ import annotations

import asyncio
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2
from mistralai.client import Mistral
from mistralai.client.models import AssistantMessage, SystemMessage, ToolMessage, UserMessage

from integrations.mistral.errors import failure_of, may_retry
from knowledge.answering.ports import ModelFailed, ModelNonsense, Prompt, Worded
from knowledge.answering.reply import read_reply

ATTEMPT_SECONDS: Final = 8.0
RETRY_AFTER_SECONDS: Final = 0.5  # one more attempt, soon: somebody may be waiting
COMPLETIONS: Final = "/v1/chat/completions"
NO_KEY: Final = "none"  # a model of one's own needs no key, but an empty one makes an illegal header
_TRACING: Final = ("traceparent", "tracestate", "baggage", "x-request-id")


class MistralWording:
    """One per process; close it with `aclose`. `server_url` is the regional, Azure or own endpoint."""

    def __init__(
        self,
        api_key: str,
        *,
        server_url: str,
        model: str,
        attempt_seconds: float = ATTEMPT_SECONDS,
        retry_after_seconds: float = RETRY_AFTER_SECONDS,
    ) -> None:
        base = urlsplit(server_url)
        self._allowed = (base.scheme, base.netloc, base.path.rstrip("/") + COMPLETIONS)
        self._model = model
        self._retry_after_seconds = retry_after_seconds
        # Proxy and .netrc settings of the machine are ignored: the request goes where it was configured to go.
        self._http = httpx2.AsyncClient(
            timeout=attempt_seconds,
            follow_redirects=False,
            trust_env=False,
            event_hooks={"request": [self._only_completions]},
        )
        self._mistral = Mistral(
            api_key=api_key or NO_KEY,
            server_url=server_url.rstrip("/"),
            async_client=self._http,
            timeout_ms=int(attempt_seconds * 1000),
        )

    async def aclose(self) -> None:
        await self._http.aclose()

    async def word(self, prompt: Prompt) -> Worded:
        try:
            return await self._attempt(prompt)
        except ModelFailed as failed:
            if not may_retry(failed):
                raise
        await asyncio.sleep(self._retry_after_seconds)
        return await self._attempt(prompt)

    async def _attempt(self, prompt: Prompt) -> Worded:
        failed: ModelFailed
        system, user = SystemMessage(content=prompt.system), UserMessage(content=prompt.user)
        messages: list[SystemMessage | UserMessage | AssistantMessage | ToolMessage] = [system, user]
        try:
            response = await self._mistral.chat.complete_async(
                model=self._model,
                messages=messages,
                temperature=0.0,
                max_tokens=prompt.max_tokens,
                response_format={"type": "json_object"},
            )
        except ModelFailed:
            raise
        except Exception as error:  # noqa: BLE001 - no error of the SDK may carry a body into a log
            failed = failure_of(error)
        else:
            return _worded(response)
        # Raised outside `except`: a chained SDK error would carry request and response bodies along.
        raise failed

    async def _only_completions(self, request: httpx2.Request) -> None:
        for name in _TRACING:
            request.headers.pop(name, None)
        going = (request.url.scheme, request.url.netloc.decode(), request.url.path)
        if going != self._allowed:
            raise EndpointRefused("Only chat completions on the configured host may be called.")


class EndpointRefused(ModelFailed):
    """The SDK was about to call something else than stateless chat completions on the configured host (R-207)."""


def _worded(response: Any) -> Worded:
    choices = response.choices or []
    if len(choices) != 1:
        raise ModelNonsense("The model gave no single answer.")
    message = choices[0].message
    if choices[0].finish_reason != "stop" or message is None or message.tool_calls:
        raise ModelNonsense("The model's answer was cut off or asked for a tool.")
    if not isinstance(message.content, str):
        raise ModelNonsense("The model's answer was not text.")
    return read_reply(message.content)
