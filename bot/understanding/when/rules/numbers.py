"""Numbers, ordinals, years and lengths of time in words and digits."""

from bot.understanding.when.chart import Context, Rules
from bot.understanding.when.values import Length

rules = Rules()

VAGUE_COUNT = 3  # "a few days"
SPOKEN = {"minute": (0, 0, 1), "hour": (0, 0, 60), "day": (0, 1, 0), "week": (0, 7, 0), "fortnight": (0, 14, 0),
          "month": (1, 0, 0), "year": (12, 0, 0)}  # fmt: skip


@rules("number", "digits|number_word|tens")
def number(_: Context, value: int) -> int:
    return value


@rules("number", "tens dash? number_word", "tens plus number_word")
def tens_and_ones(_: Context, tens: int, ones: int) -> int | None:
    return tens + ones if 0 < ones < 10 else None


@rules("spoken", "number_word|tens")
def spoken(_: Context, value: int) -> int:
    return value


@rules("spoken", "tens dash? number_word", lang="en")
@rules("spoken", "tens plus number_word", lang="es")
def spoken_tens(_: Context, tens: int, ones: int) -> int | None:
    return tens + ones if 0 < ones < 10 else None


@rules("ordinal", "ordinal_word")
def ordinal(_: Context, value: int) -> int:
    return value


@rules("ordinal", "tens dash? ordinal_word", lang="en")
def ordinal_tens(_: Context, tens: int, ones: int) -> int | None:
    return tens + ones if 0 < ones < 10 else None


@rules("year", "digits")
def year(_: Context, value: int) -> int | None:
    return value if 1900 <= value <= 2100 else None


@rules("year", "thousands number", "thousands and number")
def spoken_year(_: Context, thousands: int, rest: int) -> int | None:
    return thousands + rest if rest < 100 else None


def _length(count: float, unit: str) -> Length | None:
    if unit not in SPOKEN or count > 1000:
        return None
    months, days, minutes = SPOKEN[unit]
    if count != int(count):
        if days:
            return Length(days=round(days * count)) if days > 1 else Length(minutes=int(count * 1440))
        return Length(minutes=int(minutes * count)) if minutes else Length(months=months * int(count), days=15 if months == 1 else 0)
    return Length(months * int(count), days * int(count), minutes * int(count))


@rules("length", "number|decimal more? unit")
def counted(_: Context, count: float, unit: str) -> Length | None:
    return _length(count, unit)


@rules("length", "a unit", lang="en")
@rules("length", "a more? unit", lang="es")
def single(_: Context, unit: str) -> Length | None:
    return _length(1, unit)


@rules("length", "a? couple of? more? unit")
def couple(_: Context, unit: str) -> Length | None:
    return _length(2, unit)


@rules("length", "a? few more? unit")
def few(_: Context, unit: str) -> Length | None:
    found = _length(VAGUE_COUNT, unit)
    return found and Length(found.months, found.days, found.minutes, vague=True)


@rules("length", "number unit and half", "number unit and a half", "number and a half unit", "a unit and a? half", lang="en")
@rules("length", "number unit and half", "a unit and half", lang="es")
def and_a_half(_: Context, *told: int | str) -> Length | None:
    count = next((it for it in told if isinstance(it, int)), 1)
    unit = next(it for it in told if isinstance(it, str))
    return _length(count + 0.5, unit)


@rules("length", "length and|comma length")
def together(_: Context, one: Length, other: Length) -> Length | None:
    if one.minutes or not (other.minutes or other.days):
        return None
    return Length(one.months + other.months, one.days + other.days, one.minutes + other.minutes)
