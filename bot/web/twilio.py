"""Webhooks of the SMS provider: checked, stored once, acknowledged; the work happens later (R-430 to R-434).

The signature is checked on the raw bytes before anything is parsed or stored. The answer is always empty: replies leave
through the outbox, never through the webhook.
"""

from __future__ import annotations

import logging
import re
from typing import Final
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response

from bot.domain.conversation import Channel
from bot.ports import Inbound, Typed
from bot.privacy.phi import Phi
from bot.web import incoming
from bot.web.chat import announce
from bot.web.errors import Problem
from bot.web.patients import Plugged
from bot.web.services import Services

log = logging.getLogger("frontdesk.web")
router = APIRouter(prefix="/webhooks/twilio", tags=["twilio"])

EMPTY: Final = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
MEDIA: Final = "📷"  # stands for a picture we did not fetch; the bot answers that it cannot open it
FORM: Final = "application/x-www-form-urlencoded"
MAX_FIELDS: Final = 200
_NUMBER: Final = re.compile(r"\+[1-9][0-9]{6,14}")
_SID: Final = re.compile(r"[A-Za-z]{2}[0-9a-fA-F]{32}")
_STATUS: Final = re.compile(r"[a-z_]{2,20}")
_CODE: Final = re.compile(r"[0-9]{3,6}")


@router.post("/sms")
async def sms(request: Request, services: Plugged) -> Response:
    """One text of a patient. Twilio may send it several times; it is stored once."""
    fields = await _genuine(request, services)
    sender, id = fields.get("From", ""), fields.get("MessageSid", "")
    if not _NUMBER.fullmatch(sender) or not _SID.fullmatch(id):
        log.warning("twilio.not_a_person")  # short codes and shapes we do not know: nobody could be answered
        return _twiml()
    now = services.clock.now()
    body = _body(fields)
    waits = not incoming.is_alarm(body)
    accepted = await services.conversations.accept(
        Inbound(
            practice=services.practice.id,
            channel=Channel.SMS,
            external_id=id,
            body=body,
            shown=incoming.shown(body),
            at=now,
            language=services.practice.languages[0],
            mailbox=Phi(sender),
        ),
        due=now + services.settings.merge_sms if waits else now,
    )
    if not accepted.duplicate:
        await announce(services, accepted.conversation)
    return _twiml()


@router.post("/status", status_code=204)
async def status(request: Request, services: Plugged) -> Response:
    """What became of a text that we sent."""
    fields = await _genuine(request, services)
    id, state = fields.get("MessageSid", ""), fields.get("MessageStatus", "")
    error = fields.get("ErrorCode", "")
    if _SID.fullmatch(id) and _STATUS.fullmatch(state):
        await services.deliveries.report(id, status=state, error=error if _CODE.fullmatch(error) else None)
    return Response(status_code=204)


async def _genuine(request: Request, services: Services) -> dict[str, str]:
    """The form's fields; of a repeated one the first. Raises 403 before reading a word when the signature is wrong."""
    raw = await request.body()
    content_type = request.headers.get("content-type", "")
    genuine = services.signature is not None and services.signature.genuine(
        target=_target(request),
        body=raw,
        content_type=content_type,
        signature=request.headers.get("x-twilio-signature", ""),
    )
    if not genuine:
        request.app.state.refused_webhooks += 1
        log.warning("twilio.signature_refused total=%d", request.app.state.refused_webhooks)
        raise Problem(403, "signature", "This webhook is not signed as it should be.")
    if content_type.partition(";")[0].strip().lower() != FORM:
        return {}
    try:
        pairs = parse_qsl(raw.decode(), keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError:
        return {}
    return dict(reversed(pairs))


def _target(request: Request) -> str:
    """Path and query as they came. A prefix that a proxy strips is part of the configured public address."""
    path: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    query: bytes = request.scope["query_string"]
    return (path.split(b"?")[0] + (b"?" + query if query else b"")).decode("latin-1")


def _body(fields: dict[str, str]) -> Phi[Typed]:
    text = fields.get("Body", "")
    has_media = fields.get("NumMedia", "0") not in ("", "0")
    boxed = incoming.text_of(text if text.strip() or not has_media else MEDIA)
    return boxed.map(lambda cleaned: Typed(text=cleaned))


def _twiml() -> Response:
    return Response(EMPTY, media_type="text/xml")
