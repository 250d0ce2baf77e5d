"""`kill -9` at any moment: no accepted message is lost or doubled, each is answered, and nothing sent is sent again."""

from __future__ import annotations

import itertools
import logging
import os
import random
import secrets
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import httpx2
import pytest

from integrations.fakes.twilio_server import Failure
from tests.support.paths import RIVERSIDE, ROOT
from tests.support.patient import Patient
from tests.support.service import Service
from tests.support.twilio import Twilio, running_twilio

pytestmark = pytest.mark.slow

KILLS = 25
WEB, SMS = 4, 2
QUESTIONS = ("What are your hours?", "Do you take Aetna?", "Is there parking at the main office?")


@pytest.fixture(scope="module")
def twilio() -> Iterator[Twilio]:
    logging.getLogger("frontdesk.simulator").setLevel(logging.ERROR)  # it warns of each time the service is away
    with running_twilio() as running:
        yield running


class WarmService(Service):
    """Starts in a fraction of a second, because a process that has loaded everything forks it (`tests/support/warm.py`)."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        super().__init__(folder, RIVERSIDE, **settings)
        self.messages = (folder / "service.log").open("ab")
        self.nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.support.warm", "serve", "--port", str(self.port)],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.messages,
            text=True,
        )
        self.child = 0

    def start(self) -> None:
        assert self.nursery.stdin and self.nursery.stdout
        self.nursery.stdin.write("start\n")
        self.nursery.stdin.flush()
        self.child = int(self.nursery.stdout.readline())

    def wait_ready(self, path: str = "/readyz") -> None:
        until(lambda: self._answers(path), seconds=60, what="ready")

    def _end(self, how: signal.Signals) -> None:
        os.kill(self.child, how)
        until(self._gone, seconds=20, what="ended")

    def _gone(self) -> bool:
        try:
            os.kill(self.child, 0)
        except ProcessLookupError:
            return True
        return False

    def close(self) -> None:
        self.stop()
        assert self.nursery.stdin and self.nursery.stdout
        self.nursery.stdin.close()
        self.nursery.wait(20)
        self.nursery.stdout.close()
        self.messages.close()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, twilio: Twilio) -> Iterator[Service]:
    made = WarmService(tmp_path_factory.mktemp("service"), twilio.settings)
    twilio.serves(made.url)
    made.start()
    made.wait_ready()
    yield made
    made.close()


def rows(service: Service, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(f"file:{service.database}?mode=ro", uri=True, timeout=10) as connection:
        return connection.execute(query).fetchall()


def until(done: Callable[[], object], *, seconds: float, what: str) -> None:
    """Look again until `done()` holds."""
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, f"After {seconds:.0f} s still not: {what}"
        time.sleep(0.1)


class WebChatter(threading.Thread):
    """A patient whose widget sends again, with the same key, until it was told 202."""

    def __init__(self, service: Service, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.patient = Patient(service.url)
        self.stop = stop
        self.accepted: list[str] = []

    def run(self) -> None:
        for question in itertools.cycle(QUESTIONS):
            if self.stop.is_set():
                return
            key = str(uuid.uuid4())
            while not self._sent(key, question):
                time.sleep(0.05)
            self.accepted.append(key)
            while not self._answered() and not self.stop.is_set():
                time.sleep(0.15)

    def _sent(self, key: str, question: str) -> bool:
        try:
            return self.patient.post(key=key, text=question).status_code == 202
        except httpx2.HTTPError:
            return False

    def _answered(self) -> bool:
        try:
            found = self.patient.client.get("/api/chat/messages").json()["messages"]
        except (httpx2.HTTPError, ValueError, KeyError):
            return False
        return bool(found) and found[-1]["author"] == "bot"


class Texter(threading.Thread):
    """A phone whose provider sends a webhook again until it was acknowledged."""

    def __init__(self, twilio: Twilio, number: str, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.twilio, self.number, self.stop = twilio, number, stop
        self.accepted: list[str] = []

    def run(self) -> None:
        for question in itertools.cycle(QUESTIONS):
            if self.stop.is_set():
                return
            id = f"SM{secrets.token_hex(16)}"
            while self.twilio.receive(self.number, question, id=id) >= 300:
                time.sleep(0.1)
            self.accepted.append(id)
            self.stop.wait(1.0)


def test_twenty_kills_lose_nothing_and_repeat_nothing(service: Service, twilio: Twilio) -> None:
    """Everybody goes on writing while the service is killed at random moments, also while it starts."""
    chance, stop = random.Random(9), threading.Event()
    web = [WebChatter(service, stop) for _ in range(WEB)]
    texters = [Texter(twilio, f"+1555555020{number}", stop) for number in range(SMS)]
    for writer in (*web, *texters):
        writer.start()
    for kill in range(KILLS):
        if kill % 4:  # most kills while it works, some while it starts
            service.wait_ready()
            time.sleep(chance.uniform(0.05, 1.5))
        else:
            time.sleep(chance.uniform(0.05, 0.8))
        service.kill()
        service.start()
    service.wait_ready()
    stop.set()
    for writer in (*web, *texters):
        writer.join(30)
    until(
        lambda: not rows(service, "select 1 from message where author = 'patient' and not handled"),
        seconds=30,
        what="all handled",
    )
    until(
        lambda: not rows(service, "select 1 from delivery where state in ('ready', 'sending')"),
        seconds=100,
        what="all sent",
    )
    jobs = "select 1 from job where kind in ('turn', 'send') or state = 'dead'"
    until(lambda: not rows(service, jobs), seconds=10, what="jobs drained")

    for writer in web:
        messages = writer.patient.read()["messages"]
        assert writer.accepted == [message["client_id"] for message in messages if message["author"] == "patient"]
        answers = _between(messages)
        assert len(writer.accepted) == len(answers) and all(answers), "each question got an answer"
        assert ["utter_disclosure", *answers[0][1:]] == answers[0]
        repeated = {len(answer) for answer in answers[len(QUESTIONS) :: len(QUESTIONS)]}
        assert repeated <= {len(answers[0]) - 1}, "the same question got the same answer, once"
    stored = Counter(
        row[0] for row in rows(service, "select external_id from message where channel = 'sms' and author = 'patient'")
    )
    assert Counter(id for writer in texters for id in writer.accepted) == stored
    _nothing_was_sent_twice(service, twilio, texters)
    for patient in web:
        patient.patient.close()
    total = sum(len(patient.accepted) for patient in web) + sum(len(phone.accepted) for phone in texters)
    sent = sum(len(twilio.sent_to(phone.number)) for phone in texters)
    print(f"\n{KILLS} kills, {total} messages accepted, {sent} texts sent")
    assert total > KILLS


def _between(messages: list[dict[str, str]]) -> list[list[str]]:
    """What the bot said after each message of the patient."""
    found: list[list[str]] = []
    for message in messages:
        if message["author"] == "patient":
            found.append([])
        else:
            found[-1].append(message["utter"])
    return found


def _nothing_was_sent_twice(service: Service, twilio: Twilio, texters: list[Texter]) -> None:
    """Each row that is recorded as sent names one text of the provider's log, and the log has no other."""
    recorded = Counter(
        row[0] for row in rows(service, "select provider_id from delivery where state in ('sent', 'delivered')")
    )
    logged = Counter(text.id for writer in texters for text in twilio.sent_to(writer.number))
    assert logged == recorded
    assert set(recorded.values()) <= {1}


