"""Single days: weekdays, days of the month, holidays, and days counted from another."""

from dataclasses import replace
from datetime import date

from bot.understanding.when import almanac
from bot.understanding.when.almanac import ONE_DAY, shift
from bot.understanding.when.chart import Context, Rules
from bot.understanding.when.tokens import full_year
from bot.understanding.when.values import Day, Days, Length, Several

rules = Rules()

W = "weekday|weekday~"
M = "month|month~"
LAST_HOUR_DAY = 12  # "Tuesday 4" may be four o'clock; above this it must be a day of the month


def known(day: Day, *, context: Context) -> tuple[date, ...]:
    return almanac.dates(day, today=context.today)


def only(day: date | None) -> Day | None:
    return None if day is None else Day(exact=(day,))


@rules("day", "the? relative_day")
def relative_day(context: Context, offset: int) -> Day | None:
    if context.word(0) in ("s",):
        return None
    return only(context.today + offset * ONE_DAY)


@rules("day", "weekday")
def weekday(_: Context, number: int) -> Day:
    return Day(weekday=number)


@rules("day", "weekday~")
def weak_weekday(_: Context, number: int) -> Day:
    return Day(weekday=number, weak=True)


@rules("day", "weekdays")
def weekdays(_: Context, number: int) -> Day:
    return Day(weekday=number, plural=True)


@rules("day", f"every {W}", "every weekdays")
def every_weekday(_: Context, number: int) -> Day:
    return Day(weekday=number, plural=True)


@rules("day", f"on {W}", lang="en")
def on_weekday(_: Context, number: int) -> Day:
    return Day(weekday=number)


@rules("day", f"el {W}", "every? los weekday", lang="es")
def el_weekday(context: Context, number: int) -> Day:
    return Day(weekday=number, plural=context.tokens[context.end - 2].word == "los")


@rules("day", f"the? this {W}")
def this_weekday(_: Context, number: int) -> Day:
    return Day(weekday=number, stress="this")


@rules("day", f"the? next|coming {W}", "the? next|coming weekdays")
@rules("day", f"the? {W} comma? coming", lang="es")
def next_weekday(_: Context, number: int) -> Day:
    return Day(weekday=number, stress="next")


@rules("day", f"the? last {W}", lang="en")
@rules("day", f"the? {W} last", f"the? last {W}", lang="es")
def last_weekday(_: Context, number: int) -> Day:
    return Day(weekday=number, stress="last")


@rules("day", f"the? {W} dayofweek", lang="en")
def weekday_day(_: Context, number: int) -> Day:
    return Day(weekday=number)


@rules("day", f"the? {M} dash|slash|comma? the? number|ordinal", f"the? {M} comma? the ordinal", lang="en")
@rules("day", f"{M} dash|slash|comma? the? number|ordinal", lang="es")
def month_day(_: Context, month: int, day: int) -> Day | None:
    return Day(month=month, day=day) if 1 <= day <= 31 else None


@rules("day", f"the? ordinal day_word? of? comma? {M}", f"the? number of? {M}", f"number dash|slash {M}", lang="en")
@rules("day", f"the? day_word? ordinal|number of? the? {M}", f"number dash|slash {M}", lang="es")
def day_month(_: Context, day: int, month: int) -> Day | None:
    return Day(month=month, day=day) if 1 <= day <= 31 else None


@rules("day", "the? number of number", "the? number of number of year", lang="es")
def day_of_month_number(context: Context, day: int, month: int, year: int | None = None) -> Day | None:
    """ "el 12 del 5"."""
    if not (context.tokens[context.begin].word == "el" or year) or not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return Day(day=day, month=month, year=year)


@rules("day", "the ordinal day_word? of? the? span", "ordinal day_word? of the? span", "the? number of span", lang="en", score=1)
@rules("day", "the? day_word? ordinal|number of the? span", lang="es", score=1)
def day_of_span(_: Context, day: int, span: Days) -> Day | None:
    first = span.options[0][0]
    if span.unit != "month" or first is None or not 1 <= day <= 31:
        return None
    return only(almanac.make_date(first.year, first.month, day))


