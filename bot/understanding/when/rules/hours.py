"""Stretches of the clock: parts of the day, ranges, open ends, and what is said around meals and work."""

from dataclasses import replace

from bot.understanding.when.chart import Context, Rules
from bot.understanding.when.rules.clocks import HALF_DAY, WHOLE_DAY, with_part
from bot.understanding.when.values import Clock, ClockOption, Hours, Length, Several

rules = Rules()

# "más tarde", "llego tarde": late, not in the afternoon
ADVERB_BEFORE = frozenset("mas muy demasiado tan llego llegar llegare llegue algo poco good buen buena buenas buenos".split())
JOINTS = frozenset(("or", "and", "&", "o", "u", "y", ",", "/"))

# Parts of the day


@rules("hours", "the? part")
def part(context: Context, hours: Hours) -> Hours | None:
    return None if context.word(-1) in ADVERB_BEFORE else hours


@rules("hours", "in_the? the? manana", "the manana", lang="es")
def manana(context: Context) -> Hours | None:
    start = context.tokens[context.begin].word
    if start in ("manana", "a", "para", "al", "el"):
        return None
    return Hours(((8 * 60, 12 * 60),), part="morning")


@rules("hours", "in_the the? part", "whole part", "in_the? the? whole of? the? part")
def in_the_part(_: Context, hours: Hours) -> Hours:
    return hours


@rules("hours", "at|near|in_the|for|before meal", "in_the|near the meal", lang="en")
@rules("hours", "near|in_the the? meal", "near the meal", lang="es")
def meal(_: Context, hours: Hours) -> Hours:
    return hours


@rules("hours", "early", score=-1)
def first_thing(context: Context) -> Hours | None:
    said = context.tokens[context.end - 1].word in ("thing", "hora")
    return Hours(((7 * 60, 10 * 60),)) if said else None


@rules("hours", "after|since the? event")
def after_event(_: Context, edges: tuple[int, int]) -> Hours:
    return Hours(((edges[1], None),))


@rules("hours", "before|until the? event")
def before_event(_: Context, edges: tuple[int, int]) -> Hours:
    return Hours(((None, edges[0]),))


