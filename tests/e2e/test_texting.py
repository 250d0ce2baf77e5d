"""Texts through the simulator: signed webhooks in, segments and delivery states out, the secure link, the reminder."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.acting import Demo, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Open = Callable[..., Visit]
SLOW = 20_000  # texts wait a moment for the next one, and the simulator's page looks once a second


def phone(visit: Open, demo: Demo, owner: str) -> Visit:
    page = visit("/", base=demo.simulator)
    page.page.get_by_text(owner).first.click()
    return page


def theirs(page: Visit, words: str | re.Pattern[str]) -> Locator:
    return page.page.locator("li.theirs").filter(has_text=words).last


def text(page: Visit, words: str) -> None:
    page.page.get_by_label("Text message", exact=True).fill(words)
    page.page.get_by_role("button", name="Send", exact=True).click()


def test_a_question_by_text(visit: Open, demo: Demo) -> None:
    """The answer comes with segments and goes on to delivered; the first one says what it is."""
    page = phone(visit, demo, "Robin Sample")
    text(page, "What are your hours?")
    answer = theirs(page, re.compile("Our hours|Main Street"))
    expect(answer).to_be_visible(timeout=SLOW)
    expect(answer).to_contain_text(re.compile(r"\d segments?, (GSM-7|UCS-2)"))
    expect(answer).to_contain_text("delivered", timeout=SLOW)
    expect(theirs(page, "automated")).to_be_visible()
    page.accessible("simulator")


def test_the_reminder_comes_by_the_clock_and_c_confirms(visit: Open, demo: Demo, desk: Callable[..., Visit]) -> None:
    """No command was run: the seeded visit of tomorrow has its text with C and R, and C is seen at the practice."""
    page = phone(visit, demo, "Pat Example")
    reminder = theirs(page, "Reply C to confirm, R to change")
    expect(reminder).to_be_visible(timeout=SLOW)
    page.shot("simulator-reminder")
    text(page, "C")
    expect(theirs(page, "your appointment is confirmed")).to_be_visible(timeout=SLOW)
    board = desk(width=1280, height=720)
    board.page.get_by_role("navigation").get_by_role("button", name=re.compile("Appointments")).click()
    board.page.get_by_text(re.compile(r"^Settled")).click()
    expect(board.page.get_by_text("Patient confirmed by text").first).to_be_visible()
    board.shot("desk-confirmed")


def test_stop_and_start(visit: Open, demo: Demo) -> None:
    """STOP gets one last confirmation and nothing after; START opens the door again."""
    page = phone(visit, demo, "Robin Sample")
    text(page, "STOP")
    expect(theirs(page, re.compile("START"))).to_be_visible(timeout=SLOW)
    text(page, "START")
    expect(page.page.locator("li.theirs").last).to_contain_text(re.compile("again|STOP|welcome", re.I), timeout=SLOW)


def test_a_visit_by_text_ends_on_the_secure_page(visit: Open, demo: Demo) -> None:
    """Choices are numbers; name and birth date go through a link that opens once; the receipt is on the page."""
    page = phone(visit, demo, "Marta Ejemplo")
    text(page, "I need an annual physical")
    expect(theirs(page, re.compile("1 Anyone"))).to_be_visible(timeout=SLOW)
    for asked in ("office", "When|day", "1 .*(AM|PM)"):
        text(page, "1")
        expect(theirs(page, re.compile(asked))).to_be_visible(timeout=SLOW)
    text(page, "1")
    link = page.page.locator("li.theirs a[href*='/link']").last
    expect(link).to_be_visible(timeout=SLOW)
    page.shot("simulator-link")
    address = link.get_attribute("href") or ""
    secure = visit(address.removeprefix(demo.url), width=375, height=667)
    secure.accessible("link-closed")
    secure.tap("Open my page")
    secure.fill("Full name", "Marta Ejemplo")
    secure.tap("Continue")
    secure.birth("6", "21", "1991")
    secure.tap("Continue")
    number = secure.chat.get_by_label("Phone number")
    number.or_(secure.chat.get_by_role("heading", name="Your request")).wait_for()
    if number.is_visible():
        secure.fill("Phone number", "(555) 555-0133")
        secure.tap("Continue")
    secure.tap("Book this visit")
    secure.hears("Your visit is booked")
    secure.accessible("link-receipt")
    again = visit(address.removeprefix(demo.url), width=375, height=667)
    again.expected = (*again.expected, "404")
    again.tap("Open my page")
    expect(again.page.get_by_role("alert")).to_contain_text("no longer works")
