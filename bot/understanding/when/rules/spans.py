"""Stretches of days: weeks, months, weekends, parts of them, ranges and open ends."""

from datetime import date

from bot.understanding.when import almanac
from bot.understanding.when.almanac import ONE_DAY, month_of, shift, week_of
from bot.understanding.when.chart import Context, Rules
from bot.understanding.when.rules.days import M, known
from bot.understanding.when.values import Day, Days, Length

rules = Rules()


def unit_span(unit: str, *, ahead: int, today: date) -> Days | None:
    match unit:
        case "week":
            return Days((week_of(today, ahead=ahead),), "week")
        case "workweek":
            monday, _ = week_of(today, ahead=ahead)
            return Days(((monday, monday + 5 * ONE_DAY),), "week")
        case "month":
            return Days((month_of(today, ahead=ahead),), "month")
        case "year":
            return Days(((date(today.year + ahead, 1, 1), date(today.year + ahead + 1, 1, 1)),), "year")
        case "weekend":
            monday, after = week_of(today, ahead=ahead)
            return Days(((monday + 5 * ONE_DAY, after),), "weekend")
        case "fortnight":
            monday, after = week_of(today, ahead=2 * ahead if ahead < 0 else ahead)
            return Days(((monday + (7 * ONE_DAY if ahead else 0 * ONE_DAY), after + (14 if ahead else 7) * ONE_DAY),))
    return None


@rules("unit", "weekend_phrase")
def weekend_phrase(_: Context) -> str:
    return "weekend"


@rules("span", "the? this unit", "whole the? unit", "the? unit this", "this the? unit")
def this_unit(context: Context, unit: str) -> Days | None:
    if unit == "day":
        return None
    return unit_span(unit, ahead=0, today=context.today)


@rules("span", "el unit", lang="es", score=-2)
@rules("span", "the unit", "by|for unit", score=-2)
def the_unit(context: Context, unit: str) -> Days | None:
    return unit_span(unit, ahead=0, today=context.today) if unit in ("week", "month", "weekend", "fortnight") and context.ends_well() else None


@rules("span", "unit", score=-2)
def weekend(context: Context, unit: str) -> Days | None:
    return unit_span(unit, ahead=0, today=context.today) if unit == "weekend" else None


@rules("span", "the? next|coming unit")
@rules("span", "the? unit comma? coming", lang="es")
def next_unit(context: Context, unit: str) -> Days | None:
    found = unit_span(unit, ahead=1, today=context.today)
    if found and unit == "weekend":
        this = unit_span(unit, ahead=0, today=context.today)
        assert this is not None
        return Days((*found.options, *this.options), unit)
    return found


@rules("span", "the? last unit", lang="en")
@rules("span", "the? unit last", "the? last unit", lang="es")
def last_unit(context: Context, unit: str) -> Days | None:
    return unit_span(unit, ahead=-1, today=context.today)


@rules("span", "the? unit after next", "the? unit after the? span", lang="en", score=1)
@rules("span", "the? unit after the? span", lang="es", score=1)
def unit_after_next(context: Context, unit: str, span: Days | None = None) -> Days | None:
    if span is None:
        return unit_span(unit, ahead=2, today=context.today)
    if span.unit != unit or (first := span.options[0][0]) is None:
        return None
    return unit_span(unit, ahead=1, today=first)


@rules("span", "the? unit after|before the? day", score=1)
def week_beside(context: Context, unit: str, day: Day) -> Days | None:
    if unit not in ("week", "weekend", "month") or not (found := known(day, context=context)):
        return None
    before = any(token.word in ("before", "antes", "b4") for token in context.tokens[context.begin : context.end])
    ahead = -1 if before else (0 if unit == "weekend" and found[0].weekday() < 5 else 1)
    return unit_span(unit, ahead=ahead, today=found[0])


@rules("span", "the? unit in length", "the? unit length hence")
def unit_in(context: Context, unit: str, length: Length) -> Days | None:
    return unit_span(unit, ahead=0, today=shift(context.today, length=length)) if unit in ("week", "month") else None


@rules("span", "month")
def month(context: Context, number: int) -> Days:
    return Days((month_of(almanac.coming_month(number, today=context.today)),), "month", weak=False)


@rules("span", "month~")
def weak_month(context: Context, number: int) -> Days:
    told = context.word(-1) in ("in", "of", "en", "during", "next", "this", "until", "since", "by", "mid", "early", "late", "after", "before")
    return Days((month_of(almanac.coming_month(number, today=context.today)),), "month", weak=not told)


@rules("span", f"the? this|next|coming unit? {M}")
def next_month_named(context: Context, *told: int | str) -> Days | None:
    number = told[-1]
    assert isinstance(number, int)
    if len(told) > 1 and told[0] != "month":
        return None
    return Days((month_of(almanac.coming_month(number, today=context.today)),), "month")


