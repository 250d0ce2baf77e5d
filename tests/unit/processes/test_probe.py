"""The probe contract: one JSON line per line, in order, whatever comes in; five tasks, nothing stored."""

import json
from typing import Any

import pytest

from bot.processes import probe
from bot.processes.publication import published
from tests.support.paths import RIVERSIDE

SHAPES = {
    "gate": {"id", "spans"},
    "safety": {"id", "label", "tier"},
    "intent": {"id", "intent"},
    "when": {"id", "found"},
    "answer": {"id"},
}


@pytest.fixture(scope="module")
def tasks(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return probe.tasks(published(RIVERSIDE, tmp_path_factory.mktemp("published")))


def ran(task: Any, *lines: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in probe.run(task, lines)]


@pytest.mark.parametrize("name", probe.TASKS)
def test_order_and_ids_are_kept(tasks: Any, name: str) -> None:
    """The caller joins answers to rows by place or by id; both hold. Ids of any JSON kind come back as they were."""
    ids = ["b", "a", 7, None, ["x"]]
    found = ran(tasks[name], *(json.dumps({"id": id, "text": "What are your hours on Friday?"}) for id in ids))
    assert ids == [row["id"] for row in found]
    assert all(SHAPES[name] <= row.keys() and "error" not in row for row in found)


@pytest.mark.parametrize("name", probe.TASKS)
@pytest.mark.parametrize(
    "bad", ["not json", "[]", '"text"', "{}", '{"id": 2}', '{"id": 2, "text": 5}', '{"id": 2, "text": null}']
)
def test_a_bad_line_is_an_error_line_and_the_run_goes_on(tasks: Any, name: str, bad: str) -> None:
    """One unusable row costs one row."""
    good = json.dumps({"id": "after", "text": "hola", "lang": "es"})
    first, second = ran(tasks[name], bad, good)
    assert {"id", "error"} == first.keys()
    assert "after" == second["id"] and "error" not in second


@pytest.mark.parametrize("name", probe.TASKS)
@pytest.mark.parametrize("text", ["", " ", "😀", "\x00\x07", "a" * 20_000, "ñ" * 300, "<script>", "١٢٣"])
def test_odd_texts_get_an_answer(tasks: Any, name: str, text: str) -> None:
    """Empty, huge, emoji and control characters are texts like others."""
    (found,) = ran(tasks[name], json.dumps({"id": 1, "text": text}))
    assert 1 == found["id"] and "error" not in found


def test_blank_lines_are_no_rows(tasks: Any) -> None:
    """A file may end with an empty line."""
    assert 1 == len(ran(tasks["intent"], "", json.dumps({"id": 1, "text": "hi"}), "  \n"))


def test_what_the_tasks_say(tasks: Any) -> None:
    """One plain example of each task."""
    assert "emergency" == ran(tasks["safety"], '{"id": 1, "text": "I have crushing chest pain"}')[0]["label"]
    spans = ran(tasks["gate"], '{"id": 1, "text": "My phone is (740) 555-0142."}')[0]["spans"]
    assert ["(740) 555-0142"] == ["My phone is (740) 555-0142."[span["start"] : span["end"]] for span in spans]
    found = ran(tasks["when"], '{"id": 1, "text": "tomorrow", "ref": "2026-11-22T09:00"}')[0]["found"]
    assert "2026-11-23" == found[0]["start"][:10]
    (wrong,) = ran(tasks["when"], '{"id": 1, "text": "tomorrow", "ref": "soon"}')
    assert "ref must be an ISO date" in wrong["error"]
