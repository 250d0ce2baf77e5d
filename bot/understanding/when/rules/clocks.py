"""Times of day: hours and minutes, am and pm, parts of the day, and ranges of them."""

from dataclasses import replace

from bot.understanding.when.chart import Context, Rules
from bot.understanding.when.tokens import clock as told_clock
from bot.understanding.when.values import Clock, Length

rules = Rules()

ASKED = frozenset(
    (("make", "it"), ("can", "do"), ("could", "do"), ("can", "come"), ("can", "make"), ("lets", "do"), ("lets", "say"), ("do", "it"))
)
HALF_DAY, WHOLE_DAY = 720, 1440
NEAR = frozenset(("about", "around", "approximately", "approx", "near", "roughly", "circa", "como", "casi", "hacia"))
FIRST_NIGHT_HOUR, NOON = 5 * 60, 720  # "two at night" is before dawn, "eight at night" is not


def with_half(clock: Clock, half: str) -> Clock | None:
    """The option in the morning or the afternoon half; a 24-hour time keeps its own."""
    if clock.told and clock.options[0] >= 13 * 60:
        return replace(clock, weak=False)
    minute = clock.options[0] % HALF_DAY + (HALF_DAY if half == "pm" else 0)
    return Clock((minute,), told=True)


def with_part(clock: Clock, part: str) -> Clock | None:
    """ "3 in the afternoon": the option that the part of day asks for."""
    if clock.told and clock.options[0] >= 13 * 60:
        return replace(clock, weak=False)
    minute = clock.options[0] % HALF_DAY
    match part:
        case "morning" | "dawn":
            return Clock((minute if minute >= 60 or part == "dawn" else minute + HALF_DAY,), told=True)
        case "night":
            options = (minute,) if minute < 60 else (minute + HALF_DAY, minute)
            return Clock(options if minute >= FIRST_NIGHT_HOUR else options[::-1], told=True)
        case "noon" | "lunch":
            return Clock((minute + (0 if minute >= 11 * 60 else HALF_DAY),), told=True)
        case "daytime" | "breakfast":
            return replace(clock, weak=False)
    return Clock((minute + HALF_DAY,), told=True)


@rules("clock", "number_word", "digits")
def bare_hour(context: Context, hour: int) -> Clock | None:
    return told_clock(hour, 0, weak=True) if hour <= 24 and not context.in_a_figure() else None


@rules("clock", "digits", "number_word", lang="en")
def asked_for_hour(context: Context, hour: int) -> Clock | None:
    """ "make it 3", "can do 3": the verb says that it is a time."""
    led = (context.word(-2), context.word(-1)) in ASKED
    return told_clock(hour, 0) if led and 1 <= hour <= 12 and context.ends_well() and not context.in_a_figure() else None


@rules("clock", "squeezed")
def squeezed(context: Context, clock: Clock) -> Clock | None:
    """ "230". What looks like a year is a time only when said to be one."""
    year_like = context.tokens[context.begin].word[:2] in ("19", "20")
    return clock if not year_like or context.word(-1) in ("at", "around", "las", "before", "after", "by") else None


@rules("clock", "number_word dash? spoken", "digits two_digits", "number_word number_word number_word?", "number_word dash? two_digits")
def spoken_time(_: Context, hour: int, *minutes: int) -> Clock | None:
    minute = sum(minutes)
    if not 1 <= hour <= 24 or not (10 <= minute < 60 or (len(minutes) == 2 and minutes[0] == 0)):
        return None
    return told_clock(hour, minute, weak=True)


@rules("clock", "spoken spoken not_clock", "number_word spoken not_clock", lang="en")
def spoken_minutes(_: Context, hour: int, minute: int) -> Clock | None:
    return told_clock(hour, minute) if 1 <= hour <= 24 and minute < 60 else None


@rules("clock", "number oclock", "clock oclock", "clock or_so")
def oclock(_: Context, told: int | Clock) -> Clock | None:
    if isinstance(told, Clock):
        return replace(told, weak=False)
    return told_clock(told, 0) if told <= 24 else None


@rules("clock", "clock or_so")
def about(_: Context, clock: Clock) -> Clock:
    return clock


@rules("clock", "clock comma? in_the? the? meridiem", "clock oclock meridiem", "clock letter_half", score=1)
def meridiem(_: Context, clock: Clock, half: str) -> Clock | None:
    found = with_half(clock, half[0] + "m")
    bare = len(half) == 1 and clock.weak and clock.options[0] % 60 == 0
    return found and replace(found, weak=bare)


@rules("clock", "clock either_half")
def either_half(_: Context, clock: Clock, __: bool) -> Clock:
    return replace(clock, weak=False)


