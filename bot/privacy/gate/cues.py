"""Identifiers announced by what stands before them: "member id", "plate", "cédula", "episodio", "zip".

After such a cue even a short or odd-looking code is an identifier, so the value only needs one digit.
"""

import re
from collections.abc import Iterator

from bot.privacy.gate.spans import Found

__all__ = ["find"]

CUES = {
    "SSN": r"ssn|social security(?: number)?|social|seguro social|nss|itin|tax ?id|ein|tin|last (?:four|4)(?: digits)?|ultimos (?:cuatro|4)",
    "MRN": r"mrn|medical record|record|chart|patient|case|file|nhc|historia(?: clinica)?|expediente|episodio|ficha|paciente|specimen|accession|encounter",
    "PLAN_ID": r"member(?:ship)?|subscriber|policy|group|grp|insurance|medicaid|medicare|plan|poliza|afiliad[oa]|afiliacion|nass|tarjeta sanitaria|cip|"
    r"carnet|mbi|beneficiary|rx ?bin|claim",
    "ACCOUNT": r"account|acct|routing|cuenta|cta|iban|invoice|bill|factura|confirmation|confirmacion|reference|ref|referencia|order|clabe|cvv|cvc|pin|"
    r"password|passcode|contrasena|code|codigo|clave|card|tarjeta|ending in|terminada en",
    "LICENCE": r"licen[cs]e|driver'?s? licen[cs]e|drivers? lic|dl|licencia|lic|npi|dea|colegiad[oa]|n\.?o?\.? ?col|registro",
    "PASSPORT": r"passport|pasaporte|visa|green card|alien",
    "VEHICLE": r"(?:licen[cs]e )?plates?|tags?|vin|vehicle|placas?|matricula|patente|bastidor",
    "DEVICE": r"serial|device|imei|pacemaker|pump|implant|udi|lot|model|serie|dispositivo|marcapasos|lote|modelo",
    "OTHER_ID": r"dni|nif|nie|cedula|curp|rfc|rut|cuit|cuil|documento|identificacion|cc|ti|ce|id|identification|badge|student|employee|tracking|user",
    "PHONE": r"phone|cell|mobile|tel|telephone|telefono|celular|cel|movil|fax|whatsapp|call me (?:at|on)|reach me (?:at|on)|text me (?:at|on)|extension|ext",
    "ADDRESS": r"zip|zip ?code|postal(?: code)?|postcode|codigo postal|c\.?p\.?|area code|apt|apartment|apto|suite|ste|depto|departamento|piso|box|"
    r"p\.?\s?o\.? ?box|apartado|casilla|room|rm|habitacion|house|portal",
}
# A cue that is an everyday word needs a link ("id is", "group #") before its value; the rest need only stand next to it.
EVERYDAY = frozenset(
    "social record chart patient case file historia paciente specimen member group insurance plan claim bill order code card reference "
    "visa tag tags vehicle device pump implant lot model ti ce id student employee user phone cell mobile house room portal medicare "
    "medicaid registro documento implant tarjeta clave pin cc patente pacemaker serie piso factura cuenta account lote lic ref "
    "invoice".split()
)
LINK = (
    r"(?:\s?(?:id|i\.d\.?|number|numbers|num|numero|nro|no|n[o.]|nr|code|codigo|#|:|=|is|es|was|son|it'?s|de|del|con|el|la|mi|my|"
    r"identification|identificacion|digits?|ending|in|ssn|terminada|en|are|at))"
)
VALUE = (
    r"((?:[a-z]{1,4}[\s-]?)?(?<![a-z]{5})[a-z0-9]{0,12}\d[a-z0-9]{0,24}"
    r"(?:[\s./_-]{1,2}(?![a-z]{0,2}\d{1,2}(?::|\s?[ap]\.?m))(?:[a-z]{0,3}\d[a-z0-9]{0,20}|[a-z]{1,2}(?![a-z]))){0,6})"
)
ALL = {
    kind: re.compile(rf"(?<![a-z])(?P<cue>{words})s?(?P<link>{LINK}{{0,6}})[\s:#.=,-]{{0,6}}{VALUE}")
    for kind, words in CUES.items()
}
MEASURE = re.compile(
    r"\s?(?:mg|ml|mcg|am\b|pm\b|a\.m|p\.m|%|days?|dias?|weeks?|months?|hours?|horas|years?|anos|times|minutes?|people|[-/]\d|:\d\d)"
)
DIGIT = re.compile(r"\d")


def find(text: str) -> Iterator[Found]:
    """Codes that follow a cue word."""
    if not DIGIT.search(text):
        return
    for kind, pattern in ALL.items():
        for m in pattern.finditer(text):
            if m["cue"] in EVERYDAY and not m["link"].strip() and ":" not in text[m.end("link") : m.start(3)]:
                if sum(c.isdigit() for c in m[3]) < 3:
                    continue
            value = m[3]
            if sum(c.isdigit() for c in value) <= 3 and MEASURE.match(text, m.end()):
                continue
            yield m.start(3), m.end(), kind
