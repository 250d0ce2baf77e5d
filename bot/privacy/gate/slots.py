"""Where a name is told: the places in a message right after "my name is", "me llamo", "mi hijo", "mrs", and the like."""

import re
from collections.abc import Iterator

__all__ = ["DOCTOR", "LIKELY", "MODALS", "OUTRIGHT", "POSSIBLE", "name_slots"]

DOCTOR = frozenset("dr dra drs doctor doctora doc physician dentist nurse with con".split())
MODALS = frozenset("will may".split())
POSSIBLE, LIKELY, OUTRIGHT = range(3)

# Told outright: whatever follows is the name, up to the next small word.
TOLD = re.compile(
    r"\b(?:(?:my|full|first|last|middle|maiden|patient'?s?|sur|his|her|child'?s|son'?s|daughter'?s|kid'?s|wife'?s|husband'?s|mother'?s|father'?s|the)\s?"
    r"(?:full |first |last |middle |legal )?name(?:'?s| is| was|:| -)?(?: is)?|names?:|name is|call(?:s|ed)? me|people call me|everyone calls me|"
    r"(?:is|was|am|be|baby|boy|girl|kid|son|daughter|dog) (?:named|called)|named|nicknamed|goes by|go by|under the name(?: of)?|it is under|name of|"
    r"signed|sincerely|regards|"
    r"me llamo|me yamo|se llama|llamad[oa]|mi nombre es|mi nombre completo es|su nombre es|el nombre es|nombre(?: completo| del paciente| y apellidos?)?:|"
    r"nombre es|a nombre de|apellidos?(?: es| son|:)?|paciente:|patient:|atte|atentamente|me dicen|le dicen)"
    r"[\s:,.\"'-]{1,4}(?=\w)"
)
# Someone is introduced: words that can be first names count, and capitals.
INTRODUCED = re.compile(
    r"\b(?:(?:this is|it's me|its me|les habla|le habla|habla|soy|yo soy)|"
    r"(?:mrs?|ms|miss|mister|madam|sra?|srta|senora?|senorita|don|dona)\.?|"
    r"(?:my|his|her|our|the|mi|su|nuestro|nuestra)\s(?:\w{3,9}\s)?(?:son|daughter|kid|child|baby|boy|girl|husband|wife|mother|mom|mum|father|dad|"
    r"brother|sister|grandma|grandpa|grandmother|grandfather|grandson|granddaughter|aunt|uncle|niece|nephew|cousin|friend|neighbor|partner|spouse|"
    r"fiance|fiancee|boyfriend|girlfriend|roommate|boss|stepson|stepdaughter|twins?|hij[oa]|espos[oa]|marido|mujer|mama|papa|madre|padre|herman[oa]|"
    r"abuel[oa]|niet[oa]|ti[oa]|sobrin[oa]|prim[oa]|suegr[oa]|cunad[oa]|novi[oa]|pareja|bebe|vecin[oa]|amig[oa]|patient(?: is)?|paciente(?: es)?)|"
    r"(?:appointment|appt|visit|cita|turno|consulta|receta|refill|results) (?:for|para|de)|es para|it's for|its for)"
    r"[\s:,.\"-]{1,3}(?=\w)"
)
# Weaker openings: a word that can be a first name must also end its clause here, or be a capital.
MAYBE = re.compile(
    r"\b(?:i am|i'm|im|it is|it's|its|aqui|es|for|para|of|de|by|schedule|book|bring|hi|hello|hey|hola|ask)"
    r"[\s:,.\"-]{1,3}(?=\w)"
)
# "john is my name", "angela here", "mark with an m"
AFTER = re.compile(
    r"(?<!\w)(\w{2,20})(?= (?:here\b|is my (?:first |last |full )?name|with an? \w\b|speaking\b|es mi nombre))"
)


def name_slots(folded: str) -> Iterator[tuple[int, int]]:
    """Places where a name may begin, and how sure that is."""
    yield from ((m.end(), OUTRIGHT) for m in TOLD.finditer(folded))
    yield from ((m.end(), LIKELY) for m in INTRODUCED.finditer(folded))
    yield from ((m.start(1), LIKELY) for m in AFTER.finditer(folded))
    yield from ((m.end(), POSSIBLE) for m in MAYBE.finditer(folded))
