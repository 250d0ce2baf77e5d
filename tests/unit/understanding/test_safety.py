"""The safety check is local, quick, deterministic, and its tables fail loudly when they are wrong."""

import re
import socket
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.understanding.safety import SafetyTableBroken, Verdict, assess, for_kind, resources, stale
from bot.understanding.safety.compiler import compile_tables
from bot.understanding.safety.patterns import PatternBroken, read
from bot.understanding.safety.table import FOLDER, load


@pytest.mark.parametrize(
    ("text", "label", "kind"),
    [
        ("crushing pressure in my chest", "emergency", "emergency"),
        ("my toddler drank bleach", "emergency", "poison"),
        ("i want to end my life", "crisis", "crisis"),
        ("my husband beats me", "crisis", "domestic_violence"),
        ("the babysitter is hitting my son", "crisis", "child_abuse"),
        ("the aide is hitting my grandma", "crisis", "elder_abuse"),
        ("i was raped", "crisis", "sexual_assault"),
        ("i keep having thoughts of hurting my baby", "crisis", "perinatal"),
        ("i am going to kill my boss", "crisis", "harm_to_others"),
        ("can i take advil with my blood thinner", "clinical_advice", "clinical_advice"),
        ("are you open on friday", "none", None),
    ],
)
def test_label_and_kind(text: str, label: str, kind: str | None) -> None:
    """Each kind of alarm is told apart, since each has its own text and its own numbers (R-504)."""
    verdict = assess(text)
    assert (label, kind) == (verdict.label, verdict.kind)


def test_an_attempt_is_marked() -> None:
    """An attempt under way is a crisis whose text carries 911, 988 and poison control."""
    verdict = assess("i just took all my pills i want to die")
    assert ("crisis", "hard", True) == (verdict.label, verdict.tier, verdict.attempt)
    assert {"911", "988", "1-800-222-1222"} == {service.call for service in for_kind("crisis", attempt=True)}


def test_tiers_belong_to_alarms() -> None:
    """Alarms are hard or soft, everything else has no tier (R-503)."""
    assert "soft" == assess("i was suicidal years ago, all better now").tier
    assert "none" == assess("what is the dose of advil").tier


@pytest.mark.parametrize(
    "text",
    ["no chest pain but my jaw and arm hurt and i am sweating", "not trying to be dramatic but i cant breathe",
     "I don't know why but my face is drooping on one side"],
)
def test_negation_traps_still_alarm(text: str) -> None:
    """R-515: a denied sign does not silence the others, nor does a "not" that denies nothing."""
    assert "hard" == assess(text).tier


@pytest.mark.parametrize(
    "text", ["no chest pain", "he is not having a seizure", "i dont have any trouble breathing", "no tengo dolor de pecho"]
)
def test_denied_signs_do_not_alarm(text: str) -> None:
    """R-514: what is denied is not there."""
    assert not assess(text).alarm


@pytest.mark.parametrize(
    "text",
    [
        "k i l l myself", "k1ll mys3lf", "ｋｉｌｌ ｍｙｓｅｌｆ", "kіll mуsеlf",
        "kill\u200b myself", "KILL MYSELF!!!", "killl myselff", "killmyself",
    ],
)
def test_disguises_do_not_hide_a_crisis(text: str) -> None:
    """R-614: spaced, leet, full width, look-alike, hidden and stretched letters read the same."""
    assert "crisis" == assess(text).label


@pytest.mark.parametrize(
    "text",
    ["having a siezure", "my dad is unconcious", "his speech is slured and his face is droping", "chset pain really bad"],
)
def test_typos_do_not_hide_an_emergency(text: str) -> None:
    """R-512: slips of the finger in long words are mended."""
    assert "emergency" == assess(text).label


@pytest.mark.parametrize(
    "text", ["", "   ", "👍", "🔥🔥", "\x00\u202e", "?" * 500, "1/2/3 12:30 //", "a" * 20_000, "chest " * 4_000]
)
def test_odd_input_has_a_verdict(text: str) -> None:
    """Empty, emoji-only, huge and control-character messages are read without error."""
    assert isinstance(assess(text), Verdict)


