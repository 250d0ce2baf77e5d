"""Spanish words of dates and times, without accents. Tables only: a word or phrase, and the symbols and values it has."""

WEEKDAYS = {
    0: "lunes lun", 1: "martes", 2: "miercoles mierc mie mx", 3: "jueves jue juev", 4: "viernes vie vier",
    5: "sabado sab", 6: "domingo dom",
}  # fmt: skip
WEAK_WEEKDAYS = {0: "lu", 1: "mar", 5: "sabados", 6: "domingos do"}
MONTHS = {
    1: "enero ene", 2: "febrero feb", 3: "marzo", 4: "abril abr", 5: "mayo", 6: "junio jun", 7: "julio jul",
    8: "agosto ago", 9: "septiembre setiembre sept sep set", 10: "octubre oct", 11: "noviembre nov", 12: "diciembre dic",
}  # fmt: skip
WEAK_MONTHS = {3: "mar", 5: "may"}
UNITS = {
    "minute": "minuto minutos min mins minutito minutitos", "hour": "hora horas hr hrs h hra hras", "day": "dia dias",
    "week": "semana semanas sem", "month": "mes meses", "year": "ano anos", "fortnight": "quincena quincenas",
    "workday": "", "workweek": "", "weekend": "finde findes",
}  # fmt: skip
NUMBERS = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho "
    "diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve"
).split()
TENS = dict(zip(range(30, 100, 10), "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split(), strict=True))
ORDINALS = "ceroavo primero segundo tercero cuarto quinto sexto septimo octavo noveno decimo undecimo duodecimo".split()

PARTS = {
    "morning": (8 * 60, 12 * 60, "mananita"),
    "afternoon": (12 * 60, 19 * 60, "tarde tardes tardecita"),
    "night": (20 * 60, 24 * 60, "noche noches nochecita"),
    "dawn": (4 * 60, 8 * 60, "madrugada amanecer"),
    "noon": (12 * 60, 14 * 60, ""),
    "lunch": (12 * 60, 14 * 60, ""),
    "dinner": (17 * 60, 20 * 60, ""),
}
EVENTS = {
    "almuerzo": (12, 14), "comida": (12, 14), "trabajo": (9, 17), "trabajar": (9, 17), "escuela": (8, 15), "clases": (8, 15), "almorzar": (12, 14),
}
MEALS = {"almuerzo": "lunch", "comida": "lunch", "cena": "dinner", "desayuno": "breakfast"}

HOLIDAYS = {
    "new_year": "ano nuevo|dia de ano nuevo|primero de ano", "new_years_eve": "nochevieja|noche vieja|vispera de ano nuevo|fin de ano",
    "epiphany": "dia de reyes|dia de los reyes|dia de los reyes magos|reyes magos", "valentine": "san valentin|dia de san valentin|dia de los enamorados",
    "mlk": "dia de martin luther king", "presidents": "dia de los presidentes|dia del presidente",
    "easter": "pascua|domingo de pascua|domingo de resurreccion", "good_friday": "viernes santo", "holy_thursday": "jueves santo",
    "holy_saturday": "sabado santo|sabado de gloria", "palm_sunday": "domingo de ramos", "ash_wednesday": "miercoles de ceniza",
    "mother": "dia de la madre|dia de las madres", "father": "dia del padre|dia de los padres",
    "memorial": "dia de los caidos|memorial day|dia conmemorativo|dia de la recordacion", "juneteenth": "juneteenth|dia de la libertad|dia del jubileo",
    "independence": "dia de la independencia|dia de independencia", "may_day": "dia del trabajador|dia de los trabajadores|dia del trabajo",
    "labor": "labor day", "columbus": "dia de la raza|dia de la hispanidad|dia de colon|columbus day",
    "halloween": "halloween|noche de brujas", "all_saints": "dia de todos los santos|todos los santos",
    "all_souls": "dia de muertos|dia de los muertos|dia de los difuntos", "veterans": "dia de los veteranos|dia del veterano",
    "thanksgiving": "accion de gracias|dia de accion de gracias|dia de gracias|thanksgiving", "black_friday": "viernes negro|black friday",
    "guadalupe": "dia de la virgen de guadalupe|dia de la virgen", "christmas_eve": "nochebuena|noche buena|vispera de navidad",
    "christmas": "navidad|dia de navidad|la navidad",
}  # fmt: skip

RELATIVE_DAYS = {
    0: "hoy|hoy dia|el dia de hoy|hoy mismo", 1: "manana|el dia de manana|manana mismo|mnana", 2: "pasado manana|pasadomanana|pasado manana mismo",
    7: "de hoy en ocho|de hoy en 8|de hoy en ocho dias", 8: "de manana en ocho", 15: "de hoy en quince|de hoy en 15",
    -1: "ayer", -2: "anteayer|antier|antes de ayer|anteanoche",
}  # fmt: skip

WORDS = {
    "los": "los|las", "the": "el|la|los|las|lo|al", "of": "de|del|do|d|en|en el|en la", "really_of": "de|del|de el|de la|do", "on": "en|el|para el|para",
    "in": "en", "for": "por|para", "and": "y|e|&", "or": "o|u|/", "a": "un|una", "comma": ",|.|;|(|)|!", "dash": "-|–|—", "slash": "/",
    "at": "a|a las|a la|alas|@|a eso de|a eso de las|para las|para la|sobre las|a partir de las|tipo|como a las|como a la|por las|ala",
    "las": "las|la|los", "near": "alrededor de|cerca de|sobre|como|como a|aproximadamente|mas o menos|hacia|casi|entorno a|en torno a|tipo|quizas|preferiblemente|solo|a eso de",
    "from": "de|desde|a partir de|del|desde el|empezando|comenzando|desde las|desde la",
    "since": "a partir|desde|a partir de|a partir del|empezando|empezando el|comenzando|comenzando el|desde el|a primeros de|inicia|inicia el|que inicia|en adelante desde",
    "between": "entre", "to": "a|al|hasta|hasta el|-|–|—|hasta las|hasta la", "until": "hasta|hasta el|hasta las|hasta la|a mas tardar",
    "by": "a mas tardar|no mas tardar|no mas tarde de|para antes de|tan tarde como|a mas tardar el|lo mas tarde|como muy tarde|maximo|no despues de|no despues del",
    "before": "antes de|antes del|antes de las|antes de la|antes que|previo a|antes",
    "after": "despues de|despues del|despues de las|despues de la|pasado|pasadas|pasada|luego de|luego del|tras|despues|posterior a|mas tarde de|mas tarde que",
    "not_before": "no antes de|no antes del", "or_later": "o mas tarde|o despues|en adelante|para adelante|pa delante|o posterior|hacia adelante|adelante",
    "or_earlier": "o antes|o mas temprano|para atras|y antes",
    "this": "este mismo|esta misma|este|esta|estos|estas|el presente|la presente", "next": "la otra|prosimo|prosima|proximo|proxima|proximos|proximas|prox|siguiente|siguientes|venidero|venidera",
    "coming": "que viene|que entra|q viene|proximo|proxima|siguiente|siguientes|entrante|venidero|que vienen|proximos|proximas",
    "last": "pasado|pasada|ultimo|ultima|anterior|ultimos|ultimas|pasados|pasadas", "final": "ultimo|ultima|ultimos",
    "early": "temprano|temprano en|temprano por|primera hora de|primera hora|a primera hora|a primera hora de|principio de|a principios de|a inicios de|inicio de|temprano al|a primeras horas de|bien temprano",
    "late": "tarde en|mas tarde en|mas tarde|final de|fin de|a ultima hora|a ultima hora de|ultima hora|a fin de|a finales de|al final de|mas tarde por|finales de|tarde por|al final del|final del",
    "begin": "principio|principios|comienzo|comienzos|inicio|inicios|primeros|primeros dias|primera parte|temprano",
    "mid": "mediados|medio|mitad|mediado", "finish": "fin|final|finales|fines|ultimos|cierre|termino|ultimos dias|fin del|fin de",
    "rest": "resto|lo que queda|lo que resta|restante", "later": "mas tarde|mas adelante|luego|despues",
    "half": "media|medio", "quarter": "cuarto", "past": "y|con", "till": "menos", "to_go": "para|pa",
    "within": "dentro de|en los proximos|en las proximas|durante los proximos|durante las proximas|en menos de|en el transcurso de|en el plazo de",
    "within_at": "dentro de|de aqui a|de hoy en|de aqui en", "more": "mas|mas de|otros|otras", "ago": "atras", "since_ago": "hace",
    "hence": "a partir de hoy|desde hoy|desde ahora|a partir de ahora|mas tarde|despues|de hoy", "or_so": "en punto|exactas|mas o menos|aproximadamente|exacto|aprox|o asi|y pico",
    "oclock": "en punto|horas|hrs|h|hs", "whole": "todo|toda|todos|todas|cualquier|entero|entera|cada|algun|alguna",
    "every": "cada|cualquier|todos|todas", "business": "laborables|laborable|habiles|habil|laborales|laboral", "couple": "par de|par", "few": "unos|unas|pocos|pocas|algunos|algunas|unos pocos|unas pocas|varios|varias",
    "plus": "y", "week_start": "que comienza|que empieza|que inicia|que va|comenzando|empezando|de|del|a partir|a partir de|que va desde",
    "in_the": "en|por|de|en la|por la|de la|a la|al|del|durante la|durante|en el|a|por el|hacia la|para la|x la|x|pa la|en las|por las|de las|para el|para", "day_word": "dia|fecha|dias|el dia|para el dia", "manana": "manana|mananas",
    "week_of": "semana del|semana de", "el": "el|al|del|los", "not_clock": "minutos|minuto|mins|min",
    "eod": "fin del dia|fin de dia|final del dia|cierre|final de dia", "now": "ahora", "dayofweek": "dia", "but": "pero", "weekend_phrase": "fin de semana|fines de semana|fin semana",
}  # fmt: skip

GLUE = "a|al|las|la|los|el|de|del|en|por|para|sobre|como|,|.|-|desde|alrededor de|tipo|a eso de|cerca de|y|(|)|mas o menos|aproximadamente|@|preferiblemente|que sea|tal vez|quizas|si es posible|puede ser|dia|a partir de|entre semana|hacia|antes|lo mas|mismo|ojala|solo|pero|empezando|comenzando"
FOLLOWERS = (
    "a al con como cuando de del desde donde e el ella ellos en entonces es esta estaria este favor fue gracias hasta la las le les lo los "
    "me mejor mi mis muy no nos o para pero por porfa porque pues puede puedo que quiero quisiera se seria si sin sobre su sus tal tambien "
    "te tengo tiene u un una y ya yo estoy hay va vale bien perfecto dr dra doctor doctora cita disponible solo solamente ojala "
    "hora hrs menos excepto salvo sea porfavor disponibles ok"
).split()
GREETINGS = "buenos dias|buen dia|buenas tardes|buenas noches|buena tarde|buena noche|lindo dia|bonito dia|feliz dia|dia tras dia|dia a dia|un dia|por dia|muy buenas tardes|muy buenos dias|muy buenas noches|buenas|otro dia|mas tarde o mas temprano|tarde o temprano|feliz tarde|feliz noche|linda tarde|linda noche|por primera vez|la una a la otra|hoy en dia"
