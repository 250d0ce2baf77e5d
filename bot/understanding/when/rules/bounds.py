"""Ranges of days and their open ends: "the 3rd to the 5th", "March to May", "after Friday"."""

from bot.understanding.when import almanac
from bot.understanding.when.almanac import ONE_DAY, month_of, shift
from bot.understanding.when.chart import Context, Rules
from bot.understanding.when.rules.days import known
from bot.understanding.when.values import DateOption, Day, Days, Length

rules = Rules()

LEADS = frozenset(("from", "between", "in", "btwn", "entre", "desde", "de", "del"))  # "from May to June" is no verb


# Ranges


def _ends(side: Day | Days, *, context: Context) -> DateOption | None:
    if isinstance(side, Days):
        return side.options[0]
    found = known(side, context=context)
    return (found[0], found[0] + ONE_DAY) if found else None


def _later_day(start: Day, end: Day, *, context: Context) -> Day:
    """The end of a range is the first such day from its start on."""
    if end.exact or end.year is not None:
        return end
    found = known(start, context=context)
    return Day(exact=almanac.dates(Day(end.weekday, end.day, end.month, stress="this"), today=found[0])[:1]) if found else end


@rules("span", "from? the? day to the? day", "between the? day and|to the? day")
def day_to_day(context: Context, start: Day, end: Day) -> Days | None:
    if end.month is not None and start.day is not None and start.month is None:
        start = Day(day=start.day, month=end.month, year=end.year, weekday=start.weekday)
    elif end.year is not None and start.month is not None and start.year is None:
        start = Day(day=start.day, month=start.month, year=end.year)
        if (early := known(start, context=context)) and (late := known(end, context=context)) and early > late:
            start = Day(day=start.day, month=start.month, year=end.year - 1 if end.year else None)
    begins = _ends(start, context=context)
    end = _later_day(start, end, context=context)
    finishes = _ends(end, context=context)
    if begins is None or finishes is None or begins[0] is None or finishes[1] is None or finishes[1] <= begins[0]:
        return None
    return Days(((begins[0], finishes[1]),), weak=start.weak and context.tokens[context.begin].word not in LEADS)


@rules("span", "from? the? number|ordinal to the? day", "between the? number|ordinal and|to the? day", "from? day_word number to the? day", score=2)
def number_to_day(context: Context, number: int, end: Day) -> Days | None:
    if end.day is None or end.month is None or not 1 <= number < 32:
        return None
    return day_to_day(context, Day(day=number, month=end.month, year=end.year), end)


@rules("span", "from? the? day to the? number|ordinal", "between the? day and|to the? number|ordinal", score=1)
def day_to_number(context: Context, start: Day, number: int) -> Days | None:
    if start.day is None or not 1 <= number < 32 or not context.ends_well():
        return None
    words = [token.word for token in context.tokens[context.begin : context.end]]
    if "las" in words or "la" in words or start.weekday is not None and "-" in words:
        return None
    found = known(start, context=context)
    if not found:
        return None
    month, year = found[0].month, found[0].year
    end = almanac.make_date(year, month, number)
    if end is not None and end <= found[0]:
        end = almanac.make_date(year + month // 12, month % 12 + 1, number)
    return Days(((found[0], end + ONE_DAY),)) if end else None


@rules("span", "from? the? span to the? span", "between the? span and|to the? span", "from? the? span to the? day", "between the? span and the? day", "from the? day to the? span")
def span_to_span(context: Context, start: Days | Day, end: Days | Day) -> Days | None:
    begins, finishes = _ends(start, context=context), _ends(end, context=context)
    if begins is None or finishes is None or begins[0] is None or finishes[1] is None:
        return None
    both = isinstance(start, Days) and isinstance(end, Days) and start.unit == end.unit == "month"
    if both and finishes[1] <= begins[0]:
        earlier = begins[0].replace(year=begins[0].year - 1)  # "June to September", said in July
        if earlier < finishes[1] and finishes[1].year == context.today.year:
            begins = (earlier, None)
        else:
            finishes = month_of(almanac.add_months(finishes[1], months=11))
    first, last = begins[0], finishes[1]
    if first is None or last is None or last <= first:
        return None
    led = context.tokens[context.begin].word in LEADS
    weak = isinstance(start, Days) and start.weak and isinstance(end, Days) and end.weak
    return Days(((first, last),), weak=weak and not led)


# Open ends


def _is_range(side: Day | Days) -> bool:
    return isinstance(side, Days) and (side.weak or not side.unit and None not in side.options[0] and len(side.options) > 0)


@rules("span", "after the? day", "after the? span", score=-1)
def after(context: Context, side: Day | Days) -> Days | None:
    """From the day after; "after the 5th" is sometimes said with the 5th in it."""
    bounds = _ends(side, context=context)
    if bounds is None or bounds[0] is None or bounds[1] is None or _is_range(side):
        return None
    return Days(((bounds[1], None), (bounds[0], None)))


@rules("span", "more length after|from the? day")
def more_than_after(context: Context, length: Length, day: Day) -> Days | None:
    found = known(day, context=context)
    return Days(((shift(found[0], length=length), None),)) if found and not length.minutes else None


@rules("span", "since|not_before on? the? day", "since|not_before the? span", "the? day or_later", "the? span or_later", "from? the? day or_later", score=-1)
def since(context: Context, side: Day | Days) -> Days | None:
    bounds = _ends(side, context=context)
    return Days(((bounds[0], None),)) if bounds and bounds[0] and not _is_range(side) else None


@rules("span", "before the? day", "before the? span")
def before(context: Context, side: Day | Days) -> Days | None:
    bounds = _ends(side, context=context)
    if bounds is None or bounds[0] is None:
        return None
    if isinstance(side, Days) and not side.unit and bounds[1]:
        return Days(((None, bounds[1]), (None, bounds[0])))
    return Days(((None, bounds[0]),))


@rules("span", "by|until the? day", "by|until the? span", "the? day or_earlier")
def until(context: Context, side: Day | Days) -> Days | None:
    bounds = _ends(side, context=context)
    return Days(((None, bounds[1]), (None, bounds[0]))) if bounds and bounds[1] else None


@rules("span", "after length", "more length from now", lang="en")
@rules("span", "after length", lang="es")
def after_length(context: Context, length: Length) -> Days | None:
    return None if length.minutes else Days(((shift(context.today, length=length), None),))
