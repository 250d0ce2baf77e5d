"""Turns a message into what a booking form can search by: days, times of day, weekdays wanted and not wanted.

A wish never knows the openings; "later" and "another day" are answered relative to what was offered.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.understanding.when.almanac import ONE_DAY, dates
from bot.understanding.when.phrases import Phrase, phrases
from bot.understanding.when.tokens import LONGEST, fold
from bot.understanding.when.values import Clock, Day, Days, Hours, Moment, Stretch

Shift = Literal["earlier", "later", "other_day"]

WHOLE_DAY = 1440


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Local dates from `start` up to, not with, `end`; None is open."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """Local times from `start` up to, not with, `end`; None is the edge of the day.

    An opening fits if it starts inside. "At 3" is the one minute from 15:00.
    """

    start: time | None
    end: time | None

    @property
    def exact(self) -> bool:
        return self.start is not None and self.end is not None and _minute(self.end) - _minute(self.start) == 1


@dataclass(frozen=True, slots=True)
class Wish:
    """What one message asks of an appointment's time. Empty and None mean: not said."""

    dates: tuple[DateSpan, ...] = ()
    times: tuple[TimeSpan, ...] = ()
    weekdays: frozenset[int] | None = None  # Monday is 0
    not_weekdays: frozenset[int] = frozenset()
    shift: Shift | None = None  # against what was offered or asked for before
    soonest: bool = False
    anytime: bool = False  # said to have no preference

    @property
    def empty(self) -> bool:
        return self == Wish()


def read(text: str, *, lang: str, ref: datetime) -> Wish:
    """The wish in a message; `ref` is the wall time at the practice."""
    words = _WORDS["es" if lang == "es" else "en"]
    text = _without_old_time(text[:LONGEST], words=words)
    found = phrases(text, lang=lang, now=ref)
    folded = fold(text)
    kept = _told_apart(folded, found, words=words)
    around = _blanked(folded, found)
    wanted, unwanted = _Gathered(ref), _Gathered(ref, refused=True)
    for phrase, sense in zip(found, kept, strict=True):
        if sense is not None:
            (wanted if sense else unwanted).add(phrase, folded[phrase.begin : phrase.finish])
    _weekday_sets(around, wanted=wanted, unwanted=unwanted, words=words)
    spans = _without(wanted.days, unwanted.days) if unwanted.days else wanted.days
    minutes = _without(wanted.minutes, unwanted.minutes) if unwanted.minutes else wanted.minutes
    told = bool(found) and any(sense is not None for sense in kept)
    return Wish(
        dates=tuple(DateSpan(_day(start), _day(end)) for start, end in spans if end > ref.date().toordinal()),
        times=tuple(TimeSpan(_time(start), _time(end)) for start, end in minutes),
        weekdays=frozenset(wanted.weekdays - unwanted.weekdays) if wanted.weekdays else None,
        not_weekdays=frozenset(unwanted.weekdays),
        shift=_shift(around, words=words, told=told),
        soonest=bool(words.soonest.search(around)),
        anytime=bool(words.anytime.search(around)),
    )


# The words around the phrases

_BARE_NO = re.compile(r"\bno(?: (?:el|la|en|al|a|para))*\s*$")


@dataclass(frozen=True, slots=True)
class _Words:
    """What is said around a date or time in one language, as patterns over folded text."""

    refusal: re.Pattern[str]  # at the end of what stands before a phrase: not this one
    plural_refusal: re.Pattern[str]  # the same before plurals alone: "no mornings", but "no, Monday"
    refused: re.Pattern[str]  # at the start of what follows a phrase
    replaced: re.Pattern[str]  # "instead of": the old time, neither wanted nor refused
    joined: re.Pattern[str]  # between two phrases that share a sense
    old: re.Pattern[str]  # "my appointment on", before the time that is to be left
    moved: re.Pattern[str]  # "move it from X to Y": group 1 is X
    workdays: re.Pattern[str]
    soonest: re.Pattern[str]
    anytime: re.Pattern[str]
    other_day: re.Pattern[str]
    later: re.Pattern[str]
    earlier: re.Pattern[str]


