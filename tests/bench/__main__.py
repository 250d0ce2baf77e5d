"""`make bench`: FAQ and booking turns over HTTP beside the floor (one durable insert per request), in one run."""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
from pathlib import Path

from tests.bench.load import Tally, ask, book, crowd, floor
from tests.support.service import Process, Service, free_port

SECONDS = 5.0
CROWDS = (1, 8, 32)
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """User and system time so far; 0 where there is no /proc (macOS)."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def row(name: str, people: int, tally: Tally, took: float, cpu: float, memory: float, beside: float | None) -> float:
    rate = len(tally.seconds) / took
    cuts = statistics.quantiles(tally.seconds, n=100) if len(tally.seconds) > 1 else [0.0] * 99
    p50, p95, p99 = (cuts[cut - 1] * 1000 for cut in (50, 95, 99))
    ratio = f"{rate / beside:6.2f}" if beside else "     -"
    booked = f"  {tally.bookings} bookings" if tally.bookings else ""
    sys.stdout.write(
        f"{name:8} {people:7} {rate:9.1f} {p50:8.1f} {p95:8.1f} {p99:8.1f} "
        f"{cpu * 1000 / max(1, len(tally.seconds)):10.2f} {memory:8.0f} {ratio}{booked}\n"
    )
    sys.stdout.flush()
    return rate


async def measure(service: Service, bare: Process) -> None:
    sys.stdout.write(
        f"{'':8} {'people':>7} {'turns/s':>9} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8} "
        f"{'CPU ms':>10} {'RSS MB':>8} x floor\n"
    )
    for people in CROWDS:
        before = cpu_seconds(bare.pid)
        assert bare.port is not None and service.port is not None
        tally, took = await floor(bare.port, people=people, seconds=SECONDS)
        spent = cpu_seconds(bare.pid) - before
        base = row("floor", people, tally, took, spent, resident_mb(bare.pid), None)
        for name, act in (("faq", ask), ("booking", book)):
            before = cpu_seconds(service.pid)
            tally, took = await crowd(service.port, people=people, seconds=SECONDS, act=act)
            spent = cpu_seconds(service.pid) - before
            row(name, people, tally, took, spent, resident_mb(service.pid), base)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        service = Service(home, MERGE_SECONDS="0")
        port = free_port()
        bare = Process(
            [sys.executable, "-m", "tests.bench.floor", str(home / "floor.db"), str(port)],
            log=home / "floor.log",
            environment={},
            port=port,
        )
        try:
            service.start()
            bare.start()
            service.wait_ready()
            bare.wait_ready()
            asyncio.run(measure(service, bare))
        finally:
            service.stop()
            bare.stop()
    sys.stdout.write(
        "The merging window (0.25 s on the web) is off here. The client shares the machine with both servers.\n"
    )


if __name__ == "__main__":
    main()
