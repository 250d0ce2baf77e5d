"""The terms of a question: words brought to one form (synonyms, endings), with the empty ones left out."""


# ruff: noqa: E501 - tables of words and patterns read better in long rows than one to a line
from __future__ import annotations

import re
from typing import Final

from bot.text import normal

STOP: Final = frozenset(
    """a an the is are am be been was were do does did doing done i im ive id me my mine we our us you your yours u ur yall it its they
    them their he she his her this that these those of to for from in on at by with as or if so and but not dont doesnt can could
    would should will shall may might must have has had get got gets getting go going there here what which who whose when where why how
    please thanks thank hi hello hey ok just also too very really about any some need want like know tell guys let be able
    el la los las un una unos unas lo le les se me mi mis su sus tu tus yo nos nosotros usted ustedes ella ellos es son esta estan
    estoy soy ser estar ha han he hay de del al a en por para con sin y o u que como cuando donde quien cual cuales si no ya muy mas
    usually normally typically generally normalmente usualmente generalmente until till hasta
    quiero quisiera necesito puedo puede pueden podria tengo tiene tienen hacer hago favor gracias hola eso esto ese esa este algo
    dicen digame decir saber""".split()
)

_SAME: Final[dict[str, str]] = {}
for _line in """
appointment appt appts apointment appoinment cita citas visit visits visita visitas consulta turno
doctor dr dra doctora physician clinician provider medico medica doctors doctores medicos practitioner profesional
refill refil resurtido recarga resurtir renew renewal renovar surtir rellenar repeat
prescription rx script receta recetas prescripcion
medicine med meds medication medications medicines medicina medicinas medicamento medicamentos pill pills pastilla pastillas drug drugs remedio
insurance insurances insurer insurers aseguranza aseguranzas seguro seguros coverage
cost price fee charge charges cuesta costo precio cobran cobrar cobra vale tarifa cargo fees prices costs expensive
pay payment pagar pago pagos paying
bill invoice statement factura cuenta bil bills
result resultado results resultados
lab labs laboratorio laboratory bloodwork analisis blood sangre
test tests examen examenes prueba pruebas
fast fasting ayuno ayunas
eat eating food comer comida breakfast desayunar desayuno desayune
drink drinking tomar beber
record records expediente historial registros chart
form forms formulario formularios paperwork papeles papers
park parking estacionamiento estacionar estaciono parqueo estacionarme
address location located direccion ubicacion ubicados direction directions
wheelchair stairs steps escaleras walker cane andador baston accessible accessibility handicap disabled ramp ramps silla rampa accesible
interpreter interpreters translator interprete interpretes traductor
vaccine vaccines vaccination shot shots immunization immunizations vacuna vacunas jab booster
flu influenza gripe
telehealth telemedicine video virtual telemedicina videollamada zoom
portal mychart
password contrasena clave login
cancel cancelation cancellation cancelar cancelacion canceling cancelling
reschedule move change cambiar mover reprogramar
late tarde
miss missed noshow faltar falto falte perdi
child children kid kids son daughter baby nino ninos hijo hija hijos bebe nina
pregnant pregnancy embarazada embarazo
hour hours horario horarios hora
open opens abren abierto abiertos abre abrir
close closed closes closing cierran cerrado cierra cerrados
holiday holidays feriado feriados festivo festivos
lunch noon midday almuerzo mediodia
emergency urgencia emergencia urgent urgencias
phone telephone call telefono llamar llamo llamada number numero
after-hours night noche nights
woman women womens mujer female
accept accepted take takes aceptan toman reciben acepta accepting
new nuevo nueva nuevos
patient patients paciente pacientes
referral referrals referido refer referidos
school escuela sports deportes deportivo camp campamento sport
bus transit autobus transporte transportation
language languages idioma spanish espanol
mask masks mascarilla cubrebocas
pharmacy farmacia drugstore
bring traer llevar llevo traigo
wait waiting espera esperar
note letter carta nota excuse justificante
physical checkup fisico chequeo wellness annual
discount sliding descuento assistance ayuda
uninsured
minor teen teens menor menores
specialist especialista
copay copago copays
estimate estimado presupuesto
sick enfermo enferma ill
family husband wife spouse mom mother dad father relative relatives esposo esposa mama papa familia familiar proxy caregiver
behind retrasado
see look view access ver mirar revisar
nurse enfermera enfermeria
mail email correo
""".strip().splitlines():
    _head, *_rest = _line.split()
    for _word in (_head, *_rest):
        _SAME.setdefault(_word, _head)

_PHRASES: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), name)
    for pattern, name in (
        (r"check ?-?ups?", "checkup"),
        (r"(?:dont|do not|didnt|not|never) (?:show(?: up)?|come|make it)|no voy a (?:mi|la) cita|si no voy", "noshow"),
        (r"running (?:late|behind)|(?:minutes|minutos|min|mins) (?:behind|late|tarde)", "late"),
        (r"no ?-?shows?", "noshow"),
        (r"blood ?work|blood draws?|blood tests?|lab ?work|lab tests?|sacar(?:me|se)? sangre|toma de sangre", "lab"),
        (r"x ?-?rays?|radiografias?", "xray"),
        (r"(?:without|no|dont have|do not have|lack|sin|no tengo|not having) (?:any |health |medical )?(?:insurance|seguro|aseguranza)", "uninsured"),
        (r"self ?-?pay|pay cash|cash price", "uninsured cost"),
        (r"log ?-?in|sign ?-?in", "login"),
        (r"sign ?-?up|register|registrarme|inscribirme", "signup"),
        (r"walk ?-?ins?|sin cita|without (?:an )?appointment", "walkin"),
        (r"after ?-?hours|fuera de horario|at night|de noche", "after-hours"),
        (r"how long|how many (?:days|weeks|hours|minutes)|how much time|cuanto (?:tiempo|tardan?|duran?)|cuantos (?:dias|minutos)|cuantas horas", "howlong"),
        (r"copago|co ?-?pays?", "copay"),
        (r"e ?-?mails?", "email"),
        (r"how much|cuanto (?:cuesta|vale|es|cobran|sale)", "cost"),
    )
)
_WORD: Final = re.compile(r"[a-z][a-z-]*[a-z]|[a-z]|\d+")
_ENDINGS: Final = ("ations", "ation", "iones", "cion", "mente", "ings", "ing", "edly", "ed", "ies", "es", "s", "os", "as", "a", "o")
SHORTEST_STEM: Final = 4


def terms(text: str) -> list[str]:
    """The terms of a text, in order, empty words left out; all words when nothing else is said."""
    folded = normal(text).folded
    for pattern, name in _PHRASES:
        folded = pattern.sub(name, folded)
    found = _WORD.findall(folded)
    kept = [term(word) for word in found if word not in STOP]
    return kept or [term(word) for word in found]


def term(word: str) -> str:
    """One word in its one form."""
    same = _SAME.get(word)
    if same:
        return same
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            stem = word[: -len(ending)]
            return _SAME.get(stem, stem)
    return word