@rules("span", f"the? {M} dash|slash|comma|of|in? year", f"unit of {M} of? year", f"unit of {M}")
def month_of_year(context: Context, *told: int | str) -> Days | None:
    numbers = [it for it in told if isinstance(it, int)]
    if len(numbers) < len(told) and told[0] != "month":
        return None
    first = date(numbers[1], numbers[0], 1) if len(numbers) > 1 else almanac.coming_month(numbers[0], today=context.today)
    return Days((month_of(first),), "month")


@rules("span", f"the? {M} of? the? span")
def month_of_span(_: Context, number: int, span: Days) -> Days | None:
    first = span.options[0][0]
    return Days((month_of(date(first.year, number, 1)),), "month") if span.unit == "year" and first else None


@rules("span", "the? unit week_start the? day", "the? week_of the? day")
def week_with(context: Context, *told: str | Day) -> Days | None:
    day = told[-1]
    assert isinstance(day, Day)
    if not (found := known(day, context=context)):
        return None
    if told[0] == "weekend":
        nearest = found[0] + ONE_DAY * (1 if found[0].weekday() == 6 else 0)
        nearest = found[0] - 7 * ONE_DAY if found[0].weekday() < 2 else found[0]
        return unit_span("weekend", ahead=0, today=nearest)
    if len(told) > 1 and told[0] != "week":
        return None
    # A week is written by its Sunday too, where the calendar on the wall begins with it.
    return Days((week_of(found[0] + (ONE_DAY if found[0].weekday() == 6 else 0 * ONE_DAY)),), "week")


@rules("span", "the? unit of number|ordinal", lang="es", score=1)
@rules("span", "the? unit of the? digits|ordinal", lang="en", score=1)
def week_of_number(context: Context, unit: str, number: int) -> Days | None:
    if unit != "week" or not 1 <= number <= 31:
        return None
    return week_with(context, unit, Day(day=number))


@rules("span", "the? holiday unit")
def holiday_weekend(context: Context, name: str, unit: str) -> Days | None:
    day = almanac.coming_holiday(name, today=context.today)
    if unit == "week":
        return Days((week_of(day),), "week")
    if unit != "weekend":
        return None
    saturday = day + (5 - day.weekday()) * ONE_DAY - (7 * ONE_DAY if day.weekday() < 2 else 0 * ONE_DAY)
    return Days(((saturday, max(saturday + 2 * ONE_DAY, day + ONE_DAY if day.weekday() == 0 else saturday)),), "weekend")


@rules("span", "the? ordinal|final unit of the? span", "the? ordinal|final unit of? year", "ordinal unit of? the? span", score=1)
def nth_week_of(_: Context, *told: int | str | Days) -> Days | None:
    where = told[-1]
    nth = told[0] if isinstance(told[0], int) else -1
    if isinstance(where, int):
        where = Days(((date(where, 1, 1), date(where + 1, 1, 1)),), "year")
    if not isinstance(where, Days) or "week" not in told or where.unit not in ("month", "year"):
        return None
    first, last = where.options[0]
    assert first is not None and last is not None
    if nth < 0:
        # The last week is the one that has more of its days in the month.
        monday = week_of(last - ONE_DAY)[0]
        monday -= (7 * ONE_DAY) if (last - monday).days < 4 else 0 * ONE_DAY
    else:
        monday = week_of(first)[0]
        monday += 7 * ONE_DAY * (nth - (first - monday <= 3 * ONE_DAY))
    return Days(((monday, monday + 7 * ONE_DAY),), "week")


@rules("span", "the? ordinal|final unit of the unit", score=1)
def nth_week_of_unit(context: Context, *told: int | str) -> Days | None:
    where = unit_span(str(told[-1]), ahead=0, today=context.today)
    return nth_week_of(context, *told[:-1], where) if where else None


@rules("span", "the? begin of? the? span", "begin the? next|this span")
def begin_of(context: Context, span: Days) -> Days | None:
    return almanac.portion(span, which="begin", today=context.today) if span.unit else None


@rules("span", "the? mid dash? of? the? span", "mid dash? span")
def mid_of(context: Context, span: Days) -> Days | None:
    return almanac.portion(span, which="mid", today=context.today) if span.unit else None


@rules("span", "the? finish of? the? span")
def end_of(context: Context, span: Days) -> Days | None:
    said = [token.word for token in context.tokens[context.begin : context.begin + 4]]
    if said[:3] == ["fin", "de", "semana"] or said[1:] == ["fin", "de", "semana"]:
        return None  # the weekend
    return almanac.portion(span, which="end", today=context.today) if span.unit else None


