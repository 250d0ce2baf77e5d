"""What `frontdesk init` asks about a practice, and how each answer is read. Wrong answers say what to type instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from knowledge.library.contacts import digits
from knowledge.library.entry import SUPPORTED, tidy
from knowledge.library.hours import WEEKDAYS
from knowledge.library.problems import did_you_mean

Answers = Mapping[str, str]
_SPAN: Final = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])-([01]?[0-9]|2[0-3]):([0-5][0-9])")


class NotUnderstood(ValueError):
    """An answer cannot be used. The message says what to type instead."""


@dataclass(frozen=True, slots=True)
class Question:
    """`read` cleans a typed answer or raises `NotUnderstood`. `default` proposes one from the answers so far.

    With `many`, ask again until nothing is typed, and join the answers with `; `.
    """

    key: str
    ask: str
    hint: str
    read: Callable[[str], str]
    default: Callable[[Answers], str] = lambda answers: ""
    many: bool = False


def read_text(typed: str) -> str:
    text = tidy(typed, fold="line")
    if not text:
        raise NotUnderstood("Please type something.")
    if len(text) > 120 or "[[" in text or not text.isprintable():
        raise NotUnderstood("Please type at most 120 ordinary characters.")
    return text


def read_timezone(typed: str) -> str:
    zone = typed.strip().replace(" ", "_")
    if zone in available_timezones() and "/" in zone:
        return zone
    places = [name for name in available_timezones() if "/" in name]
    hint = did_you_mean(zone, places) if "/" in zone else "Examples: America/New_York, America/Chicago."
    raise NotUnderstood(f'"{zone[:40]}" is not a time zone. {hint}')


def read_phone(typed: str) -> str:
    number = digits(typed)
    if len(number) != 10 or re.search(r"[a-zA-Z]", typed):
        raise NotUnderstood("Type area code and number, ten digits in all: (740) 555-0100.")
    return f"({number[:3]}) {number[3:6]}-{number[6:]}"


def read_url(typed: str) -> str:
    address = typed.strip().rstrip("/")
    address = address if "://" in address else f"https://{address}"
    parts = urlsplit(address)
    if parts.scheme != "https" or "." not in (parts.hostname or "") or re.search(r"[\s<>\"'@]", address):
        raise NotUnderstood("Type a web address that starts with https://.")
    return address


def read_state(typed: str) -> str:
    state = typed.strip().upper()
    if not re.fullmatch(r"[A-Z]{2}", state):
        raise NotUnderstood("Type the two letters of the state: OH.")
    return state


def read_postcode(typed: str) -> str:
    code = typed.strip()
    if not re.fullmatch(r"\d{5}(-\d{4})?", code):
        raise NotUnderstood("Type the ZIP code: five digits, or five, a hyphen and four.")
    return code


def read_languages(typed: str) -> str:
    codes = [code.strip().lower() for code in re.split(r"[,\s]+", typed) if code.strip()]
    unknown = [code for code in codes if code not in SUPPORTED]
    if unknown or "en" not in codes:
        raise NotUnderstood("Type en, or en, es. Other languages are answered by offering a person.")
    return ", ".join(dict.fromkeys(codes))


def read_hours(typed: str) -> str:
    """`mon-fri 08:00-12:00 13:00-17:00; sat 09:00-12:00`. Days that are not named are closed."""
    week(typed)
    return tidy(typed, fold="line").lower()


def week(typed: str) -> dict[str, list[str]]:
    """The spans of each day. Raises `NotUnderstood`."""
    days: dict[str, list[str]] = {day: [] for day in WEEKDAYS}
    parts = [part.split() for part in typed.lower().split(";") if part.strip()]
    if not parts:
        raise NotUnderstood("Type the hours of at least one day: mon-fri 08:00-17:00.")
    for first, *spans in parts:
        names = first.split("-")
        if not all(name in WEEKDAYS for name in names) or len(names) > 2:
            raise NotUnderstood(f'"{first[:20]}" is not a day. Write mon, tue, wed, thu, fri, sat, sun, or mon-fri.')
        start, end = WEEKDAYS.index(names[0]), WEEKDAYS.index(names[-1])
        if end < start or not spans:
            raise NotUnderstood("Write the days in order, then their hours: mon-fri 08:00-12:00 13:00-17:00.")
        clean = [_span(span) for span in spans]
        if any(later[:5] < earlier[-5:] for earlier, later in zip(clean, clean[1:], strict=False)):
            raise NotUnderstood("Hours of one day must follow one another without overlap.")
        for day in WEEKDAYS[start : end + 1]:
            if days[day]:
                raise NotUnderstood(f"{day} is named twice.")
            days[day] = clean
    return days


def read_clinician(typed: str) -> str:
    """`Dr. Ana Example, MD`."""
    name, _, credential = (part.strip() for part in typed.partition(","))
    if len(name.split()) < 2 or not credential or ";" in typed:
        raise NotUnderstood("Type name, comma, credential: Dr. Ana Example, MD.")
    return f"{read_text(name)}, {read_text(credential)}"


def questions() -> tuple[Question, ...]:
    """In the order in which to ask. `init` wants an answer to each."""
    main = _same_as("phone")
    return (
        Question("name", "What is the practice called?", "Shown to patients", read_text),
        Question("timezone", "In which time zone is it?", "e.g. America/New_York", read_timezone),
        Question("phone", "What is the main phone number?", "(740) 555-0100", read_phone),
        Question("on_call", "Which number is answered after hours?", "Urgent needs, not emergencies", read_phone, main),
        Question("nurse_line", "Which number reaches a nurse?", "Or the main number", read_phone, main),
        Question("billing", "Which number reaches billing?", "Or the main number", read_phone, main),
        Question("fax", "What is the fax number?", "Or the main number", read_phone, main),
        Question("street", "Street address?", "214 Main Street", read_text),
        Question("city", "City?", "", read_text),
        Question("state", "State?", "Two letters", read_state),
        Question("postcode", "ZIP code?", "", read_postcode),
        Question("hours", "Weekly hours?", "mon-fri 08:00-12:00 13:00-17:00; sat 09:00-12:00", read_hours),
        Question("languages", "In which languages?", "en, es", read_languages, lambda answers: "en, es"),
        Question("clinicians", "A clinician?", "Dr. Ana Example, MD", read_clinician, many=True),
        Question("website", "The practice's website?", "https://…", read_url),
        Question("portal_url", "The patient portal?", "https://…", read_url, _same_as("website")),
        Question("privacy", "Where is the notice of privacy practices?", "", read_url, _below("/privacy")),
        Question(
            "nondiscrimination", "Where is the nondiscrimination notice?", "", read_url, _below("/nondiscrimination")
        ),
        Question("language_help", "Where is the language-help notice?", "", read_url, _below("/language-help")),
        Question("privacy_contact", "Who answers privacy questions?", "Name and phone", read_text),
    )


def _span(typed: str) -> str:
    match = _SPAN.fullmatch(typed)
    if match is None:
        raise NotUnderstood(f'"{typed[:20]}" is not a span of time. Write the 24-hour clock: 08:00-17:00.')
    opens, closes = f"{int(match[1]):02}:{match[2]}", f"{int(match[3]):02}:{match[4]}"
    if closes <= opens:
        raise NotUnderstood(f'"{typed[:20]}" closes before it opens. Write the 24-hour clock: 08:00-17:00.')
    return f"{opens}-{closes}"


def _same_as(key: str) -> Callable[[Answers], str]:
    return lambda answers: answers.get(key, "")


def _below(path: str) -> Callable[[Answers], str]:
    return lambda answers: f"{answers['website'].rstrip('/')}{path}" if answers.get("website") else ""
