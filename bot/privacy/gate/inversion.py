"""The closed vocabulary turned round: every word that is neither ordinary nor the practice's own is taken for a name.

Words that can be both ("rose", "will", "de la cruz") are decided by their neighbours, their capital and what was said before them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.privacy.gate import addresses, vocabulary
from bot.privacy.gate.slots import DOCTOR, MODALS, name_slots
from bot.privacy.gate.spans import Found

__all__ = ["find"]

TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
SAFE_CODE = re.compile(
    r"\d{1,3}(?:st|nd|rd|th|ro|do|to|ra|da|ta|er|a|o)"
    r"|\d{1,5}(?:mg|mcg|ug|ml|g|gr|grs|kg|kgs|lb|lbs|cm|mm|ft|oz|iu|ui|u|x|hr|hrs|h|hs|min|mins|d|wk|wks|mo|mos|yr|yrs|yo|y|k|cc|s|am|pm|a|p|f|c|w|m)"
    r"|\d{1,2}(?:am|pm|h|hs|hrs)\d{0,2}|[a-z]{1,2}\d{1,2}[a-z]?|hba1c|a1c|h\dn\d|covid\d{0,2}|24hrs?|c19|b4|2day|2moro|2morrow|2nite|gr8|l8r|4ever|\dx|\ds"
)
UNIT = re.compile(
    r"\s{0,2}(?:%|mg|mcg|ml|units?|lbs?\b|pounds|kg|kilos|dollars|usd|pesos|bucks|calories|am\b|pm\b|a\.m|p\.m|o'?clock|hours?|hrs?\b|minutes?|mins?\b|"
    r"days?|weeks?|months?|years?|yrs?\b|yo\b|y/o|times|people|persons?|kids|children|pills?|tablets?|doses?|refills?|percent|degrees|steps|"
    r"horas?|minutos?|dias?|semanas?|mes(?:es)?\b|anos?\b|anitos|veces|personas|pastillas|de la (?:manana|tarde|noche)|y media|y cuarto|[:/]\s?\d)"
)
BEFORE_TIME = frozenset("at around by till until before after las la past about".split())
BEFORE_COUNT = frozenset("dr level stage type phase grade covid sars 24 tipo grado fase nivel".split())
EMERGENCY = frozenset("911 988 311 411 711 112 061 211 511 811".split())
LEFT_OF_WORD = frozenset(
    "a an the this that my your his her our their any some no each every another what which of to too so very more most "
    "un una el la los las este esta ese esa mi mis tu su sus al del otro otra algun ningun muy mas que".split()
)
CONNECTIVE = frozenset("de del la las los el y e da das do dos di du van von der den ten ter bin ibn al of the san santa st saint o' mac mc le i".split())
GENERATION = frozenset("jr sr ii iii iv v esq phd".split())
ARTICLES = frozenset("a i y e o u".split())
INITIAL_LETTERS = frozenset("bcdfghjklmnpqrstvwxz")
NEAR = re.compile(r"[ \t]{0,3}[-.,&/'\"]?[ \t]{0,3}")  # what may stand between two parts of one name
LIVES_IN = re.compile(r"\b(?:in|from|to|near|live|lives|en|desde|city of|ciudad de|municipio de)\s*$")

WORD, FUNCTION, EITHER, SUSPECT, LETTER, NUMBER, KNOWN, CODE = range(8)


@dataclass(slots=True)
class Token:
    """One word of the message and what is thought of it."""

    start: int
    end: int
    word: str
    kind: int
    capital: bool
    hidden: bool = False
    pulled: bool = True  # may be drawn in by a hidden neighbour


def find(folded: str, *, text: str, places: Sequence[int], known: frozenset[str], certain: bytearray) -> Iterator[Found]:
    """Names, places and odd codes in `folded`. `certain` marks what the other layers already hide."""
    words = vocabulary.load()
    mixed_case = not text.isupper() and not text.islower()
    tokens = [_token(m, text=text, places=places, known=known, words=words, mixed_case=mixed_case) for m in TOKEN.finditer(folded)]
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
    _slots(tokens, folded, mixed_case)
    _draw_in(tokens, folded, mixed_case)
    for token in tokens:
        if token.hidden and not certain[token.start]:
            yield token.start, token.end, _type(token, folded)
    yield from _seams(tokens, folded)


def _token(
    m: re.Match[str], *, text: str, places: Sequence[int], known: frozenset[str], words: vocabulary.Vocabulary, mixed_case: bool
) -> Token:
    word = m.group()
    kind = _kind(word, known, words)
    return Token(m.start(), m.end(), word, kind, mixed_case and text[places[m.start()]].isupper())


def _kind(word: str, known: frozenset[str], words: vocabulary.Vocabulary) -> int:
    if word in words.function:
        return FUNCTION
    if word in known:
        return KNOWN
    if word in words.also_names:
        return EITHER
    if word in words.ordinary:
        return WORD
    if len(word) == 1:
        return NUMBER if word.isdigit() else LETTER
    if word.isdigit():
        return NUMBER
    if any(c.isdigit() for c in word):
        return WORD if SAFE_CODE.fullmatch(word) else CODE
    if "'" in word:
        return _contracted(word, known, words)
    return WORD if words.holds(word) else SUSPECT


def _contracted(word: str, known: frozenset[str], words: vocabulary.Vocabulary) -> int:
    """"don't" and "doctor's" are ordinary; "angela's" and "o'neil" are not."""
    head, _, tail = word.partition("'")
    if word.replace("'", "") in words.ordinary:
        return WORD
    if tail in ("s", "t", "m", "re", "ve", "ll", "d", "nt", "em"):
        return _kind(head, known, words) if head else WORD
    return WORD if words.holds(head) and all(words.holds(part) for part in tail.split("'")) else SUSPECT


def _is_word_here(tokens: list[Token], at: int, folded: str, words: vocabulary.Vocabulary) -> bool:
    """"a mark", "the rose": an article before a name-word in small letters makes it a word."""
    token = tokens[at]
    if token.word not in words.name_first or token.capital or at == 0:
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
    if before in BEFORE_TIME or before in BEFORE_COUNT:
        token.pulled = False
        if size <= 2 or (size <= 4 and int(token.word[:-2]) < 24 and int(token.word[-2:]) < 60):
            return False
    if size < 3 or not token.pulled or token.word in EMERGENCY:
        return False
    return not (size == 4 and token.word[:2] in ("19", "20"))


def _slots(tokens: list[Token], folded: str, mixed_case: bool) -> None:
    """Hides what stands where a name is told, however ordinary the word."""
    starts = {token.start: at for at, token in enumerate(tokens)}
    for place, sure in name_slots(folded):
        at = starts.get(place, -1)
        if at < 0:
            continue
        doctor = at > 0 and tokens[at - 1].word in DOCTOR
        for token in tokens[at : at + 4]:
            joined = token.start == place or NEAR.fullmatch(folded, place, token.start)
            if not joined or doctor or not _fits(token, sure, folded, mixed_case):
                break
            token.hidden = True
            place = token.end


def _fits(token: Token, sure: bool, folded: str, mixed_case: bool) -> bool:
    """Whether a token can be part of the name that was announced."""
    if token.hidden or token.kind == SUSPECT:
        return True
    if token.kind in (FUNCTION, NUMBER):
        return token.kind == FUNCTION and token.capital and token.word in MODALS
    if token.kind == LETTER:
        return token.word in INITIAL_LETTERS
    if token.kind == KNOWN:
        return True
    if sure:
        return True if not mixed_case else token.capital or token.kind == EITHER
    if mixed_case:
        return token.capital
    return token.kind == EITHER and _clause_ends(folded, token.end)


def _clause_ends(folded: str, at: int) -> bool:
    rest = folded[at : at + 12].lstrip(" ")
    return not rest or rest[0] in ".,;!?\n" or rest.startswith(("and ", "here", "needs", "has ", "is ", "was ", "y ", "necesita", "tiene"))


def _draw_in(tokens: list[Token], folded: str, mixed_case: bool) -> None:
    """Lets hidden words draw in the rest of a name or address: second names, initials, house numbers, "de la"."""
    order = range(len(tokens))
    for sweep in (order, reversed(order), order):
        for at in sweep:
            if not tokens[at].hidden and _belongs(tokens, at, folded, mixed_case):
                tokens[at].hidden = True
    last = -1
    for at, token in enumerate(tokens):
        if not token.hidden:
            continue
        between = tokens[last + 1 : at]
        if 0 <= last and 0 < len(between) <= 3 and all(t.word in CONNECTIVE for t in between):
            if "\n" not in folded[tokens[last].end : token.start] and _gap(folded, tokens[last].end, between[0].start):
                for t in between:
                    t.hidden = True
        last = at


def _gap(folded: str, left: int, right: int) -> bool:
    return right - left <= 7 and bool(NEAR.fullmatch(folded, left, right))


def _belongs(tokens: list[Token], at: int, folded: str, mixed_case: bool) -> bool:
    token = tokens[at]
    left = at > 0 and tokens[at - 1].hidden and _gap(folded, tokens[at - 1].end, token.start)
    right = at + 1 < len(tokens) and tokens[at + 1].hidden and _gap(folded, token.end, tokens[at + 1].start)
    if not left and not right:
        return False
    before = tokens[at - 1].word if at else ""
    if token.kind == NUMBER:
        return token.pulled and before not in BEFORE_TIME
    if token.word in GENERATION and left:
        return True
    if token.kind == LETTER:
        return (left and right) or token.word in INITIAL_LETTERS
    if token.kind == FUNCTION:
        return False
    spaced = folded[tokens[at - 1].end : token.start] == " " if left else folded[token.end : tokens[at + 1].start] == " "
    if token.kind == KNOWN:
        return before not in DOCTOR and spaced
    if token.word in addresses.SUFFIXES and token.word not in DOCTOR:
        return left
    if token.word in DOCTOR or not spaced:
        return False
    sentence_start = at == 0 or not NEAR.fullmatch(folded, tokens[at - 1].end, token.start) or "." in folded[tokens[at - 1].end : token.start]
    if token.kind == EITHER:
        return token.capital or not mixed_case or (left and not sentence_start and not tokens[at - 1].capital)
    return token.capital and not sentence_start


def _type(token: Token, folded: str) -> str:
    if token.kind in (CODE, NUMBER):
        return "OTHER_ID"
    if token.word in addresses.SUFFIXES:
        return "ADDRESS"
    return "PLACE" if LIVES_IN.search(folded, max(0, token.start - 16), token.start) else "PERSON"


def _seams(tokens: list[Token], folded: str) -> Iterator[Found]:
    """Joins neighbours of one name into one span, so that "ana de la cruz" is masked once."""
    for one, two in zip(tokens, tokens[1:]):
        if one.hidden and two.hidden and one.kind not in (CODE, NUMBER) and two.kind not in (CODE, NUMBER):
            if two.start - one.end == 1 and folded[one.end] in " -'":
                yield one.end - 1, two.start + 1, "PERSON"
