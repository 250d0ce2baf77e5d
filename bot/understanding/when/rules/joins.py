"""Days and times of day together: dated moments and stretches of time."""

from datetime import date, datetime, time, timedelta

from bot.understanding.when.almanac import ONE_DAY, shift_moment
from bot.understanding.when.chart import Context, Rules
from bot.understanding.when.rules.clocks import with_part
from bot.understanding.when.rules.days import known
from bot.understanding.when.rules.hours import between
from bot.understanding.when.values import Clock, Day, Hours, Length, Moment, MomentOption, Stretch

rules = Rules()

MOST = 4  # a reading and three others


def at_minute(day: date, minute: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def _moments(days: tuple[date, ...], clock: Clock) -> tuple[datetime, ...]:
    """Each time on the best day, then the best time on the other days."""
    found = [at_minute(days[0], minute) for minute in clock.options]
    found += [at_minute(day, clock.options[0]) for day in days[1:]]
    return tuple(found[:MOST])


@rules("moment", "day clock", "day comma|glue? comma|glue? comma|glue? at|near? the? clock", score=0.5)
@rules("moment", "clock comma|glue? comma|glue? comma|glue? the? day", score=0.5)
def moment(context: Context, *told: Day | Clock) -> Moment | None:
    day = next(it for it in told if isinstance(it, Day))
    clock = next(it for it in told if isinstance(it, Clock))
    first = context.tokens[context.begin].word
    if day.plural or clock.weak and (not context.ends_well() or day.weak or first in ("one", "un", "uno", "una") or context.labelled()):
        return None
    days = known(day, context=context)
    return Moment(_moments(days, clock)) if days else None


@rules("day_hours", "day comma|glue? comma|glue? hours", "hours comma|glue? comma|glue? the? day", score=0.5)
@rules("day_hours", "day in_the manana", "day in_the the manana", "the manana of the? day", lang="es", score=0.5)
def day_hours(context: Context, *told: Day | Hours) -> tuple[tuple[date, ...], Hours] | None:
    day = next(it for it in told if isinstance(it, Day))
    hours = next((it for it in told if isinstance(it, Hours)), Hours(((8 * 60, 12 * 60),), part="morning"))
    if day.plural or (hours.weak and day.weak):
        return None
    days = known(day, context=context)
    return (days, hours) if days else None


@rules("day_hours", "the? this part", "this the? part")
@rules("day_hours", "this manana", lang="es")
def this_part(context: Context, hours: Hours | None = None) -> tuple[tuple[date, ...], Hours]:
    return (context.today,), hours or Hours(((8 * 60, 12 * 60),), part="morning")


@rules("day_hours", "this late|early part", "early|late this part", "finish of? this part", "mid this part")
def this_early_part(context: Context, hours: Hours) -> tuple[tuple[date, ...], Hours]:
    words = {token.word for token in context.tokens[context.begin : context.end]}
    start, end = hours.options[0]
    assert start is not None and end is not None
    middle = (start + end) // 2
    halves = (start, middle) if words & {"early", "earlier", "temprano", "principio", "primera"} else (middle, end)
    return (context.today,), Hours((halves,), part=hours.part)


@rules("day_hours", "finish of? this manana", "later this manana", lang="es")
def late_this_morning(context: Context) -> tuple[tuple[date, ...], Hours]:
    return (context.today,), Hours(((10 * 60, 12 * 60),), part="morning")


@rules("day_hours", "last part", lang="en")
def last_part(context: Context, hours: Hours) -> tuple[tuple[date, ...], Hours]:
    return (context.today - ONE_DAY,), hours


@rules("day_hours", "next part")
def next_part(context: Context, hours: Hours) -> tuple[tuple[date, ...], Hours]:
    return (context.today + ONE_DAY,), hours


@rules("day_hours", "tonight")
def tonight(context: Context, hours: Hours) -> tuple[tuple[date, ...], Hours]:
    return (context.today,), hours


@rules("day_hours", "early|late tonight")
def late_tonight(context: Context, hours: Hours) -> tuple[tuple[date, ...], Hours]:
    early = context.tokens[context.begin].word.startswith("earl")
    return (context.today,), Hours(((18 * 60, 21 * 60) if early else (21 * 60, 24 * 60),), part=hours.part)


@rules("day_hours", "later|late the? day", "the? day later|late", "later in day")
def later_that_day(context: Context, day: Day) -> tuple[tuple[date, ...], Hours] | None:
    if not day.exact:
        return None
    return day.exact, Hours(((max(12 * 60, context.now.hour * 60 + 60 if day.exact[0] == context.today else 0), 24 * 60),), part="later")


@rules("day_hours", "early the? day", "the? day early")
def early_that_day(context: Context, day: Day) -> tuple[tuple[date, ...], Hours] | None:
    days = known(day, context=context)
    return (days, Hours(((7 * 60, 12 * 60),), part="morning")) if days and (day.weekday is not None or day.exact) else None


@rules("day_hours", "early|late comma? day_hours", score=1)
def early_or_late_part(context: Context, told: tuple[tuple[date, ...], Hours]) -> tuple[tuple[date, ...], Hours] | None:
    """ "first thing Monday morning"."""
    days, hours = told
    start, end = hours.options[0]
    if not hours.part or start is None or end is None:
        return None
    middle = (start + end) // 2
    said = {token.word for token in context.tokens[context.begin : context.end]}
    early = bool(said & {"early", "earlier", "first", "temprano", "primera", "primeras", "inicio", "inicios", "principio", "principios"})
    return days, Hours(((start, middle) if early else (middle, end),), part=hours.part)


@rules("day_hours", "the? finish of the? day")
def end_of_day(context: Context, day: Day) -> tuple[tuple[date, ...], Hours] | None:
    days = known(day, context=context)
    return (days, Hours(((15 * 60, 17 * 60), (23 * 60 + 59, 23 * 60 + 59)))) if days and (day.weekday is not None or day.exact) else None


@rules("day_hours", "in_the? the? eod", score=1)
def this_end_of_day(context: Context) -> tuple[tuple[date, ...], Hours]:
    return (context.today,), Hours(((15 * 60, 17 * 60), (23 * 60 + 59, 23 * 60 + 59)))


@rules("stretch", "by|before|until the? eod", score=1)
def by_end_of_day(context: Context) -> Stretch:
    end = at_minute(context.today, 17 * 60)
    return Stretch(((context.now, max(end, context.now)), (None, at_minute(context.today, 1440))))


@rules("day_hours", "day comma|glue? comma|glue? the? meal", "meal glue? day")
def meal_on_day(context: Context, *told: Day | Hours) -> tuple[tuple[date, ...], Hours] | None:
    return day_hours(context, *told)


@rules("day_hours", "mid of? day", lang="es")
def middle_of_day(context: Context, day: Day) -> tuple[tuple[date, ...], Hours] | None:
    return (day.exact, Hours(((10 * 60, 14 * 60),))) if day.exact else None


@rules("moment", "day_hours comma|glue? comma|glue? at|near? the? clock", "clock comma|glue? comma|glue? day_hours", score=1)
def part_and_clock(context: Context, *told: tuple[tuple[date, ...], Hours] | Clock) -> Moment | None:
    clock = next(it for it in told if isinstance(it, Clock))
    days, hours = next(it for it in told if isinstance(it, tuple))
    if not hours.part or (clock.weak and (not context.ends_well() or context.labelled())):
        return None
    found = with_part(clock, hours.part)
    return Moment(_moments(days, found)) if found else None


@rules("day_hours", "day_hours comma|glue? comma|glue? hours", "hours comma|glue? day_hours", score=1)
def part_and_range(_: Context, *told: tuple[tuple[date, ...], Hours] | Hours) -> tuple[tuple[date, ...], Hours] | None:
    hours = next(it for it in told if isinstance(it, Hours))
    days, part = next(it for it in told if isinstance(it, tuple))
    if not part.part or hours.part:
        return None
    start, end = part.options[0]
    fits = [
        option for option in hours.options
        if start is not None and end is not None and start - 60 <= (option[0] if option[0] is not None else option[1] or 0) <= end
    ]  # fmt: skip
    return days, Hours(tuple(fits or hours.options))


@rules("stretch", "day_hours")
def stretch(_: Context, told: tuple[tuple[date, ...], Hours]) -> Stretch:
    days, hours = told
    found: list[MomentOption] = []
    for minutes in hours.options:
        found.extend(_dated(days[0], *minutes))
    for day in days[1:]:
        found.extend(_dated(day, *hours.options[0])[:1])
    return Stretch(tuple(dict.fromkeys(found))[:MOST])


def _dated(day: date, start: int | None, end: int | None) -> list[MomentOption]:
    """An open side ends with the day, as a person means it; or stays open, as the words have it."""
    whole = at_minute(day, 0 if start is None else start), at_minute(day, 1440 if end is None else end)
    if start is not None and end is not None:
        return [whole]
    return [whole, (None if start is None else whole[0], None if end is None else whole[1])]


@rules("stretch", "from? moment to moment", "between moment and|to moment", "from? moment to clock", "between moment and clock", "from? clock to day comma|glue? clock")
def moment_to_moment(context: Context, *told: Moment | Clock | Day) -> Stretch | None:
    start, end = told[0], told[-1]
    if len(told) == 3 and isinstance(start, Clock) and isinstance(told[1], Day) and isinstance(end, Clock):
        # "from 1 pm till tomorrow noon": it begins today
        if start.weak or not told[1].exact or told[1].exact[0] <= context.today:
            return None
        return Stretch(((at_minute(context.today, start.options[0]), at_minute(told[1].exact[0], end.options[0])),))
    if isinstance(start, Moment) and isinstance(end, Moment):
        return Stretch(((start.options[0], end.options[0]),)) if start.options[0] < end.options[0] else None
    if isinstance(start, Moment) and isinstance(end, Clock):
        ends = [start.options[0].replace(hour=minute // 60, minute=minute % 60) for minute in end.options]
        found = [it for it in ends if it > start.options[0]]
        return Stretch(((start.options[0], min(found)),)) if found else None
    return None


@rules("stretch", "after|since|not_before moment", "moment or_later")
def after_moment(_: Context, moment: Moment) -> Stretch:
    found: list[MomentOption] = []
    for start in moment.options:
        found += [(start, at_minute(start.date(), 1440)), (start, None)]
    return Stretch(tuple(found[:MOST]))


@rules("stretch", "before|until|by moment", "moment or_earlier", "day before|until|by clock")
def before_moment(_: Context, *told: Moment | Day | Clock) -> Stretch | None:
    if not isinstance(told[0], Moment):
        return None
    found: list[MomentOption] = []
    for end in told[0].options:
        found += [(at_minute(end.date(), 0), end), (None, end)]
    return Stretch(tuple(found[:MOST]))


@rules("stretch", "moment for length", "for? length since|from|on moment")
def moment_for(_: Context, *told: Moment | Length) -> Stretch | None:
    length = next(it for it in told if isinstance(it, Length))
    moment = next(it for it in told if isinstance(it, Moment))
    if length.months:
        return None
    return Stretch(tuple((start, shift_moment(start, length=length)) for start in moment.options))


@rules("stretch", "day_hours for length", "day for length comma|glue? clock", "day for length from|at? clock")
def day_for(context: Context, *told: object) -> Stretch | None:
    if not isinstance(told[0], Day) or not isinstance(told[1], Length) or not isinstance(told[2], Clock) or not told[1].minutes:
        return None
    days = known(told[0], context=context)
    return moment_for(context, Moment(_moments(days, told[2])), told[1]) if days else None


@rules("day_hours", "clock to clock comma|glue? comma|glue? the? day", score=0.5)
def range_then_day(context: Context, start: Clock, end: Clock, day: Day) -> tuple[tuple[date, ...], Hours] | None:
    days = known(day, context=context)
    return (days, Hours(between(start, end))) if days and not day.weak else None


# Counted from now


@rules("moment", "in|hence length", "length hence", "length from now", lang="en")
@rules("moment", "in|within_at near? length", "length hence", lang="es")
@rules("moment", "in near length", lang="en")
def in_length(context: Context, length: Length) -> Moment | None:
    return Moment((shift_moment(context.now, length=length).replace(second=0, microsecond=0),)) if length.minutes else None


@rules("moment", "length ago", lang="en")
@rules("moment", "length ago", "since_ago length", lang="es")
def ago(context: Context, length: Length) -> Moment | None:
    return Moment((shift_moment(context.now, length=length, sign=-1),)) if length.minutes else None


@rules("stretch", "within the? length", "in? the? next|coming length", "the? next unit")
def within(context: Context, length: Length | str) -> Stretch | None:
    if isinstance(length, str):
        if length not in ("hour", "minute"):
            return None
        length = Length(minutes=60 if length == "hour" else 1)
    return Stretch(((context.now, shift_moment(context.now, length=length)),)) if length.minutes else None
