"""Each thing the service depends on goes away: patients hear the truth, red flags are answered, nothing is sent twice."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from integrations.fakes.twilio_server import Failure
from tests.support.paths import RIVERSIDE
from tests.support.patient import Patient, book
from tests.support.redis_server import find_redis_server
from tests.support.service import RUN, Service, free_port
from tests.support.twilio import running_twilio

pytestmark = pytest.mark.slow

RED_FLAG = "I have crushing chest pain"
QUICKLY = 3.0
WAIT = 45.0


@contextmanager
def started(service: Service) -> Iterator[Service]:
    service.start()
    try:
        service.wait_ready()
        yield service
    finally:
        service.stop()


def answers_all(service: Service) -> None:
    """A question, a red flag and a booking, as if nothing were missing."""
    patient = Patient(service.url)
    assert "8:00 AM" in patient.words(patient.say("What are your hours?"))
    began = time.monotonic()
    patient.say(RED_FLAG)
    assert patient.blocks("emergency") and time.monotonic() - began < QUICKLY
    patient.close()
    booking = Patient(service.url)
    book(booking)
    assert "booked" == booking.blocks("receipt")[0]["standing"]
    booking.close()


def test_redis_dies(tmp_path: Path) -> None:
    """Redis holds nothing that is needed: without it everything is answered, limits go on, and the log says so once a second."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [find_redis_server(), "--bind", "127.0.0.1", "--port", str(port), "--dir", folder, "--save", ""]
        redis = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            with started(Service(tmp_path, REDIS_URL=f"redis://127.0.0.1:{port}/0")) as service:
                answers_all(service)
                redis.kill()
                redis.wait(10)
                answers_all(service)
                patient = Patient(service.url)
                statuses = [patient.post(text=f"hello {number}").status_code for number in range(40)]
                assert 202 == statuses[0] and 429 in statuses
                patient.close()
                assert "redis.away" in service.text()
        finally:
            redis.kill()
            redis.wait(10)


def test_redis_was_never_there(tmp_path: Path) -> None:
    """The service starts without it."""
    with started(Service(tmp_path, REDIS_URL=f"redis://127.0.0.1:{free_port()}/0")) as service:
        answers_all(service)


def states(service: Service) -> list[tuple[str, int]]:
    with sqlite3.connect(f"file:{service.database}?mode=ro", uri=True, timeout=10) as connection:
        return connection.execute("select state, attempts from delivery order by due").fetchall()


def settled(service: Service, *, seconds: float = WAIT) -> list[tuple[str, int]]:
    deadline = time.monotonic() + seconds
    while not (found := states(service)) or any(state in ("ready", "sending") for state, _ in found):
        assert time.monotonic() < deadline, found
        time.sleep(0.2)
    return found


@pytest.mark.parametrize("stored", [True, False], ids=["kept the text", "did not"])
def test_the_provider_answers_500(tmp_path: Path, stored: bool) -> None:
    """Whether the text went out is not known: it is looked up first, and in the end the patient has it once."""
    number = "+15555550251"
    with running_twilio() as twilio, started(Service(tmp_path, RIVERSIDE, **twilio.settings)) as service:
        twilio.serves(service.url)
        twilio.simulator.script.append(Failure(500, stored=stored))
        assert 200 == twilio.receive(number, RED_FLAG)
        assert {"sent", "delivered"} >= {state for state, _ in settled(service)}
        bodies = [text.body for text in twilio.sent_to(number)]
        assert len(bodies) == len(set(bodies)) == len(states(service))
        assert any("911" in body for body in bodies)


def test_the_provider_is_slow(tmp_path: Path) -> None:
    """One patient's text waits; another's is sent meanwhile, and the chat does not notice."""
    with running_twilio() as twilio, started(Service(tmp_path, RIVERSIDE, **twilio.settings)) as service:
        twilio.serves(service.url)
        twilio.simulator.script.append(Failure(500, delay=8.0, stored=True))
        assert 200 == twilio.receive("+15555550252", "What are your hours?")
        time.sleep(3)
        began = time.monotonic()
        assert 200 == twilio.receive("+15555550253", RED_FLAG)
        while not any("911" in text.body for text in twilio.sent_to("+15555550253")):
            assert time.monotonic() - began < QUICKLY + 2
            time.sleep(0.05)
        answers_all(service)


