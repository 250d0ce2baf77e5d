"""Chromium for the browser tests: the one named in CHROMIUM or on PATH, else Playwright's own."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

FLAGS = (
    "--no-sandbox",  # root in a container has no user namespace to build the sandbox from
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoChromium(RuntimeError):
    """No Chromium was found."""


def find_chromium(playwright: Playwright) -> str:
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    found = found or playwright.chromium.executable_path
    if not Path(found).exists():
        raise NoChromium(
            "The browser tests need Chromium. Run them with `make test`, which brings one, or install it "
            "(Debian: apt-get install chromium; macOS: brew install --cask chromium), or name it: CHROMIUM=/path/to/it"
        )
    return found


@contextmanager
def running_chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
