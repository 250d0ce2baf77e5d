"""The steering words, English and Spanish, as patterns over folded text.

`WHOLE` must be the whole message, give or take politeness; `INSIDE` may stand anywhere in it.
"""


# ruff: noqa: E501 - tables of words and patterns read better in long rows than one to a line
from __future__ import annotations

import re
from typing import Final

from bot.understanding.heard import Command

POLITE: Final = re.compile(
    r"\b(?:please|pls|plz|thanks|thank you|thx|por favor|porfa|porfavor|gracias|ok|okay|oh|um|well|hey|actually|sorry|now|ahora|just|"
    r"then|entonces|bueno|pues|so|i said|ya)\b"
)


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:{pattern})$")


WHOLE: Final[tuple[tuple[Command, re.Pattern[str]], ...]] = (
    (Command.YES, _whole(
        r"y|o?k+|oka+y|okey|okey dokey|ye+s+|yea+h*|yep+|yup+|yess?ir|ya|sure(?: thing)?|correct|right|thats (?:right|correct|it|good|fine)|that is (?:right|correct)|"
        r"(?:yes )?(?:that|this|it) (?:one )?(?:works|is (?:fine|good|ok|correct|right)|looks (?:good|right|ok))(?: for me| to me)?|sounds (?:good|great|fine)|"
        r"(?:looks|all) (?:good|right)|go ahead|do it|confirm(?:ed)?|i confirm|absolutely|definitely|of course|perfect|great|fine|"
        r"(?:yes )?(?:i do|i am|i would|it is|that is|they are|you can)|send it|submit(?: it)?|book it|affirmative|yes (?:send|book|confirm|do|submit|cancel|take) (?:it|that|one)?|"
        r"s|si+|sip|claro(?: que si)?|correcto|asi es|esta bien|de acuerdo|dale|vale|exacto|por supuesto|perfecto|confirmo|si confirmo|"
        r"me parece bien|envielo|envialo|mandelo|esta correcto|todo bien|todo correcto|eso es|adelante|si (?:claro|esta bien|senor|senora|quiero|es correcto)"
    )),
    (Command.NO, _whole(
        r"n|no+|nope+|nah+|no way|not (?:really|yet|now|right|correct)|negative|no (?:thats|that is|its|it is) (?:wrong|not right|incorrect)|"
        r"(?:thats|that is|its|it is) (?:wrong|not right|incorrect|not correct)|incorrect|wrong|i dont(?: think so)?|i do not|no i (?:dont|am not|do not)|im not|"
        r"no senor|para nada|negativo|incorrecto|esta mal|no es correcto|claro que no|no quiero|todavia no|no no|mejor no"
    )),
    (Command.BACK, _whole(
        r"(?:go |take me |move )?back(?: one| a step| up)?|go back(?: to the (?:last|previous) (?:one|question|step))?|previous(?: question| step)?|"
        r"undo|last question|one step back|i want to go back|can (?:i|we) go back|(?:i )?made a mistake|"
        r"atras|volver(?: atras)?|regresar?|regrese|vuelva(?: atras)?|ir atras|anterior|la anterior|pregunta anterior|paso anterior|quiero (?:volver|regresar)|"
        r"me equivoque"
    )),
    (Command.FORGET_IT, _whole(
        r"forget (?:it|about it|this|that|the whole thing)|never ?mind|nvm|nevermind|cancel(?: (?:this|that|it|request|the request|this request|the form|my request))?|quit|exit|stop(?: this| it)?|"
        r"leave it|drop it|i changed my mind|changed my mind|not anymore|no longer (?:needed|need it)|i dont want (?:to|this|it)(?: anymore| any more| do this)?|"
        r"i (?:give up|quit)|abort|end this|get me out(?: of (?:here|this))?|skip it all|dont send(?: it)?|"
        r"olvidelo|olvidalo|dejelo|dejalo|no importa|cancelar(?: (?:esto|solicitud|la solicitud))?|cancelelo|cambie de (?:opinion|idea)|ya no(?: quiero| lo quiero)?|"
        r"salir|mejor no|dejemoslo|no quiero (?:seguir|continuar)|termin(?:ar|e)|no lo (?:mande|envie)|olvida eso|olvide eso"
    )),
    (Command.START_OVER, _whole(
        r"start (?:over|again|from the (?:beginning|start|top))|restart|begin again|reset|from the (?:top|beginning)|lets start (?:over|again)|new request|main menu|menu|home|"
        r"empezar (?:de nuevo|otra vez)|comenzar (?:de nuevo|otra vez)|de nuevo|desde el principio|reiniciar|volver a empezar|menu principal|inicio"
    )),
    (Command.SKIP, _whole(
        r"skip(?: (?:it|this|that|this one|question|this question))?|pass|next|none|no preference|(?:it )?doesnt matter|(?:i )?dont (?:care|know|mind)|idk|not sure|"
        r"prefer not to (?:say|answer)|rather not(?: say)?|n ?/ ?a|no idea|i have none|nothing|any(?:one|thing|body|where| of them)?|whoever|whichever|either(?: one)?|no note|"
        r"saltar(?:lo)?|omitir|omita|siguiente|paso|da igual|me da igual|no importa cual|no se|no lo se|ninguno|ninguna|nada|cualquier(?:a|o)?|el que sea|la que sea|"
        r"prefiero no decir(?:lo)?|sin preferencia|no tengo"
    )),
    (Command.REPEAT, _whole(
        r"repeat(?: (?:that|it|the question|please))?|say (?:that|it) again|again|what(?: was that| did you say| was the question)?|huh|come again|pardon|"
        r"i dont understand|i did not understand|i dont get it|what do you mean|can you repeat(?: that| it| the question)?|sorry what|"
        r"repita|repetir|repite|otra vez|como|que|que dijo|mande|no entiendo|no entendi|no comprendo|que quiere decir|puede repetir(?:lo)?|cual era la pregunta"
    )),
    (Command.PERSON, _whole(
        r"person|human|agent|(?:a |an )?(?:real |live )?(?:person|human|agent|representative|operator|rep)|representative|operator|staff|front desk|receptionist|reception|"
        r"someone|somebody|(?:talk|speak|chat) (?:to|with) (?:a |an |the |my )?(?:real |live |actual )?(?:person|human(?: being)?|someone|somebody|agent|representative|staff|operator|front desk|receptionist|nurse)|"
        r"persona|humano|agente|una persona(?: real)?|operador[a]?|representante|asesor[a]?|recepcion|recepcionista|alguien|"
        r"hablar con (?:una |un |la |el )?(?:persona(?: real)?|humano|agente|alguien|representante|recepcion|recepcionista|operador[a]?|enfermera)"
    )),
    (Command.STATUS, _whole(
        r"status|my status|status (?:of )?(?:my )?(?:request|refill|appointment|order)?|request status|track|any (?:update|news|updates)|update|"
        r"estado|estatus|estado de mi (?:solicitud|pedido|receta)|novedades|alguna novedad"
    )),
    (Command.THANKS, _whole(
        r"(?:(?:ok|okay|great|perfect|bueno|perfecto) )?(?:thanks|thank you|thx|gracias|muchas gracias)|ty|tysm|thank u|many thanks|thanks (?:a lot|so much|again|for (?:your|the) help|for everything)|thank you (?:so|very) much|"
        r"(?:i )?appreciate it|much appreciated|gracias|muchas gracias|mil gracias|muy amable|se lo agradezco|gracias por (?:todo|su ayuda|la ayuda)"
    )),
    (Command.CONTINUE, _whole(
        r"continue|go on|keep going|carry on|proceed|resume|i want to (?:continue|go on)|lets continue|this is not an emergency|not an emergency|"
        r"continuar|continue|continua|seguir|siga|sigamos|quiero (?:continuar|seguir)|reanudar|proseguir|no es (?:una )?emergencia"
    )),
)

