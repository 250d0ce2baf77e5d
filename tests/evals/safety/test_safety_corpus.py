"""The safety corpus: every flag, in English and Spanish, with what looks like it. A clinician can read and extend it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.understanding.safety import Verdict, assess

FOLDER = Path(__file__).parent


def _allowed(want: str, verdict: Verdict) -> bool:
    match want:
        case "danger":
            return verdict.label == "emergency"
        case "crisis":
            return verdict.label == "crisis"
        case "alarm":      # an attempt under way may be either
            return verdict.alarm
        case "clinical":
            return verdict.label == "clinical_advice"
        case "quiet":      # past or unclear: one added line at most
            return verdict.tier != "hard"
        case "no_alarm":   # a clinical referral is as good as nothing
            return not verdict.alarm
        case "none":
            return verdict.label == "none"
    raise ValueError(f"{want!r} is not an outcome this corpus knows")


def _cases() -> Iterator[tuple[str, str, str, str]]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for group in YAML(typ="safe").load(path.read_text(encoding="utf-8")):
            for want, by_language in group.items():
                if want != "flag":
                    for language, texts in by_language.items():
                        for text in texts:
                            yield group["flag"], want, language, text


CASES = list(_cases())


@pytest.mark.parametrize(("flag", "want", "language", "text"), CASES)
def test_case(flag: str, want: str, language: str, text: str) -> None:
    """Each message gets the outcome written beside it."""
    assert _allowed(want, assess(text, lang=language)), (flag, want, text, assess(text))


def test_corpus_is_large_and_balanced() -> None:
    """At least 300 messages, and every red flag has a danger and a look-alike in both languages (R-513)."""
    assert len(CASES) >= 300
    assert len({text for *_, text in CASES}) == len(CASES)
    for path in (FOLDER / "flags.yaml", FOLDER / "crisis.yaml"):
        for group in YAML(typ="safe").load(path.read_text(encoding="utf-8")):
            positives = [group[want] for want in ("danger", "crisis", "alarm") if want in group]
            assert positives, group["flag"]
            assert {"en", "es"} <= set(positives[0]), group["flag"]
            if "alarm" not in group:   # an attempt under way has the look-alikes of suicide
                calm = group.get("none") or group.get("no_alarm") or {}
                assert {"en", "es"} <= set(calm), group["flag"]
