"""Words for spans of hours, days of the week and lists, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bot.responses.catalogue import label
from bot.responses.spoken import say_date, say_time
from knowledge.published import Span

_A_MONDAY = date(2024, 1, 1)


def hours(spans: Sequence[Span], language: str) -> str:
    """`8:00 AM to 12:00 PM and 1:00 PM to 5:00 PM`, or `closed`."""
    if not spans:
        return label("word_closed", language)
    to = label("word_to", language)
    return listed(
        [f"{say_time(span.opens, language)} {to} {say_time(span.closes, language)}" for span in spans], language
    )


def weekday(number: int, language: str) -> str:
    """The name of a weekday, Monday 0."""
    whole = say_date(_A_MONDAY + timedelta(days=number), language)
    return whole.split(",")[0].split()[0]


def weekdays(numbers: Sequence[int], language: str) -> str:
    """`Monday`, `Monday and Tuesday`, `Monday to Friday`."""
    ordered = sorted(set(numbers))
    if len(ordered) > 2 and ordered == list(range(ordered[0], ordered[-1] + 1)):
        return f"{weekday(ordered[0], language)} {label('word_to', language)} {weekday(ordered[-1], language)}"
    return listed([weekday(number, language) for number in ordered], language)


def listed(items: Iterable[str], language: str) -> str:
    """`a`, `a and b`, `a, b and c`."""
    all_items = [item for item in items if item]
    if len(all_items) < 2:
        return "".join(all_items)
    return f"{', '.join(all_items[:-1])} {label('word_and', language)} {all_items[-1]}"


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