INSIDE: Final[tuple[tuple[Command, re.Pattern[str]], ...]] = (
    (Command.PERSON, re.compile(
        r"\b(?:talk|speak|chat|connect me|transfer me|put me through|put me)\b.{0,14}\b(?:to|with)\b.{0,12}\b(?:person|human|someone|somebody|agent|representative|staff|operator|"
        r"front desk|receptionist|nurse|real)\b|\b(?:real|live|actual) (?:person|human|agent)\b|\b(?:i (?:want|need)|get me|give me) (?:a |an )?(?:person|human|agent|representative|operator)\b|"
        r"\b(?:can|could|have|please) (?:a |an )?(?:someone|somebody|a person|a nurse|the office)\b.{0,8}\b(?:call|contact) me\b|"
        r"\bhablar con (?:una |un |la |el )?(?:persona|humano|agente|alguien|representante|recepcion\w*|operador\w*|enfermera)\b|"
        r"\b(?:comuni\w+|paseme|pasame|conecteme|conectame)\b.{0,10}\bcon\b|\bpersona (?:real|de verdad)\b"
    )),
    (Command.STATUS, re.compile(
        r"\b(?:where(?: is|s)?|whats (?:up|happening) with|what happened (?:to|with)|any (?:news|update|updates|word) (?:on|about)|status (?:of|on)|check(?:ing)? on|did (?:you|they|anyone) (?:get|see|send|do|approve))\b"
        r".{0,14}\bmy\b.{0,20}\b(?:request|requests|refill|refills|prescription)\b"
        r"|\b(?:donde esta|que paso con|como va|estado de|en que va|ya (?:vieron|hicieron|mandaron))\b.{0,14}\bmi\b.{0,14}\b(?:solicitud|pedido|receta|resurtido|refill)\b"
    )),
    (Command.ARE_YOU_HUMAN, re.compile(
        r"\b(?:are|r) (?:you|u) (?:a |an )?(?:real |actual |live )?(?:robot|bot|human|person|machine|computer|ai|chatbot|chat bot|real|someone real|automated|program|nurse|doctor)\b|"
        r"\b(?:is (?:this|it|that)|am i (?:talking|speaking|chatting) (?:to|with)) (?:a |an )?(?:real |actual |live )?(?:robot|bot|human|person|machine|computer|ai|chatbot|someone real)\b|"
        r"\byou(?: are|re)? (?:a |an )?(?:robot|bot|machine|ai)\?|\bwho am i (?:talking|speaking|chatting) (?:to|with)\b|"
        r"\b(?:eres|es usted|es|sera|estoy hablando con|hablo con) (?:una |un )?(?:robot|bot|humano|persona(?: real)?|maquina|computadora|ia|ser humano)\b|\bcon quien (?:hablo|estoy hablando)\b"
    )),
)

