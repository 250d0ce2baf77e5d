"""English words of dates and times. Tables only: a word or phrase, and the symbols and values it has."""

WEEKDAYS = {
    0: "monday mon", 1: "tuesday tues tue", 2: "wednesday weds", 3: "thursday thurs thur thu", 4: "friday fri",
    5: "saturday", 6: "sunday",
}  # fmt: skip
WEAK_WEEKDAYS = {2: "wed", 5: "sat", 6: "sun"}
MONTHS = {
    1: "january jan", 2: "february feb", 3: "", 4: "april apr", 5: "", 6: "june jun", 7: "july jul", 8: "august aug",
    9: "september sept sep", 10: "october oct", 11: "november nov", 12: "december",
}  # fmt: skip
WEAK_MONTHS = {3: "march mar", 5: "may", 12: "dec"}
UNITS = {
    "minute": "minute minutes min mins", "hour": "hour hours hr hrs h", "day": "day days", "week": "week weeks wk wks",
    "month": "month months", "year": "year years", "fortnight": "fortnight fortnights", "workday": "workday workdays",
    "workweek": "workweek", "weekend": "weekend weekends wknd week-end",
}  # fmt: skip
NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = dict(zip(range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split(), strict=True))
ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth"
).split()

# Minutes of the day. A practice's sense: evening ends when its doors close.
PARTS = {
    "morning": (8 * 60, 12 * 60, "morning mornings morn mornin"),
    "afternoon": (12 * 60, 17 * 60, "afternoon afternoons aft afternoonish"),
    "evening": (17 * 60, 20 * 60, "evening evenings evenin"),
    "night": (20 * 60, 24 * 60, "night nights nite nighttime"),
    "daytime": (8 * 60, 18 * 60, "daytime"),
    "dawn": (4 * 60, 8 * 60, ""),
    "lunch": (11 * 60 + 30, 13 * 60 + 30, "lunchtime"),
    "dinner": (17 * 60, 20 * 60, "dinnertime"),
}
# By when it begins and from when it is over, in hours.
EVENTS = {"lunch": (12, 13), "work": (9, 17), "school": (8, 15), "class": (8, 15), "breakfast": (8, 9), "dinner": (17, 19)}
MEALS = {"lunch": "lunch", "dinner": "dinner", "breakfast": "breakfast"}

HOLIDAYS = {
    "new_year": "new years day|new year|new years", "new_years_eve": "new years eve|new year eve",
    "mlk": "martin luther king day|mlk day|martin luther king jr day|martin luther kings day",
    "presidents": "presidents day|president day|washingtons birthday", "valentine": "valentines day|valentine day|valentines",
    "st_patrick": "st patricks day|saint patricks day|st pattys day|st paddys day", "april_fools": "april fools|april fools day",
    "good_friday": "good friday", "easter": "easter|easter sunday", "easter_monday": "easter monday",
    "palm_sunday": "palm sunday", "ash_wednesday": "ash wednesday", "mardi_gras": "mardi gras",
    "mother": "mothers day|mother day", "memorial": "memorial day|decoration day", "juneteenth": "juneteenth",
    "father": "fathers day|father day", "independence": "independence day|fourth of july|4th of july|july 4th|july fourth",
    "labor": "labor day|labour day", "columbus": "columbus day|indigenous peoples day", "halloween": "halloween",
    "veterans": "veterans day|veteran day|armistice day", "thanksgiving": "thanksgiving|thanksgiving day|turkey day",
    "black_friday": "black friday", "christmas_eve": "christmas eve|xmas eve", "christmas": "christmas|christmas day|xmas|xmas day",
    "boxing": "boxing day", "all_saints": "all saints day", "groundhog": "groundhog day",
}  # fmt: skip

RELATIVE_DAYS = {
    0: "today|todays|the same day today", 1: "tomorrow|tmrw|tmr|tmw|tomorow|tommorow|tommorrow|2morrow|2moro|2morow|2mrw|tomorrows|tom",
    2: "day after tomorrow|day after tmrw|overmorrow", -1: "yesterday", -2: "day before yesterday",
}  # fmt: skip