_WORDS = {
    "en": _Words(
        refusal=re.compile(
            r"\b(?:except|excluding|besides|other than|apart from|but not|just not|but|not|never|avoid|cant|can't|cannot|can not|unavailable|"
            r"won't|wont|don't|dont|busy|work)(?: (?:do|make|make it|come|come in|be there|want|on|in|at|for|any|the|it|work|like|"
            r"available|free|to be|to do|every|this|during|be))*\s*$"
        ),
        plural_refusal=re.compile(r"\bno\s*$"),
        refused=re.compile(
            r"\s*(?:'s|is|are|s)?\s*(?:really |also |probably |just )?(?:(?:do|does|wo|is|are|ca)n['’]?t|don't|will not|do not|does not|"
            r"is not|are not|not|never|no)\s+(?:really )?(?:work|good|possible|an option|great|gonna|going to|do|ok|okay|suit|happen|fit|available|free)"
            r"|\s*(?:is|are) (?:bad|out|impossible|no good)\b|\s*i(?: a|')?m (?:busy|not available|not free|away|working|out)\b|\s*i (?:can't|cant|cannot|work)\b"
        ),
        replaced=re.compile(r"\b(?:instead of|rather than|in place of)(?: (?:on|at|the|in))*\s*$"),
        joined=re.compile(r"[\s,/&]*(?:and|or|nor|and/or)?(?: (?:on|at|in|the|for|any|also|not))*\s*"),
        old=re.compile(
            r"\b(?:my|our|his|her|their|the|an|existing|current)\s+(?:\w+\s+){0,2}?(?:appointments?|appts?|visit|booking|slot|apt|one|checkup|cleaning)\s+"
            r"(?:(?:is|was|thats|that is|scheduled|booked|set|i have|which is)\s+)*(?:on|at|for|from|this)?\s*(?:the\s+)?$|"
            r"\b(?:i have|i've got|i am booked|i'm booked|i am scheduled|i'm scheduled)\b[^.?!]{0,30}\b(?:appointment|appt|visit|booked|scheduled)?\s*(?:on|at|for)\s+(?:the\s+)?$"
        ),
        moved=re.compile(
            r"\b(?:mov(?:e|ed|ing)|chang(?:e|ed|ing)|re-?sche?d\w*|switch\w*|push\w*|bump\w*|transfer\w*|swap\w*|re-?book\w*|shift\w*)\b[^.?!]{0,60}?\b(from\b[^.?!]{1,60}?)\bto\b"
        ),
        workdays=re.compile(r"\b(?:week ?days?|work ?days|during the week|business days?)\b"),
        soonest=re.compile(
            r"\b(?:as soon as|asap|a\.s\.a\.p|soonest|earliest|first (?:available|opening|open|appointment|appt|slot|one|thing you have)|"
            r"next (?:available|opening|open|appointment|slot)|right away|right now|immediately|quickly|as early as (?:possible|you can)|"
            r"very soon|sooner the better|quickest|next one)\b"
        ),
        anytime=re.compile(
            r"\b(?:any ?time|any ?day|any (?:of (?:them|those)|date|hour|slot|opening)|when ?ever|either|does ?n[o'’]?t matter|don'?t care|"
            r"no preference|i'?m (?:flexible|open|free)|flexible|all day|anything)\b"
        ),
        other_day=re.compile(r"\b(?:(?:an|some )?other|different|alternate|alternative) (?:day|date|days|dates|week)\b"),
        later=re.compile(r"\b(?:later|after that|further out|push (?:it )?back)\b(?! (?:alligator|on i))"),
        earlier=re.compile(r"\b(?:earlier|sooner|before that|move (?:it )?up)\b(?! the better)"),
    ),
    "es": _Words(
        refusal=re.compile(
            r"\b(?:menos|excepto|salvo|exceptuando|a excepcion de|excluyendo|nunca|evitar|que no sean?|pero no|no puedo|no podria|no quiero|no trabajo|"
            r"no me (?:sirven?|funcionan?|vienen? bien|quedan? bien|convienen?|acomodan?)|ni|no|trabajo|ocupad[oa])"
            r"(?: (?:el|la|los|las|en|por|de|para|a|ir|venir|que sea|al|del|ser|asistir|este))*\s*$"
        ),
        plural_refusal=re.compile(r"\b(?:nada de|no)(?: (?:los|las|por|la|en|el))*\s*$"),
        refused=re.compile(
            r"\s*(?:no|tampoco|nunca)\s+(?:puedo|podria|me|se|trabajo|estoy|hay|es|son|funciona|sirve|quiero)\b|\s*no\s*(?:[.,!]|$)|\s*(?:estoy|estare) ocupad|\s*trabajo\b|\s*(?:me queda|es) (?:mal|imposible)"
        ),
        replaced=re.compile(r"\b(?:en vez|en lugar)(?: de| del)?(?: (?:el|la|las|los|a))*\s*$"),
        joined=re.compile(r"[\s,/&]*(?:y|o|u|e|ni)?(?: (?:el|la|los|las|en|por|para|al?|de|tampoco))*\s*"),
        old=re.compile(
            r"\b(?:mi|la|una|nuestra|su|el|tengo)\s+(?:\w+\s+){0,1}?(?:cita|turno|consulta|hora|visita)s?\s+(?:(?:es|era|que tengo|que tenia|programada|agendada|esta)\s+)*(?:para|del?|en)?\s*(?:el|la|las|al)?\s*$"
        ),
        moved=re.compile(
            r"\b(?:cambi\w*|mov\w*|muev\w*|pas(?:ar|arla|arlo|e|arme)|reprogram\w*|reagend\w*|traslad\w*)\b[^.?!]{0,60}?\b((?:del?|desde)\b[^.?!]{1,50}?)\b(?:al?|para)\b"
        ),
        workdays=re.compile(r"\b(?:entre semana|dias? (?:de semana|laborables|habiles)|dias? de la semana)\b"),
        soonest=re.compile(
            r"\b(?:lo antes posible|lo mas (?:pronto|rapido|antes)(?: posible)?|cuanto antes|tan pronto|inmediat\w+|urgente(?:mente)?|"
            r"primer[ao]? (?:cita|hora|turno|disponible|que (?:haya|tenga|tengan))|la (?:mas )?(?:proxima|cercana)(?: disponible)?|ya mismo|ahora mismo|"
            r"proxim[ao] (?:cita|disponible|turno|hora))\b"
        ),
        anytime=re.compile(
            r"\b(?:cualquier (?:dia|hora|momento|fecha|horario)|cuando (?:sea|quiera|quieran|pueda|puedan|haya)|a la hora que sea|me da (?:lo mismo|igual)|"
            r"no importa|sin preferencia|el que sea|la que sea|cualquiera|a cualquier hora|lo que haya|como sea)\b"
        ),
        other_day=re.compile(r"\b(?:otro (?:dia|dias)|otra (?:fecha|semana)|otras fechas|otros dias|dia (?:diferente|distinto)|fecha (?:diferente|distinta))\b"),
        later=re.compile(r"\b(?:mas tarde|mas adelante|mas tardecito|despues)\b"),
        earlier=re.compile(r"\b(?:mas temprano|mas pronto|antes|mas tempranito)\b(?! posible)"),
    ),
}  # fmt: skip