@rules("clock", "the? noon")
def noon(_: Context, minute: int) -> Clock:
    return Clock((minute,), told=True)


@rules("clock", "clock of|dash|at|in_the? noon", "noon clock", "number noon")
def twelve_noon(_: Context, *told: Clock | int) -> Clock | None:
    for clock in told:
        if isinstance(clock, Clock):
            return with_part(clock, "noon" if NOON in told else "night")
    return Clock((NOON if NOON in told else 0,), told=True) if told[0] == 12 else None


def _past(clock: Clock, minutes: int) -> Clock:
    if clock.told and len(clock.options) == 1:
        return Clock(((clock.options[0] + minutes) % WHOLE_DAY,), told=True)
    return Clock(tuple((option + minutes) % WHOLE_DAY for option in clock.options), told=clock.told)


def _on_the_hour(clock: Clock) -> bool:
    return clock.options[0] % 60 == 0


@rules("clock", "half past? clock", lang="en")
@rules("clock", "clock past half", lang="es")
def half_past(_: Context, clock: Clock) -> Clock | None:
    return _past(clock, 30) if _on_the_hour(clock) else None


@rules("clock", "a? quarter past clock", "a? quarter after clock", lang="en")
@rules("clock", "clock past quarter", lang="es")
def quarter_past(_: Context, clock: Clock) -> Clock | None:
    return _past(clock, 15) if _on_the_hour(clock) else None


@rules("clock", "a? quarter till clock", lang="en", score=1)
@rules("clock", "clock till quarter", "quarter to_go the? at? clock", lang="es", score=1)
def quarter_to(_: Context, clock: Clock) -> Clock | None:
    return _past(clock, -15) if _on_the_hour(clock) else None


@rules("clock", "number not_clock? past clock", "length past|from clock", lang="en", score=1)
def minutes_past(_: Context, told: int | Length, clock: Clock) -> Clock | None:
    minutes = told if isinstance(told, int) else told.minutes
    return _past(clock, minutes) if 0 < minutes < 60 and _on_the_hour(clock) else None


@rules("clock", "number not_clock? till clock", "length till clock", lang="en", score=1)
@rules("clock", "number not_clock? to_go the? at? clock", lang="es")
def minutes_to(context: Context, told: int | Length, clock: Clock) -> Clock | None:
    minutes = told if isinstance(told, int) else told.minutes
    exact = any(token.word in ("minutes", "minute", "mins", "min", "minutos", "noon", "midnight") for token in context.tokens[context.begin : context.end])
    if minutes not in (5, 10, 15, 20, 25, 40) and not exact or not _on_the_hour(clock):
        return None
    found = _past(clock, -minutes)
    # "10 to 11" is more often a range, unless it is said of the clock.
    return found if exact or minutes > 12 or context.lang == "es" or minutes in (5, 10) and context.word(-1) in ("at", "around", "about") else None


@rules("clock", "clock past number not_clock?", lang="es", score=1)
def y_minutes(_: Context, clock: Clock, minutes: int) -> Clock | None:
    return replace(_past(clock, minutes), weak=minutes < 10 and clock.weak) if 0 < minutes < 60 and _on_the_hour(clock) else None


@rules("clock", "clock number not_clock?", lang="es")
def las_minutes(context: Context, clock: Clock, minutes: int) -> Clock | None:
    if not _on_the_hour(clock) or not 1 <= minutes < 60 or clock.weak or clock.told or not context.ends_well():
        return None
    return _past(clock, minutes)


@rules("clock", "clock till number not_clock?", lang="es", score=1)
def menos_minutes(_: Context, clock: Clock, minutes: int) -> Clock | None:
    return _past(clock, -minutes) if 0 < minutes < 60 and _on_the_hour(clock) else None


@rules("clock", "at|near|by the? clock", lang="en", score=-0.5)
@rules("clock", "at|near the? las? clock", "las clock", "near? las clock", lang="es", score=-0.5)
def at(context: Context, clock: Clock) -> Clock | None:
    first = context.tokens[context.begin].word
    if context.end - context.begin < 2 or (clock.weak and not context.ends_well()):
        return None
    if context.lang == "es" and clock.weak and first in ("a", "los") and context.tokens[context.begin + 1].word not in ("las", "la", "eso"):
        return None
    if clock.weak and (first in ("only", "solo", "el", "al", "los", "say", "like", "maybe") or clock.told and first in NEAR):
        return None  # "about 24"
    return replace(clock, weak=False)


@rules("clock", "for|by|from clock", lang="en", score=-1)
def for_clock(context: Context, clock: Clock) -> Clock | None:
    return replace(clock, weak=False) if clock.weak and context.ends_well() else None
