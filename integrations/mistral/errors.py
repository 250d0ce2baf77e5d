"""Maps every error of the SDK and its HTTP client to a `ModelFailed`: a class and a status, never a body."""

from __future__ import annotations

from typing import Final

import httpx2
from mistralai.client.errors import MistralError, NoResponseError, ResponseValidationError

from knowledge.answering.ports import (
    ModelBusy,
    ModelDown,
    ModelFailed,
    ModelKeyRefused,
    ModelNonsense,
    ModelTimedOut,
    ModelUnreachable,
    RequestRejected,
)

_RETRIED: Final = (ModelTimedOut, ModelUnreachable, ModelBusy, ModelDown)


def failure_of(error: Exception) -> ModelFailed:
    if isinstance(error, httpx2.TimeoutException):
        return ModelTimedOut("The model did not answer in time.")
    if isinstance(error, ResponseValidationError) and error.status_code < 300:
        return ModelNonsense("The provider's response was not of the agreed shape.")
    if isinstance(error, MistralError):
        return _of_status(error.status_code)
    if isinstance(error, (httpx2.InvalidURL, httpx2.UnsupportedProtocol, httpx2.LocalProtocolError)):
        return RequestRejected("The request could not be made. Check FRONTDESK_MODEL_URL and FRONTDESK_MODEL_KEY.")
    if isinstance(error, (httpx2.HTTPError, NoResponseError, OSError)):
        return ModelUnreachable("There was no connection to the model.")
    return ModelNonsense("The provider's response could not be read.")


def may_retry(failed: ModelFailed) -> bool:
    return isinstance(failed, _RETRIED)


def _of_status(status: int) -> ModelFailed:
    if status in (401, 403):
        return ModelKeyRefused(f"The provider refused the key (status {status}). Check FRONTDESK_MODEL_KEY.")
    if status == 429:
        return ModelBusy("The provider limits how often it is asked (status 429).")
    if status >= 500:
        return ModelDown(f"The provider reported an error of its own (status {status}).")
    if status >= 300:
        return RequestRejected(
            f"The provider did not accept the request (status {status}). Check FRONTDESK_MODEL_ID and _URL."
        )
    return ModelNonsense("The provider's response could not be read.")
