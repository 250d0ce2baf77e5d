"""Street addresses, boxes and postcodes, in the English and the Spanish order.

The words of an address that these patterns leave behind are drawn in by the vocabulary layer, which knows their neighbours.
"""

import re
from collections.abc import Iterator

from bot.privacy.gate.spans import Found

__all__ = ["MORE_SUFFIXES", "PREFIXES", "SUFFIXES", "find"]

# Words that come before the name in many places: "rue", "via", "saint".
PREFIXES = frozenset(
    "rue rua via ul ulica strada piazza corso viale platz cite quai allee chemin impasse calle avenida avenue camino carretera ronda rambla plaza "
    "paseo carrer quinta fort mount mt lake san santa santo saint st ste port porto new north south east west upper lower grand great big little united "
    "republic kingdom czech el la le les los las villa val monte puerto cerro loma isla ciudad nueva nuevo gran prof profesor general coronel "
    "capitan padre doctor dr hermanos hnos principe princesa reina rey virgen marques conde duque".split()
)
SUFFIXES = frozenset(
    "street st str road rd avenue ave av drive dr lane ln court ct courts way place pl plaza boulevard blvd blv circle cir terrace ter trail trl "
    "parkway pkwy highway hwy square sq loop alley crescent cres close gardens gate grove heights hill hills isle junction knoll lake landing "
    "manor meadow meadows mews mill mount mountain park parkways pass path pike pine pines plain point port ridge river row run shore spring springs "
    "station stream summit track turnpike union valley view views village vista walk creek crossing bend bluff branch bridge brook coves cove corner "
    "estate estates falls field fields ford forest fork forks fort freeway garden glen green harbor haven hollow island islands key lodge "
    "apt suite unit ste box route rt streets burg numero edificio planta piso interior principal town city county country state states province parish apartment building bldg floor fl house united kingdom republic rapids strasse".split()
)
MORE_SUFFIXES = frozenset(
    "tunnel prairie ranch cliff cliffs oval passage locks neck cape via gateway canyon flat flats rest dale dam divide expressway extension inlet "
    "lakes lights loaf mall manors mission motorway orchard overpass plains ports radial ramp rapid roads rue shoals shoal skyway spur squares "
    "trace trails underpass viaduct ville wall well wells beach bayou bottom bypass camp causeway center centers common commons course curve crest "
    "crossroad throughway mountains norte sur este oeste oriente poniente nte ote pte".split()
)
STRONG = "street|streets|st|str|road|rd|avenue|ave|drive|dr|lane|ln|court|ct|boulevard|blvd|terrace|parkway|pkwy|highway|hwy|circle|cir|trail|crescent|turnpike|alley"
WEAK = "way|place|pl|plaza|square|sq|loop|row|walk|path|park|gate|gardens|point|pass|run|close|hill|view|ridge|creek|crossing|route|broadway"
STOP = (
    r"(?!(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|yrs?|am|pm|mg|ml|pills?|times?|people|kids|more|of|or|and|to|in|on|at|is|was|for|"
    r"i|my|me|you|the|a|an|please|with|can|do|have|need|appointment|miles?|blocks?|dollars?|percent)\b)"
)
TAIL_UNIT = r"(?:[\s,.-]{1,3}(?:apt|apartment|suite|ste|unit|floor|fl|rm|room|bldg|building|#|no)\.?\s?#?\s?[a-z]?-?\d{0,5}[a-z]?(?![a-z]))?"
TAIL_STATE = r"(?:[\s,]{1,3}(?:[a-z.'-]{2,20}\s){0,2}[a-z]{2},?\s\d{5}(?:-\d{4})?)?"
STATE_ZIP = re.compile(
    r"(?<![a-z])(?!is|es|at|no|to|of|in|on|by|my|me|so|al|en|el|la|es)[a-z]{2}\.?,?\s{1,2}\d{5}(?:-\d{4})?(?!\d)"
)
EN = [
    re.compile(
        rf"(?<![\w$])\d{{1,6}}[a-z]?(?:\s?-\s?\d{{1,5}})?,?\s(?:{STOP}[a-z0-9.'-]{{1,25}}\s){{1,4}}(?:{STRONG}|{WEAK})\b\.?{TAIL_UNIT}{TAIL_STATE}"
    ),
    re.compile(
        rf"\b(?:on|at|in|near|off|from|to)\s((?:(?:north|south|east|west|n|s|e|w)\.?\s)?(?:{STOP}(?!your|this|that|what|our|which|any|street|main road)"
        rf"[a-z0-9'.-]{{2,25}}\s){{1,2}}(?:street|avenue|ave|road|blvd|boulevard|lane|drive|parkway|highway|hwy))\b(?! (?:you|are|is it|parking))"
    ),
    re.compile(
        r"(?<!\w)\d{1,5}[a-z]?,?\s(?:rue|rua|via|ul\.?|ulica|quai|allee|chemin|impasse|calle|avenida|avenue|piazza|strada|corso|viale)\s"
        r"(?:(?:de|del|du|des|la|le|les|al|el|da|do|dos|dei|di)\s){0,3}[a-z0-9'-]{2,25}"
    ),
    re.compile(r"\b(?:p\.?\s?o\.?\s?)?box\s?#?\s?\d{1,6}\b(?:\s?[,\n]\s?[a-z ]{2,20}\s[a-z]{2}\s\d{5})?"),
    re.compile(r"\bp\.?\s?o\.?\s?box\b"),
    re.compile(
        r"\b(?:psc|unit|cmr|usns|uss)\s\w{1,12}(?:[,\s]{1,3}\w{1,12})?[,\s]{1,3}(?:box\s)?\d{1,5}\b|\b(?:psc|cmr)\s\d{1,5}\b"
    ),
    re.compile(r"\b(?:apo|fpo|dpo)\s{1,2}(?:aa|ae|ap)\b(?:\s{1,2}\d{3,5})?"),
    re.compile(
        r"\b(?:apt|apartment|suite|ste|unit|bldg|lot|rm)\b\.?\s?#?\s?(?:\d{1,5}[a-z]?|[a-z]\d{1,4}|[b-hj-z])(?!\w)"
    ),
    STATE_ZIP,
    re.compile(r"\bcorner of [^.?!\n]{3,60}\b(?:and|&|y) [a-z0-9.' -]{2,30}"),
    re.compile(r"\b(?:county|state|rural)\s(?:road|route|rd)\s\d{1,5}\b|\b(?:highway|hwy|route|interstate)\s\d{1,4}\b"),
    re.compile(r"\b\d{1,3}(?:st|nd|rd|th)\s(?:street|st|avenue|ave)\b"),
]
WAY_ES = (
    r"(?:calle|c\.?\s?/\.?|p\.o\b(?!\s?box)|cl\.?|avda\.?|avenida|av\.|av|avd\.?|paseo|pso\.?|po\.|plaza|plza\.?|pza\.?|pl\.|carrera|cra\.?|kra\.?|cr\.|carretera|ctra\.?|crta\.?|"
    r"camino|cno\.?|ronda|rda\.?|travesia|trav\.?|urbanizacion|urb\.?|colonia|col\.|barrio|bo\.|bulevar|boulevard|blvd\.?|via|pasaje|pje\.?|poligono|"
    r"glorieta|diagonal|transversal|tv\.|calzada|callejon|rua|rue|strada|jiron|sector|residencial|fraccionamiento|fracc\.?|conjunto|manzana|mz\.?|vereda|rambla|gran via|cuesta|alameda|circuito|prolongacion|continuacion|cerrada|eje vial|eje|acceso|ampliacion|privada|retorno|andador|peatonal|periferico|viaducto|libramiento|corredor|tr\.|dg\.?|cda\.?|priv\.?|carrer|avinguda|passeig|praza)"
)
NUMBER_ES = (
    r"(?:[\s,.:]{1,3}(?:n\.?o?\.?\s?|num\.?\s|numero\s|nro\.?\s|no\.\s|#\s?|km\.?\s?)?\d{1,5}(?![\d/:])(?:[.,]\d{1,3})?[a-z]?(?:\s?(?:-|y|#|/)\s?\d{1,4}[a-z]?){0,3}\b"
    r"|[\s,.]{1,3}s\s?/?\s?n[o.]{0,2}(?!\w))"
)
FLAT_ES = (
    r"(?:[\s,.;-]{1,3}(?:\d{1,3}\s?[oa.]{1,2}\s?[a-z]?(?![a-z])|\d{1,2}\s?-?\s?[a-h](?![a-z])|(?:piso|planta|portal|puerta|pta|esc|escalera|bloque|blq|bl|"
    r"bajo|atico|dpto|depto|departamento|apto|apartamento|interior|int|local|oficina|casa|torre|edificio|edif|lote|mz|izq|izda|izquierda|dcha|derecha)"
    r"\b\.?(?:\s?(?:no?\.?\s?|#\s?)?[a-z0-9]{1,4}(?![a-z0-9]))?)){0,5}"
)
ES = [
    re.compile(
        rf"(?<!\w){WAY_ES}\s?(?:de\s|del\s|la\s|el\s|las\s|los\s)*(?:[a-z0-9.'/-]{{1,25}}[\s,]{{1,2}}){{0,7}}?[a-z0-9.'-]{{1,25}}{NUMBER_ES}{FLAT_ES}"
    ),
    re.compile(
        r"(?<!\w)(?:calle|carrera|cra|cl|kra|transversal|diagonal|avenida|camino|tr|dg|gran via|ruta|autovia)\.?,?\s?\d{1,3}\s?[a-z]{0,4}(?:\s?(?:#|no\.?|n\.?|-|con|sur|norte|este|oeste)\s?\d{0,3}\s?[a-z]?){0,4}"
    ),
    re.compile(
        rf"(?:(?:vivo|vive|vivimos|resido|reside|direccion es|domicilio|me mude|estoy)\s(?:en|a|por|es)?\s?(?:la |el |mi )?)"
        rf"({WAY_ES}\s(?:de\s|del\s|la\s|el\s|las\s|los\s)*[a-z0-9'.-]{{2,25}}(?:\s(?:de|del|la|los|las|y)\b){{0,2}}(?:\s[a-z'-]{{2,25}})?)"
    ),
    re.compile(r"(?<![\w/])(?:e-|c\.?p\.?\s?:?\s?)?\d{5}(?!\w)"),
    re.compile(
        r"(?<!\w)(?:[a-z]\d[a-z]\s?\d[a-z]\d|[a-z]{1,2}\d[a-z\d]?\s\d[a-z]{2})(?!\w)"
    ),  # postcodes of Canada and Britain
    re.compile(r"(?<!\w)[a-z]{1,2}-?\d{1,3},?\skm\.?\s?\d{1,4}"),
]
LABELLED = re.compile(
    r"\b(?:domicilio|direccion|address|localidad|poblacion|ciudad|city|municipio|provincia|lugar de nacimiento|calle)(?:\s?/\s?\w{1,12})?"
    r"(?:\s(?:is|es|completa|actual|postal|of residence))?\s?:\s?([^\n;?!]{2,80}?)(?=\.?\s?(?:$|\n|;|\?|!|\. ?[a-z]{3,}))"
)
ADDRESS_IS = re.compile(
    r"\b(?:my|our|his|her|home|new|current|mailing|billing) address (?:is|was|has changed to|:)\s([^\n;?!]{4,80})"
)
STOPS_ADDRESS = r"(?!(?:and|y|my|mi|i|is|can|but|que|please|phone|tel|pero|so|because|for|para|when|is)\b)"
RESIDENCE = re.compile(
    r"\b(?:viv(?:o|e|imos|en) en|me mude a|live[sd]? (?:at|on|in)|living (?:at|on|in)|address (?:is|to)|direccion (?:es|:)|domicilio (?:es|:)|located at|"
    r"(?:send|mail|ship|deliver|moved|envi(?:ar|en|e)(?:lo)?) (?:it |them |this |that )?(?:to|at|a)|meet me at|pick (?:me|him|her) up at)\s{1,2}"
    rf"((?:{STOPS_ADDRESS}\S{{1,30}}\s{{1,2}}){{0,6}}?\S{{0,20}}\d\S{{0,20}}(?:\s(?:{STOPS_ADDRESS}[^\s\d]{{1,25}}\s){{0,3}}\S{{0,6}}\d\S{{0,6}}){{0,3}})"
)
RESIDENCE_CUE = re.compile(
    r"\bviv|mude|\bliv|address|direccion|domicilio|located|send|mail|ship|deliver|moved|envi|meet me|pick "
)
CLOCK = re.compile(r"\d{1,2}(?::\d\d)?\s?(?:[ap]\.?m\.?)?[.,]?")
ANY_CUE = re.compile(
    rf"\b(?:{STRONG}|{WEAK}|box|psc|unit|cmr|apo|fpo|dpo|apt|apartment|suite|ste|bldg|lot|rm|corner|highway|hwy|route|interstate|rue|rua|via|ul|ulica|quai|"
    r"allee|chemin|impasse|calle|avenida|piazza|strada|corso|viale)\b"
)
ES_CUE = re.compile(rf"(?<!\w){WAY_ES}(?!\w)")
DIGIT = re.compile(r"\d")


def find(text: str) -> Iterator[Found]:
    """Addresses in folded text."""
    digits = DIGIT.search(text)
    if ANY_CUE.search(text):
        for pattern in EN:
            yield from ((m.start(m.lastindex or 0), m.end(m.lastindex or 0), "ADDRESS") for m in pattern.finditer(text))
    elif digits:
        yield from ((m.start(), m.end(), "ADDRESS") for m in STATE_ZIP.finditer(text))
    if ES_CUE.search(text):
        for pattern in ES[:3]:
            yield from ((m.start(m.lastindex or 0), m.end(m.lastindex or 0), "ADDRESS") for m in pattern.finditer(text))
    if digits:
        for pattern in ES[3:]:
            yield from ((m.start(), m.end(), "ADDRESS") for m in pattern.finditer(text))
        if RESIDENCE_CUE.search(text):
            yield from (
                (m.start(1), m.end(1), "ADDRESS") for m in RESIDENCE.finditer(text) if not CLOCK.fullmatch(m[1])
            )
    for pattern in (LABELLED, ADDRESS_IS):
        yield from ((m.start(1), m.end(1), "ADDRESS") for m in pattern.finditer(text))
