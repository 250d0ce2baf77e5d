"""What people do in a browser: write, press, fill in, sign in; and what a page must never do."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, FrameLocator, Locator, Page, Request, expect

from tests.support.paths import ROOT

SHOTS: Final = ROOT / "var" / "screenshots"
TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Chromium says so on every page that embeds its own origin, which only the sample site does
SAME_ORIGIN_FRAME: Final = "can escape its sandboxing"
LISTEN: Final = """
window.announced = [];
addEventListener("DOMContentLoaded", () => new MutationObserver((changes) => {
  for (const change of changes) for (const node of change.addedNodes)
    if (node.nodeType === 1 && node.matches('.sr[aria-live="polite"] p')) window.announced.push(node.textContent);
}).observe(document.body, { childList: true, subtree: true }));
"""


@dataclass(frozen=True, slots=True)
class Demo:
    url: str
    email: str
    password: str
    simulator: str


@dataclass  # with a dict: Playwright keeps its own note of bound listeners in it
class Visit:
    """One page. `wrong` collects requests to other origins, script errors and refusals by the content policy."""

    page: Page
    base: str
    wrong: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = (SAME_ORIGIN_FRAME,)
    """Parts of console lines that this test provokes on purpose."""

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        self.page.context.on("request", self._request)
        self.page.add_init_script(LISTEN)

    def _console(self, line: ConsoleMessage) -> None:
        if line.type in ("error", "warning") and not any(part in line.text for part in self.expected):
            self.wrong.append(f"console: {line.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base + "/", "data:", "blob:")):
            self.wrong.append(f"request: {request.url}")

    # ---- looking ----------------------------------------------------------------------------------------------------

    def shot(self, name: str) -> None:
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png")

    def accessible(self, name: str) -> None:
        """A picture, and no violation of WCAG A and AA or of best practice."""
        self.shot(name)
        found = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": TAGS}})
        told = [
            f"{one['id']}: {one['help']} at {[node['target'] for node in one['nodes']][:3]}"
            for one in found.response["violations"]
        ]
        assert [] == told, f"{name}: {json.dumps(told, indent=1)}"

    # ---- the chat ---------------------------------------------------------------------------------------------------

    @property
    def chat(self) -> Page | FrameLocator:
        """Where the chat is: the page itself, or the frame on the practice's site."""
        return self.page.frame_locator("clinic-chat iframe") if "/demo" in self.page.url else self.page

    @property
    def log(self) -> Locator:
        return self.chat.get_by_role("log")

    def say(self, text: str, *, label: str = "Type your message") -> None:
        box = self.chat.get_by_label(label)
        box.fill(text)
        box.press("Enter")

    def hears(self, text: str | Any) -> None:
        """The last of what was said that has these words can be seen."""
        expect(self.log.get_by_text(text).last).to_be_visible()

    def tap(self, name: str | Any) -> None:
        """What the conversation offers."""
        self.log.get_by_role("button", name=name).last.click()

    def push(self, name: str | Any) -> None:
        """A button around the conversation."""
        self.chat.get_by_role("button", name=name).last.click()

    def fill(self, label: str | Any, text: str) -> None:
        self.chat.get_by_label(label, exact=True).fill(text)

    def birth(self, month: str, day: str, year: str) -> None:
        for label, text in (("Month", month), ("Day", day), ("Year", year)):
            self.chat.get_by_label(label, exact=True).fill(text)

    def announced(self) -> list[str]:
        found: list[str] = self.page.evaluate("window.announced")
        return found

    # ---- the desk ---------------------------------------------------------------------------------------------------

    def sign_in(self, email: str, password: str) -> None:
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