def test_a_text_that_went_out_unrecorded_is_looked_up_not_repeated(service: Service, twilio: Twilio) -> None:
    """Killed between the provider's yes and our note of it: the next start finds the text and records it."""
    number = "+15555550241"
    before = {row[0] for row in rows(service, "select id from delivery")}
    twilio.simulator.script.append(Failure(stored=True, delay=10.0))
    assert 200 == twilio.receive(number, "What are your hours?")
    until(lambda: twilio.sent_to(number), seconds=20, what="the provider has the text")
    service.kill()
    assert "sending" in [row[1] for row in rows(service, "select id, state from delivery") if row[0] not in before]
    service.start()
    service.wait_ready()
    waiting = "select 1 from delivery where state not in ('sent', 'delivered')"
    until(lambda: not rows(service, waiting), seconds=30, what="recorded")
    assert len(rows(service, "select id from delivery")) - len(before) == len(twilio.sent_to(number))


def test_a_repeated_message_after_a_kill_is_the_first_one(service: Service) -> None:
    """The sender did not hear our 202: the same key gives the same answer, another body under it is refused."""
    patient, key = Patient(service.url), str(uuid.uuid4())
    first = patient.post(key=key, text="What are your hours?").json()
    service.kill()
    service.start()
    service.wait_ready()
    again = patient.post(key=key, text="What are your hours?")
    assert (202, first) == (again.status_code, again.json())
    assert 409 == patient.post(key=key, text="Something else").status_code
    patient.answer_to(first["seq"])
    assert 1 == sum(message["author"] == "patient" for message in patient.read()["messages"])
    patient.close()
