"""The patient's side: asking, booking and emergencies in a real browser, by keyboard and by touch, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import Demo, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Open = Callable[..., Visit]


def test_a_question_by_keyboard_alone(visit: Open) -> None:
    """Open the chat on the practice's site, ask and read the answer without a mouse; Escape closes and gives focus back."""
    site = visit("/demo")
    launcher = site.page.get_by_role("button", name="Chat with us")
    launcher.wait_for()
    site.shot("site")
    launcher.focus()
    site.page.keyboard.press("Enter")
    box = site.chat.get_by_label("Type your message")
    box.wait_for()
    for _ in range(20):
        if box.evaluate("box => box === document.activeElement"):
            break
        site.page.keyboard.press("Tab")
    site.page.keyboard.type("Are you open on Thanksgiving?")
    site.page.keyboard.press("Enter")
    site.hears(re.compile("Thanksgiving"))
    site.page.keyboard.type("Is there parking?")
    site.page.keyboard.press("Enter")
    site.hears(re.compile("Third Avenue"))
    site.page.keyboard.type("How do I prepare for fasting blood work?")
    site.page.keyboard.press("Enter")
    site.hears(re.compile("reviewed"))
    site.shot("site-open")
    box.press("Escape")
    expect(site.page.get_by_role("dialog", name=re.compile("Chat"))).to_be_hidden()
    expect(launcher).to_be_focused()


def test_each_message_is_announced_once(visit: Open) -> None:
    """A screen reader hears every new message exactly once, and the transcript is never read again."""
    chat = visit("/chat/riverside")
    chat.say("What are your hours?")
    chat.hears(re.compile("Our hours"))
    chat.say("Is there parking?")
    chat.hears(re.compile("[Pp]arking"))
    expect(chat.log.locator("li.item.bot")).to_have_count(3)
    heard = [line for line in chat.announced() if "You said" not in line and not line.startswith("You:")]
    shown = chat.log.locator("li.item.bot").count()
    assert shown == len(heard) == len(set(heard)), heard
    assert "off" == chat.log.get_attribute("aria-live")


def booked(chat: Visit) -> None:
    chat.tap("Book an appointment")
    chat.tap(re.compile("physical", re.I))
    chat.tap("Anyone available")
    chat.tap("Main Street office")
    chat.tap("As soon as possible")


def test_booking_from_start_to_receipt(visit: Open, demo: Demo) -> None:
    """A patient picks a real opening, gives name, birth date and phone, sees what will be sent, and gets receipt and file."""
    chat = visit("/chat/riverside", width=375, height=667, has_touch=True, is_mobile=True, accept_downloads=True)
    chat.page.request.post(f"{demo.url}/api/demo/mode", data={"mode": "book"}, headers={"Origin": demo.url})
    booked(chat)
    expect(chat.chat.get_by_role("heading", name="Choose a time")).to_be_visible()
    chat.accessible("phone-openings")
    chat.tap("Continue")
    expect(chat.chat.get_by_role("alert").filter(has_text="Choose a time first")).to_be_visible()
    chat.page.locator("form.openings label.pick").filter(has_text=re.compile("times?$")).nth(1).click()
    chat.page.locator("form.openings fieldset.times label.pick").first.click()
    chat.tap(re.compile("Continue with"))
    chat.fill("Full name", "Testy McSample")
    chat.accessible("phone-name")
    chat.tap("Continue")
    chat.birth("4", "31", "1951")
    chat.tap("Continue")
    chat.hears("This date does not exist. Check the day and the month")
    chat.accessible("phone-birth-error")
    chat.birth("4", "", "1951")
    chat.tap("Continue")
    chat.hears("Date of birth must include a day")
    chat.birth("4", "12", "1951")
    chat.tap("Continue")
    chat.fill("Phone number", "555-01")
    chat.tap("Continue")
    chat.hears(re.compile("10-digit"))
    chat.fill("Phone number", "(555) 555-0142")
    chat.tap("Continue")
    expect(chat.chat.get_by_role("heading", name="Your request")).to_be_visible()
    chat.hears("Testy McSample")
    chat.accessible("phone-summary")
    chat.tap("Book this visit")
    chat.hears("Your visit is booked")
    chat.accessible("phone-receipt")
    with chat.page.expect_download() as coming:
        chat.tap("Add to calendar")
    file = coming.value.path().read_text()
    assert file.startswith("BEGIN:VCALENDAR") and "VTIMEZONE" in file
    assert "Testy" not in file and "1951" not in file
    chat.hears("••/••/••••")
    assert "April 12" not in (chat.log.locator("li.own").last.text_content() or "")


