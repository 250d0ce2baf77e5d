"""Calendar arithmetic: which dates a day told in part can be, US holidays, lengths of time. Knows no words."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.understanding.when.values import Day, Days, Length

ONE_DAY = timedelta(days=1)
FARTHEST = 60  # months searched for "Friday the 13th"
SOON = timedelta(days=45)  # a day of the month that is meant to check a weekday lies this near


def make_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_months(day: date, *, months: int) -> date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    number = day.day
    while (moved := make_date(year, month + 1, number)) is None:
        number -= 1
    return moved


def month_of(day: date, *, ahead: int = 0) -> tuple[date, date]:
    first = add_months(day.replace(day=1), months=ahead)
    return first, add_months(first, months=1)


def week_of(day: date, *, ahead: int = 0) -> tuple[date, date]:
    """Monday to Monday."""
    monday = day - day.weekday() * ONE_DAY + 7 * ahead * ONE_DAY
    return monday, monday + 7 * ONE_DAY


def coming_month(month: int, *, today: date) -> date:
    return date(today.year + (month < today.month), month, 1)


def shift(day: date, *, length: Length, sign: int = 1) -> date:
    return add_months(day, months=sign * length.months) + sign * length.days * ONE_DAY


def shift_moment(now: datetime, *, length: Length, sign: int = 1) -> datetime:
    day = shift(now.date(), length=length, sign=sign)
    return datetime.combine(day, now.time()) + sign * timedelta(minutes=length.minutes)


def dates(day: Day, *, today: date) -> tuple[date, ...]:
    """The dates a day can be, best first; none if there is no such day."""
    if day.exact:
        return day.exact
    if day.day is None:
        return _weekday(day, today=today) if day.weekday is not None else ()
    if day.month is not None:
        return _day_of_month(day.month, day.day, day.year, today=today)
    months = [month_of(today, ahead=ahead)[0] for ahead in range(FARTHEST)]
    found = [it for first in months if (it := make_date(first.year, first.month, day.day)) and it >= today]
    if day.stress == "last":
        months = [month_of(today, ahead=-ahead)[0] for ahead in range(3)]
        found = [it for first in months if (it := make_date(first.year, first.month, day.day)) and it < today]
    if day.weekday is not None:
        found = [it for it in found if it.weekday() == day.weekday] or found
    return tuple(found[:1])


def _day_of_month(month: int, day: int, year: int | None, *, today: date) -> tuple[date, ...]:
    years = (year,) if year is not None else tuple(range(today.year, today.year + 9))  # nine hold a leap year
    found = [it for number in years if (it := make_date(number, month, day)) and (year is not None or it >= today)]
    return tuple(found[:1])


def _weekday(day: Day, *, today: date) -> tuple[date, ...]:
    assert day.weekday is not None
    ahead = (day.weekday - today.weekday()) % 7
    if day.stress == "last":
        return (today - ((today.weekday() - day.weekday) % 7 or 7) * ONE_DAY,)
    coming = today + (ahead or 7) * ONE_DAY
    if day.stress == "next":
        return coming, coming + 7 * ONE_DAY
    if ahead:
        return (coming,)
    return (today, coming) if day.stress == "this" else (coming, today)


def nth_weekday(first: date, end: date, *, weekday: int, nth: int) -> date | None:
    """The nth such weekday from `first`, or the last before `end` for -1."""
    if nth < 0:
        return end - ((end - ONE_DAY).weekday() - weekday) % 7 * ONE_DAY + 7 * (nth + 1) * ONE_DAY - ONE_DAY
    found = first + (weekday - first.weekday()) % 7 * ONE_DAY + 7 * (nth - 1) * ONE_DAY
    return found if found < end else None


def easter(year: int) -> date:
    """The Gregorian computus of Meeus, Jones and Butcher."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + i - 7 * ((a + 11 * h + 22 * i) // 451) + 114, 31)
    return date(year, month, day + 1)


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first, end = month_of(date(year, month, 1))
    found = nth_weekday(first, end, weekday=weekday, nth=nth)
    assert found is not None
    return found


# name: (month, day) | (month, weekday, nth) | days from Easter
_HOLIDAYS: dict[str, tuple[int, ...]] = {
    "new_year": (1, 1), "new_years_eve": (12, 31), "epiphany": (1, 6), "groundhog": (2, 2), "valentine": (2, 14),
    "st_patrick": (3, 17), "may_day": (5, 1), "juneteenth": (6, 19), "independence": (7, 4), "halloween": (10, 31),
    "all_saints": (11, 1), "all_souls": (11, 2), "veterans": (11, 11), "guadalupe": (12, 12),
    "christmas_eve": (12, 24), "christmas": (12, 25), "boxing": (12, 26), "april_fools": (4, 1), "mexican_mother": (5, 10),
    "mlk": (1, 0, 3), "presidents": (2, 0, 3), "mother": (5, 6, 2), "memorial": (5, 0, -1), "father": (6, 6, 3),
    "labor": (9, 0, 1), "columbus": (10, 0, 2), "thanksgiving": (11, 3, 4),
    "easter": (0,), "good_friday": (-2,), "easter_monday": (1,), "ash_wednesday": (-46,), "palm_sunday": (-7,),
    "holy_thursday": (-3,), "holy_saturday": (-1,), "mardi_gras": (-47,),
}  # fmt: skip


def holiday_in(name: str, *, year: int) -> date:
    if name == "black_friday":
        return holiday_in("thanksgiving", year=year) + ONE_DAY
    match _HOLIDAYS[name]:
        case (offset,):
            return easter(year) + offset * ONE_DAY
        case (month, day):
            return date(year, month, day)
        case (month, weekday, nth):
            return _nth(year, month, weekday, nth)
    raise AssertionError(name)


def coming_holiday(name: str, *, today: date) -> date:
    return next(day for year in (today.year, today.year + 1) if (day := holiday_in(name, year=year)) >= today)


def portion(days: Days, *, which: str, today: date) -> Days | None:
    """The beginning, middle, end or rest of a week, month or year."""
    first, last = days.options[0]
    if first is None or last is None:
        return None
    length = (last - first).days
    if which == "rest":
        return Days(((max(first, min(today, last - ONE_DAY)), last),), "part")
    if which == "later":
        later = max(first + length // 2 * ONE_DAY if length < 8 else first, today + ONE_DAY)
        return Days(((min(later, last - ONE_DAY), last),), "part")
    third = max(1, round(length / 3)) if length != 7 else 3
    match which:
        case "begin":
            return Days(((first, first + third * ONE_DAY),), "part")
        case "mid":
            inset = (length - third + 1) // 2
            return Days(((first + inset * ONE_DAY, last - inset * ONE_DAY),), "part")
        case _:
            return Days(((last - third * ONE_DAY, last),), "part")


def spread(options: tuple[date, ...]) -> Iterator[tuple[date, date]]:
    for day in options:
        yield day, day + ONE_DAY
