"""Words without which an intent is not believed, and words of other businesses that rule it out. English and Spanish.

The scorer has seen only our own phrasings, so a sentence about banks or cars can look like any of them.
Patterns are compared with folded text: lower case, no accents, no apostrophes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bot.understanding.heard import Intent


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(parts) + r")\b")


_VISIT: Final = (
    r"appoin\w*|apoint\w*|appt\w*|apt|apts|visits?|checkups?|check ups?|check in|physicals?|exams?|examin\w*|consult\w*|telehealth|"
    r"wellness|follow ?ups?|slots?|openings?|waitlist|waiting list|opd|new patient|screenings?|"
    r"citas?|turnos?|chequeos?|revision(?:es)?|examen(?:es)?|seguimiento|lista de espera|paciente nuev[oa]"
)
_CLINICIAN: Final = (
    r"doctors?|doc|docs|dr|dra|physicians?|clinicians?|providers?|nurses?|practitioners?|np|pa|gp|ent|pcp|pediatric\w*|dentists?|"
    r"dental|dermatolog\w*|therap\w+|counsel\w*|psych\w+|gyn\w+|obgyn|cardiolog\w*|specialists?|surgeons?|ortho\w*|optometr\w*|"
    r"hygienist|midwife|allergist|urolog\w*|neurolog\w*|family medicine|general practi\w+|primary care|medicos?|medicas?|"
    r"pediatras?|dentistas?|odontolog\w*|dermatologo|dermatologa|ginecolog\w*|psicolog\w*|cardiologo|especialistas?|enfermer\w+"
)
_PLACE: Final = r"clinics?|office|offices|practice|hospital|front desk|reception\w*|clinicas?|consultorio|oficinas?|recepcion"
_CARE: Final = (
    r"patients?|sick|vaccin\w*|immuni\w*|shots?|blood|labs?|lab work|x ?rays?|ultrasound|mri|cleaning|teeth|tooth|braces|filling|"
    r"mri|ct scan|root canal|biops\w*|mammogram|colonoscopy|prescri\w*|stitches|tests?|symptoms?|fever|cough|pain|rash|flu|sore|ache|earache|infection|medical|health|checked (?:out|up)|pacientes?|vacun\w*|sangre|"
    r"fiebre|dolor|tos|gripe|sintomas?|salud|limpieza|enferm[oa]s?|laboratorio"
)
_MEDICINE: Final = (
    r"refil\w*|refills?|prescri\w*|rx|meds?|medicin\w*|medicat\w*|pills?|tablets?|inhalers?|insulin\w*|pharmac\w*|scripts?|"
    r"capsules?|drops|cream|dose|doses|painkillers?|antibiotics?|birth control|contracepti\w*|antidepress\w*|"
    r"metformin\w*|lisinopril|levothyroxine|thyroxine|statins?|atorvastatin\w*|omeprazol\w*|sertralin\w*|albuterol|amlodipin\w*|"
    r"ozempic|adderall|gabapentin|losartan|test strips|blood pressure pills|cholesterol medicine|"
    r"recetas?|resurt\w*|surt\w*|medicamentos?|medicinas?|pastillas?|inhalador|insulina|farmacia|gotas|crema|jarabe|tratamiento"
)
_MOVE: Final = r"reschedul\w*|resched\w*|rebook\w*|re-?schedul\w*|reagend\w*|reprogram\w*|postpone|posponer|aplazar"
_THEIRS: Final = r"booking|booked|bookings|my (?:time|day|spot|place)|<day>|mi hora|agendad[oa]|reserva"

DOMAIN: Final = _any(_VISIT, _CLINICIAN, _PLACE, _CARE, _MEDICINE, r"insur\w*|copay\w*|referral\w*|medicaid|medicare|segur[oa]s?|"
                     r"aseguranzas?|portal|records?|expediente|forms?|formularios?|results?|resultados?")

NEEDED: Final[Mapping[Intent, re.Pattern[str]]] = {
    Intent.BOOK: _any(
        _VISIT, _CLINICIAN, _CARE,
        r"(?:be|get|been) seen|see (?:me|us|someone|somebody|him|her|them)|(?:come|came|coming|get|bring \w+|fit \w+|squeeze \w+) in",
        r"book (?:it|me|us|that|one|for|at|now|again|him|her|an?)|(?:to|i|please|and) book$|booking|schedul\w+(?: (?:it|me|us|that|one|something))?|get in|reserv\w*|availab\w+",
        r"not feeling (?:well|good)|havent been feeling|agend\w*|sacar|me (?:puede\w*|atiend\w*) (?:ver|atender)?|que me vean|anoteme",
    ),
    Intent.RESCHEDULE: _any(_MOVE, r"chang\w+|mov(?:e|ed|ing)|switch\w*|push\w*|shift\w*|swap\w*|delay\w*|bump\w*|instead|bring \w+ \w+ forward|"
                            r"(?:another|other|different|new|wrong) (?:day|time|date|slot|appointment|hour)|not able|can we do|doesnt work|missed|keep my|"
                            r"cambi\w+|mover|muev\w+|correr|pasar|pasa|atrasar|adelantar|modificar|en vez|perdi|equivoque|booked for|late|later|earlier|sooner|another day|different (?:day|time)|(?:cant|cannot) (?:make|come)|"
                            r"otr[oa] (?:dia|hora|fecha)|mas tarde|mas temprano"),
    Intent.CANCEL: _any(r"call off|take (?:me|us|him|her) off|remov\w+|delet\w+|drop|scratch|forget|get rid|withdraw|undo|free up|(?:dont|no longer|not) need|no need|"
                        r"cancel\w*|cancle|cxl|cncl|anul\w*|schedule|booking|not coming|wont (?:be|make|come)|cant (?:make|come)|"
                        r"no (?:voy|ire|podre|puedo)|ya no|borr\w+|quit\w+|come|coming"),
    Intent.REFILL: _any(_MEDICINE, r"same order|my usual|running (?:out|low)"),
    Intent.RESULTS: _any(r"results?|resultad\w*|reports?|reportes?|labs?|tests?|samples?|muestras?|blood|bloods|x ?rays?|scans?|mri|ct|biops\w*|"
                         r"swab|culture|pathology|analisis|examen(?:es)?|estudios?|laboratorio|radiografia|prueba|urine|mammogram|"
                         r"a1c|cholesterol|lipid|ultrasound|ekg|screening"),
    Intent.HUMAN: _any(r"persons?|people|humans?|hooman|someone|somebody|some1|anyone|anybody|agents?|rep|reps|representative|staff|"
                       r"nurses?|reception\w*|front desk|desk|operator|call me|calling|call back|callback|ring me|phone me|manager|"
                       r"supervisor|complain\w*|complaint|feedback|message|bot|bots|robot|chatbot|machine|talk to|speak (?:to|with)|"
                       r"(?:the|dr|my) doctor|doctor|office|real|useless|live|on hold|no one|nobody|picks up|answers|instructions|contact me|"
                       r"customer service|personas?|humano|alguien|agente|asesor\w*|representante|operador\w*|recepcion\w*|llam\w+|"
                       r"queja\w*|quejarme|gerente|mensaje|enfermera|hablar|comuni\w+|paseme|pasame|atencion al cliente|servicio al cliente|nadie"),
    Intent.FAQ_HOURS: _any(r"open\w*|clos\w*|shut|hours?|hrs|timings?|times?|lunch|schedule|holidays?|weekends?|<day>|days|late|early|work|"
                           r"works|available|in|there|24|abr\w+|abiert\w+|cierr\w+|cerrad\w+|horarios?|horas?|atienden?|trabaja\w*|dias?|almuerzo"),
    Intent.FAQ_INSURANCE: _any(r"insur\w*|insuranc\w*|plans?|cover\w*|network|medicaid|medicare|aetna|cigna|humana|blue ?cross|bcbs|anthem|"
                               r"kaiser|tricare|united\w*|uhc|molina|ambetter|oscar|hmo|ppo|hsa|referral|authoriz\w*|benefits?|"
                               r"polic(?:y|ies)|workers comp\w*|obamacare|marketplace|uninsured|deductible|"
                               r"segur[oa]s?|aseguranzas?|cubr\w+|cobertura|planes|red|poliza|autorizacion"),
    Intent.FAQ_DIRECTIONS: _any(
        r"(?:are|r) (?:you|u|ur|yall)(?: guys)?(?: \w+)?|your|ur|yours|office|clinic|building|park|parking|parked|located|location|address|"
        r"directions?|floor|suite|entrance|elevator|ramp|wheelchair|get there|near you|reach you|find you|lost|branch|branches|maps?|bus|"
        r"train|subway|metro|locations|zip|street|door|there|donde|direccion|ubicad\w+|ubicacion|llego|llegar|llega|estacion\w*|parqueo|"
        r"piso|edificio|entrada|autobus|sucursal\w*|silla de ruedas|rampa|elevador|quedan?|lejos|cerca|calle|oficinas?|encuentr\w+"),
    Intent.FAQ_PREP: _any(_VISIT, _MEDICINE, r"fast|fasting|tests?|blood|labs?|samples?|urine|stool|procedures?|surgery|scan|x ?ray|ultrasound|mri|"
                          r"prep|a1c|hba1c|cholesterol|bring|arrive|stomach|ayun\w+|analisis|examen(?:es)?|prueba|laboratorio|"
                          r"llevar|llevo|traer|muestra|procedimiento|antes|vejiga|breakfast"),
    Intent.FAQ_BILLING: _any(r"bills?|billed|billing|bil|invoices?|statements?|pay|paid|paying|payments?|pmt|prices?|pricing|priced|costs?|charges?|"
                             r"charged|charging|fees?|copay\w*|balance|owe|owed|how much|much is|estimate|expensive|cheap\w*|afford|discounts?|"
                             r"packages?|offers?|deals?|financ\w*|installments?|emi|deposit|refund|receipt|superbill|rates?|total|due|under|"
                             r"\$|dollars|interest|split|cuanto|precios?|costo|cuesta|cobr\w+|factura\w*|cuenta|pag\w+|saldo|debo|tarifa|"
                             r"copago|recibo|efectivo|descuentos?|cargo|vale|plazos"),
    Intent.CONFIRM: _any(_VISIT, r"confirm\w*|coming|be there|make it|see you|asist\w+|voy|ire|estare\w*|vemos|cita|keep|cuente|attend\w*|reminder"),
    Intent.GREETING: _any(r"hi+|hello+|helo+|hey+|hiya|howdy|yo|sup|greetings|gm|morning|afternoon|evening|good day|g day|how are|hows|"
                          r"how (?:is|do|have|goes|u|r|does this|the ai)|whats (?:up|new|good|happening|going)|nice to|pleased|good to|"
                          r"help|question|questions|are you (?:ok|there|well|good)|(?:are|r) (?:you|u) (?:ok|feeling|doing)|you (?:are )?(?:doing|feeling)|"
                          r"everything (?:ok|going|well|good|alright)|what can you do|hullo|hai|hola+|ola|buen[oa]s?|que tal|saludos|"
                          r"como (?:esta\w*|le va|te va|funciona)|ayuda\w*|pregunta|duda|que hay|que onda|alo|gusto|informacion|puede hacer|hay alguien|hope|"
                          r"anyone home|up|there"),
    Intent.GOODBYE: _any(r"b+y+e+|bye ?bye|goodbye|good bye|cya|see (?:ya|you)|later|ciao|farewell|thank\w*|thx|tks|thnx|tysm|ty|tyvm|cheers|"
                         r"appreciat\w*|take care|have a|good night|goodnight|nice (?:day|talk\w*|chat\w*|speak\w*)|"
                         r"(?:great|good|nice) to (?:talk|chat|speak|see)|(?:great|good|lovely|pleasure|was) (?:talk|chat|speak|to chat|to talk)\w*|a pleasure|pleasure|all set|thats (?:all|it)|that is (?:all|it)|"
                         r"(?:will|ll) be all|all i need\w*|nothing else|im (?:good|done|off|out)|gotta go|have to go|going now|peace|ttyl|"
                         r"signing off|got it|end (?:the )?chat|close (?:the )?chat|until next|ok|okay|perfect|helpful|enjoy|talk (?:to you )?soon|all good|"
                         r"adios|chao|chau|hasta|nos vemos|gracias|grax|amable|es todo|nada mas|seria todo|buen dia|cuidese|me despido|listo|"
                         r"bendiciones|que (?:tenga|este|pase)\w*|entendido|me tengo que ir|terminar|ya quedo|todo"),
    Intent.CLINICAL_ADVICE: _any(_CARE, _MEDICINE, r"symptom\w*|diseases?|illness\w*|conditions?|diagnos\w*|side effects?|after effects?|effects|ibuprofen\w*|"
                                 r"tylenol|aspirin\w*|acetaminophen|paracetamol|advil|benadryl|sodium|vitamins?|dizz\w*|nause\w*|vomit\w*|diarrhea|"
                                 r"weak\w*|tired|fatigue|headaches?|migraines?|hurts?|hurting|aches?|aching|swollen|swelling|bleed\w*|itch\w*|bump|"
                                 r"lump|breath\w*|chest|stomach|throat|knee|back|ear|eye|skin|cold|covid|strep|uti|cancer|diabet\w*|pressure|sugar|"
                                 r"pregnan\w*|contagious|serious|normal|er|urgent care|health issues|stitches|stung|bite|insomnia|anxi\w*|depress\w*|"
                                 r"wrong with me|allerg\w*|asthma|cholesterol|weight|heartburn|chills|sweats|"
                                 r"duele\w*|arde|mareos?|mareado|nauseas?|vomito|diarrea|cabeza|estomago|garganta|espalda|oido|rodilla|"
                                 r"embarazada|contagios\w+|infeccion|dosis|azucar|presion|grave|enfermedad|cansad\w|debil|mal|hinchad\w|efectos secundarios|sarpullido"),
}

# Other people's business. A word of the visit or the clinic in the same sentence outweighs the first list, never the second.
FOREIGN: Final = _any(
    r"atms?|top ?-?up\w*|topping up|toped|topped|virtual cards?|disposable|physical card|spare card|contactless|beneficiar\w+|"
    r"exchange rates?|currenc\w+|crypto\w*|bitcoin|transactions?|withdraw\w*|withdrawls?|checking account|savings|routing number|"
    r"direct debit|wire|(?:my|the|a|this|new|second|credit|debit|bank|another|lost|found|damaged) cards?(?! (?:on file|for my copay))|pin|pins|passcode|"
    r"apr|a refund|purchas\w+|purchase|cash withdraw\w*|401k|w ?-?2s?|mortgage|loan|payday|paycheck|salary|vacation|pto|credit (?:score|limit|report)|"
    r"cheques?|checkbooks?|checks|transfers?|transferr\w+|verify my|proving my identity|my identity|visa or|mastercard|visas?|google pay|american express|amex|"
    r"bank|banks|funds|cash machines?|apple pay|money to|rewards|points|fraud\w*|stock|stocks|shares|"
    r"cars?|tires?|tyres?|oil changes?|oil changed|gas|gasoline|mpg|mileage|brakes|highway traffic|traffic|uber|taxi|cab|truck|vehicle|"
    r"flights?|airlines?|airport|luggage|suitcase|hotels?|carry ?-?on|passport|boarding|plane|vacations?|"
    r"songs?|playlists?|music|movies?|album|netflix|tv|tvs|television|radio|podcasts?|games?|football|basketball|baseball|soccer|"
    r"alarms?|timers?|remind(?! me (?:what|of|which|when)\b)|reminder (?:to|for|about)|calendars?|todo|to do list|shopping list|grocery|groceries|meeting|meetings|"
    r"recipes?|cook|cooking|bake|oven|ingredients?|pasta|flour|butter|eggs|milk|freezer|restaurants?|pizza|meal|snacks|"
    r"weather|temperature outside|timezones?|time zones?|thermostat|volume|louder|quieter|slower|faster|voice|accent|"
    r"bluetooth|wifi password|headphones|iphone|ipad|phone plan|my phone|phones|app|apps|photos?|internet|"
    r"president|capital of|population|celebrity|news|headlines|stories|"
    r"jokes?|riddle|poem|essay|homework|dice|roll a|coin|hobbies|pets?|cats?|dogs?|puppy|kitten|vet|rename|"
    r"translate|spell|synonym|definition|convert|multiply|square root|"
    r"apartments?|house for|houses|lawn|mow|plumber|babysitter|roommate|furniture|living room|shoes|dress|"
    r"haircut|hair|salon|barber|nail|mechanic|dmv|tattoo|subscription|subscribe|library card|tax|taxes|cell carrier|carrier|"
    r"package was|my package|refund not|order me|"
    r"cajero|tarjeta de (?:credito|debito)|transferencias?|transferir|carro|llantas?|vuelo|vuelos|mecanico|peluqueria|corte de pelo|veterinario|perro|"
    r"gato|cancion|musica|pelicula|clima|alarma|banco|partido|futbol|chiste|poema"
)
FOREIGN_ALWAYS: Final = _any(
    r"my calendar|calendars?|to ?do list|todo|remind me|(?:a|set|set up|the|add|update|make|my|create) reminders?|alarms?|oil|tires?|tyres?|cars?|truck|brakes|vet|haircut|hair|salon|"
    r"mechanic|dmv|tattoo|cats?|dogs?|flights?|hotels?|top ?-?up\w*|atms?|recuerdame|mecanico|llantas?|veterinario|perro|gato|corte de pelo|peluqueria|"
    r"trips? to|travel(?:ing)? to|visiting \w+ (?:next|this)"
)
# Words that keep a sentence ours although a foreign word stands in it: "can i pay by card", "my parking card".
OURS: Final = _any(_VISIT, _CLINICIAN, _PLACE, _MEDICINE, r"bills?|copay\w*|insurance|patients?|lab|tests?|portal|your (?:office|clinic)|"
                   r"(?:credit|debit) cards?|insurance cards?|citas?|seguro|factura|consulta|interest plan|service (?:dog|animal)|wifi|park\w*|"
                   r"treatment|pay by|pay with|pay in|covid|fever|call me|pain|symptoms?|vaccin\w*|immuni\w*")
GIBBERISH: Final = re.compile(r"^(?!(?:hmm+|shh+|pls|plz|thx|tks|ty|tysm|tyvm|brb|ttyl|gm|rx|dr|hrs|xrays?|mri|cbc|np|ppl|msg|txt|appt|appts|cxl|cncl|thnx|cvs|bcbs|uhc|ppo|hmo)$)"
                                   r"(?:[bcdfghjklmnpqrstvwxz]{4,}|asdf\w*|qwe\w*|[a-z]*(?:sdf|dfg|fgh|ghj|hjk|jkl|zxc|xcv|cvb|vbn|bnm|wqe|xyz)[a-z]*)$")