def test_the_way_through_the_form(visit: Open) -> None:
    """A side question is answered and the form goes on; "go back" goes back; leaving says that nothing was sent."""
    chat = visit("/chat/riverside")
    booked(chat)
    chat.page.locator("form.openings fieldset.times label.pick").first.click()
    chat.tap(re.compile("Continue with"))
    chat.fill("Full name", "Testy McSample")
    chat.tap("Continue")
    expect(chat.chat.get_by_label("Month")).to_be_visible()
    chat.say("is there parking?")
    chat.hears(re.compile("parking", re.I))
    expect(chat.chat.get_by_label("Month")).to_be_visible()
    chat.say("go back")
    expect(chat.chat.get_by_label("Full name")).to_be_visible()
    chat.say("forget it")
    chat.hears(re.compile("NOT sent"))


def test_spanish(visit: Open) -> None:
    """Chosen with one press; every word around the chat and every answer is Spanish, and says so to screen readers."""
    chat = visit("/chat/riverside")
    chat.push("Español")
    expect(chat.page.locator("html")).to_have_attribute("lang", "es")
    chat.say("¿Cuál es su horario?", label="Escriba su mensaje")
    chat.hears(re.compile("[Ll]unes"))
    expect(chat.log.locator("li.item.bot").last).to_have_attribute("lang", "es")
    chat.accessible("spanish")
    assert "Type your message" not in chat.page.content()


@pytest.mark.parametrize(
    ("language", "words", "label", "call"),
    [
        ("en", "I have crushing chest pain and my arm is numb", "Type your message", "Call 911"),
        ("es", "mi mamá no puede respirar", "Escriba su mensaje", "Llam"),
    ],
)
def test_an_emergency(visit: Open, language: str, words: str, label: str, call: str) -> None:
    """Fixed words and a 911 link at once, as an alert, and the line stays."""
    chat = visit(f"/chat/riverside?lang={language}", width=375, height=667, has_touch=True, is_mobile=True)
    chat.fill(label, words)
    chat.page.locator("form button[type=submit]").last.click()
    card = chat.chat.get_by_role("alert").filter(has_text="911")
    expect(card).to_be_visible()
    expect(card.get_by_role("link", name=re.compile(call)).first).to_have_attribute("href", "tel:911")
    expect(chat.page.locator(".assure.pinned")).to_be_visible()
    chat.accessible(f"emergency-{language}")


def test_911_a_person_and_the_phone_are_in_sight(visit: Open) -> None:
    """Before the first word: automated, not a clinician, 911, how to reach a person, phone and relay as links (R-301)."""
    chat = visit("/chat/riverside", width=320, height=640)
    expect(chat.page.get_by_text("Automated assistant", exact=True)).to_be_visible()
    expect(chat.page.get_by_text("not a clinician").first).to_be_visible()
    for href in ("tel:911", "tel:711"):
        expect(chat.page.locator(f'a[href="{href}"]').first).to_be_visible()
    expect(chat.page.get_by_role("link", name=re.compile("Call us"))).to_be_visible()
    assert 320 == chat.page.evaluate("document.documentElement.scrollWidth")
    chat.accessible("narrow-first")
    chat.tap("Hours and location")
    chat.hears(re.compile("Our hours"))
    assert 320 == chat.page.evaluate("document.documentElement.scrollWidth")
    chat.accessible("narrow-answer")
    chat.page.get_by_role("button", name="Menu").click()
    chat.accessible("narrow-menu")


def test_nothing_stays_in_the_browser(visit: Open) -> None:
    """After a reload nothing of the conversation is there, and the browser's storage was never used (shared computers)."""
    chat = visit("/chat/riverside")
    chat.say("What are your hours?")
    chat.hears(re.compile("Our hours"))
    kept = "[localStorage.length, sessionStorage.length, document.cookie]"
    assert [0, 0, ""] == chat.page.evaluate(kept)
    chat.page.reload()
    expect(chat.page.get_by_role("heading", name="Hello. How can we help today?")).to_be_visible()
    expect(chat.log.locator("li.item")).to_have_count(0)
    assert [0, 0, ""] == chat.page.evaluate(kept)
    assert [] == chat.page.context.cookies()


def test_the_site_is_accessible(visit: Open) -> None:
    """The sample site with the closed and the open widget, and the chat on its own page on a laptop."""
    site = visit("/demo")
    site.page.get_by_role("button", name="Chat with us").wait_for()
    site.accessible("site-closed")
    site.page.get_by_role("button", name="Chat with us").click()
    site.chat.get_by_label("Type your message").wait_for()
    site.accessible("site-widget")
    chat = visit("/chat/riverside")
    chat.accessible("laptop-first")
    chat.tap("Book an appointment")
    expect(chat.chat.get_by_role("group", name="Choose an answer, or type")).to_be_visible()
    chat.accessible("laptop-choices")
