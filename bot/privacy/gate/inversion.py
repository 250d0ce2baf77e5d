"""The closed vocabulary turned round: every word that is neither ordinary nor the practice's own is taken for a name.

Words that can be both ("rose", "will", "de la cruz") are decided by their neighbours, their capital and what was said before them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.privacy.gate import addresses, vocabulary
from bot.privacy.gate.slots import DOCTOR, LIKELY, MODALS, OUTRIGHT, name_slots
from bot.privacy.gate.spans import Found

__all__ = ["find"]

TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
SAFE_CODE = re.compile(
    r"\d{1,3}(?:st|nd|rd|th|ro|do|to|ra|da|ta|er|a|o)"
    r"|\d{1,5}(?:mg|mcg|ug|ml|g|gr|grs|kg|kgs|lb|lbs|cm|mm|ft|oz|iu|ui|u|x|hr|hrs|h|hs|min|mins|d|wk|wks|mo|mos|yr|yrs|yo|y|k|cc|s|am|pm|a|p|f|c|w|m)"
    r"|\d{1,2}(?:am|pm|h|hs|hrs)\d{0,2}|[a-z]{1,2}\d{1,2}[a-z]?|hba1c|a1c|h\dn\d|covid\d{0,2}|24hrs?|c19|b4|2day|2moro|2morrow|2nite|gr8|l8r|4ever|\dx|\ds"
)
FLAT_CODE = re.compile(r"\d{1,2}[oabcd]")  # "3o", "2b": a floor or a flat where an address stands before it
UNIT = re.compile(
    r"\s{0,2}(?:%|mg|mcg|ml|units?|lbs?\b|pounds|kg|kilos|dollars|usd|pesos|bucks|calories|am\b|pm\b|a\.m|p\.m|o'?clock|hours?|hrs?\b|minutes?|mins?\b|"
    r"days?|weeks?|months?|years?|yrs?\b|yo\b|y/o|times|people|persons?|kids|children|pills?|tablets?|doses?|refills?|percent|degrees|steps|"
    r"horas?|minutos?|dias?|semanas?|mes(?:es)?\b|anos?\b|anitos|veces|personas|pastillas|de la (?:manana|tarde|noche)|y media|y cuarto|[:/]\s?\d)"
)
BEFORE_TIME = frozenset("at around by till until before after las la past about".split())
BEFORE_COUNT = frozenset("dr level stage type phase grade covid sars 24 tipo grado fase nivel".split())
EMERGENCY = frozenset("911 988 311 411 711 112 061 211 511 811".split())
LEFT_OF_WORD = frozenset(
    "a an the this that my your his her our their any some no each every another what which of too so very more most "
    "un una este esta ese esa mi mis tu su sus otro otra algun ningun muy mas".split()
)
CONNECTIVE = frozenset(
    "de del la las los el y e da das do dos di du van von der den des ten ter bin ibn al of the san santa st saint mac mc le les et and a i o u v z "
    "na nad pod am im an zu sur sous upon under no n num numero nro km".split()
)
GENERATION = frozenset("jr sr ii iii iv v esq phd md dds".split())
NUMBER_SIGN = frozenset("no n num numero nro km nr".split())
ARTICLES = frozenset("a i y e o u".split())
INITIAL_LETTERS = frozenset("bcdfghjklmnpqrstvwxz")
GAP_IN_NAME = 3  # words: "de la y"
GAP_IN_ADDRESS = 2
SENTENCE_END = re.compile(r"[?!]|\.\s+[a-z]+\s[a-z]+\s")
VERBS = frozenset("is are was am have has my your i he she we they can it please need want soy es mi".split())
THIRD_PERSON = re.compile(r"\s(?:has|is|was|had|needs|wants|says|here|again)\b|[.,;!?]|\s?$")
AFTER_NAME = re.compile(
    r"\s?(?:$|[.,;!?\n]|'s\b)|\s(?:dob|born|needs?|has|had|is|was|wants?|can|could|here|again|at|on|and|for|to|nacid[oa]|necesita|tiene|quiere|quiero|para|y|el|a)\b"
)
CONTRACTED = frozenset("s t m re ve ll d nt em".split())
NOT_NAMES = frozenset(
    "spelled wrong misspelled incorrect correct listed different changed missing private appointment appt cita doctor patient name names nombre new sick "
    "pregnant feeling having coming running bleeding going trying looking calling writing sorry sure ready fine okay free busy late allergic due here "
    "old tired afraid interested unable able urgent important".split()
)
WORD_AFTER = frozenset("it as period that down".split())
MEASURED = re.compile(
    r"\b(?:fever|temp|temperature|fiebre|temperatura|weighs?|weight|peso|pesa|sugar|glucose|azucar|glucosa|bp|pressure|presion|pulse|pulso|heart rate|oxygen)"
    r"\s(?:(?:of|is|was|at|de|es|era|en|about|around|a|esta|like|over)\s){0,3}$"
)
NEXT_LINE = re.compile(r"[.,]?\s{0,3}\n[\s>?,]{0,8}")
NEAR = re.compile(r"[ \t]{0,3}[-.,&/'\"]?[ \t]{0,3}")  # what may stand between two parts of one name
LIVES_IN = re.compile(r"\b(?:in|from|to|near|live|lives|en|desde|city of|ciudad de|municipio de)\s*$")

WORD, FUNCTION, EITHER, SUSPECT, LETTER, NUMBER, KNOWN, CODE, FLAT = range(9)


@dataclass(slots=True)
class Token:
    """One word of the message and what is thought of it."""

    start: int
    end: int
    word: str
    kind: int
    capital: bool
    shouted: bool
    hidden: bool = False
    pulled: bool = True  # may be drawn in by a hidden neighbour


def find(
    folded: str, *, text: str, places: Sequence[int], known: frozenset[str], certain: bytearray, places_told: bool
) -> Iterator[Found]:
    """Names, places and odd codes in `folded`. `certain` marks what the other layers already hide."""
    words = vocabulary.load()
    mixed_case = not text.isupper() and not text.islower()
    tokens = [
        _token(m, text=text, places=places, known=known, words=words, mixed_case=mixed_case)
        for m in TOKEN.finditer(folded)
    ]
    if not tokens:
        return
    for at, token in enumerate(tokens):
        if certain[token.start]:
            token.hidden = True
        elif token.kind == SUSPECT:
            token.hidden = not _is_word_here(tokens, at, folded, words)
        elif token.kind == CODE:
            token.hidden = True
        elif token.kind == NUMBER:
            token.hidden = _is_odd_number(tokens, at, folded)
    _slots(tokens, folded, mixed_case, words.given)
    if any(token.hidden for token in tokens):
        places_told = places_told or any(
            one.kind == NUMBER and one.hidden and two.hidden and two.kind == SUSPECT for one, two in pairwise(tokens)
        )
        _draw_in(tokens, folded, mixed_case, places_told)
    for token in tokens:
        if token.hidden and not (certain[token.start] and certain[token.end - 1]):
            yield token.start, token.end, _type(token, folded)
    yield from _seams(tokens, folded)


def _token(
    m: re.Match[str],
    *,
    text: str,
    places: Sequence[int],
    known: frozenset[str],
    words: vocabulary.Vocabulary,
    mixed_case: bool,
) -> Token:
    word = m.group()
    kind = _kind(word, known, words)
    capital = mixed_case and text[places[m.start()]].isupper()
    shouted = capital and m.end() - m.start() > 1 and text[places[m.start() + 1]].isupper()
    return Token(m.start(), m.end(), word, kind, capital, shouted)


def _kind(word: str, known: frozenset[str], words: vocabulary.Vocabulary) -> int:
    if len(word) == 1 and word not in ARTICLES:
        return NUMBER if word.isdigit() else LETTER
    if word in words.function:
        return FUNCTION
    if word in known:
        return KNOWN
    if word in words.also_names:
        return EITHER
    if word in words.ordinary:
        return WORD
    if word.isdigit():
        return NUMBER
    if any(c.isdigit() for c in word):
        if FLAT_CODE.fullmatch(word):
            return FLAT
        return WORD if SAFE_CODE.fullmatch(word) else CODE
    if "'" in word:
        return _contracted(word, known, words)
    return WORD if words.holds(word) else SUSPECT


def _contracted(word: str, known: frozenset[str], words: vocabulary.Vocabulary) -> int:
    """ "don't" and "doctor's" are ordinary; "angela's" and "o'neil" are not."""
    head, _, tail = word.partition("'")
    if tail in CONTRACTED:
        return _kind(head, known, words) if tail == "s" or not words.holds(word.replace("'", "")) else WORD
    return WORD if words.holds(head) and all(words.holds(part) for part in tail.split("'")) else SUSPECT


def _is_word_here(tokens: list[Token], at: int, folded: str, words: vocabulary.Vocabulary) -> bool:
    """ "a mark", "the rose": an article before a name-word in small letters makes it a word."""
    token = tokens[at]
    if token.word not in words.name_first or token.shouted:
        return False
    if at + 1 < len(tokens) and tokens[at + 1].word in WORD_AFTER:
        return True
    if token.capital or at == 0:
        return False
    before = tokens[at - 1]
    return before.word in LEFT_OF_WORD and folded[before.end : token.start].isspace()


def _is_odd_number(tokens: list[Token], at: int, folded: str) -> bool:
    """Numbers of three digits and more that measure nothing: house numbers, codes, pieces of a phone number."""
    token = tokens[at]
    size = len(token.word)
    token.pulled = not UNIT.match(folded, token.end)
    left = folded[max(0, token.start - 2) : token.start]
    before = tokens[at - 1].word if at else ""
    if left.endswith(("$", "€", ":", ".", ",")) and not left.endswith((". ", ", ")):
        token.pulled = token.pulled and left[-1] not in "$€:"
        return size > 4
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after and after.kind == NUMBER and size > 2 and folded[token.end : after.start] == " " and token.pulled:
        return True  # "846 31 Rue Al Bakri"
    if before in BEFORE_TIME or before in BEFORE_COUNT:
        token.pulled = token.pulled and size > 2 and before in BEFORE_TIME
        if size <= 2 or (size <= 4 and int(token.word[:-2]) < 24 and int(token.word[-2:]) < 60):
            return False
    if size < 3 or not token.pulled or token.word in EMERGENCY:
        return False
    if size == 3 and MEASURED.search(folded, max(0, token.start - 40), token.start):
        token.pulled = False
        return False
    return not (size == 4 and token.word[:2] in ("19", "20"))


def _slots(tokens: list[Token], folded: str, mixed_case: bool, given: frozenset[str]) -> None:
    """Hides what stands where a name is told, however ordinary the word."""
    starts = {token.start: at for at, token in enumerate(tokens)}
    for place, sure in name_slots(folded):
        at = starts.get(place, -1)
        if at < 0 or (at > 0 and tokens[at - 1].word in DOCTOR):
            continue
        first = True
        for token in tokens[at : at + 4]:
            if not first and not NEAR.fullmatch(folded, place, token.start):
                break
            if not (
                _fits(token, sure, folded, mixed_case, given) if first else _follows(token, sure, folded, mixed_case)
            ):
                break
            token.hidden = True
            place = token.end
            first = False


def _fits(token: Token, sure: int, folded: str, mixed_case: bool, given: frozenset[str]) -> bool:
    """Whether a token can begin the name that was announced."""
    if token.hidden or token.kind in (SUSPECT, KNOWN):
        return True
    if token.word in MODALS:
        return sure >= LIKELY and ((token.capital and not token.shouted) or bool(THIRD_PERSON.match(folded, token.end)))
    if token.kind not in (WORD, EITHER) or token.word in NOT_NAMES:
        return False
    if sure == OUTRIGHT:
        return token.capital or token.kind == EITHER or not mixed_case
    if token.capital and not token.shouted:
        return True
    if token.word not in given or (mixed_case and sure < LIKELY):
        return False
    return sure == LIKELY or _clause_ends(folded, token.end)


def _follows(token: Token, sure: int, folded: str, mixed_case: bool) -> bool:
    """Whether a token goes on with the name just begun."""
    if token.hidden or token.kind in (SUSPECT, KNOWN):
        return True
    if token.kind == LETTER:
        return token.word in INITIAL_LETTERS
    if token.kind not in (WORD, EITHER) or token.word in NOT_NAMES:
        return False
    if mixed_case:
        return token.capital and not token.shouted
    return token.kind == EITHER or (sure >= LIKELY and bool(AFTER_NAME.match(folded, token.end)))


def _clause_ends(folded: str, at: int) -> bool:
    rest = folded[at : at + 12].lstrip(" ")
    return (
        not rest
        or rest[0] in ".,;!?\n"
        or rest.startswith(("here", "again", "needs", "has ", "is ", "was ", "necesita", "tiene"))
    )


def _draw_in(tokens: list[Token], folded: str, mixed_case: bool, places_told: bool) -> None:
    """Lets hidden words draw in the rest of a name or address: second names, initials, house numbers, "de la"."""
    order = range(len(tokens))
    for sweep in (order, reversed(order), order):
        for at in sweep:
            if not tokens[at].hidden and _belongs(tokens, at, folded, mixed_case, places_told):
                tokens[at].hidden = True
    last = -1
    for at, token in enumerate(tokens):
        if not token.hidden:
            continue
        between = tokens[last + 1 : at]
        if last >= 0 and between and _bridged(between, tokens[last], token, folded, places_told):
            for t in between:
                t.hidden = True
        last = at


def _bridged(between: list[Token], left: Token, right: Token, folded: str, places_told: bool) -> bool:
    """Whether the words between two hidden ones belong to them: "de la" in a name, anything short in an address."""
    gap = folded[left.end : right.start]
    if places_told and len(between) <= GAP_IN_ADDRESS and not SENTENCE_END.search(gap):
        return not any(t.word in VERBS for t in between)
    return (
        len(between) <= GAP_IN_NAME
        and "\n" not in gap
        and all(t.word in CONNECTIVE for t in between)
        and _gap(folded, left.end, between[0].start)
    )


def _gap(folded: str, left: int, right: int) -> bool:
    return right - left <= 7 and bool(NEAR.fullmatch(folded, left, right))


def _line_gap(folded: str, left: int, right: int) -> bool:
    return right - left <= 12 and bool(NEXT_LINE.fullmatch(folded, left, right))


def _belongs(tokens: list[Token], at: int, folded: str, mixed_case: bool, places_told: bool) -> bool:
    """Whether a word beside a hidden one is part of the same name or address."""
    token = tokens[at]
    left = at > 0 and tokens[at - 1].hidden and _gap(folded, tokens[at - 1].end, token.start)
    right = at + 1 < len(tokens) and tokens[at + 1].hidden and _gap(folded, token.end, tokens[at + 1].start)
    before = tokens[at - 1].word if at else ""
    if token.kind == NUMBER and at > 1 and before in NUMBER_SIGN and tokens[at - 2].hidden:
        return True
    if not left and not right:
        if places_told and _address_word(token.word):
            return (at > 0 and tokens[at - 1].hidden and _line_gap(folded, tokens[at - 1].end, token.start)) or (
                at + 1 < len(tokens) and tokens[at + 1].hidden and _line_gap(folded, token.end, tokens[at + 1].start)
            )
        return mixed_case and token.capital and token.kind in (WORD, EITHER) and _leads(tokens, at, folded, places_told)
    if token.kind == NUMBER:
        return token.pulled and (before not in BEFORE_TIME or len(token.word) > 2)
    if token.kind == FLAT or token.word in GENERATION:
        return left
    if token.kind == LETTER:
        return (left and right) or token.word in INITIAL_LETTERS or places_told
    space = folded[tokens[at - 1].end : token.start] if left else folded[token.end : tokens[at + 1].start]
    if token.kind == FUNCTION:
        if mixed_case and left and space == " " and token.capital and not token.shouted and len(token.word) > 1:
            return tokens[at - 1].capital
        line_end = places_told and left and (at + 1 == len(tokens) or "\n" in folded[token.end : tokens[at + 1].start])
        return line_end or (places_told and mixed_case and left and token.capital)
    if space == "-" and token.kind != KNOWN:
        return _is_name(tokens[at - 1] if left else tokens[at + 1])
    return _word_belongs(tokens, at, folded, mixed_case, places_told, left, space)


def _word_belongs(
    tokens: list[Token], at: int, folded: str, mixed_case: bool, places_told: bool, left: bool, space: str
) -> bool:
    """The same for words that mean something by themselves."""
    token = tokens[at]
    if token.word in DOCTOR:
        numbered = any(t.hidden and t.kind == NUMBER for t in tokens[at + 2 : at + 6])
        return not left and numbered and token.capital
    if token.kind == KNOWN:
        return space == " " and (at == 0 or tokens[at - 1].word not in DOCTOR)
    if _address_word(token.word) and (places_told or left or (token.capital and token.word in addresses.PREFIXES)):
        return True
    if token.word in addresses.MORE_SUFFIXES and places_told and left:
        return True
    neighbour = tokens[at - 1] if left else tokens[at + 1]
    if token.kind == EITHER and neighbour.kind not in (SUSPECT, EITHER, KNOWN, LETTER, NUMBER):
        return False
    if places_told and left and (at + 1 == len(tokens) or "\n" in folded[token.end : tokens[at + 1].start]):
        return True
    if not space.isspace():
        return mixed_case and token.capital and _leads(tokens, at, folded, places_told)
    sentence_start = at == 0 or "." in (gap := folded[tokens[at - 1].end : token.start]) or not NEAR.fullmatch(gap)
    if token.kind == EITHER:
        return token.capital or not mixed_case or (left and not sentence_start and not tokens[at - 1].capital)
    return token.capital and (not sentence_start or places_told)


def _address_word(word: str) -> bool:
    return word in addresses.SUFFIXES or word in addresses.PREFIXES or word.removesuffix("s") in addresses.SUFFIXES


def _is_name(token: Token) -> bool:
    return token.kind in (SUSPECT, EITHER)


def _leads(tokens: list[Token], at: int, folded: str, places_told: bool) -> bool:
    """A capital word before "de la" and a hidden word: "Héroes de Cascorro"."""
    if at == 0 and not places_told:
        return False
    for token in tokens[at + 1 : at + 4]:
        if token.hidden:
            return token is not tokens[at + 1] and "\n" not in folded[tokens[at].end : token.start]
        if token.word not in ("de", "del", "la", "las", "los", "of"):
            return False
    return False


def _type(token: Token, folded: str) -> str:
    if token.kind in (CODE, NUMBER):
        return "OTHER_ID"
    return "PLACE" if LIVES_IN.search(folded, max(0, token.start - 16), token.start) else "PERSON"


def _seams(tokens: list[Token], folded: str) -> Iterator[Found]:
    """Joins neighbours of one name into one span, so that "ana de la cruz" is masked once."""
    for one, two in pairwise(tokens):
        if one.hidden and two.hidden and one.kind not in (CODE, NUMBER) and two.kind not in (CODE, NUMBER):
            if two.start - one.end == 1 and folded[one.end] in " -'":
                yield one.end - 1, two.start + 1, "PERSON"