WORDS = {
    "the": "the|teh|th", "of": "of|in|for", "really_of": "of|s", "on": "on", "in": "in", "for": "for", "and": "and|&|n",
    "or": "or|/", "a": "a|an", "comma": ",|.|;|(|)|!", "dash": "-|–|—", "slash": "/",
    "at": "at|@|by around|at around|at about|at like|at approximately",
    "near": "around|about|approximately|approx|near|roughly|circa|close to|nearer to|say|like|maybe|perhaps|preferably|ideally|only|possibly",
    "from": "from|starting|starting from|starting at|beginning|beginning at|as of|between",
    "since": "since|from|starting|starting on|starting from|beginning|beginning on|as of|effective",
    "between": "between|in between|btwn|b/w|bw|betwen", "to": "to|till|til|until|thru|through|-|–|—|untill",
    "until": "until|till|til|through|thru|untill",
    "by": "by|no later than|not later than|at the latest by|latest by",
    "before": "before|b4|earlier than|prior to|sooner than|ahead of|in advance of",
    "after": "after|past|later than|following|any time after|anytime after|sometime after",
    "not_before": "no earlier than|not before|not earlier than|no sooner than|at the earliest|anytime from|any time from",
    "or_later": "or later|or after|onward|onwards|and later|and on|or afterwards|and onward|on out|at the earliest|and up",
    "or_earlier": "or earlier|or before|and before|and earlier|or sooner|at the latest|or less",
    "this": "this|current|the current|this coming|this very|this upcoming", "next": "next|nxt|the next|upcoming",
    "coming": "coming|the coming|this coming|upcoming|following|the following",
    "last": "last|past|previous|prior", "final": "last|final", "early": "early|earlier in|early in|early on|first thing in|first thing",
    "late": "late|later|late in|later in|latter",
    "begin": "beginning|start|early|begin|early part|first part|first half|top|beginning part|early in|very beginning",
    "mid": "mid|middle|midle|middle part", "finish": "end|late|close|ending|latter part|late in|tail end|second half|last part|very end",
    "rest": "rest|remainder|remaining|remaining part|remaining days", "later": "later|later on|sometime later",
    "half": "half", "quarter": "quarter|qtr", "past": "past|after", "till": "to|till|til|of|before|until",
    "within": "within|in the next|over the next|during the next|in less than|inside of|inside|less than",
    "more": "more|more than|over|other|additional", "ago": "ago|back|earlier|before now|before today",
    "hence": "hence|from now|from today|later|out|from this day",
    "or_so": "or so|ish|sharp|exactly|on the dot|or thereabouts|approximately|approx|or around there|precisely",
    "oclock": "oclock|o clock|oclok|clock", "whole": "all|whole|entire|the whole|the entire|all of|anytime|any time|any day|any|each|every|some time|sometime",
    "every": "every|each|any", "business": "business|working|work|week", "couple": "couple|pair|couple of|pair of",
    "few": "few|several|handful of|some", "plus": "and", "week_start": "commencing|beginning|starting|starting on|beginning on|that starts|of",
    "in_the": "in the|in|on the|during the|at|during|for the|on|for", "day_word": "day|date|days",
    "eod": "eod|end of day|end of the day|close of business|cob|closing time|closing|end of business",
    "eom": "eom", "eow": "eow", "not_clock": "minutes|minute|mins|min", "now": "now", "dayofweek": "day", "but": "but",
}  # fmt: skip

GLUE = "at|around|about|on|in|for|of|,|.|-|preferably|say|like|maybe|perhaps|ideally|by|sometime|@|the|from|(|)|approximately|near|and|possibly|any time|anytime|please|starting|time|only|if possible|closer to|somewhere around|at like|also|best|works|work|available|availability|slot|which|is"
FOLLOWERS = (
    "a an and any anything are around as at available availability be because before best better but by can could dear did do does "
    "doc doctor dr due either for from good great has have he her him how i if in instead is it just ma maam me might miss "
    "my no not of ok okay on open openings opening or our please pls plz possible possibly preferably rather right she should since sir "
    "so still sounds suits than thank thanks that the their them then there these they this though time times to too until "
    "up us wait was we well were what when where which while who will with work works would y yes yet you your ideally "
    "specifically will actually sharp exactly ish instead both although unless also ty thx fine perfect maybe free "
    "only except excluding per via"
).split()
GREETINGS = "good morning|good afternoon|good evening|good night|good day|have a good|nice day|day after day|day by day|day to day|have a great day|have a nice day|one day|the other day|every day|per day|each day|these days|those days|good mornings|gm|have a good one"

