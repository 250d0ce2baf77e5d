"""Identifiers known by their shape: e-mail, web and network addresses, phone, card, social security and other long numbers.

Reads folded text. Every pattern is bounded, so a long message costs time in proportion to its length.
"""

import re
from collections.abc import Iterator

from bot.privacy.gate.spans import Found

__all__ = ["find"]

# The domain endings people type without "www". Endings that are also words ("is", "me", "es") need a scheme.
DOMAIN_END = (
    r"com|org|net|edu|gov|mil|info|biz|io|app|dev|health|care|clinic|site|online|store|test|example|us|uk|ca|mx|fr|ar|cl|pe|eu|"
    r"(?:co|com|org|net|gob|gov|edu|ac)\.[a-z]{2}"
)
EMAIL_LEFT = re.compile(r"[^\s@<>\"(),;:|\[\]]{1,64}$")
EMAIL_RIGHT = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}")
SPOKEN_EMAIL = re.compile(
    r"(?<!\w)[\w.+-]{1,40}\s{0,2}[\[(]?\s?(?:at|arroba|@)\s?[\])]?\s{0,2}[\w-]{2,40}\s{0,2}[\[(]?\s?(?:dot|punto)\s?[\])]?\s{0,2}"
    r"(?:com|org|net|edu|gov|es|mx|co|io|us)\b"
)
URL = re.compile(
    r"(?:https?|hxxps?|ftp):?/{1,2}\S{1,2048}|(?<!\w)www\.[^\s,;]{2,2048}"
    rf"|(?<![\w@.-])(?:[a-z0-9-]{{1,63}}\.){{1,5}}(?:{DOMAIN_END})(?![\w-])(?:[/?#][^\s]{{0,2048}})?"
)
HANDLE = re.compile(r"(?<![\w.])@[a-z0-9_.]{2,40}")
IP4 = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,3})?(?!\d)")
COLONS = re.compile(
    r"(?<![\w:])[0-9a-f]{0,4}(?:::?[0-9a-f]{1,4}){0,8}(?:::)?(?:\.\d{1,3}){0,3}(?:%\w{1,15})?(?:/\d{1,3})?"
)
MAC = re.compile(r"(?<!\w)[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}(?!\w)")
IBAN = re.compile(r"(?<!\w)[a-z]{2}\d{2}(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,4})?(?!\w)")
MEDICARE = re.compile(r"(?<!\w)[1-9][a-z][a-z0-9]\d[ -]?[a-z][a-z0-9]\d[ -]?[a-z]{2}\d\d(?!\w)")
CURP = re.compile(r"(?<!\w)[a-z]{4}\d{6}[a-z0-9]{3,8}(?!\w)")
PLATE = re.compile(r"(?<!\w)\d{4}[ -][bcdfghjklmnpqrstvwxyz]{3}(?!\w)")
GROUPS = re.compile(
    r"(?<![\w$])(?:[a-z]-?)?[+(]{0,3}\d(?:[\s().\-/+]{0,4}\d){5,40}(?:-?[a-z](?!\w))?"
    r"(?:\s{0,2}(?:,\s?)?(?:x|ext|extn|extension|anexo|interno)\.?\s{0,2}\d{1,6})?"
)
YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[-/a]\s?(?:19|20)\d\d){1,3}")
PRESSURES = re.compile(r"\d{2,3}/\d{2,3}(?:[\s.-]{1,3}\d{2,3}/\d{2,3}){0,5}")
SMALL = re.compile(r"\d{1,2}(?:[ /.-]{1,3}\d{1,2}){1,4}")  # "10-12 2-4", "1 2 3": hours and counts
EXTENSION = re.compile(r"x|ext|anexo|interno")


def luhn(digits: str) -> bool:
    """The check digit of bank cards."""
    doubled = [int(d) * 2 if at % 2 else int(d) for at, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def find(text: str) -> Iterator[Found]:
    """Identifiers that need no context."""
    if "@" in text:
        yield from _emails(text)
    if "." in text or "//" in text:
        yield from ((m.start(), m.end(), "URL") for m in URL.finditer(text))
    if "dot" in text or "punto" in text:
        yield from ((m.start(), m.end(), "EMAIL") for m in SPOKEN_EMAIL.finditer(text))
    if text.count(":") > 1:
        yield from _colons(text)
    if any(c in text for c in "0123456789"):
        yield from _numbers(text)


def _emails(text: str) -> Iterator[Found]:
    at = text.find("@")
    while at >= 0:
        left = EMAIL_LEFT.search(text, max(0, at - 64), at)
        right = EMAIL_RIGHT.match(text, at + 1)
        if left and right:
            yield left.start(), right.end(), "EMAIL"
        elif handle := HANDLE.match(text, at):
            yield handle.start(), handle.end(), "URL"
        at = text.find("@", at + 1)


def _colons(text: str) -> Iterator[Found]:
    for m in COLONS.finditer(text):
        seen = m.group()
        if seen.count(":") >= 4 or ("::" in seen and any(c.isalnum() for c in seen)):
            yield m.start(), m.end(), "IP"
    yield from ((m.start(), m.end(), "DEVICE") for m in MAC.finditer(text))


def _numbers(text: str) -> Iterator[Found]:
    yield from ((m.start(), m.end(), "IP") for m in IP4.finditer(text))
    yield from ((m.start(), m.end(), "ACCOUNT") for m in IBAN.finditer(text))
    yield from ((m.start(), m.end(), "PLAN_ID") for m in MEDICARE.finditer(text))
    yield from ((m.start(), m.end(), "OTHER_ID") for m in CURP.finditer(text))
    yield from ((m.start(), m.end(), "VEHICLE") for m in PLATE.finditer(text))
    for m in GROUPS.finditer(text):
        seen = m.group().strip(" ().-/")
        if YEARS.fullmatch(seen) or PRESSURES.fullmatch(seen) or SMALL.fullmatch(seen):
            continue
        yield m.start(), m.end(), _kind(seen)


def _kind(seen: str) -> str:
    digits = "".join(c for c in EXTENSION.split(seen)[0] if c.isdigit())
    if len(digits) >= 13 and luhn(digits):
        return "CARD"
    if seen[-1].isalpha() or seen[0].isalpha():
        return "OTHER_ID"
    if len(digits) == 9 and re.fullmatch(r"\d{3}[ .-]?\d{2}[ .-]?\d{4}", seen):
        return "SSN"
    return "PHONE" if 7 <= len(digits) <= 13 else "OTHER_ID"