@rules("hours", "early dash? in_the? the? hours", "hours early", "begin of the? hours")
def early(_: Context, hours: Hours) -> Hours | None:
    start, end = hours.options[0]
    if not hours.part or start is None or end is None:
        return None
    return Hours(((7 * 60 if hours.part == "morning" else start, start + (end - start) // 2),), part=hours.part)


@rules("hours", "late dash? in_the? the? hours", "hours late", "finish of? the? hours")
def late(_: Context, hours: Hours) -> Hours | None:
    start, end = hours.options[0]
    if not hours.part or start is None or end is None:
        return None
    return Hours(((start + (end - start) // 2, end),), part=hours.part)


@rules("hours", "mid dash? hours")
def mid_part(_: Context, hours: Hours) -> Hours | None:
    start, end = hours.options[0]
    if not hours.part or start is None or end is None:
        return None
    quarter = (end - start) // 4
    return Hours(((start + quarter, end - quarter),), part=hours.part)


@rules("clock", "clock comma? in_the? the? hours", "hours comma? at|near|dash? the? clock", "hours glue clock", score=1)
def clock_in_part(context: Context, *told: Clock | Hours) -> Clock | None:
    clock = next(it for it in told if isinstance(it, Clock))
    hours = next(it for it in told if isinstance(it, Hours))
    if told[0] is clock and clock.weak and (context.tokens[context.end - 1].word.endswith("s") or not context.ends_well()):
        return None  # "4 evenings", "one night stay"
    return with_part(clock, hours.part) if hours.part else None


@rules("several", "at|near? las? clock or|and at|near? las? clock", "at|near? clock comma or? clock")
def clocks(context: Context, one: Clock, other: Clock) -> Several | None:
    """ "at 3 or 4 pm": the half said of the last counts for both."""
    if one.weak and other.weak and context.tokens[context.begin].word not in ("at", "around", "about", "a", "las") or not context.ends_well():
        return None
    if other.told and not one.told:
        one = Clock(tuple(sorted(one.options, key=lambda minute: abs(other.options[0] - minute))))
    joint = next((place for place in range(context.begin, context.end) if context.tokens[place].word in JOINTS), None)
    return None if joint is None else Several(replace(one, weak=False), replace(other, weak=False), joint)


# Ranges of the clock


def _after(start: int, options: tuple[int, ...]) -> int:
    """The first of the options after `start`, on the next day if need be."""
    return min((option - start) % WHOLE_DAY or WHOLE_DAY for option in options) + start


def between(start: Clock, end: Clock) -> tuple[ClockOption, ...]:
    if end.told and not start.told:
        options = [(option, _after(option, end.options)) for option in start.options]
        shortest = sorted(options, key=lambda bounds: bounds[1] - bounds[0])
        return tuple(shortest[:1])
    if start.told:
        return ((start.options[0], _after(start.options[0], end.options)),)
    return tuple((option, _after(option, end.options)) for option in start.options)


@rules("hours", "clock to clock", "between|from clock to|and clock", "between las? clock and las? clock", score=0.5)
@rules("hours", "from? las? clock to las? clock", lang="es", score=0.5)
@rules("hours", "from|between the? clock to|and|dash the? at? clock", lang="es", score=0.5)
def clock_to_clock(context: Context, start: Clock, end: Clock) -> Hours | None:
    words = {token.word for token in context.tokens[context.begin : context.end]}
    led = context.tokens[context.begin].word in ("from", "between", "in", "entre", "desde", "btwn", "bw", "de", "las")
    weak = start.weak and end.weak and not led
    if "y" in words and not words & {"entre"}:
        return None
    if "-" in words and led is False and start.weak and end.weak and (len(start.options) == 1) != (len(end.options) == 1) and 0 < start.options[0] < 780:
        return None  # "4-18": nobody mixes the two clocks
    if led and weak is False and start.weak and end.weak and not context.ends_well():
        return None
    return Hours(between(start, end), weak=weak)


@rules("hours", "hours comma? in_the? the? hours", "hours comma? at|from|between|near? hours", score=1)
def range_in_part(_: Context, one: Hours, other: Hours) -> Hours | None:
    part, told = (one, other) if one.part else (other, one)
    if not part.part or told.part:
        return None
    fits = [option for option in told.options if _inside(option, part)]
    if not fits:
        start, end = told.options[0]
        if start is None or end is None:
            half = with_part(Clock((start if start is not None else end or 0,)), part.part)
            if half is None:
                return None
            return Hours(((half.options[0], None) if start is not None else (None, half.options[0]),))
        bounds = with_part(Clock((end % WHOLE_DAY,)), part.part)
        starts = Clock(tuple(sorted({start % HALF_DAY, start % HALF_DAY + HALF_DAY})))
        return Hours(between(starts, bounds)) if bounds else None
    return Hours((fits[0],))


def _inside(option: ClockOption, part: Hours) -> bool:
    start, end = part.options[0]
    told = option[0] if option[0] is not None else option[1]
    return start is not None and end is not None and told is not None and start <= told <= end


@rules("hours", "after|since|not_before the? at? clock", "after|since las clock", "clock or_later", "from clock or_later", "near clock or_later", score=-1)
def after(context: Context, clock: Clock) -> Hours | None:
    said = context.tokens[context.begin : context.end]
    if clock.weak and (not context.ends_well() or any(token.word == "del" for token in said)):  # "después del 15": a date
        return None
    return Hours(tuple((option, None) for option in clock.options))


@rules("hours", "before|until|by the? at? clock", "before|until las clock", "clock or_earlier", "not_clock until clock")
def before(context: Context, clock: Clock) -> Hours | None:
    said = context.tokens[context.begin : context.end]
    if clock.weak and (not context.ends_well() or any(token.word == "del" for token in said)):
        return None
    return Hours(tuple((None, option) for option in clock.options))


@rules("hours", "after|since the? hours")
def after_part(_: Context, hours: Hours) -> Hours | None:
    start, end = hours.options[0]
    return Hours(((end if hours.part == "lunch" else start, None),)) if hours.part else None


@rules("hours", "before|until the? hours")
def before_part(_: Context, hours: Hours) -> Hours | None:
    return Hours(((None, hours.options[0][0]),)) if hours.part else None


@rules("hours", "hours and|but|comma? hours", "hours comma? and? but? hours", score=1)
def both_ends(_: Context, one: Hours, other: Hours) -> Hours | None:
    """ "after 2 but before 5"."""
    (start, open_end), (open_start, end) = one.options[0], other.options[0]
    if one.part or other.part or open_end is not None or open_start is not None or start is None or end is None:
        return None
    ends = [option[1] for option in other.options if option[1] is not None and option[1] > start]
    return Hours(((start, ends[0]),)) if ends else None


@rules("hours", "clock for|plus length", "for length comma? from clock", "length from|since clock", "for? length at|from clock", "hours for length")
def clock_for(_: Context, *told: Clock | Length | Hours) -> Hours | None:
    length = next(it for it in told if isinstance(it, Length))
    start = next(it for it in told if not isinstance(it, Length))
    if not length.minutes or length.days or length.months:
        return None
    starts = start.options if isinstance(start, Clock) else [option[0] for option in start.options if option[1] is None]
    found = tuple((option, option + length.minutes) for option in starts if option is not None)
    return Hours(found) if found else None