@rules("day", "day really_of the? span", "the? day comma? span", "span comma? on? the? day", lang="en", score=1)
@rules("day", "day of? the? span", "span comma? the? day", "span on the? day", lang="es", score=1)
def weekday_of_week(context: Context, *told: Day | Days) -> Day | None:
    day = next(it for it in told if isinstance(it, Day))
    span = next(it for it in told if isinstance(it, Days))
    first, last = span.options[0]
    if first is None or last is None:
        return None
    if span.unit in ("week", "weekend") and day.weekday is not None and day.day is None and not day.stress:
        found = first + (day.weekday - first.weekday()) % 7 * ONE_DAY
        return only(found) if found < last else None
    if span.unit == "month" and day.day is not None and day.month is None and day.weekday is None:
        return only(almanac.make_date(first.year, first.month, day.day))
    if span.unit == "year" and day.month is not None and day.day is not None and day.year is None:
        return replace(day, year=first.year)
    return None


JOINTS = frozenset(("and", "or", "&", ",", "/", "y", "o", "u", "e"))


def _joint(context: Context, *, last: bool) -> int | None:
    places = [place for place in range(context.begin, context.end) if context.tokens[place].word in JOINTS]
    return (places[-1] if last else places[0]) if places else None


@rules("several", "on? the? number|ordinal and|or|comma the? day", "the? day_word number|ordinal and|or the? day", score=2)
def numbers_and_day(context: Context, number: int, day: Day) -> Several | None:
    """ "2 and 3 May"."""
    joint = _joint(context, last=False)
    if day.month is None or day.day is None or day.weekday is not None or not 1 <= number < 32 or joint is None or context.in_a_figure():
        return None
    return Several(Day(day=number, month=day.month, year=day.year), day, joint)


@rules("several", "day and|or the? number|ordinal", score=1)
def day_and_number(context: Context, day: Day, number: int) -> Several | None:
    """ "December 1 or 2"."""
    joint = _joint(context, last=True)
    if day.month is None or day.day is None or not day.day < number < 32 or joint is None or not context.ends_well():
        return None
    return Several(day, Day(day=number, month=day.month, year=day.year), joint)


@rules("day", "the ordinal_digits", score=-1)
def the_nth(context: Context, number: int) -> Day | None:
    return Day(day=number) if context.ends_well() else None


@rules("day", "ordinal_digits", score=-1)
def nth(context: Context, number: int) -> Day | None:
    return Day(day=number, weak=context.word(-1) not in ("on", "for", "to", "after", "before", "until", "by", "from", "or", "and"))


@rules("day", "the ordinal", lang="en", score=-1)
def bound_nth(context: Context, number: int) -> Day | None:
    """ "after the fifteenth": in words, only where something else says that it is a day."""
    led = context.word(-1) in ("after", "before", "until", "till", "by", "since", "from", "between", "to", "through")
    return Day(day=number) if led and number <= 31 and context.ends_well() else None


@rules("day", "on|for the? ordinal", lang="en", score=-1)
def on_the_nth(context: Context, number: int) -> Day | None:
    blocked = context.word(0) in ("floor", "st", "street", "ave", "avenue", "time", "visit", "appointment", "dose", "day", "one")
    first = context.tokens[context.begin].word
    return Day(day=number) if number <= 31 and not blocked and (first == "on" or context.ends_well()) else None


@rules("day", "on the? digits", lang="en", score=-2)
def on_the_number(context: Context, number: int) -> Day | None:
    return Day(day=number, weak=number < 13 and context.tokens[context.end - 2].word != "the") if 1 <= number <= 31 and context.ends_well() else None


@rules("day", "day_word number|ordinal", "the day_word number|ordinal", lang="es")
def day_number(context: Context, number: int) -> Day | None:
    return Day(day=number) if 1 <= number <= 31 and context.ends_well() else None


@rules("day", "el number|ordinal_digits", lang="es", score=-1)
def el_number(context: Context, number: int) -> Day | None:
    single = context.tokens[context.begin].word in ("el", "al", "del")
    return Day(day=number) if single and 1 <= number <= 31 and context.ends_well() else None


