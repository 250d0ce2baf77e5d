"""What the gate hides and what it leaves whole. All people are made up."""

import pytest

from bot.privacy.gate import KnownWords, find, mask

HIDDEN = [
    # names
    ("my name is testy mctestface", "testy mctestface"),
    ("Me llamo Prueba Ficticia", "Prueba Ficticia"),
    ("this is hope, i need a refill", "hope"),
    ("my daughter grace has strep", "grace"),
    ("my son will has a cough", "will"),
    ("soy dolores guerra, quiero una cita", "dolores guerra"),
    ("ana de la cruz here", "ana de la cruz"),
    ("cita para mi hijo ángel", "ángel"),
    ("MY NAME IS SAMPLE PARK", "SAMPLE PARK"),
    ("please call florencio about the bill", "florencio"),
    ("i need to reschedule zelda o'example's visit", "zelda o'example's"),
    # places
    ("i live at 12 example oak st apt 4b", "12 example oak st apt 4b"),
    ("vivo en la calle inventada 22", "calle inventada 22"),
    ("po box 1234", "po box 1234"),
    ("my zip is 02139", "02139"),
    # dates and ages
    ("dob 3/4/1980", "3/4/1980"),
    ("nacido el 4 de marzo de 1980", "4 de marzo de 1980"),
    ("born march third nineteen eighty", "march third nineteen eighty"),
    ("mi cumpleaños es el 5 de mayo", "5 de mayo"),
    ("she was seen june 3rd", "june 3rd"),
    ("my mom is 93 years old", "93 years old"),
    ("tengo noventa y dos años", "noventa y dos años"),
    # numbers to reach people
    ("call me at (555) 555-0142", "(555) 555-0142"),
    ("555 0142", "555 0142"),
    ("my number is five five five oh one four two", "five five five oh one four two"),
    ("mi número es cinco cinco cinco cero uno cuatro dos", "cinco cinco cinco cero uno cuatro dos"),
    ("fax 555-555-0199 ext. 12", "555-555-0199 ext. 12"),
    ("write to someone@example.test", "someone@example.test"),
    ("someone at example dot com", "someone at example dot com"),
    # record numbers of every kind
    ("ssn 000-12-3456", "000-12-3456"),
    ("mrn 44321", "44321"),
    ("member id XYZ 123 456 789", "XYZ 123 456 789"),
    ("group number 0077", "0077"),
    ("account # 99-1234", "99-1234"),
    ("my driver's license number is D123-4567", "D123-4567"),
    ("plate ABC-1234", "ABC-1234"),
    ("vin 1HGCM82633A004352", "1HGCM82633A004352"),
    ("pacemaker serial PM-77812", "PM-77812"),
    ("mi cédula es 1022334455", "1022334455"),
    ("card 4111 1111 1111 1111", "4111 1111 1111 1111"),
    ("passport A12345678", "A12345678"),
    ("see https://example.test/me?id=4", "https://example.test/me?id=4"),
    ("my ip is 192.0.2.17", "192.0.2.17"),
    ("2001:db8:85a3::8a2e:370", "2001:db8:85a3::8a2e:370"),
    # written to slip past
    ("ｍｙ ｎａｍｅ ｉｓ Ｚｅｌｄａｒｉｎｏ", "Ｚｅｌｄａｒｉｎｏ"),
    ("Zel\u200bda\u200brino", "Zel\u200bda\u200brino"),
    ("５５５-０１４２-１２", "５５５-０１４２-１２"),
]

WHOLE = [
    "what are your hours on saturday?",
    "Can I get in at 3:30 tomorrow or next Tuesday at 10am?",
    "my son is 7 and has had a fever of 102 for 3 days",
    "i take 20 mg lisinopril twice a day",
    "how much is a cleaning, $150?",
    "blood pressure was 140/90 this morning",
    "i hope to get an appointment in march, will you be open in may?",
    "do i need to fast 12 hours before my labs",
    "call 911",
    "where do i park? is parking free",
    "mark it as cancelled please",
    "is there a grace period for payments",
    "there is a mark on my skin",
    "my name is spelled wrong on the bill",
    "i'm young and healthy, do i need a flu shot?",
    "my son will need a note for school",
    "my A1C was 7.2 and my b12 is low",
    "i've been your patient since 2015",
    "covid-19 booster, pls",
    "i need an apointment for my perscription",
    "heyyyy thxxx sooo much",
    "¿Aceptan Medicaid?",
    "quiero una cita para mañana a las 4 y media",
    "me duele la cabeza desde hace 3 días",
    "mi hijo tiene 5 años y tos con flema",
    "cuánto cuesta la limpieza dental",
    "STOP",
    "SI",
]


@pytest.mark.parametrize(("text", "identifier"), HIDDEN)
def test_identifiers_are_covered_to_the_last_letter(text: str, identifier: str) -> None:
    """Every letter and digit of an identifier is inside a span."""
    start = text.index(identifier)
    covered = {at for span in find(text) for at in range(span.start, span.end)}
    leaked = [text[at] for at in range(start, start + len(identifier)) if text[at].isalnum() and at not in covered]
    assert [] == leaked


@pytest.mark.parametrize("text", WHOLE)
def test_ordinary_questions_stay_whole(text: str) -> None:
    """Times, doses, readings, prices, slips and words that only look like names are left alone."""
    assert text == mask(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("my name is testy", "PERSON"),
        ("dob 3/4/1980", "DATE"),
        ("someone@example.test", "EMAIL"),
        ("000-12-3456", "SSN"),
        ("4111 1111 1111 1111", "CARD"),
        ("555-555-0142", "PHONE"),
        ("mrn: 44321", "MRN"),
        ("12 example street", "ADDRESS"),
        ("she is 94 years old", "AGE90"),
        ("192.0.2.17", "IP"),
        ("i live in examplia", "PLACE"),
    ],
)
def test_spans_say_what_kind_they_hold(text: str, kind: str) -> None:
    """The kind of a span is that of the identifier in it."""
    assert kind in {span.type for span in find(text)}


def test_several_identifiers_in_one_message_are_masked_apart() -> None:
    """Each identifier becomes its own placeholder and the question around them stays readable."""
    text = "hi its testy mctestface dob 3/4/1980, can i get a refill? call 555-555-0142"
    assert "hi its ‹name› dob ‹date›, can i get a refill? call ‹phone›" == mask(text)


def test_words_of_the_practice_stay() -> None:
    """A clinician's name is no patient's identifier."""
    known = KnownWords(frozenset(("okonkwo", "riverside")))
    assert "is dr okonkwo at riverside on monday?" == mask("is dr okonkwo at riverside on monday?", known=known)


def test_a_patient_who_shares_a_clinicians_name_is_hidden() -> None:
    """A known word that is told as one's own name is an identifier all the same."""
    known = KnownWords(frozenset(("okonkwo",)))
    assert "my name is ‹name›, is dr okonkwo in?" == mask("my name is okonkwo, is dr okonkwo in?", known=known)
    assert "‹name› needs a visit" == mask("zeldarina okonkwo needs a visit", known=known)


def test_nothing_is_found_in_nothing() -> None:
    """Empty and blank messages hold no identifier."""
    assert [] == find("")
    assert [] == find("  \n ")
