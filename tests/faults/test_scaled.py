"""The scaled deployment, as docker-compose.yml defines it, started as plain processes on real PostgreSQL and Redis."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.support.paths import RIVERSIDE, ROOT
from tests.support.patient import Patient
from tests.support.service import RUN, Process, Service, free_port

COMPOSE: dict[str, Any] = YAML(typ="safe").load(ROOT / "docker-compose.yml")


def _command(service: str, port: int) -> list[str]:
    """The service's own command, with this interpreter and a free port on loopback."""
    words = [str(word) for word in COMPOSE["services"][service]["command"]]
    here = {"0.0.0.0": "127.0.0.1", "8000": str(port), "8100": str(port)}
    words = [here.get(word, word) for word in words]
    if words[0] == "frontdesk":
        return [sys.executable, "-c", RUN, *words[1:]]
    return [sys.executable, *words[1:]]


def _process(service: str, folder: Path, values: dict[str, str]) -> Process:
    port = free_port()
    settings = COMPOSE["services"][service]["environment"]
    environment = {name: values.get(name, "") for name in settings if name.startswith("FRONTDESK_")}
    if service == "web":
        environment["FRONTDESK_PUBLIC_URL"] = f"http://127.0.0.1:{port}"
    given = {name: value for name, value in environment.items() if value}
    return Process(_command(service, port), log=folder / f"{service}.log", environment=given, port=port)


@pytest.fixture
def deployment(tmp_path: Path, postgres_url: str, redis_url: str) -> Iterator[dict[str, Process]]:
    subprocess.run(
        [sys.executable, "-m", "knowledge", "publish", str(RIVERSIDE), "--out", str(tmp_path)], check=True, cwd=ROOT
    )
    assert 0 == Service(tmp_path).cli("keys", str(tmp_path / "scaled.key")).returncode
    values = {
        "FRONTDESK_PRACTICE_DIR": str(RIVERSIDE),
        "FRONTDESK_PUBLISHED": str(tmp_path / "published.json"),
        "FRONTDESK_DATABASE_URL": postgres_url,
        "FRONTDESK_REDIS_URL": redis_url,
        "FRONTDESK_KEY_FILE": str(tmp_path / "scaled.key"),
        "FRONTDESK_PUBLIC_URL": "http://127.0.0.1:8000",
        "FRONTDESK_MODEL_MODE": "off",
    }
    processes = {name: _process(name, tmp_path, values) for name in ("web", "worker", "lane")}
    try:
        for process in processes.values():
            process.start()
        processes["web"].wait_ready()
        processes["lane"].wait_ready("/health")
        yield processes
    finally:
        for process in processes.values():
            process.stop()


def test_a_question_and_a_booking_through_all_processes(deployment: dict[str, Process]) -> None:
    """Web takes the messages, the worker answers them, and the booking stands in PostgreSQL."""
    patient = Patient(deployment["web"].url)
    patient.say("are you open on Thanksgiving?")
    assert "Thanksgiving" in patient.words()
    patient.say("I need a check-up next week in the morning with Dr. Ortiz at the Main Street office")
    patient.pick_opening()
    patient.fill("name", "Casey Sample")
    patient.fill("birth_date", "1980-01-02")
    patient.fill("phone", "555 555 0144")
    patient.say("yes", choice="confirm=yes")
    assert ["booked"] == [block["standing"] for block in patient.blocks("receipt")]
    patient.close()
