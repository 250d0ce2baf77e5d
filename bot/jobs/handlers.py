"""Kind of job → what does it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.jobs.reminders import Reminders
from bot.jobs.sending import Sending
from bot.orchestrator import Orchestrator
from bot.ports import Handler, Job


def handlers(*, orchestrator: Orchestrator, sending: Sending, reminders: Reminders) -> Mapping[str, Handler]:
    async def turn(job: Job) -> None:
        await orchestrator.take(job.args["conversation"])

    async def send(job: Job) -> None:
        await sending.send(job.args["delivery"])

    async def sweep(job: Job) -> None:
        await reminders.sweep()
        await sending.recover()  # a worker may have died long after the others started

    async def remind(job: Job) -> None:
        await reminders.remind(job.args["appointment"], version=int(job.args["version"]))

    async def recover(job: Job) -> None:
        await sending.recover()

    return {"turn": turn, "send": send, "sweep": sweep, "remind": remind, "recover": recover}