CHANGED: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (name, re.compile(rf"\b(?:{verb})\b.{{0,16}}\b(?:{thing})\b"))
    for verb in (
        r"change|fix|edit|correct|update|redo|switch|different|another|other|wrong|not the right|"
        r"cambiar|cambie|corregir|corrija|modificar|editar|otr[oa]|equivocad[oa]|arreglar",
    )
    for name, thing in (
        ("clinician", r"doctor|doctora|dr|clinician|provider|nurse|medico|medica|profesional"),
        ("location", r"location|office|place|site|clinic|oficina|consultorio|lugar|sucursal"),
        ("visit_type", r"visit type|type of visit|kind of visit|type|reason|visit|service|tipo|tipo de (?:cita|visita)|motivo|servicio"),
        ("dob", r"birthday|birth ?date|date of birth|dob|fecha de nacimiento|nacimiento|cumpleanos"),
        ("name", r"name|spelling|nombre|apellido"),
        ("phone", r"phone|number|phone number|cell|telefono|numero|celular"),
        ("time", r"time|date|day|hour|opening|when|hora|fecha|dia|horario"),
    )
)
WRONG_AFTER: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("name", re.compile(r"\b(?:name|nombre)\b.{0,10}\b(?:wrong|misspelled|incorrect|mal)\b")),
    ("dob", re.compile(r"\b(?:birthday|date of birth|dob|fecha de nacimiento)\b.{0,10}\b(?:wrong|incorrect|mal)\b")),
    ("phone", re.compile(r"\b(?:phone|number|telefono|numero)\b.{0,12}\b(?:wrong|incorrect|mal)\b")),
    ("time", re.compile(r"\b(?:time|day|date|hora|dia|fecha)\b.{0,10}\b(?:wrong|doesnt work|mal|no me sirve)\b")),
)
EXISTING: Final = re.compile(r"\bmy\b.{0,20}\b(?:appoin\w*|appt\w*|visit)\b|\bmi cita\b|\bfrom \w+ to \w+|\b(?:insurance|seguro|address|pharmacy|password|contrasena)\b")