def _without_old_time(text: str, *, words: _Words) -> str:
    """ "Move it from Tuesday to Thursday" asks for Thursday. Blanks keep the offsets."""
    if (match := words.moved.search(fold(text))) is None:
        return text
    return text[: match.start(1)] + " " * (match.end(1) - match.start(1)) + text[match.end(1) :]


def _told_apart(folded: str, found: list[Phrase], *, words: _Words) -> list[bool | None]:
    """For each phrase: wanted, not wanted, or None where it is the time that is being left."""
    senses: list[bool | None] = []
    ends = [0, *(phrase.finish for phrase in found)]
    begins = [*(phrase.begin for phrase in found), len(folded)]
    for place, phrase in enumerate(found):
        before = folded[ends[place] : begins[place]]
        after = folded[ends[place + 1] : begins[place + 1]]
        sense: bool | None = True
        if words.replaced.search(before) or (words.old.search(before) and place + 1 < len(found)):
            sense = None
        elif _refuses(before, plural=_plural(phrase, folded), words=words):
            sense = False
        elif words.refused.match(after):
            sense = False
            for earlier in range(place - 1, -1, -1):  # "Mondays and Tuesdays don't work"
                if not words.joined.fullmatch(folded[ends[earlier + 1] : begins[earlier + 1]]):
                    break
                senses[earlier] = False
        elif place and senses[-1] is False and before.strip() and words.joined.fullmatch(before):
            sense = False
        senses.append(sense)
    return senses


def _refuses(before: str, *, plural: bool, words: _Words) -> bool:
    """ "no mornings" refuses; "no Monday" is more often a no, and then a Monday."""
    if plural and words.plural_refusal.search(before):
        return True
    return words.refusal.search(before) is not None and (plural or not _BARE_NO.search(before))


def _plural(phrase: Phrase, folded: str) -> bool:
    said = folded[phrase.begin : phrase.finish]
    return isinstance(phrase.meaning, Hours) or said.endswith("s") and isinstance(phrase.meaning, Day) and phrase.meaning.plural


