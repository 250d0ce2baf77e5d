"""Leave to text is taken back by any reasonable words, and by nothing else (R-404 to R-413)."""

import pytest

from bot.understanding.optout import OptOut, OptOutKind, read

KEYWORDS = """
STOP
Stop.
  STOP
stop!
ＳＴＯＰ
STOP 🛑
st0p
S T O P
STOPALL
STOP ALL
UNSUBSCRIBE
END
QUIT
REVOKE
OPTOUT
OPT OUT
OPT-OUT
opt-out.
ALTO
PARAR
BAJA
NO MAS
no más
ѕtор
""".strip().splitlines()

TAKEN_BACK = """
please quit texting me
take me off ur list
no more msgs
stop texting me!!!
STOP TEXTING THIS NUMBER
pls stop
stop it already
i said stop
stop sending me these
stop sending messages
quit sending me texts
dont text me anymore
do not text me again
please do not contact me again
don't send me any more reminders
i dont want these texts
I no longer want to get text messages from you
i do not wish to receive messages
never text me again
remove me from your list
remove my number from your system
please remove my number
delete my number
get me off this list
lose my number
leave me alone
unsubscribe me please
i want to opt out
opt me out
how do i unsubscribe from this
how do i stop these texts
I revoke my consent to be texted
i withdraw permission to text me
you do not have my permission to contact me by text
i'm sick of these texts
tired of your messages
fuck off
enough with the texts
cancel my text reminders
turn off text alerts
why do you keep texting me
i never signed up for these messages
stop bugging me
stop blowing up my phone
unsuscribe
ok stop now please
end the texts
ya no me manden mensajes
no me manden mas mensajes
no quiero recibir mensajes
ya no quiero sus mensajes
dejen de mandarme textos
deje de escribirme
dejen de molestar
no me escriban mas
no me molesten
quítenme de la lista
borren mi numero
denme de baja
quiero darme de baja
basta de mensajes
ya basta
paren de mandar mensajes
dejenme en paz
no mas mensajes por favor
retiro mi consentimiento
cancelar suscripcion
no me contacten
ya no me envien recordatorios
please no mas mensajes
stop mandando messages
""".strip().splitlines()

WRONG_NUMBER = """
wrong number
you have the wrong number
sorry wrong person
who is this
who is this?
whos this
Who dis
this is not her number
this isnt marias phone
nobody by that name here
i dont know anyone named that
this number belongs to someone else
wrong number stop texting me
numero equivocado
se equivoco de numero
quien es?
quien habla
este no es el numero de esa persona
""".strip().splitlines()

LOOK_ALIKES = """
can you stop by
can i stop by after work
I want to stop my statin
should i stop taking my metformin
cancel my appointment
cancel tuesday
cancel my appt and text me the new time
please cancel
i need to cancel
can my wife cancel for me
can you cancel my 3pm and message me when theres another
the bleeding wont stop
how do i quit smoking
do you have a class to help me quit smoking
at the end of the day
week end hours
i want to end my treatment
is there a bus stop near you
stop the refill at cvs and send it to walgreens
quit sending my prescriptions to the old pharmacy
take me off the waitlist
remove me from the waiting list please
remove my old insurance
opt out of the flu shot
can i opt out of the blood test
i want to revoke the release of my records
i didn't get a text
i never got your message
i dont want to miss your text
text me when the doctor is free
do you text reminders
can you text me instead of calling
don't stop the reminders please
i don't want to stop getting your texts
i put the wrong number on my form
you called the wrong number of times
you have the wrong number on file
did i call the wrong number
who is this doctor
who is the doctor on tuesday
who are your doctors
start
yes
no
help me book
my alto saxophone hurts my lip
i am unsubscribing my kid from soccer, can he see the doctor
the cough wont quit
no more pain thanks to the doctor
i have no more pills
no more refills left
quiero dejar de fumar
dejo de tomar la pastilla?
quiero cancelar mi cita
cancelar la cita del martes
no mas dolor gracias
ya no me duele
no me mandaron la receta
no me han mandado mensaje
no me escriba la receta para walgreens
lista de espera por favor
saquenme de la lista de espera
estoy de baja y necesito un papel
quien es el doctor
para el martes
el dolor no para
puedo parar en la clinica
""".strip().splitlines()


@pytest.mark.parametrize("text", KEYWORDS)
def test_carrier_keywords_are_whole_messages(text: str) -> None:
    """Case, punctuation, emoji, width and spacing do not matter for a keyword."""
    assert OptOut(OptOutKind.STOP, keyword=True) == read(text)


@pytest.mark.parametrize("text", ["CANCEL", "cancel.", "Cancel!!", "CANCELAR", " cancelar "])
def test_bare_cancel_is_an_opt_out_which_may_mean_the_appointment(text: str) -> None:
    """R-408: carriers block on a bare CANCEL, so it always counts, and says that it was one."""
    assert OptOut(OptOutKind.STOP, keyword=True, bare_cancel=True) == read(text)


@pytest.mark.parametrize("text", TAKEN_BACK)
def test_any_reasonable_words_take_leave_back(text: str) -> None:
    """R-404: polite, angry, misspelt, English, Spanish or mixed, the person is heard."""
    assert OptOut(OptOutKind.STOP) == read(text)


@pytest.mark.parametrize("text", WRONG_NUMBER)
def test_wrong_number_is_its_own_kind(text: str) -> None:
    """R-413: the number is also taken from the patient, so it outranks a plain stop."""
    assert OptOut(OptOutKind.WRONG_NUMBER) == read(text)


@pytest.mark.parametrize("text", [line for line in LOOK_ALIKES if line != "start"])
def test_look_alikes_are_left_alone(text: str) -> None:
    """Appointments, medicines, bus stops and waitlists are no opt-out; neither is YES an opt-in (R-409)."""
    assert OptOut(OptOutKind.NONE) == read(text)


@pytest.mark.parametrize(("text", "kind"), [("START", OptOutKind.START), ("unstop", OptOutKind.START), ("HELP", OptOutKind.HELP),
                                            ("Info?", OptOutKind.HELP), ("AYUDA", OptOutKind.HELP), ("help!", OptOutKind.HELP)])
def test_start_and_help_keywords(text: str, kind: OptOutKind) -> None:
    """R-410: whole messages only."""
    assert OptOut(kind, keyword=True) == read(text)


@pytest.mark.parametrize("text", ["please resubscribe me", "start texting me again", "quiero recibir mensajes otra vez"])
def test_leave_can_be_given_back_in_words(text: str) -> None:
    """Plain words re-open what was consented before, and are not a carrier keyword."""
    assert OptOut(OptOutKind.START) == read(text)


@pytest.mark.parametrize("text", ["", "👍", "\u200b", "x" * 20_000, "stop " * 3_000])
def test_odd_input_has_an_answer(text: str) -> None:
    """Empty, emoji-only and huge messages are read without error."""
    assert read(text).kind in OptOutKind
