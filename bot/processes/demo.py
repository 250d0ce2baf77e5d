"""`frontdesk demo`: the whole product on this machine with made-up people, no keys, no servers. Loopback only.

Every start is a fresh day: the database is new, the staff password is new, patients and visits are seeded.
"""

from __future__ import annotations

import asyncio
import secrets
import socket
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bot.processes.assembly import assemble
from bot.processes.clock import PretendClock, SystemClock
from bot.processes.passwords import hashed
from bot.processes.publication import published
from bot.processes.serving import serve, web_app
from bot.processes.settings import Settings, TwilioSettings, database_url
from integrations.fakes.twilio_server import create_simulator
from integrations.sql.practice.seeding import seed_demo
from knowledge.published import PmsMode

HOST: Final = "127.0.0.1"
ACCOUNT: Final = "AC" + "0" * 32
NUMBER: Final = "+15555550100"
STAFF: Final = (
    ("Dana Demo", "dana@riverside.example.test", ("front_desk", "practice_admin")),
    ("Sam Sample", "sam@riverside.example.test", ("front_desk", "clinical_reviewer")),
)


def settings_for(practice_dir: Path, data: Path, *, port: int, simulator_port: int) -> Settings:
    public = f"http://{HOST}:{port}"
    twilio = TwilioSettings(ACCOUNT, (secrets.token_hex(16),), NUMBER, f"http://{HOST}:{simulator_port}")
    return Settings(
        practice_dir=practice_dir,
        data_dir=data,
        database_url=database_url(f"sqlite:///{data / 'demo.db'}"),
        redis_url="memory://",
        key_file=data / "demo.key",
        public_url=public,
        twilio=twilio,
        demo=True,
        allowed_origins=(public, f"http://localhost:{port}"),
    )


async def run(practice_dir: Path, data: Path, *, port: int, mode: PmsMode | None, at: datetime | None = None) -> None:
    """`at`: the practice's wall time to pretend at the start, when it gives none the real one."""
    data.mkdir(parents=True, exist_ok=True)
    for old in [*data.glob("demo.db*"), data / "demo.key"]:
        old.unlink(missing_ok=True)
    port = free_port(port)
    simulator_port = free_port(port + 1)
    settings = settings_for(practice_dir, data, port=port, simulator_port=simulator_port)
    practice = published(practice_dir, data / "published")
    if mode is not None:
        practice = replace(practice, pms_mode=mode)
    clock = PretendClock(at.replace(tzinfo=ZoneInfo(practice.timezone))) if at else SystemClock()
    desk = await assemble(settings, practice, clock=clock)
    await seed_demo(desk.store.practice_system(practice, desk.mode), now=desk.clock.now())
    password = secrets.token_urlsafe(9)
    for name, email, roles in STAFF:
        await desk.store.staff.add(
            practice=practice.id,
            name=name,
            email=email,
            roles=roles,
            password_hash=hashed(password),
            at=desk.clock.now(),
        )
    assert settings.twilio is not None
    simulator = create_simulator(
        auth_token=settings.twilio.tokens[0], account_sid=ACCOUNT, service_url=settings.public_url, number=NUMBER
    )
    app = web_app(desk, with_worker=True)
    running = asyncio.gather(
        serve(app, host=HOST, port=port),
        serve(simulator, host=HOST, port=simulator_port),
    )
    await _until_listening(port, simulator_port)
    print(_welcome(settings.public_url, f"http://{HOST}:{simulator_port}", password, desk.mode.value.value), flush=True)
    await running


def free_port(wanted: int) -> int:
    """The wanted port, or the next free one: a second demo must not fail on the first."""
    for port in range(wanted, wanted + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if probe.connect_ex((HOST, port)) != 0:
                return port
    return wanted


async def _until_listening(*ports: int) -> None:
    for port in ports:
        while True:
            try:
                _, writer = await asyncio.open_connection(HOST, port)
            except OSError:
                await asyncio.sleep(0.02)
                continue
            writer.close()
            break


def _welcome(service: str, simulator: str, password: str, mode: str) -> str:
    return f"""
Frontdesk demo: a sample practice with made-up people. Nothing here is real, and nothing leaves this machine.

  Patient page    {service}/demo
  Desk            {service}/desk      sign in as {STAFF[0][1]}
                  one-time password: {password}
  SMS simulator   {simulator}/

  Try "are you open on Thanksgiving?", "I need a check-up next Tuesday morning", "quiero hablar con una persona".
  Visits are taken in `{mode}` mode; switch it on the patient page. Stop with Ctrl+C.
"""
