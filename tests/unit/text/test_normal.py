"""The normal form undoes disguises and leaves honest text alone."""

import pytest

from bot.text import MAX_CHARACTERS, fold_aligned, nearest, normal, same_word, segment, typed


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Can’t BREATHE", "cant breathe"),
        ("¿Cuánto cuesta?", "cuanto cuesta?"),
        ("ｋｉｌｌ ｍｙｓｅｌｆ", "kill myself"),
        ("kіll mуsеlf", "kill myself"),
        ("k1ll mys3lf", "kill myself"),
        ("k i l l", "kill"),
        ("s.t.o.p", "stop"),
        ("S-T-O-P", "stop"),
        ("st0p", "stop"),
        ("k!ll", "kill"),
        ("heeeelp meeee", "heelp mee"),
        ("su\u200bici\u00adde", "suicide"),
        ("ﬁne", "fine"),
    ],
)
def test_disguises_are_undone(text: str, folded: str) -> None:
    """Full width, look-alike, leet, spaced, stretched and hidden characters all fold to the plain words."""
    assert folded == normal(text).folded


@pytest.mark.parametrize(
    "text",
    [
        "my a1c is 7.2", "b12 and 5mg at 10am", "100.4f since 3pm", "h1n1 shot", "call 555-0100 ext 4",
        "привет", "j. doe", "help!my dad fell",
    ],
)
def test_honest_text_is_left_alone(text: str) -> None:
    """Doses, codes, times, numbers and other alphabets are not mistaken for disguises."""
    assert text == normal(text).folded


def test_tokens_are_the_words() -> None:
    """Numbers keep their decimals and units; punctuation separates."""
    assert ("fever", "of", "100.4", "since", "7:30", "took", "5mg") == normal("Fever of 100.4, since 7:30; took 5mg!").tokens


@pytest.mark.parametrize("text", ["", " \n\t ", "\u202e\u200b\x00"])
def test_nothing_stays_nothing(text: str) -> None:
    """Empty and invisible messages have no words."""
    form = normal(text)
    assert ("", "", ()) == (form.clean, form.folded, form.tokens)


def test_arrival_cleaning_caps_and_strips() -> None:
    """What arrives is capped and holds no control or direction characters; line breaks survive."""
    assert MAX_CHARACTERS == len(typed("x" * 20_000))
    assert "a b\nc" == typed("\x07a \u202eb \r\n\n c\x00")


def test_alignment_points_back_into_the_raw_text() -> None:
    """Each folded character names the raw character it came from, also where one becomes two or none."""
    folded, origin = fold_aligned("Ñoño ﬁn e\u0301l")
    assert "nono fin el" == folded
    assert [0, 1, 2, 3, 4, 5, 5, 6, 7, 8, 10] == origin


def test_spelling_distance_is_bounded() -> None:
    """One slip in a word of five to eight letters, two from nine, none in short ones."""
    assert same_word("siezure", "seizure")
    assert same_word("unconcsious", "unconscious")
    assert not same_word("paid", "pain")
    assert "bleeding" == nearest("bleding", ["breathing", "bleeding"])
    assert nearest("table", ["breathing", "bleeding"]) is None


def test_run_together_letters_are_cut_into_words() -> None:
    """A run of letters is cut only when known words cover all of it."""
    words = frozenset(("i", "want", "to", "die"))
    assert ("i", "want", "to", "die") == segment("iwanttodie", words)
    assert () == segment("iwanttodiex", words)


def test_normal_does_not_print_patient_words() -> None:
    """The repr of a normal form shows its length only."""
    assert "secret" not in repr(normal("secret words"))
