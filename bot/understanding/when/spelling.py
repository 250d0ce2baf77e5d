"""Finds the weekday, month or other known word that a misspelt one was meant to be.

Never guesses at short words, and never at a real word that happens to be near: "march" is not "match" misspelt.
"""

from dataclasses import dataclass, field

# Real words one slip away from a day, month or part of day.
REAL = frozenset(
    "christian christians christina christine match matches marcha marco mango martha marcia parch starch mundane sundae sundry money friend friday's fridge "
    "moaning mourning warning meaning morgan evening's evenings event mooring tuesdays augment angst gusto auguste junes "
    "cuarto marzos vienes viene vientos vienen martas partes artes maries martas jueces nueves lunas lentes unos menos "
    "junto junta juntos juntas julia julieta mala entero enteros angosto partes mates mantes manana mananas tarte tarda manzo manso marzas bernes viertes "
    "manzana manzanas montana mariana sanada hermana semana semanas macho mucho mayor mayores enter entero genero febrero's "
    "abrir abri abre libra agota gasto justo cubre cubra domino dominio dominios sabados sabida salado sabana sabanas grado "
    "tarda tardo tardado tardar tardes carta cartas tanda noches coches norte ninos nochero moches".split()
)


def _shortened(word: str) -> set[str]:
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


@dataclass(slots=True)
class Speller:
    """Words within one slip (two for long ones): a letter lost, added, changed or swapped with its neighbour."""

    words: set[str] = field(default_factory=set)
    near: dict[str, set[str]] = field(default_factory=dict)

    def learn(self, word: str) -> None:
        self.words.add(word)
        forms = {word} | _shortened(word)
        if len(word) >= 8:
            forms |= {other for form in _shortened(word) for other in _shortened(form)}
        for form in forms:
            self.near.setdefault(form, set()).add(word)

    def correct(self, word: str) -> str | None:
        if word in REAL or word in self.words or len(word) > 14:
            return None
        forms = {word} | _shortened(word)
        if len(word) >= 7:
            forms |= {other for form in _shortened(word) for other in _shortened(form)}
        found = {meant for form in forms for meant in self.near.get(form, ()) if meant[0] == word[0]}
        ranked = sorted((slips, meant) for meant in found if (slips := _slips(word, meant)) <= (2 if len(meant) >= 8 else 1))
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return None
        return ranked[0][1]


def _slips(one: str, other: str) -> int:
    """Damerau-Levenshtein distance between two short words."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
