"""Which language a message is written in: English, Spanish, or plainly another one. Local tables only.

Names, numbers, "ok" and other words of no language leave the conversation in its language (`default`).
"""

import re
import unicodedata
from collections import Counter

from bot.text import normal

# First letter-range that a language alone uses among those we expect. Kana decides before Han: Japanese uses both.
_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("fa", re.compile(r"[\u067e\u0686\u0698\u06af\u06a9\u06cc]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
    ("am", re.compile(r"[\u1200-\u137f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
    ("pa", re.compile(r"[\u0a00-\u0a7f]")),
    ("gu", re.compile(r"[\u0a80-\u0aff]")),
    ("ta", re.compile(r"[\u0b80-\u0bff]")),
    ("te", re.compile(r"[\u0c00-\u0c7f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("km", re.compile(r"[\u1780-\u17ff]")),
    ("my", re.compile(r"[\u1000-\u109f]")),
)
_VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_SPANISH_MARKS = re.compile(r"[ñÑ¿¡]")

# Words, folded, that tell one language from the others in this table. Words shared by English and Spanish are left
# out ("no", "me", "doctor", "hospital"), and so are Spanish words that are also typed in English ("a", "he", "once").
_WORDS: dict[str, str] = {
    "en": """the is are am was were be been do does did dont doesnt didnt have has had havent can cant could would should
        will wont i im ive ill id my mine you your youre we our they their them he she hes shes his her it its this that
        these those what whats when where wheres who why how which and or but not if of to for from with without in on at
        by about any some need want get got make take see go going there here please thanks thank hello hi hey yes yeah
        appointment today tomorrow help call text feel like just know time back day week next last new open hours
        monday tuesday wednesday thursday friday saturday sunday u ur pls thx appt schedule cancel reschedule refill
        insurance bill pain stop quit book find show tell check change move start free near best payment report results goodbye bye
        cheers emergency breathing attack someone something anything everything with after before kid baby son daughter husband
        wife mom dad hurts hurt pills medicine""",
    "es": """el la los las un una unos unas de del al y o que qe q como cuando donde quien cual cuanto cuantos cuanta cuesta
        por para pero con sin en es esta estan estoy estas este esto esa ese eso soy son ser fue era hay hoy manana ayer
        mi mis tu tus su sus se le les lo te nos yo ella ellos usted ustedes tengo tiene tienen tenia tener quiero quiere
        quisiera puedo puede pueden podria necesito necesita hola buenos buenas dias tardes noches gracias favor si tambien
        muy mas menos ya aqui alli porque ahora siempre nunca nada algo alguien cita citas hora horario dolor duele medico
        doctora receta pastilla pastillas medicina seguro hijo hija nino nina mama papa esposo esposa hermano hermana
        lunes martes miercoles jueves viernes sabado domingo cambiar cancelar agendar reservar sacar pedir hacer saber
        hablar persona ayuda ayudame siento me_siento estomago cabeza pecho sangre fiebre abierto cerrado ubicacion
        direccion telefono mande manden mensajes xfa porfa pues bueno bien mal cuantas adios vale claro llamo llama tal vez consultar continuar empezar volver correcto ninguno ninguna otro otra
        otros fecha nombre apellido documento especialidad ginecologia odontologia pediatra examen laboratorio correo duelen""",
    "pt": """nao voce voces eu meu minha ele dela uma um para com obrigado obrigada ola bom boa dia estou tenho preciso
        gostaria consulta amanha hoje quando onde quanto posso esta sao muito dor remedio ajuda marcar remarcar pelo pela
        oi ainda isso fazer seu sua medico""",
    "fr": """je tu il elle nous vous les des une est suis avez avoir pour avec dans sur pas mais ou bonjour merci rendez
        voudrais besoin mon ma mes votre demain aujourdhui quand comment combien jai cest quel quelle puis sil plait
        medecin ordonnance douleur aide le et""",
    "ht": """mwen ou li nou yo pou ak nan pa gen kijan kouman ki kote bezwen randevou mesi bonjou tanpri fe mal doulè
        doule vle kapab jodi demen anpil sou doktè dokte medikaman ede""",
    "vi": "toi ban khong la va cua co cho voi hen kham bac si dau xin chao cam on ngay mai hom nay duoc muon lich thuoc",
    "de": """ich du wir sie ist bin nicht und oder mit fur termin bitte danke hallo guten morgen heute wann wo wie ein eine
        einen mochte brauche kann habe mein meine der die das arzt schmerzen""",
    "it": """io sono non che per una uno il gli della ciao buongiorno grazie vorrei appuntamento domani oggi quando dove
        quanto posso mio mia ho bisogno medico dolore""",
    "pl": """nie jest jestem mam moja moj prosze dziekuje dzien dobry chce wizyte lekarz jutro dzisiaj kiedy gdzie ile czy
        sie potrzebuje boli""",
    "tl": """ako ikaw siya kami po opo ang ng mga sa ko mo ba hindi kailan saan magkano salamat kailangan gusto bukas
        ngayon magandang umaga masakit""",
    "so": "waan waxaan ma ballan mahadsanid fadlan caafimaad maanta berri xanuun",
    "hmn": "kuv koj tsis xav tau mus kws kho mob ua tsaug nyob zoo hnub teem caij",
}
_TABLE: dict[str, tuple[str, ...]] = {}
for _code, _listed in _WORDS.items():
    for _word in _listed.split():
        _TABLE[_word] = (*_TABLE.get(_word, ()), _code)

ENOUGH_SCRIPT = 0.3       # share of letters: one Chinese name in an English message does not change the language
ENOUGH_WORDS = 2.0        # "merci" alone is no reason to leave English
CLEAR_LEAD = 1.0


def detect(text: str, *, default: str) -> str:
    """The ISO code of the language of `text`; `default` when the words do not tell."""
    form = normal(text)
    by_script = _script(form.clean)
    if by_script:
        return by_script
    scores: Counter[str] = Counter()
    for word in form.tokens:
        codes = _TABLE.get(word, ())
        for code in codes:
            scores[code] += 1 / len(codes)   # type: ignore[assignment]  # Counter is typed for whole numbers
    if _SPANISH_MARKS.search(form.clean):
        scores["es"] += 2
    if _VIETNAMESE.search(unicodedata.normalize("NFC", form.clean)):
        scores["vi"] += 3
    return _best(scores, default=default)


def _script(clean: str) -> str | None:
    letters = sum(char.isalpha() for char in clean)
    if not letters or clean.isascii():
        return None
    for code, pattern in _SCRIPTS:
        if len(pattern.findall(clean)) >= ENOUGH_SCRIPT * letters or (
            code == "uk" and pattern.search(clean) and len(_SCRIPTS[4][1].findall(clean)) >= ENOUGH_SCRIPT * letters
        ):
            return code
    return None


def _best(scores: Counter[str], *, default: str) -> str:
    home = {code: scores.get(code, 0) for code in ("en", "es")}
    foreign = [(score, code) for code, score in scores.items() if code not in home]
    if foreign:
        score, code = max(foreign)
        if score >= ENOUGH_WORDS and score >= max(home.values()) + CLEAR_LEAD:
            return code
    if home["en"] == home["es"]:
        return default
    return "en" if home["en"] > home["es"] else "es"
