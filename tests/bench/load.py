"""Patients under load: they ask, or book, one turn after another, and time each answer."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tests.bench.client import Connection, new_address

QUESTIONS = (
    "are you open on Thanksgiving?",
    "do you take Aetna?",
    "where can I park?",
    "how much is a flu shot without insurance",
    "what should I bring to my first visit",
    "do you have evening hours",
    "how do I get my records",
    "can I bring my service dog",
)


TURNS_EACH = 12  # then somebody else comes: the service limits what one patient may send in a minute


@dataclass
class Tally:
    """Seconds per answered turn, and what was reached."""

    seconds: list[float] = field(default_factory=list)
    bookings: int = 0


class Patient:
    def __init__(self, port: int) -> None:
        self._http = Connection(port, {"X-Forwarded-For": new_address()})
        self._answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._listening: asyncio.Task[None] | None = None
        self.turns = 0

    async def arrive(self) -> None:
        _, session = await self._http.request("POST", "/api/chat/sessions", {"practice": "riverside", "language": "en"})
        self._http.headers["Authorization"] = f"Bearer {session['token']}"
        self._listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        async for name, data in self._http.stream("/api/chat/stream?after=0"):
            if name == "message" and data["author"] == "bot" and data["utter"] != "utter_disclosure":
                self._answers.put_nowait(data)

    async def say(self, tally: Tally, **body: str) -> dict[str, Any]:
        self.turns += 1
        started = time.perf_counter()
        key = str(uuid.uuid4())
        status, accepted = await self._http.request("POST", "/api/chat/messages", body, **{"Idempotency-Key": key})
        if status != 202:
            raise RuntimeError(f"The service answered {status}: {accepted}")
        while True:
            answer = await asyncio.wait_for(self._answers.get(), 30)
            if answer["seq"] > accepted["seq"]:
                tally.seconds.append(time.perf_counter() - started)
                return answer

    async def leave(self) -> None:
        if self._listening is not None:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening
        self._http.close()


async def ask(patient: Patient, tally: Tally) -> None:
    await patient.say(tally, text=random.choice(QUESTIONS))


async def book(patient: Patient, tally: Tally) -> None:
    """One whole booking: whatever is asked is answered, until there is a receipt."""
    day = random.randint(1, 28)
    answer = await patient.say(
        tally, text=f"I need a flu shot on {random.choice(('December', 'January'))} {day}, anyone is fine"
    )
    for _ in range(20):
        blocks = {block["type"]: block for block in answer["blocks"]}
        if "receipt" in blocks:
            tally.bookings += 1
            return
        answer = await patient.say(tally, **_reply(answer["utter"], blocks))


def _reply(utter: str, blocks: dict[str, Any]) -> dict[str, str]:
    if "openings" in blocks:
        times = [time for day in blocks["openings"]["days"] for time in day["times"]]
        return {"choice": random.choice(times)["id"], "text": "this one"}
    if "field" in blocks:
        slot = blocks["field"]["slot"]
        values = {"name": "Casey Bench", "birth_date": "1980-01-02", "phone": f"555555{random.randint(100, 199):04d}"}
        return {"slot": slot, "text": values[slot]}
    choices = [choice["id"] for choice in blocks.get("quick_replies", {"choices": ()})["choices"]]
    for wanted in ("confirm=yes", "clinician=any", "location=any", "when=soonest"):
        if wanted in choices:
            return {"choice": wanted, "text": wanted}
    return {"text": "as soon as possible"}


async def crowd(
    port: int, *, people: int, seconds: float, act: Callable[[Patient, Tally], Awaitable[None]]
) -> tuple[Tally, float]:
    """So many patients at once for so long; each is there and warm before the clock starts."""
    patients = [await _arrived(port) for _ in range(people)]
    tally, started = Tally(), time.perf_counter()

    async def go(patient: Patient) -> None:
        while time.perf_counter() - started < seconds:
            await act(patient, tally)
            if patient.turns > TURNS_EACH:
                await patient.leave()
                patient = await _arrived(port)
        await patient.leave()

    await asyncio.gather(*map(go, patients))
    return tally, time.perf_counter() - started


async def _arrived(port: int) -> Patient:
    """A patient who has had the disclosure. Their arrival is in the service's CPU time, not in the turns."""
    patient = Patient(port)
    await patient.arrive()
    await patient.say(Tally(), text="hello")
    return patient


async def floor(port: int, *, people: int, seconds: float) -> tuple[Tally, float]:
    tally, started = Tally(), time.perf_counter()

    async def go() -> None:
        connection = Connection(port)
        while time.perf_counter() - started < seconds:
            before = time.perf_counter()
            await connection.request("POST", "/turn", {"text": "are you open on Thanksgiving?"})
            tally.seconds.append(time.perf_counter() - before)
        connection.close()

    await asyncio.gather(*(go() for _ in range(people)))
    return tally, time.perf_counter() - started
