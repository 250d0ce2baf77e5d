"""The layers are law: the tree obeys every contract, and each contract fails when it is broken."""

from pathlib import Path

import pytest

from tests.law.imports import add_line, contract, layers, lint, linter_config, make_tree
from tests.support.paths import ROOT

# contract, module that breaks it, the line that does
BROKEN = [
    ("layers", "bot.domain", "import bot.web"),
    ("layers", "bot.text", "import bot.privacy"),
    ("layers", "bot.lanes", "import bot.outbox"),
    ("layers", "bot.understanding", "import bot.lanes"),
    ("layers", "bot.web", "import bot.jobs"),
    ("layers", "bot.somewhere", "'''A package that nobody placed.'''"),
    ("lanes-are-strangers", "bot.lanes.information", "import bot.lanes.intake"),
    ("knowledge-knows-no-patient", "knowledge.answering", "import bot.domain"),
    ("knowledge-knows-no-patient", "knowledge.library", "from bot.privacy import phi"),
    ("two-files-only", "bot.understanding", "import knowledge.library"),
    ("two-files-only", "bot.processes.cli", "import knowledge.service"),
    ("shared-files-are-plain-data", "knowledge.published", "import pydantic"),
    ("shared-files-are-plain-data", "knowledge.question", "import bot.privacy"),
    ("integrations-are-strangers", "integrations.twilio", "import integrations.sql"),
    ("integrations-decide-nothing", "integrations.rasa", "import bot.lanes.intake"),
    ("integrations-decide-nothing", "integrations.twilio", "import bot.outbox"),
    ("plugged-in-one-place", "bot.web", "import integrations.sql"),
    ("plugged-in-one-place", "knowledge.answering", "import integrations.mistral"),
    ("the-middle-is-plain", "bot.domain", "import pydantic"),
    ("the-middle-is-plain", "bot.orchestrator", "import fastapi"),
    ("the-middle-is-plain", "bot.lanes", "import sqlmodel"),
    ("door-twilio", "bot.web", "import twilio.rest"),
    ("door-mistral", "knowledge.answering", "import mistralai.client"),
    ("door-sql", "bot.processes", "import sqlmodel"),
    ("door-sql", "integrations.procrastinate", "import sqlalchemy"),
    ("door-rasa", "bot.lanes.intake", "import rasa_sdk"),
    ("door-redis", "bot.jobs", "import redis.asyncio"),
    ("door-procrastinate", "integrations.sql", "import procrastinate"),
]

ALLOWED = [
    ("bot.processes.cli", "import integrations.sql"),
    ("bot.understanding", "import knowledge.published, knowledge.question"),
    ("bot.orchestrator", "import bot.lanes, bot.domain"),
    ("integrations.twilio", "import twilio.rest, bot.ports, bot.domain"),
    ("integrations.sql", "import sqlmodel, sqlalchemy, alembic"),
    ("integrations.redis", "import redis.asyncio, fakeredis"),
    ("knowledge.service", "import integrations.mistral, fastapi"),
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    make_tree(tmp_path)
    return tmp_path


def test_the_tree_obeys_the_law() -> None:
    """Every contract holds for the code as it is."""
    verdict = lint(ROOT)
    assert verdict.passed, verdict.output


def test_what_the_law_allows_passes(tree: Path) -> None:
    """The contracts forbid nothing that the architecture needs."""
    for module, line in ALLOWED:
        add_line(tree, module, line)
    verdict = lint(tree)
    assert verdict.passed, verdict.output


@pytest.mark.parametrize(("identity", "module", "line"), BROKEN)
def test_each_contract_fails_when_broken(tree: Path, identity: str, module: str, line: str) -> None:
    """One forbidden line, and the contract that forbids it is named as broken."""
    add_line(tree, module, line)
    verdict = lint(tree)
    assert not verdict.passed
    assert f"{contract(identity)['name']} BROKEN" in verdict.output, verdict.output


def test_every_contract_has_a_broken_example() -> None:
    """A contract that nothing has ever broken may be a contract that cannot fail."""
    assert {item["id"] for item in linter_config()["contracts"]} == {identity for identity, _, _ in BROKEN}


def test_every_package_of_bot_is_placed() -> None:
    """A new package inside bot is put into the layers, or the build breaks."""
    found = {path.parent.name for path in (ROOT / "bot").glob("*/__init__.py")}
    found |= {path.stem for path in (ROOT / "bot").glob("*.py") if path.stem != "__init__"}
    assert found == set(layers())