@rules("day", "the? day comma? the? ordinal|ordinal_digits", "day comma? the? ordinal_digits", lang="en", score=1)
@rules("day", "day comma? the? day_word? ordinal", lang="es", score=1)
def weekday_nth(_: Context, day: Day, number: int) -> Day | None:
    if day.weekday is None or day.day is not None or not 1 <= number <= 31:
        return None
    return Day(weekday=day.weekday, day=number)


@rules("day", "day the? digits", "day comma the digits", score=1)
@rules("day", "day the? number", lang="es", score=1)
def weekday_number(context: Context, day: Day, number: int) -> Day | None:
    if day.weekday is None or day.day is not None or not 1 <= number <= 31 or not context.ends_well():
        return None
    if any(token.word in ("las", "la") for token in context.tokens[context.begin + 1 : context.end]):
        return None
    if context.word(0) in ("-", "–") and context.word(1).isdigit():
        return None  # "Monday 2-5" is a range of hours
    told = Day(weekday=day.weekday, day=number)
    if number <= LAST_HOUR_DAY and context.lang == "en":
        found = known(told, context=context)
        if not found or found[0].weekday() != day.weekday or found[0] - context.today > almanac.SOON:
            return None
    return told


@rules("day", "day comma? comma? the? day", "day the? day_word? day", score=1)
def weekday_and_date(context: Context, one: Day, other: Day) -> Day | None:
    """ "Thursday, May 6" and "6/3 (Wednesday)". The date decides."""
    if other.weekday is not None and one.weekday is None:
        one, other = other, one
    if one.weekday is None or one.day is not None or other.weekday is not None or one.plural:
        return None
    if other.day is not None:
        return replace(other, weekday=one.weekday, weak=False)
    if other.exact and other.exact[0].weekday() == one.weekday and context.lang == "en":
        return other
    return None


@rules("day", "year dash|slash month dash|slash digits")
def year_first(_: Context, year: int, month: int, day: int) -> Day | None:
    return Day(day=day, month=month, year=year) if 1 <= day <= 31 else None


@rules("day", "day comma|of|in|dash|slash? year", score=1)
@rules("day", "day of the? year", "day really_of year", score=1)
def with_year(_: Context, day: Day, year: int) -> Day | None:
    return replace(day, year=year, weak=False) if day.month is not None and day.year is None else None


@rules("day", "day dash two_digits", "day slash two_digits")
def with_short_year(context: Context, day: Day, year: int) -> Day | None:
    if day.month is None or day.year is not None or context.end - context.begin < 5:
        return None
    return replace(day, year=full_year(f"{year:02}", today=context.now.year))


@rules("day", "on|the? dash_day", "on the dash_day", score=1.5)
def dashed(context: Context, day: Day) -> Day:
    return replace(day, weak=context.end - context.begin < 4 and context.word(-1) not in ("for", "en"))


@rules("day", "the? next|this day")
def next_date(_: Context, day: Day) -> Day | None:
    return day if day.month is not None and day.day is not None else None


@rules("day", "the? this|next|coming? holiday")
@rules("day", "holiday coming", lang="es")
def holiday(context: Context, name: str) -> Day | None:
    return only(almanac.coming_holiday(name, today=context.today))


@rules("day", "the? holiday of|comma? year", score=2)
def holiday_in_year(_: Context, name: str, year: int) -> Day | None:
    return only(almanac.holiday_in(name, year=year))


@rules("day", "in|hence length", lang="en")
@rules("day", "in|within_at length", lang="es")
def in_length(context: Context, length: Length) -> Day | None:
    if length.minutes or length.months >= 24:  # "I have not been in in 20 years"
        return None
    return only(shift(context.today, length=length))


@rules("day", "length hence", "length from relative_day", "length from|after now")
@rules("day", "in? length hence", lang="es")
def from_now(context: Context, length: Length, offset: int = 0) -> Day | None:
    return None if length.minutes else only(shift(context.today + offset * ONE_DAY, length=length))


