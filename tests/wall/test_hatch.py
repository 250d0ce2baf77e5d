"""Nothing but published ids gets through the hatch, in one form only, whatever the other side sends."""

import json
import traceback
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from knowledge.question import (
    MAX_FACETS,
    MAX_SECTIONS,
    Facet,
    FacetKind,
    Length,
    PublicQuestion,
    QuestionRefused,
    ask,
    facets_of,
    from_bytes,
    to_bytes,
)
from tests.unit.knowledge.tiny_practice import published

pytestmark = pytest.mark.wall

PRACTICE = published()
SECTIONS = sorted(section.id for section in PRACTICE.sections)
FACETS = sorted(Facet(kind, name) for kind, names in facets_of(PRACTICE).items() for name in names)
VOCABULARY = {PRACTICE.hash, *PRACTICE.languages, *Length, *FacetKind, *SECTIONS, *(facet.id for facet in FACETS)}

questions = st.builds(
    lambda language, length, sections, facets: ask(
        PRACTICE, language=language, length=length, sections=tuple(sections), facets=tuple(facets)
    ),
    st.sampled_from(PRACTICE.languages),
    st.sampled_from(Length),
    st.lists(st.sampled_from(SECTIONS), min_size=1, max_size=MAX_SECTIONS),
    st.lists(st.sampled_from(FACETS), max_size=MAX_FACETS),
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


def canonical(body: Any) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()


def strings_in(value: Any) -> set[str]:
    if isinstance(value, str):
        return {value}
    if isinstance(value, list):
        return {text for item in value for text in strings_in(item)}
    if isinstance(value, dict):
        return {text for item in value.values() for text in strings_in(item)}
    return set()


@given(questions)
def test_a_question_arrives_as_it_was_asked(question: PublicQuestion) -> None:
    """What `ask` makes is read back equal, and has one form to the byte."""
    assert question == from_bytes(to_bytes(question), PRACTICE)
    assert to_bytes(question) == to_bytes(from_bytes(to_bytes(question), PRACTICE))


@given(st.binary(max_size=300) | anything.map(canonical))
def test_only_published_words_get_through(body: bytes) -> None:
    """Random bytes and random JSON are refused; were something read, it would hold published words only."""
    try:
        question = from_bytes(body, PRACTICE)
    except QuestionRefused:
        return
    assert strings_in(json.loads(to_bytes(question))) <= VOCABULARY


@given(questions, st.sampled_from(["language", "length", "practice_hash", "sections", "facets"]), anything)
def test_no_field_carries_anything_else(question: PublicQuestion, name: str, smuggled: Any) -> None:
    """Whatever is put into any field of a good question, only another good question is ever read."""
    body = json.loads(to_bytes(question))
    body[name] = smuggled
    try:
        read = from_bytes(canonical(body), PRACTICE)
    except QuestionRefused:
        return
    assert strings_in(json.loads(to_bytes(read))) <= VOCABULARY
    assert canonical(body) == to_bytes(read)


@given(questions, st.text(min_size=1))
def test_no_string_outside_the_vocabulary_gets_through(question: PublicQuestion, words: str) -> None:
    """Free text is refused as a section, a facet, a language, a length and a hash."""
    assume(words not in VOCABULARY)
    good = json.loads(to_bytes(question))
    for change in (
        {"sections": [words]},
        {"sections": sorted([*good["sections"][:2], words])},
        {"facets": [["plan", words]]},
        {"facets": [[words, "acme"]]},
        {"language": words},
        {"length": words},
        {"practice_hash": words},
    ):
        with pytest.raises(QuestionRefused):
            from_bytes(canonical(good | change), PRACTICE)


@given(questions, st.text(max_size=20), anything)
def test_an_extra_field_is_refused(question: PublicQuestion, name: str, value: Any) -> None:
    """No history, date, id or text can ride along in a field of its own."""
    body = json.loads(to_bytes(question))
    assume(name not in body)
    with pytest.raises(QuestionRefused):
        from_bytes(canonical(body | {name: value}), PRACTICE)


@given(questions, st.sampled_from(["language", "length", "practice_hash", "sections", "facets"]))
def test_a_missing_field_is_refused(question: PublicQuestion, name: str) -> None:
    """Nothing is filled in by guessing."""
    body = json.loads(to_bytes(question))
    del body[name]
    with pytest.raises(QuestionRefused):
        from_bytes(canonical(body), PRACTICE)


@given(questions, st.integers(min_value=0, max_value=400), st.sampled_from([b" ", b"\n", b"\t", b"\xef\xbb\xbf", b"0"]))
def test_another_spelling_of_the_same_question_is_refused(question: PublicQuestion, at: int, extra: bytes) -> None:
    """White space, byte order marks and the like could carry a message, so only the canonical bytes are read."""
    body = to_bytes(question)
    at %= len(body) + 1
    with pytest.raises(QuestionRefused):
        from_bytes(body[:at] + extra + body[at:], PRACTICE)


TWICE = '"language":"en"'
RESPELLED: list[Callable[[str], str]] = [
    lambda body: body.replace('"en"', '"\\u0065n"'),
    lambda body: body.replace(TWICE, f"{TWICE},{TWICE}"),
    lambda body: body.replace(TWICE, f'"language":"my name is Zed",{TWICE}'),
    lambda body: json.dumps(json.loads(body), indent=1),
    lambda body: json.dumps(dict(reversed(json.loads(body).items())), separators=(",", ":")),
]


@pytest.mark.parametrize("respell", RESPELLED)
def test_escapes_doubled_keys_and_other_orders_are_refused(respell: Callable[[str], str]) -> None:
    """JSON has many spellings for one value; the hatch knows one."""
    body = to_bytes(ask(PRACTICE, language="en", length=Length.SHORT, sections=(SECTIONS[0],))).decode()
    assert respell(body) != body
    with pytest.raises(QuestionRefused):
        from_bytes(respell(body).encode(), PRACTICE)


@pytest.mark.parametrize(
    "change",
    [
        {"sections": []},
        {"sections": SECTIONS[::-1]},
        {"sections": [SECTIONS[0], SECTIONS[0]]},
        {"sections": [*SECTIONS, "parking/extra"]},
        {"facets": [["plan", "acme"], ["location", "main"]]},
        {"facets": [["plan", "acme"], ["plan", "acme"]]},
        {"facets": [["clinician", "quill"], ["location", "main"], ["plan", "acme"]]},
        {"facets": [["visit_type", "private_talk"]]},
        {"facets": [["plan"]]},
        {"facets": ["plan"]},
        {"facets": [["plan", "main"]]},
        {"practice_hash": "0" * 64},
        {"language": "fr"},
        {"length": "long"},
    ],
)
def test_order_doubles_counts_and_membership_are_checked(change: dict[str, Any]) -> None:
    """Sections and facets are sorted, unique, few and published; sensitive visit types are not facets (R-151)."""
    good = json.loads(to_bytes(ask(PRACTICE, language="en", length=Length.SHORT, sections=(SECTIONS[0],))))
    with pytest.raises(QuestionRefused):
        from_bytes(canonical(good | change), PRACTICE)


def test_a_sensitive_visit_type_cannot_be_asked_about() -> None:
    """The hatch refuses a sensitive visit type on the asking side too (R-151)."""
    with pytest.raises(QuestionRefused):
        ask(
            PRACTICE,
            language="en",
            length=Length.SHORT,
            sections=(SECTIONS[0],),
            facets=(Facet(FacetKind.VISIT_TYPE, "private_talk"),),
        )


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[" * 100_000, b'{"a":' * 100_000, b"null", b"\xff\xfe{\x00}\x00", b"9" * 9000]
)
def test_malformed_bytes_are_refused_and_nothing_else_happens(body: bytes) -> None:
    """Deep nesting, huge numbers, other encodings and half documents end in the same refusal."""
    with pytest.raises(QuestionRefused):
        from_bytes(body, PRACTICE)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=12, max_size=40))
def test_a_refusal_never_repeats_what_was_sent(words: str) -> None:
    """The refused text stands in no message and in no traceback that a log could keep."""
    for body in (f'{{"sections":["{words}"]}}', words, f'{{"{words}', f'{{"language":"{words}"}}'):
        try:
            from_bytes(body.encode(), PRACTICE)
        except QuestionRefused as refused:
            shown = str(refused) + "".join(traceback.format_exception(refused))
            assert words not in shown
