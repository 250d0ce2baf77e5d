"""A patient at the service's HTTP door: says things, waits for the answer, picks what is offered."""

from __future__ import annotations

import itertools
import time
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import httpx2

PATIENCE = 20.0
_addresses = itertools.count(1)

Message = Mapping[str, Any]


class NoAnswer(AssertionError):
    """The bot did not answer in time."""


class NotOffered(AssertionError):
    """The bot's last messages do not offer this."""


def new_address() -> str:
    """An address of its own for each patient, as a proxy in front would tell it: limits count by address."""
    number = next(_addresses)
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


class Patient:
    def __init__(
        self, url: str, *, language: str = "en", practice: str = "riverside", patience: float = PATIENCE
    ) -> None:
        self.patience = patience
        self.client = httpx2.Client(base_url=url, timeout=30.0, headers={"X-Forwarded-For": new_address()})
        wanted = {"practice": practice, "language": language}
        self.session: dict[str, Any] = self._ok(self.client.post("/api/chat/sessions", json=wanted)).json()
        self.client.headers["Authorization"] = f"Bearer {self.session['token']}"
        self.conversation: str = self.session["conversation"]
        self.seen: int = self.session["after"]
        self.last: list[Message] = []
        self.state: Mapping[str, Any] = {}

    def close(self) -> None:
        self.client.close()

    @staticmethod
    def _ok(answer: httpx2.Response) -> httpx2.Response:
        assert answer.status_code < 300, f"{answer.request.url.path}: {answer.status_code} {answer.text[:300]}"
        return answer

    def post(self, *, key: str | None = None, **body: Any) -> httpx2.Response:
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        return self.client.post("/api/chat/messages", json=body, headers=headers)

    def read(self, after: int = 0) -> dict[str, Any]:
        found: dict[str, Any] = self._ok(self.client.get("/api/chat/messages", params={"after": after})).json()
        return found

    def say(self, text: str, **more: Any) -> list[Message]:
        """Everything that was said in answer."""
        accepted = self._ok(self.post(text=text, **more)).json()
        return self.answer_to(accepted["seq"])

    def answer_to(self, seq: int) -> list[Message]:
        deadline = time.monotonic() + self.patience
        while time.monotonic() < deadline:
            found = self.read(after=seq)
            told = [message for message in found["messages"] if message["author"] != "patient"]
            if told and not found["state"]["typing"]:
                self.last, self.state, self.seen = told, found["state"], told[-1]["seq"]
                return told
            time.sleep(0.1)
        raise NoAnswer(f"Nothing came after message {seq} within {self.patience:.0f} s.")

    def fill(self, slot: str, text: str) -> list[Message]:
        return self.say(text, slot=slot)

    def tap(self, label: str) -> list[Message]:
        """Press the button with this label (or one that starts with it)."""
        offered = self.offered()
        for choice in offered:
            if choice["label"].startswith(label):
                return self.say(choice["label"], choice=choice["id"])
        raise NotOffered(f"{label!r} is not among {[choice['label'] for choice in offered]}.\n{self.words()}")

    def pick_opening(self, number: int = 0) -> list[Message]:
        times = [time for block in self.blocks("openings") for day in block["days"] for time in day["times"]]
        if not times:
            raise NotOffered(f"No openings are offered.\n{self.words()}")
        return self.say(times[number]["label"], choice=times[number]["id"])

    def offered(self) -> list[Mapping[str, str]]:
        return [
            choice
            for message in self.last
            for block in message["blocks"]
            for choice in [*block.get("choices", ()), *block.get("other", ())]
        ]

    def blocks(self, kind: str, messages: Sequence[Message] | None = None) -> list[Mapping[str, Any]]:
        found = self.last if messages is None else messages
        return [block for message in found for block in message["blocks"] if block["type"] == kind]

    def words(self, messages: Sequence[Message] | None = None) -> str:
        return words(self.last if messages is None else messages)

    def utters(self) -> list[str]:
        return [message["utter"] for message in self.last]


def words(messages: Sequence[Message]) -> str:
    """Every word that the messages show."""

    def of(value: Any) -> list[str]:
        if isinstance(value, str):
            return [value]
        if isinstance(value, Mapping):
            return [word for part in value.values() for word in of(part)]
        if isinstance(value, list):
            return [word for part in value for word in of(part)]
        return []

    return "\n".join(word for message in messages for block in message["blocks"] for word in of(block))


def book(
    patient: Patient, *, name: str = "Testy Sample", born: str = "3/31/1950", phone: str = "555 555 0142"
) -> list[Message]:
    """A check-up from the first word to the receipt, in whichever way the practice books."""
    patient.say("I need an annual physical")
    answers = {"name": name, "birth_date": born, "phone": phone}
    for _ in range(20):
        if patient.blocks("receipt"):
            return patient.last
        fields, openings = patient.blocks("field"), patient.blocks("openings")
        if fields:
            patient.fill(fields[-1]["slot"], answers[fields[-1]["slot"]])
        elif openings:
            patient.pick_opening()
        else:  # the first choice is the plain one: anyone, as soon as possible, send it
            choice = patient.offered()[0]
            patient.say(choice["label"], choice=choice["id"])
    raise NoAnswer(f"No receipt after twenty answers.\n{patient.words()}")
