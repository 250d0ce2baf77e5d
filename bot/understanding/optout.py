"""Does this message take back, give back or question our leave to text? Any reasonable words count (R-404).

Each row of the tables is one way of saying it. Look-alikes ("stop by", "stop my statin") fail because a row needs
the texting itself, or the whole message, and rows for ordinary business speak first.
"""

import re
from dataclasses import dataclass
from enum import Enum

from bot.text import normal


class OptOutKind(Enum):
    """What a message says about our texting this number."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    WRONG_NUMBER = "wrong_number"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class OptOut:
    """The reading of one message.

    `keyword`: the whole message is a carrier keyword, so the carrier may have answered already (R-411).
    `bare_cancel`: it is CANCEL or CANCELAR, which may have meant the appointment (R-408).
    """

    kind: OptOutKind
    keyword: bool = False
    bare_cancel: bool = False


NOTHING = OptOut(OptOutKind.NONE)

# Compared with the message in lower case, without punctuation, emoji or accents.
STOP_WORDS = frozenset((
    "stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "revoke", "optout", "opt out",
    "alto", "parar", "baja", "cancelar", "no mas",
))
START_WORDS = frozenset(("start", "unstop"))           # never "yes": R-409
HELP_WORDS = frozenset(("help", "info", "ayuda"))
CANCEL_WORDS = frozenset(("cancel", "cancelar"))

_POLITE = (
    "please|pls|plz|plez|now|it|this|all|already|just|ok|okay|thanks|thank|thx|you|asap|immediately|again|the|me|omg|"
    "por|favor|porfavor|ya|todo|gracias|i|said|told|to|ive|have|we|damn|fucking|fuckin|bro|man|ugh|hey|yo|dude|sir|maam"
)
_STOP_ONLY = "stop|stopp|stpo|sotp|stoop|quit|unsubscribe|unsubcribe|unsuscribe|unsubscribed|optout|alto|paren|basta|stopall"

_TEXTS = (
    r"(?:text|texts|txt|txts|texting|txting|message|messages|messaging|msg|msgs|sms|reminder texts?|reminders?|"
    r"notifications?|alerts?|spam|spamming|communications?)"
)
_MENSAJES = r"(?:mensajes?|mensajitos?|msjs?|mjes?|textos?|sms|recordatorios?|notificaciones|avisos|alertas|spam)"
_ANY3 = r"(?:\w+ ){0,3}"

# Ordinary business that shares words with an opt-out. A match here is cut out before the rows below are read.
_BUSINESS = (
    r"\b(?:wait|waiting|standby) ?list\b",
    r"\blista de espera\b",
    (r"\b(?:opt(?:ing)? out|unsubscribe) (?:of|from) (?:the |my |this |a )?(?:flu|covid|blood|shot|vaccin\w+|test\w*|lab\w*|x ?rays?|"
    r"insurance|plan|medicare|study|research|procedure|screening|surgery|photo)\w*"),
    (r"\b(?:revoke|revoco|withdraw|retiro)\b.{0,40}\b(?:records?|release|surgery|procedure|treatment|operation|cirugia|"
    r"expediente|tratamiento|proxy)\b"),
    r"\bwrong number of\b",
    (r"\b(?:gave|give|put|wrote|write|entered|typed|listed|call\w*|dial\w*|had|used) (?:you |u |them |it |in |the |a |an |my )*"
    r"wrong (?:phone )?(?:number|person)\b"),
    r"\bwrong (?:phone )?number (?:is |was )?(?:on|in|for|listed)\b",
    r"\b(?:and|then|or|y|pls|please) (?:text|txt|message|msg|send) me\b",
    r"\b(?:text|send|message) me (?:when|if|the|a|once|at|back|instead)\b",
    r"\bnumero equivocado (?:en|de|para)\b",
)

_STOP_ROWS = (
    # stop texting me / quit sending these / end the messages / turn off text alerts
    rf"\b(?:stop|quit|cease|halt|end|knock off|no more|enough|turn off|shut off|disable|discontinue|block) {_ANY3}{_TEXTS}\b",
    r"\b(?:stop|quit|cease) (?:\w+ ){0,2}?(?:contacting|bothering|bugging|harassing|annoying|blowing up|pestering|calling and)\b",
    (r"\b(?:stop|quit|cease) (?:sending|writing)(?: (?:me|us|this|these|those|them|it|stuff|crap|shit|things?|anything|to me))*"
    r"(?: please| pls| now| already| anymore| to my (?:phone|cell))*(?:$|[.,!?;])"),
    (r"\bcancel (?:(?:my|the|these|all|your|ur|any|future|this) ){0,3}(?:text|texts|txts|sms|messages?|msgs|reminder texts?|"
    r"(?:text|sms) reminders?|alerts|notifications|subscription)\b"),
    # do not text me / don't contact this number / never message me again
    (r"\b(?:dont|do not|never|please no|pls no|no longer|not)(?: \w+){0,2}? (?:text|txt|message|msg|contact|sms|spam)"
    r" (?:me|us|this number|here|this phone|my phone|my cell)\b"),
    r"\b(?:dont|do not|never) send (?:me |us )?(?:\w+ ){0,3}(?:texts?|txts?|messages?|msgs?|sms|reminders?|anything|these|this)\b",
    (r"\b(?:dont|do not|no longer|didnt|did not|never) (?:want|wanna|need|wish|care|like|ask\w*|sign\w*|agree\w*|consent\w*)"
    r"(?: (?!miss|forget|lose|get a)\w+){0,5} (?:texts|txts|texting|messages|messaging|msgs|sms|text messages?|text reminders?|"
    r"reminder texts?|reminders from)\b"),
    r"\b(?:dont|do not) want (?:you |u |yall |anyone )?(?:to )?(?:text|txt|message|msg|contact)(?:ing)? (?:me|us)\b",
    r"\b(?:no longer|not) (?:be )?(?:want|interested|contacted|texted)\b.{0,30}\b(?:texts|messages|msgs|sms|text|again)\b",
    # take me off your list
    (r"\b(?:take|get|remove|delete|drop|pull|strike|erase|scratch) (?:me|us|my number|my cell|my phone|my phone number|my name|"
    r"this number|this phone|my contact|my info)(?: \w+){0,2}? (?:off|from|of|out of)(?: \w+){0,3} (?:list|lists|texts?|"
    r"messages|sms|texting|messaging|database|system|contacts|program|thread|reminders)\b"),
    r"\b(?:remove|delete|erase|lose|forget) (?:my|this) (?:phone |cell )?(?:number|#)(?: please| pls| now| asap)?(?:$|[.,!?;])",
    r"\b(?:remove|take) me(?: off)?(?: please| pls| now)?$",
    r"\b(?:unsubscribe|unsubcribe|unsuscribe|opt ?out|opt me out|opting out|opt us out)\b",
    r"\b(?:revoke|withdraw|rescind|take back)\b.{0,25}\b(?:consent|permission|authorization)\b",
    r"\b(?:not|dont|no|never)(?: \w+){0,3} (?:consent|permission)\b.{0,20}\b(?:text|contact|message)",
    r"\b(?:leave (?:me|us) (?:the \w+ )?alone|lose my number|stop blowing up my phone)\b",
    rf"\b(?:sick|tired|done|fed up|over|had enough)(?: (?:of|with))?(?: \w+){{0,3}} {_TEXTS}\b",
    r"\bwhy (?:do|are|r) (?:you|u|yall)(?: guys| people)? (?:keep|still)(?: on)? (?:text|txt|messag|send)ing me\b",
    r"\bno more (?:of )?(?:this|these|those)\b",
    (r"^(?:no more|enough|go away|fuck off|f off|piss off|buzz off|get lost|stop spamming|im out|leave me be)"
    r"(?: please| pls| already| now| ya| enough)*[.!]*$"),
    # español
    (rf"\b(?:no|nunca|ya no)(?: (?:me|nos|se|le|quiero que|q|que))* (?:mand[ea]\w{{0,2}}|envi[ea]\w{{0,2}}|pong[ao]\w?)(?: \w+){{0,3}}? "
    rf"(?:mas|{_MENSAJES}|nada|esto|estos)\b"),
    (r"\b(?:no|nunca|ya no) (?:quiero que )?(?:me|nos) (?:escriban?|escribas|texteen?|textees?|mensajeen?|contacten?|contactes|"
    r"molesten?|molestes|moleste|spameen?)(?! (?:la|una|el|mi) )\b"),
    (r"\b(?:deje|dejen|dejes|deja|dejenme|dejame|pare|paren|para|parale|parenle|cesen) (?:ya )?de (?:mandar|enviar|escribir|"
    r"textear|mensajear|molestar|contactar|estar mandando|estar molestando|joder|chingar)\w*"),
    (rf"\b(?:no|ya no) (?:quiero|deseo|quisiera|necesito|me interesa|kiero)(?: (?:recibir|que me|me|mas|sus|tus|estos|esos|los|manden|"
    rf"lleguen|seguir|recibiendo|ningun|ningunos|de))* {_MENSAJES}\b"),
    (r"\b(?:quit|sac|borr|elimin|remuev)\w{1,4}(?:me|nos)?(?: (?:mi|el|este))?(?: (?:numero|telefono|celular|nombre))? de"
    r"(?: \w+){0,2} (?:lista|sistema|mensajes|textos)\b"),
    r"\b(?:borr|elimin|quit)\w{1,3} mi (?:numero|telefono|celular)\b",
    r"\b(?:dar|de|den|dame|deme|denme|darme|dense|dar de)(?:me)? de baja\b",
    (r"\b(?:desuscrib\w+|desinscrib\w+|anular (?:la |mi )?su[bs]?scripcion|cancelar (?:la |mi |los |estos )?"
    rf"(?:su[bs]?scripcion|{_MENSAJES}))\b"),
    rf"\b(?:no mas|basta de|alto a|paren|parar|pare|ni un) (?:mas |con |los |las |sus |estos |esos |de )*{_MENSAJES}\b",
    rf"\b(?:harto|harta|cansado|cansada)s? de (?:\w+ ){{0,2}}{_MENSAJES}\b",
    r"\b(?:dejenme|dejeme|dejame|dejen) (?:de molestar|en paz|tranquil[oa])\b",
    r"\b(?:revoco|retiro|quito)\b.{0,15}\b(?:consentimiento|permiso|autorizacion)\b",
    r"^(?:ya )?(?:no mas|basta|ya no|no molesten?|no molestar|ya paren|ya paren(?:le)?)(?: ya| por favor| porfavor| gracias)*[.!]*$",
    # both at once
    rf"\b(?:no more|stop|no mas|paren|dejen)(?: \w+){{0,2}} (?:de )?(?:{_TEXTS}|{_MENSAJES})\b",
)

_WRONG_ROWS = (
    r"\bwrong (?:number|person|phone|guy|lady|patient|contact|#)",
    (r"^(?:\W*(?:sorry|hi|hey|um|uh|hello|hola|perdon|disculpe))?\W*(?:who is this|whos this|who dis|who this|who are you|"
    r"who r u|who are u|who is texting me|quien es|quien eres|quien habla|quien es este|de parte de quien|quien me escribe)"
    r"(?: please| pls| plz| and why.*| por favor)?\W*$"),
    r"\b(?:who is this|whos this|quien es)\b.{0,25}\b(?:how did you get|got my number|tiene mi numero|text(?:ing)? me)\b",
    r"\b(?:this|thats|it) ?(?:is|s)? ?(?:not|isnt|isn) (?:\w+ ){0,2}?(?:\w+s )?(?:phone|number|cell)\b(?! (?:for|to|i))",
    (r"\b(?:no ?one|nobody|no person|dont know (?:any|any ?one|any ?body|a|who)|never heard of|no hay nadie)\b.{0,20}"
    r"\b(?:by that name|named?|called|here by|llamad[oa]|con ese nombre)\b"),
    r"\b(?:number|phone) (?:no longer )?(?:belongs?|belonged) to (?:some ?one|somebody|another)",
    r"\b(?:this is |its |i have |i got )?(?:no longer|not) (?:his|her|their|my moms|my dads) (?:number|phone|cell)\b",
    r"\b(?:numero|persona|telefono) (?:equivocad[oa]|incorrect[oa])\b",
    r"\b(?:se )?equivoc\w+ de (?:numero|persona|telefono)\b",
    r"\b(?:este|ese) (?:no es|ya no es) (?:el |su |mi )?(?:numero|telefono|celular) de\b",
    r"\b(?:no (?:soy|es) (?:esa|ese|la|el) (?:persona|paciente))\b",
    r"\b(?:not|isnt|arent) (?:the |that )(?:person|patient)(?: you| u)?\b.{0,25}(?:looking|trying|text|reach|want|$)",
)

_START_ROWS = (
    r"\b(?:re ?subscribe|opt(?: me)? back in|opt me in|sign me (?:back )?up for (?:the |your )?(?:texts|messages|reminders))\b",
    r"\b(?:start|resume|begin) (?:sending|texting|messaging)(?: me)?(?: \w+){0,3} again\b",
    r"\byou can (?:text|message) me again\b",
    r"\b(?:vuelvan? a|pueden volver a) (?:mandarme|enviarme|escribirme)\b",
    r"\b(?:quiero|deseo) (?:volver a )?recibir (?:otra vez |de nuevo )?(?:los |sus )?(?:mensajes|recordatorios)(?: otra vez| de nuevo)\b",
)


def _any_of(rows: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row})" for row in rows))


_BUSINESS_SAID = _any_of(_BUSINESS)
_STOP_SAID = _any_of(_STOP_ROWS)
_WRONG_SAID = _any_of(_WRONG_ROWS)
_START_SAID = _any_of(_START_ROWS)
_STOP_AND_MANNERS = re.compile(
    rf"(?=(?:\w+ )*?(?:{_STOP_ONLY})\b)(?:(?:{_POLITE}|{_STOP_ONLY})\b ?)+$"
)
# A refusal to be stopped: "don't stop the reminders", "I don't want to stop getting your texts".
_KEEP_GOING = re.compile(r"\b(?:dont|do not|never|didnt|not|no) (?:\w+ ){0,3}(?:stop|quit|opt out|unsubscribe|end)\b(?! (?:for|until))")
_ASKED_TO = re.compile(r"\b(?:asked|told|said)\b.{0,12}\bto (?:stop|quit)\b")
_MARKS = re.compile(r"[^\w\s]|_")
_LONGEST = 400   # an opt-out is short; a long letter that mentions texts is read by people


def read(text: str) -> OptOut:
    """What `text` says about our texting, whatever else it says."""
    folded = normal(text).folded[:_LONGEST]
    bare = " ".join(_MARKS.sub(" ", folded).split())
    compact = " ".join(_MARKS.sub("", folded).split())   # "opt-out" and "s.t.o.p."
    for whole in (bare, compact):
        if whole in STOP_WORDS:
            return OptOut(OptOutKind.STOP, keyword=True, bare_cancel=whole in CANCEL_WORDS)
        if whole in START_WORDS:
            return OptOut(OptOutKind.START, keyword=True)
        if whole in HELP_WORDS:
            return OptOut(OptOutKind.HELP, keyword=True)
    said = _BUSINESS_SAID.sub(" , ", folded)
    if _WRONG_SAID.search(said):
        return OptOut(OptOutKind.WRONG_NUMBER)
    if _START_SAID.search(said):
        return OptOut(OptOutKind.START)
    if _STOP_AND_MANNERS.match(bare):
        return OptOut(OptOutKind.STOP)
    if _STOP_SAID.search(said) and not (_KEEP_GOING.search(said) and not _ASKED_TO.search(said)):
        return OptOut(OptOutKind.STOP)
    return NOTHING