@rules("span", "the? finish of unit", lang="en")
@rules("span", "the? finish of? unit", lang="es")
def end_of_unit(context: Context, unit: str) -> Days | None:
    span = unit_span(unit, ahead=0, today=context.today)
    if unit == "week" and context.lang == "es" and context.tokens[context.end - 2].word in ("de", "fin", "fines"):
        return None  # "fin de semana" is the weekend
    return almanac.portion(span, which="end", today=context.today) if span and span.unit and unit != "weekend" else None


@rules("span", "the? begin of unit", lang="en")
@rules("span", "the? begin of? unit", lang="es")
def begin_of_unit(context: Context, unit: str) -> Days | None:
    span = unit_span(unit, ahead=0, today=context.today)
    return almanac.portion(span, which="begin", today=context.today) if span and span.unit and unit != "weekend" else None


@rules("span", "the? mid of unit", "the? mid dash unit", lang="en")
@rules("span", "the? mid of unit", lang="es")
def mid_of_unit(context: Context, unit: str) -> Days | None:
    span = unit_span(unit, ahead=0, today=context.today)
    return almanac.portion(span, which="mid", today=context.today) if span and span.unit and unit != "weekend" else None


@rules("span", "the? eom|eow")
def end_of_month_letters(context: Context) -> Days | None:
    unit = "month" if context.tokens[context.end - 1].word == "eom" else "week"
    span = unit_span(unit, ahead=0, today=context.today)
    return span and almanac.portion(span, which="end", today=context.today)


@rules("span", "the? rest of the? unit", "the? rest of the? span", "the? rest of unit")
def rest_of(context: Context, span: Days | str) -> Days | None:
    told = span if isinstance(span, Days) else unit_span(span, ahead=0, today=context.today)
    return almanac.portion(told, which="rest", today=context.today) if told and told.unit else None


@rules("span", "later|late in? the? span", "the? span later|late")
def later_in(context: Context, span: Days) -> Days | None:
    return almanac.portion(span, which="later", today=context.today) if span.unit in ("week", "month") else None


@rules("span", "early in? the? span", "the? span early")
def early_in(context: Context, span: Days) -> Days | None:
    return almanac.portion(span, which="begin", today=context.today) if span.unit in ("week", "month") else None


def _ahead(length: Length, *, context: Context) -> Days | None:
    if length.minutes:
        return None
    tomorrow = context.today + ONE_DAY
    return Days(((tomorrow, shift(tomorrow, length=length)),))


@rules("span", "in? the? next|coming length", "in? the? number coming unit", "the? number next unit")
@rules("span", "in? the? length coming", lang="es")
def next_few(context: Context, *told: Length | int | str) -> Days | None:
    if isinstance(told[0], Length):
        return _ahead(told[0], context=context)
    count, unit = told
    days = {"day": 1, "week": 7, "fortnight": 14}.get(str(unit), 0)
    assert isinstance(count, int)
    return _ahead(Length(months=count if unit == "month" else 0, days=count * days), context=context) if days or unit == "month" else None


@rules("span", "in? the? next|coming number business unit", "in? the? next|coming number unit business")
def next_workdays(context: Context, count: int, unit: str) -> Days | None:
    if unit != "day" or count > 60:
        return None
    days, end = 0, context.today
    while days < count:
        end += ONE_DAY
        days += end.weekday() < 5
    return Days(((context.today + ONE_DAY, end + ONE_DAY),))


@rules("span", "within the? next? length")
def within(context: Context, length: Length) -> Days | None:
    return None if length.minutes else Days(((context.today, shift(context.today, length=length)), (None, shift(context.today, length=length))))


@rules("span", "within the? unit", lang="en")
def within_the_unit(context: Context, unit: str) -> Days | None:
    lengths = {"week": Length(days=7), "month": Length(months=1), "day": Length(days=1)}
    return Days(((context.today, shift(context.today, length=lengths[unit])),)) if unit in lengths else None


@rules("span", "within length from|after|of the? day")
def within_of(context: Context, length: Length, day: Day) -> Days | None:
    found = known(day, context=context)
    return Days(((found[0], shift(found[0], length=length)),)) if found and not length.minutes else None


@rules("span", "for length comma? from|since on? the? day", "length comma? since on? the? day")
def length_since(context: Context, length: Length, day: Day) -> Days | None:
    found = known(day, context=context)
    if context.tokens[context.begin].word not in ("for", "por", "durante") and not {"starting", "beginning", "empezando", "comenzando"} & {
        token.word for token in context.tokens[context.begin : context.end]
    }:
        return None
    return Days(((found[0], shift(found[0], length=length)),)) if found and not length.minutes else None
