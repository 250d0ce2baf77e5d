"""Whatever is typed, the gate answers with sound spans, hides what it found, and takes time in proportion."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy.gate import find, mask

MESSAGES = st.text(max_size=200) | st.lists(
    st.sampled_from(
        [
            "my name is",
            "testy",
            "de la",
            "555-0142",
            "3/4/80",
            "calle",
            "12",
            "@",
            "vivo en",
            "oh",
            "five",
            "\n",
            ".",
            "'s",
            "º",
            "st",
            "will",
            "Rose",
        ]
    ),
    max_size=30,
).map(" ".join)


@given(MESSAGES)
def test_spans_are_sorted_apart_and_inside_the_text(text: str) -> None:
    """Spans never overlap, never are empty, and never leave the text."""
    spans = find(text)
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert sorted(edges) == edges
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@given(MESSAGES)
def test_masking_keeps_all_text_outside_the_spans(text: str) -> None:
    """The mask replaces what was found and touches nothing else."""
    masked, done = mask(text), 0
    for span in find(text):
        kept = text[done : span.start]
        assert kept == masked[: len(kept)]
        masked, done = masked[masked.index("›", len(kept)) + 1 :], span.end
    assert text[done:] == masked


@given(st.text(alphabet="0123456789", min_size=7, max_size=20))
def test_long_numbers_never_survive(number: str) -> None:
    """A number of seven digits or more is hidden wherever it stands."""
    assert number not in mask(f"is it ready {number} thanks")


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        "a@",
        "12/",
        "five ",
        "calle ",
        "x.",
        "::",
        "( ",
        "dob ",
        "id is ",
        "testy ",
        "my name is ",
        "live at ",
        "º",
        "1 a ",
        "a. ",
    ],
)
def test_time_grows_with_length_only(piece: str) -> None:
    """Forty thousand characters of anything take well under the seconds that a backtracking pattern would."""
    text = (piece * 40_000)[:40_000]
    find("warm")
    began = time.perf_counter()
    find(text)
    assert time.perf_counter() - began < 3
