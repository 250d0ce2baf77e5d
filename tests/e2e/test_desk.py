"""The desk's side, with the patient in another browser: hand-offs, notes, requests and refills, live on both screens."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import Demo, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Open = Callable[..., Visit]


def waiting(visit: Open) -> Visit:
    """A patient who asked for a person."""
    chat = visit("/chat/riverside", width=375, height=667)
    chat.say("I want to talk to a person")
    expect(chat.page.locator(".strips")).to_contain_text("come back later")
    return chat


def open_newest(board: Visit) -> None:
    """The row that waits for the shortest time is this test's: earlier tests settled theirs."""
    rows = board.page.get_by_role("button", name=re.compile("Asked for a person", re.I))
    expect(rows.first).to_be_visible()
    rows.last.click()
    expect(board.page.get_by_text("Why you got this")).to_be_visible()


def press(board: Visit, name: str) -> None:
    board.page.get_by_role("button", name=re.compile(f"^{name}")).click()


def write(board: Visit, tab: str, text: str, button: str) -> None:
    board.page.get_by_role("tab", name=re.compile(tab)).click()
    board.page.locator("#writing").fill(text)
    board.page.get_by_role("button", name=button, exact=True).click()


def test_a_hand_off_from_asking_to_done(visit: Open, desk: Callable[..., Visit]) -> None:
    """Seen within a second, claimed, answered; both see it live; a note stays with staff; back to the bot; resolved."""
    board = desk(width=1280, height=720)
    chat = waiting(visit)
    row = board.page.get_by_role("button", name=re.compile("Asked for a person", re.I))
    expect(row.first).to_be_visible(timeout=2_000)
    expect(board.page).to_have_title(re.compile(r"^\(\d+\)"))
    board.accessible("desk-queue")
    open_newest(board)
    press(board, "Claim")
    chat.hears(re.compile("Dana"))
    expect(chat.page.get_by_text("You are chatting with a person.")).to_be_visible()
    write(board, "Internal note", "Called the pharmacy about this.", "Save note")
    expect(board.page.get_by_text("Called the pharmacy about this.").first).to_be_visible()
    write(board, "Reply to patient", "Hello, this is Dana. How can I help?", "Send")
    chat.hears("Hello, this is Dana. How can I help?")
    chat.accessible("phone-with-staff")
    board.accessible("desk-conversation")
    chat.say("My sample question for Dana", label="Write to Dana")
    expect(board.log.get_by_text("My sample question for Dana")).to_be_visible()
    assert "pharmacy" not in chat.page.content()
    press(board, "Return to bot")
    expect(chat.page.get_by_text("Automated assistant", exact=True)).to_be_visible()
    chat.say("What are your hours?")
    chat.hears(re.compile("Our hours"))
    chat.say("I want to talk to a person")
    open_newest(board)
    press(board, "Claim")
    press(board, "Resolve")
    expect(board.page.get_by_role("button", name=re.compile("^Resolve"))).to_be_hidden()
    expect(chat.page.get_by_text("Automated assistant", exact=True)).to_be_visible()


def test_a_patient_who_leaves_and_comes_back_with_the_code(visit: Open, desk: Callable[..., Visit]) -> None:
    """The desk says that the patient has left and how to reach them; the code opens the same conversation again."""
    board = desk(width=1024, height=720)
    chat = waiting(visit)
    code = chat.page.locator(".strips b").inner_text()
    open_newest(board)
    press(board, "Claim")
    expect(chat.page.get_by_text("You are chatting with a person.")).to_be_visible()
    chat.page.goto("about:blank")
    expect(board.page.locator("p.left")).to_be_visible()
    board.accessible("desk-1024-left")
    write(board, "Reply to patient", "Your sample question is answered here.", "Send")
    back = visit("/chat/riverside", width=375, height=667)
    back.push("Menu")
    back.page.get_by_text("I have a code").click()
    back.fill("Code from an earlier chat", code)
    back.push("Open that chat")
    back.hears("Your sample question is answered here.")
    expect(board.page.locator("p.left")).to_be_hidden()
    press(board, "Resolve")
    expect(back.page.get_by_text("Automated assistant", exact=True)).to_be_visible()


def fill_in_person(chat: Visit, name: str) -> None:
    chat.fill("Full name", name)
    chat.tap("Continue")
    chat.birth("3", "31", "1950")
    chat.tap("Continue")
    chat.fill("Phone number", "(555) 555-0144")
    chat.tap("Continue")


