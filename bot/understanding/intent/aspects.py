"""What about the thing is asked: its cost, its length, whether it is now, on which day, where to park."""


# ruff: noqa: E501 - tables of words and patterns read better in long rows than one to a line
from __future__ import annotations

import re
from typing import Final

from bot.text import normal

_ASPECTS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (name, re.compile(rf"\b(?:{pattern})\b"))
    for name, pattern in (
        ("cost", r"how much(?! (?:time|notice|water))|cost|costs|price|prices|charge|charged|fee|fees|expensive|cheap\w*|cuanto (?:cuesta|vale|cobran|sale|es)|precio|costo|tarifa|cargo|cobran"),
        ("lunch", r"lunch|lunchtime|lunch time|midday|mid day|at noon|almuerzo|mediodia|medio dia"),
        ("now", r"right now|now|rn|at the moment|currently|at this hour|still open|ahora|ahorita|en este momento|todavia"),
        ("next_open", r"(?:when|what time|what day) (?:will|do|does|are|is|can) (?:you|u|the \w+|it|yall|i) (?:\w+ )?(?:next open|re-?open\w*|open (?:again|next)|be open|be back)|next (?:opening|open)|"
                      r"(?:cuando|a que hora) (?:vuelven a abrir|abren de nuevo|reabren)|proxim[ao] (?:apertura|vez que abren)|reopen\w*|vuelven a abrir"),
        ("holiday", r"holidays?|thanksgiving|christmas|new years?|labor day|memorial day|independence day|fourth of july|4th of july|july 4(?:th)?|juneteenth|mlk|"
                    r"martin luther king|easter|veterans day|presidents day|columbus day|halloween|feriados?|festivos?|navidad|nochebuena|ano nuevo|accion de gracias|"
                    r"semana santa|dia del trabajo|snow|storm|weather"),
        ("parking", r"park|parking|parked|estacion\w*|parqueo|garage"),
        ("transit", r"bus|buses|train|subway|transit|public transport\w*|autobus|camion|transporte"),
        ("access", r"wheelchair|ramps?|elevators?|handicap\w*|accessible|accessibility|step ?free|stairs|steps|walker|silla de ruedas|rampa|elevador|accesible|escaleras"),
        ("fax", r"fax"),
        ("phone", r"phone number|(?:telephone|contact|office) number|your (?:phone|number)|number (?:to|do i) call|what number|which number|numero de telefono|que numero|telefono|"
                  r"(?:nurse|billing|on.?call|after.?hours) (?:line|number|phone)|linea de enfermer\w*|number for"),
        ("how_long", r"how long (?:is|does|do|will|are)|how many minutes|duration|length of|cuanto (?:dura|tiempo)|duracion"),
        ("languages", r"(?:speaks?|speaking|habla\w*|hablen) (?:\w+ )?(?:english|spanish|vietnamese|espanol|ingles|vietnamita|other languages)|(?:spanish|vietnamese) ?-?speaking|in spanish|en espanol|languages?|idiomas?"),
        ("new_patients", r"(?:new|nuev[oa]s?) (?:patients?|pacientes?)|pacientes? nuev[oa]s?"),
        ("who", r"who|whos|which (?:doctors?|providers?|clinicians?)|your (?:doctors|providers|clinicians|staff)|quien(?:es)?|que doctor\w*|cuales doctor\w*|los doctores|los medicos|las doctoras"),
        ("bring", r"bring|wear|take with me|llevar|traer|llevo|traigo"),
        ("list", r"(?:take|accept|aceptan|toman|reciben) (?:my |any |health |most |all |mi |algun )?(?:insurances?|seguros?|aseguranzas?)(?: plans?)?$|(?:what|which|list of|all) (?:\w+ )?(?:insurances?|plans?|insurance plans)|(?:que|cuales|lista de) (?:\w+ )?(?:seguros?|aseguranzas?|planes)|insurances?(?: accepted)?$|(?:que|cuales) (?:otros )?(?:seguros|aseguranzas)"),
        ("where", r"where|address|located|location|directions?|get there|how do i get to|find you|donde|direccion|ubicacion|como llego|llegar"),
        ("close", r"clos\w+|how late|until (?:what|when)|till (?:what|when)|stay open|cierran?|hasta que hora|cerrar"),
        ("open", r"how early|what time (?:do|does|are|will) \w+ open|when do you open|abren?|a que hora abr\w+"),
    )
)


def aspect(text: str) -> str | None:
    """The first aspect, in order of how telling it is, that a question names."""
    folded = normal(text).folded
    return next((name for name, pattern in _ASPECTS if pattern.search(folded)), None)
