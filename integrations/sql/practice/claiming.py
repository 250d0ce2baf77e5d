"""Who has which five minutes of a clinician. The primary key of `tick` decides every race; nothing is read before writing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.scheduling import tick_time
from integrations.sql.adding import add_new
from integrations.sql.tables.practice import TickRow

tick = TickRow.__table__  # type: ignore[attr-defined]


class NotDone(Exception):
    """Carries an expected outcome out of a transaction that is undone. Never an error."""

    def __init__(self, outcome: Any) -> None:
        super().__init__(type(outcome).__name__)
        self.outcome = outcome


async def claim(
    connection: AsyncConnection,
    *,
    practice: str,
    clinician: str,
    ticks: Sequence[int],
    holder: str,
    now: datetime,
    expires: datetime | None,
) -> bool:
    """Take ticks; holds that ran out are swept away first. False when any of them is somebody else's."""
    times = [tick_time(number) for number in ticks]
    lapsed = delete(tick).where(
        tick.c.practice_id == practice, tick.c.clinician == clinician, tick.c.at.in_(times), tick.c.expires <= now
    )
    await connection.execute(lapsed)
    rows = [
        {"practice_id": practice, "clinician": clinician, "at": at, "holder": holder, "expires": expires}
        for at in times
    ]
    return await add_new(connection, tick, rows) == len(rows)


async def keep(
    connection: AsyncConnection, *, practice: str, holder: str, becomes: str, expires: datetime | None
) -> int:
    """Renew a hold, or make it a visit (`becomes`, no expiry). How many ticks there still were."""
    change = update(tick).where(tick.c.practice_id == practice, tick.c.holder == holder)
    return int((await connection.execute(change.values(holder=becomes, expires=expires))).rowcount)


async def free(connection: AsyncConnection, *, practice: str, holder: str) -> None:
    await connection.execute(delete(tick).where(tick.c.practice_id == practice, tick.c.holder == holder))