@rules("day", "in|within_at? length from|after|since the? day")
def length_from(context: Context, length: Length, day: Day) -> Day | None:
    found = known(day, context=context)
    return only(shift(found[0], length=length)) if found and not length.minutes else None


@rules("day", "length before the? day")
def length_before(context: Context, length: Length, day: Day) -> Day | None:
    found = known(day, context=context)
    return only(shift(found[0], length=length, sign=-1)) if found and not length.minutes else None


@rules("day", "length ago", lang="en")
@rules("day", "length ago", "since_ago length", lang="es")
def ago(context: Context, length: Length) -> Day | None:
    return None if length.minutes else only(shift(context.today, length=length, sign=-1))


@rules("day", "length day", "in length on day", "in length day")
def week_weekday(context: Context, length: Length, day: Day) -> Day | None:
    """ "in 4 days on Monday"."""
    if day.weekday is None or day.day is not None or not length.days or length.minutes:
        return None
    return only(known(day, context=context)[0]) if context.lang == "en" and length.days < 7 else None


@rules("day", "the? dayofweek after the? day", lang="en", score=1)
@rules("day", "the? dayofweek after the? day", "the? next_day of? the? day", "the? next_day the? day", lang="es", score=1)
def day_after(context: Context, *told: Day | bool) -> Day | None:
    if context.word(-1) in ("any", "every", "each", "cualquier"):
        return None  # "any day after the 3rd" is an open range
    found = known(next(it for it in told if isinstance(it, Day)), context=context)
    return only(found[0] + ONE_DAY) if found else None


@rules("day", "the next_day", lang="es")
def the_next_day(context: Context, _: bool) -> Day | None:
    return only(context.today + ONE_DAY)


@rules("day", "the? dayofweek before the? day", score=1)
def day_before(context: Context, day: Day) -> Day | None:
    found = known(day, context=context)
    return only(found[0] - ONE_DAY) if found else None


@rules("day", "the? day after the? day", "the? next? day after the? day", score=1)
def weekday_after(context: Context, one: Day, other: Day) -> Day | None:
    if one.weekday is None or one.day is not None or one.exact or not (found := known(other, context=context)):
        return None
    return only(found[0] + ((one.weekday - found[0].weekday()) % 7 or 7) * ONE_DAY)


@rules("day", "the? day before the? day", score=1)
def weekday_before(context: Context, one: Day, other: Day) -> Day | None:
    if one.weekday is None or one.day is not None or one.exact or not (found := known(other, context=context)):
        return None
    return only(found[0] - ((found[0].weekday() - one.weekday) % 7 or 7) * ONE_DAY)


@rules("day", f"the? {W} after next", f"the? {W} after the? next", lang="en", score=1)
def weekday_after_next(context: Context, number: int) -> Day | None:
    return only(known(Day(weekday=number), context=context)[0] + 7 * ONE_DAY)


@rules("day", f"the? ordinal|final {W} of? the? span", "the? ordinal|final weekday of|comma? the? span", score=1)
def nth_weekday_of(context: Context, *told: int | Days) -> Day | None:
    *numbers, span = told
    assert isinstance(span, Days)
    first, last = span.options[0]
    nth = numbers[0] if len(numbers) == 2 else -1
    if span.unit not in ("month", "year") or first is None or last is None or not isinstance(nth, int):
        return None
    assert isinstance(numbers[-1], int)
    found = almanac.nth_weekday(first, last, weekday=numbers[-1], nth=nth)
    if found and found < context.today and span.unit == "month" and last > context.today and len(span.options) > 1:
        return None
    return only(found)


@rules("day", "the? ordinal|final day_word of? the? span", score=1)
def nth_day_of(_: Context, *told: int | Days) -> Day | None:
    span = told[-1]
    assert isinstance(span, Days)
    first, last = span.options[0]
    if first is None or last is None or span.unit == "":
        return None
    if len(told) == 1:
        return only(last - ONE_DAY)
    assert isinstance(told[0], int)
    found = first + (told[0] - 1) * ONE_DAY
    return only(found) if first <= found < last else None


