"""Run as a process: works jobs until one of them kills it, as a power cut would. `python crashing.py <url>`"""

import asyncio
import os
import signal
import sys
import zoneinfo

from bot.ports import Job
from tests.ports.conftest import opened


async def main(url: str) -> None:
    store = await opened(url)

    async def die(job: Job) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    await asyncio.wait_for(store.jobs.run({"die": die}), 30)


if __name__ == "__main__":
    zoneinfo.reset_tzpath(to=())
    asyncio.run(main(sys.argv[1]))