def _blanked(folded: str, found: Iterable[Phrase]) -> str:
    for phrase in found:
        folded = folded[: phrase.begin] + "#" * (phrase.finish - phrase.begin) + folded[phrase.finish :]
    return folded


def _weekday_sets(around: str, *, wanted: "_Gathered", unwanted: "_Gathered", words: _Words) -> None:
    if (match := words.workdays.search(around)) is not None:
        refused = words.refusal.search(around[: match.start()]) or words.plural_refusal.search(around[: match.start()])
        (unwanted if refused else wanted).weekdays |= {0, 1, 2, 3, 4}


def _shift(around: str, *, words: _Words, told: bool) -> Shift | None:
    """Only where nothing firmer was said: "later, at 4" is at 4."""
    if words.other_day.search(around):
        return "other_day"
    if told:
        return None
    if words.later.search(around):
        return "later"
    return "earlier" if words.earlier.search(around) else None


# Days and minutes as numbers, so that one can be taken out of the other

Bounds = tuple[int, int]

FIRST_DAY, LAST_DAY = date.min.toordinal(), date.max.toordinal()


class _Gathered:
    """The days, minutes of the day and weekdays of the phrases with one sense."""

    def __init__(self, now: datetime, *, refused: bool = False) -> None:
        self.today = now.date()
        self.refused = refused
        self.days: list[Bounds] = []
        self.minutes: list[Bounds] = []
        self.weekdays: set[int] = set()

    def add(self, phrase: Phrase, words: str) -> None:
        match phrase.meaning:
            case Day(weekday=int(weekday), plural=True):
                self.weekdays.add(weekday)
            case Day(weekday=int(weekday), day=None, stress="") if self.refused:  # "not Monday": not any Monday
                self.weekdays.add(weekday)
            case Day() as day:
                for found in dates(day, today=self.today)[:1]:
                    self._day(found, found + ONE_DAY)
            case Days(unit="weekend") if re.search(r"\b(?:weekends|fines|findes)\b", words):
                self.weekdays |= {5, 6}
            case Days(options=((start, end), *_)):
                self._day(start, end)
            case Clock(options=(minute, *_)):
                self._time(minute, minute + 1)
            case Hours(options=((opens, closes), *_), part=part):
                early, late = part in ("morning", "dawn"), part in ("evening", "night")
                # "no mornings" leaves nothing before them either
                self._time(None if self.refused and early else opens, None if self.refused and late else closes)
            case Moment(options=(moment, *_)):
                self._day(moment.date(), moment.date() + ONE_DAY)
                minute = moment.hour * 60 + moment.minute
                self._time(minute, minute + 1)
            case Stretch(options=((begin, finish), *_)):
                self._stretch(begin, finish)

    def _day(self, start: date | None, end: date | None) -> None:
        if end is not None and end <= self.today:
            return  # past: told, not wished
        first = FIRST_DAY if start is None else max(start, self.today).toordinal()
        bounds = first, LAST_DAY if end is None else end.toordinal()
        if bounds not in self.days:
            self.days.append(bounds)

    def _time(self, start: int | None, end: int | None) -> None:
        bounds = start or 0, WHOLE_DAY if end is None else min(end, WHOLE_DAY)
        if bounds not in self.minutes:
            self.minutes.append(bounds)

    def _stretch(self, begin: datetime | None, finish: datetime | None) -> None:
        last = None if finish is None else (finish - timedelta(minutes=1)).date()
        self._day(begin and begin.date(), last and last + ONE_DAY)
        if begin is not None and finish is not None and begin.date() == last:
            self._time(_minute(begin.time()), _minute(finish.time()) or WHOLE_DAY)


def _without(kept: list[Bounds], removed: list[Bounds]) -> list[Bounds]:
    """What is left of the kept; of everything, where nothing was asked for."""
    left = kept or [(FIRST_DAY, LAST_DAY) if removed[0][0] > WHOLE_DAY or removed[0][1] > WHOLE_DAY else (0, WHOLE_DAY)]
    for start, end in removed:
        left = [part for one, other in left for part in ((one, min(other, start)), (max(one, end), other)) if part[0] < part[1]]
    return left


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _day(number: int) -> date | None:
    return None if number in (FIRST_DAY, LAST_DAY) else date.fromordinal(number)


def _time(minute: int) -> time | None:
    return None if minute in (0, WHOLE_DAY) else time(minute // 60, minute % 60)