def test_it_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """R-502: with sockets blocked the answer is the same."""
    monkeypatch.setattr(socket, "socket", None)
    assert "emergency" == assess("i cant breathe").label


def test_it_is_quick() -> None:
    """R-502 asks for 50 ms at p99; an ordinary message takes far less, and so does the longest one allowed."""
    assess("warm up")
    message = "hi i have had a cough for two weeks and my chest feels tight when i lie down, should i come in or wait"
    began = time.perf_counter()
    for _ in range(50):
        assess(message)
    assert (time.perf_counter() - began) / 50 < 0.02
    began = time.perf_counter()
    assess((message + ". ") * 40)
    assert time.perf_counter() - began < 0.25


def test_shipped_tables_compile_and_every_rule_says_its_flag() -> None:
    """Tables are cross-checked as a whole: a name that no words table defines is an error."""
    tables = load()
    assert compile_tables(tables).rules
    assert all(rule.flag for rule in tables.rules)


def _copy(folder: Path) -> Path:
    for source in FOLDER.iterdir():
        (folder / source.name).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        (
            "flags_extra.yaml",
            "rules:\n  - {id: x, flag: f, kind: emergency, match: [chezt]}\n",
            "'chezt' is not in any words table",
        ),
        ("flags_extra.yaml", "rules:\n  - {id: x, flag: f, kind: emergncy, match: [chest]}\n", "unknown kind 'emergncy'"),
        ("flags_extra.yaml", "rules:\n  - {id: x, flag: f, kind: emergency, mtach: [chest]}\n", "fields nobody reads: mtach"),
        ("flags_extra.yaml", "rules:\n  - {id: x, flag: f, kind: emergency, match: [chest +]}\n", "ends too early"),
        ("flags_extra.yaml", "rules:\n  - {id: chest_pain, flag: f, kind: emergency, match: [chest]}\n", "defined twice"),
        ("words_extra.yaml", "chest: [a]\n", "defined twice"),
        ("words_extra.yaml", "other:\n  - no\n  - [1]\n", "which YAML does not read as text"),
        ("words_extra.yaml", "other: [a\n", "not readable YAML"),
    ],
)
def test_broken_tables_say_what_to_do(tmp_path: Path, file: str, text: str, message: str) -> None:
    """A mistake in a table stops the start with the file, the entry and the remedy."""
    folder = _copy(tmp_path)
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(SafetyTableBroken, match=re.escape(message)):
        compile_tables(load(folder))


@pytest.mark.parametrize("text", ["", "+ a", "a b", "a > ", "a ++ b"])
def test_broken_patterns_are_refused(text: str) -> None:
    """A pattern that cannot be read is never half read."""
    with pytest.raises(PatternBroken):
        read(text, number=lambda name: 0)


def test_numbers_are_checked_twice_a_year() -> None:
    """R-504: on day 180 the hotlines are still good, on day 181 they are not."""
    checked = resources().checked_on
    assert not stale(checked + timedelta(days=180))
    assert stale(checked + timedelta(days=181))


def test_shipped_numbers_are_fresh() -> None:
    """A release with hotlines nobody has checked for 180 days fails here."""
    assert not stale(datetime.now(UTC).date()), "Check every number in resources.yaml, then set checked_on."


def test_every_alarm_prints_911_and_its_own_line() -> None:
    """R-504: 911 stands in every kind; the "press 3" line stands in none."""
    for kind, services in resources().by_kind.items():
        assert "911" in [service.call for service in services], kind
    assert "press 3" not in (FOLDER.parent / "resources.yaml").read_text(encoding="utf-8").replace('"press 3" line', "")


def test_a_verdict_cannot_be_changed() -> None:
    """Nothing downstream can quietly clear an alarm (R-502)."""
    with pytest.raises(AttributeError):
        assess("i cant breathe").label = "none"   # type: ignore[misc]
