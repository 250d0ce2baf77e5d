"""Starts the command line again and again without loading it anew: loaded once, forked for each start.

`python -m tests.support.warm serve …` reads lines: each one starts the service; it prints the new process id.
"""

from __future__ import annotations

import os
import signal
import sys


def main() -> None:
    from bot.processes import (
        assembly,  # noqa: F401 - loading it is the point
        serving,  # noqa: F401
    )
    from bot.processes.cli import main as frontdesk

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the killed ones
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            sys.argv = ["frontdesk", *sys.argv[1:]]
            frontdesk()
            os._exit(0)
        print(child, flush=True)


if __name__ == "__main__":
    main()
