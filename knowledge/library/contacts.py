"""Phone numbers, web addresses and origins: whether they are well formed, and which stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from knowledge.library.entry import Entry

PUBLIC_NUMBERS: Final = frozenset({"911", "988", "711", "211", "8002221222"})  # the last is Poison Control, nationwide
_HOST: Final = re.compile(r"(?:https?://|(?<![\w@./-]))((?:[\w-]+\.)+[a-z]{2,})(?![\w-])", re.IGNORECASE)
_IN_TEXT: Final = re.compile(r"(?<![\w$.-])(?:\+?1[\s.-]?)?(?:\(\d{3}\)\s?|\d{3}[\s.-])?\d{3}[\s.-]\d{4}(?![\w-])")


def digits(number: str) -> str:
    """The digits that tell two numbers apart: without the country code of the United States."""
    bare = re.sub(r"\D", "", number)
    return bare[1:] if len(bare) == 11 and bare.startswith("1") else bare


def phone(entry: Entry, key: str, *, required: bool = True, short: bool = False) -> str:
    """A phone number of ten digits, or (for the relay service) a short one such as 711."""
    value = entry.text(key, required=required, wanted='a phone number in quotes: "(740) 555-0100"')
    size = len(digits(value))
    if value and not (size == 10 or (short and size == 3)):
        entry.wrong(
            key,
            what=f'"{key}" in {entry.name} is "{value[:40]}", which is not a phone number.',
            remedy='Write area code and number in quotes: "(740) 555-0100".',
        )
    return value


def url(entry: Entry, key: str) -> str:
    value = entry.text(key, wanted="a web address that starts with https://")
    if value and not _is_url(value):
        entry.wrong(
            key,
            what=f'"{key}" in {entry.name} is "{value[:60]}", which is not a safe web address.',
            remedy="Write the whole address, starting with https://.",
        )
    return value


def origins(entry: Entry, key: str) -> tuple[str, ...]:
    """Origins that may embed the widget: scheme and host, nothing after (R-630)."""
    found = []
    for item in entry.said(key):
        parts = urlsplit(item.value)
        local = parts.hostname in ("localhost", "127.0.0.1")
        plain = f"{parts.scheme}://{parts.netloc}" == item.value and "@" not in parts.netloc and "*" not in parts.netloc
        if plain and parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and local)):
            found.append(item.value)
        else:
            what = f'"{item.value[:60]}" cannot be an allowed origin.'
            remedy = "Write scheme and host only, without path or star: https://www.example.test."
            entry.problems.error(item.place, what=what, remedy=remedy)
    return tuple(found)


def numbers_in(text: str) -> tuple[str, ...]:
    """Phone numbers that stand in a text, as written."""
    return tuple(match.group().strip() for match in _IN_TEXT.finditer(text))


def hosts_in(text: str) -> tuple[str, ...]:
    """Hosts of web addresses that stand in a text, with or without `https://`."""
    return tuple(match.group(1).casefold() for match in _HOST.finditer(text))


def is_own(host: str, addresses: Iterable[str]) -> bool:
    """Whether a host is that of one of the practice's own addresses, or lies below it."""
    own = {(urlsplit(address).hostname or "").removeprefix("www.") for address in addresses} - {""}
    return any(host == name or host.endswith(f".{name}") for name in own)


def is_known(number: str, known: Iterable[str]) -> bool:
    """Whether a number in a text is one the practice gave. Seven digits match the end of a known number."""
    wanted = digits(number)
    allowed = PUBLIC_NUMBERS | {digits(item) for item in known}
    return wanted in allowed or (len(wanted) == 7 and any(item.endswith(wanted) for item in allowed))


def _is_url(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not re.search(r"[\s<>\"'@]", value)
