"""The scaled deployment keeps the wall: who can reach whom is what docker-compose.yml says it is."""

import re
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.support.paths import ROOT

COMPOSE: dict[str, Any] = YAML(typ="safe").load(ROOT / "docker-compose.yml")
SERVICES: dict[str, Any] = COMPOSE["services"]
PATIENT_STORES = {"postgres", "redis"}
PATIENT_SETTINGS = {"FRONTDESK_DATABASE_URL", "FRONTDESK_REDIS_URL", "FRONTDESK_KEY_FILE"}


def _neighbours(name: str) -> set[str]:
    """Every service that shares a network with this one."""
    mine = set(SERVICES[name]["networks"])
    return {other for other, service in SERVICES.items() if other != name and mine & set(service["networks"])}


def test_the_deployment_is_these_five() -> None:
    """Web, worker, lane, database, shared state: nothing else runs."""
    assert {"web", "worker", "lane", "postgres", "redis"} == set(SERVICES)


def test_the_lane_reaches_no_patient_store() -> None:
    """The process that talks to the model shares no network with patient data."""
    assert {"web", "worker"} == _neighbours("lane")


@pytest.mark.parametrize("store", sorted(PATIENT_STORES))
def test_only_web_and_worker_reach_patient_stores(store: str) -> None:
    """Nobody else can open the database or the shared state, and they open nothing themselves."""
    assert {"web", "worker"} <= _neighbours(store) <= {"web", "worker"} | PATIENT_STORES
    assert COMPOSE["networks"]["patients"]["internal"] is True
    assert ["patients"] == SERVICES[store]["networks"]
    assert "ports" not in SERVICES[store]


def test_the_hatch_leads_nowhere_else() -> None:
    """The network between bot and the model's side has no way out."""
    assert COMPOSE["networks"]["hatch"]["internal"] is True


def test_the_lane_holds_the_model_key_and_nothing_else() -> None:
    """The key to the model and the keys to patients are never in one process."""
    settings = set(SERVICES["lane"]["environment"])
    assert set() == settings & PATIENT_SETTINGS
    assert "FRONTDESK_MODEL_KEY" in settings
    assert "secrets" not in SERVICES["lane"]
    for name in ("web", "worker"):
        assert "FRONTDESK_MODEL_KEY" not in SERVICES[name]["environment"]
        assert set(SERVICES[name]["environment"]) >= PATIENT_SETTINGS


def test_the_lane_image_has_no_bot() -> None:
    """The code that knows patients is not on the lane's disk."""
    dockerfile = (ROOT / ".ci" / "Dockerfile").read_text()
    stages = dict(re.findall(r"^FROM \S+ AS (\w+)\n(.*?)(?=^FROM |\Z)", dockerfile, re.MULTILINE | re.DOTALL))
    assert "lane" == SERVICES["lane"]["build"]["target"]
    copied = re.findall(r"^COPY (.+) \S+$", stages["packages"] + stages["lane"], re.MULTILINE)
    sources = [source for line in copied for source in line.split()]
    assert "knowledge/" in sources
    allowed = ("requirements.txt", "knowledge/", "integrations/__init__.py", "integrations/mistral/")
    assert [] == [source for source in sources if source not in allowed]
    assert "pip install ." not in stages["lane"]


def test_only_the_web_listens_and_only_on_loopback() -> None:
    """A proxy with TLS stands in front; nothing is published to the outside by itself."""
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert {"web": ["127.0.0.1:8000:8000"]} == published


@pytest.mark.parametrize("name", ["web", "worker", "lane"])
def test_our_processes_run_with_little_power(name: str) -> None:
    """Read-only, without capabilities, and unable to gain any."""
    service = SERVICES[name]
    assert service["read_only"] is True
    assert ["ALL"] == service["cap_drop"]
    assert ["no-new-privileges:true"] == service["security_opt"]


def test_no_secret_is_written_down() -> None:
    """Passwords and keys come from outside the file."""
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if "PASSWORD" in name or name.endswith("_KEY"):
                assert str(value).startswith("${"), name