def test_the_provider_refuses_us_or_is_away(tmp_path: Path) -> None:
    """Wrong credentials end in `failed` with the reason, no connection in another try later; nothing stays in between."""
    port = free_port()
    with running_twilio() as twilio:
        settings = {**twilio.settings, "TWILIO_URL": f"http://127.0.0.1:{port}"}
        with started(Service(tmp_path, RIVERSIDE, **settings)) as service:
            twilio.serves(service.url)
            assert 200 == twilio.receive("+15555550254", RED_FLAG)
            deadline = time.monotonic() + WAIT
            while ("ready", 1) not in states(service):
                assert time.monotonic() < deadline, states(service)
                time.sleep(0.2)
            answers_all(service)
            assert all(attempts <= 1 for _, attempts in states(service)), "tried again at once"
    again = tmp_path / "again"
    again.mkdir()
    with running_twilio() as twilio, started(Service(again, RIVERSIDE, **twilio.settings)) as service:
        twilio.serves(service.url)
        twilio.simulator.script.extend([Failure(401, 20003)] * 9)
        assert 200 == twilio.receive("+15555550255", "What are your hours?")
        deadline = time.monotonic() + WAIT
        while "failed" not in {state for state, _ in states(service)}:
            assert time.monotonic() < deadline
            time.sleep(0.2)


FULL_DISK = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size})); " + RUN


def test_the_disk_is_full(tmp_path: Path) -> None:
    """What cannot be stored is not accepted: 503 with what to do and 911; nothing half saved; after room is made it goes on."""
    with started(Service(tmp_path)) as service:
        patient = Patient(service.url)
        patient.say("What are your hours?")
        service.kill()
        ordinary = list(service.command)
        service.log = tmp_path.parent / "full.log"
        with sqlite3.connect(service.database) as connection:
            connection.execute("pragma wal_checkpoint(truncate)")
        size = service.database.stat().st_size + 32_768  # the log of changes gets full, then the database
        service.command = [ordinary[0], "-c", FULL_DISK.format(size=size), *ordinary[3:]]
        service.start()
        service.wait_ready("/healthz")
        accepted, refused = 0, None
        for number in range(400):
            answer = patient.post(text=f"{'Is there parking? ' * 200}{number}")
            if answer.status_code == 503:
                refused = answer.json()
                break
            accepted += answer.status_code == 202
            if answer.status_code == 429:
                patient.close()
                patient = Patient(service.url)
        assert refused is not None, f"{accepted} messages were accepted"
        assert "unavailable" == refused["code"] and "911" in refused["message"]
        alarm = patient.post(text=RED_FLAG)
        assert alarm.status_code in (202, 503) and ("911" in alarm.text or alarm.status_code == 202)
        assert "parking" not in service.text()
        service.kill()
        service.command = ordinary
        service.start()
        service.wait_ready()
        answers_all(service)
        with sqlite3.connect(service.database) as connection:
            assert [("ok",)] == connection.execute("pragma integrity_check").fetchall()


def test_the_practice_folder_breaks(tmp_path: Path) -> None:
    """A broken practice file stops the next start with file and remedy, never a running service."""
    practice = tmp_path / "practice"
    practice.mkdir()
    for path in RIVERSIDE.rglob("*"):
        if path.is_file():
            target = practice / path.relative_to(RIVERSIDE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    data = tmp_path / "data"
    data.mkdir()
    with started(Service(data, practice)) as service:
        (practice / "practice.yaml").write_text("name: [unclosed")
        answers_all(service)
        done = service.cli("serve", "--port", str(free_port()))
        assert 2 == done.returncode
        assert re.search(r"practice\.yaml", done.stderr) and "Traceback" not in done.stderr
