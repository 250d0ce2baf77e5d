"""What one character becomes when text is folded: lower case, no accent, Latin where a look-alike was typed.

Folding is done character by character, so a caller that must point back into the raw text can.
"""

import unicodedata

# Letters of other scripts that look like a Latin one. They are replaced only inside words made of nothing else,
# so that real Russian or Greek words stay what they are.
LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕԁһԛԝвкмтнАВЕКМНОРСТУХІЈЅαβεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijsdhqwbkmthABEKMHOPCTYXIJSabeiknoptuxABEZHIKMNOPTYX",
)

APOSTROPHES = frozenset("'’‘`´ʼ＇")
_PLAIN_PUNCTUATION = {"“": '"', "”": '"', "–": "-", "—": "-", "…": ".", "¿": " ", "¡": " ", "\u00a0": " "}
_KEPT_CONTROLS = frozenset("\n\t\r ")
# Zero-width joiner, variation selectors and tags are format or mark characters; emoji read the same without them.
_DROPPED_CATEGORIES = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))


def is_hidden(char: str) -> bool:
    """Whether the character shows nothing and can only serve to hide or reorder text."""
    if char in _KEPT_CONTROLS:
        return False
    return unicodedata.category(char) in _DROPPED_CATEGORIES or "\ufe00" <= char <= "\ufe0f"


def plain(char: str) -> str:
    """The folded form of one character: usually one character, none for an accent, several for a ligature."""
    if char.isascii():
        return char.lower()
    if char in _PLAIN_PUNCTUATION:
        return _PLAIN_PUNCTUATION[char]
    if char in APOSTROPHES:
        return "'"
    if is_hidden(char):
        return ""
    opened = unicodedata.normalize("NFKD", char).casefold()
    kept = "".join(part for part in opened if not unicodedata.combining(part))
    return unicodedata.normalize("NFKC", kept)