def test_a_wish_is_confirmed_only_by_entering_it(visit: Open, desk: Callable[..., Visit], demo: Demo) -> None:
    """In request mode nothing says held or booked until staff entered the visit, with its time, in their own system."""
    chat = visit("/chat/riverside", width=375, height=667)
    headers = {"Origin": demo.url}
    try:
        chat.page.request.post(f"{demo.url}/api/demo/mode", data={"mode": "request"}, headers=headers)
        chat.tap("Book an appointment")
        chat.tap(re.compile("physical", re.I))
        chat.tap("Anyone available")
        chat.tap("Main Street office")
        chat.say("next Tuesday morning")
        fill_in_person(chat, "Wishful Sample")
        expect(chat.chat.get_by_role("heading", name="Your request")).to_be_visible()
        chat.tap("Send")
        chat.hears(re.compile("not a visit yet"))
        for word in ("is booked", "is held", "confirmed:"):
            expect(chat.log.get_by_text(word)).to_have_count(0)
        board = desk(width=1280, height=720)
        board.page.get_by_role("navigation").get_by_role("button", name=re.compile("Appointments")).click()
        board.page.get_by_role("button", name=re.compile("New appointment")).last.click()
        expect(board.page.get_by_text("Wishful Sample").first).to_be_visible()
        press(board, "Entered in our system")
        board.page.locator("form.entered").get_by_role("button", name="Entered in our system").click()
        expect(board.page.get_by_text("Date, time and clinician are all needed.")).to_be_visible()
        board.accessible("desk-entering")
        board.page.get_by_label("Date", exact=True).fill("2026-12-08")
        board.page.get_by_label("Time", exact=True).fill("09:20")
        board.page.locator("form.entered select").select_option(label="Dr. Maya Ortiz")
        board.page.locator("form.entered").get_by_role("button", name="Entered in our system").click()
        chat.hears(re.compile("Our staff entered your visit"))
        chat.hears(re.compile("December 8"))
        chat.shot("phone-entered")
    finally:
        chat.page.request.post(f"{demo.url}/api/demo/mode", data={"mode": "book"}, headers=headers)


def test_a_refill_is_received_then_done(visit: Open, desk: Callable[..., Visit]) -> None:
    """"Received", never "approved"; the patient is told when staff are done with it."""
    chat = visit("/chat/riverside", width=375, height=667)
    chat.tap("Refill a prescription")
    chat.fill("Medicine", "Samplepril 10 mg")
    chat.tap("Continue")
    chat.fill("Pharmacy", "Sample Drugs, Main Street")
    chat.tap("Continue")
    chat.tap("About a week")
    fill_in_person(chat, "Refilla Sample")
    expect(chat.chat.get_by_role("heading", name="Refill request")).to_be_visible()
    chat.tap("Send")
    chat.hears(re.compile("refill request is received", re.I))
    assert "approved" not in (chat.log.text_content() or "").lower()
    board = desk(width=1280, height=720)
    board.page.get_by_role("navigation").get_by_role("button", name=re.compile("Refills")).click()
    board.page.locator("section.list li button").last.click()
    expect(board.page.get_by_text("Samplepril 10 mg").first).to_be_visible()
    board.accessible("desk-refill")
    press(board, "Done")
    chat.hears(re.compile("finished with your refill request"))


def test_an_urgent_conversation(visit: Open, desk: Callable[..., Visit]) -> None:
    """A red flag stands first in the queue, says so in words, and is acknowledged by a person."""
    chat = visit("/chat/riverside", width=375, height=667)
    chat.say("I have chest pain right now")
    expect(chat.chat.get_by_role("alert").filter(has_text="911")).to_be_visible()
    board = desk(width=1280, height=720)
    first = board.page.locator("section.list li button").first
    expect(first).to_contain_text("Urgent")
    first.click()
    board.page.get_by_role("button", name="I have seen this").click()
    expect(board.page.get_by_role("button", name="I have seen this")).to_be_hidden()
    board.accessible("desk-urgent")


def test_the_log_in_page(visit: Open, demo: Demo) -> None:
    """Accessible; a wrong password says what to check, not which part was wrong; the desk is not there without a session."""
    page = visit("/desk")
    page.expected = (*page.expected, "401")
    page.page.get_by_label("Email").wait_for()
    page.accessible("desk-log-in")
    page.sign_in("sam@riverside.example.test", "not the password")
    expect(page.page.get_by_role("alert")).to_contain_text("Email, password or code is not right")
    page.accessible("desk-log-in-wrong")
    assert 401 == page.page.request.get(f"{demo.url}/api/desk/queue").status
