"""Sends one text of the outbox: claim, send, record. A text that was recorded as sent is never sent again.

A worker that died between sending and recording leaves the row in `sending`; it is looked up at the provider before
anything else, because sending twice is worse than asking (R-435).
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Final

from bot.domain.errors import OutcomeUnknown, Refused, Unavailable
from bot.ports import Clock, Deliveries, Delivery, NotSent, Sent, Signals, Texts

log = logging.getLogger("frontdesk.sending")

AWAY: Final = timedelta(seconds=30)  # doubled with each attempt
NOT_FOUND: Final = timedelta(seconds=10)  # what went out a moment ago may not be listed yet; looked up again before sending
STUCK_AFTER: Final = timedelta(minutes=2)  # the provider's own limit for one request is far below
GIVE_UP_AFTER: Final = 5
AFTER_STOP: Final = frozenset({"optout", "optin", "help"})


class Sending:
    def __init__(self, deliveries: Deliveries, texts: Texts, *, signals: Signals, clock: Clock) -> None:
        self._deliveries = deliveries
        self._texts = texts
        self._signals = signals
        self._clock = clock

    async def send(self, id: str) -> None:
        now = self._clock.now()
        delivery = await self._deliveries.claim(id, at=now)
        if delivery is None:
            return
        if delivery.purpose not in AFTER_STOP and await self._deliveries.opted_out(delivery.practice, delivery.mailbox):
            await self._deliveries.settle(id, state="blocked", reason="opted_out")  # they may have stopped since
            return
        try:
            # what an earlier attempt left may have turned up since
            found = await self._find(delivery) if delivery.attempts > 1 else None
            outcome = found or await self._texts.send(to=delivery.to, body=delivery.body, key=delivery.id)
        except Unavailable:
            await self._later(delivery, AWAY * 2**delivery.attempts)
            return
        except Refused:
            await self._deliveries.settle(id, state="failed", reason="refused")
            return
        except OutcomeUnknown:
            await self._resolve(delivery)
            return
        await self._record(delivery, outcome)

    async def recover(self, *, stuck_after: timedelta = STUCK_AFTER) -> None:
        """Rows whose worker died while sending: look up, then record or send. At the start of an only worker, all of them."""
        for id in await self._deliveries.stuck(before=self._clock.now() - stuck_after):
            delivery = await self._deliveries.get(id)
            if delivery is not None:
                await self._resolve(delivery)

    async def _resolve(self, delivery: Delivery) -> None:
        found = await self._find(delivery)
        if found is not None:
            await self._record(delivery, found)
        else:
            await self._later(delivery, NOT_FOUND)

    async def _find(self, delivery: Delivery) -> Sent | None:
        """Not from before it was due: the same words may have gone to the same number for another message."""
        others = await self._deliveries.provider_ids(delivery.practice, delivery.mailbox, since=delivery.due)
        return await self._texts.find(to=delivery.to, body=delivery.body, since=delivery.due, others=others)

    async def _record(self, delivery: Delivery, outcome: Sent | NotSent) -> None:
        if isinstance(outcome, Sent):
            await self._deliveries.settle(delivery.id, state="sent", provider_id=outcome.provider_id)
        elif outcome.final:
            await self._deliveries.settle(delivery.id, state="failed", reason=outcome.code)
            log.warning("text.failed delivery=%s code=%s", delivery.id, outcome.code)
        else:
            await self._later(delivery, AWAY * 2**delivery.attempts)
        await self._signals.publish(f"conversation:{delivery.conversation}", "delivery")

    async def _later(self, delivery: Delivery, wait: timedelta) -> None:
        if delivery.attempts >= GIVE_UP_AFTER:
            await self._deliveries.settle(delivery.id, state="failed", reason="unreachable")
            log.warning("text.gave_up delivery=%s", delivery.id)
            return
        await self._deliveries.postpone(delivery.id, due=self._clock.now() + wait)
