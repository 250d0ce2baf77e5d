"""The published practice is made when its files changed, and only then; key files are made once."""

import json
import shutil
import stat
from pathlib import Path

import pytest

from bot.domain.errors import BadConfiguration
from bot.processes import publication
from integrations.sql import create_key_file, load_keys
from tests.support.paths import ROOT

TINY = ROOT / "tests" / "unit" / "knowledge" / "tiny"


@pytest.fixture
def practice_dir(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "practice"))


def test_an_unchanged_practice_is_not_published_again(
    practice_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second start reads what the first one made."""
    first = publication.published(practice_dir, tmp_path / "out")

    def never(*arguments: str, capture: bool = False) -> None:
        raise AssertionError("published again")

    monkeypatch.setattr(publication, "run_knowledge", never)
    assert first == publication.published(practice_dir, tmp_path / "out")


def test_a_changed_file_is_published(practice_dir: Path, tmp_path: Path) -> None:
    """By content: a new date on a file means nothing, a new word does."""
    first = publication.published(practice_dir, tmp_path / "out")
    article = practice_dir / "articles" / "parking.md"
    article.touch()
    assert first.hash == publication.published(practice_dir, tmp_path / "out").hash
    article.write_text(article.read_text().replace("12 spaces", "13 spaces"))
    assert first.hash != publication.published(practice_dir, tmp_path / "out").hash


def test_a_broken_practice_says_what_is_wrong_and_keeps_the_old_one(practice_dir: Path, tmp_path: Path) -> None:
    """The mistake is told with file and remedy; what was published before can still be read."""
    out = tmp_path / "out"
    first = publication.published(practice_dir, out)
    (practice_dir / "practice.yaml").write_text("name: [unclosed")
    with pytest.raises(BadConfiguration, match=r"practice\.yaml"):
        publication.published(practice_dir, out)
    assert first == publication.current(out)


def test_nothing_published_and_unreadable_are_told_apart(tmp_path: Path) -> None:
    """Each has its remedy."""
    with pytest.raises(BadConfiguration, match="kb publish"):
        publication.current(tmp_path)
    (tmp_path / "published.json").write_text(json.dumps({"current": "x.json"}))
    (tmp_path / "x.json").write_text("{}")
    with pytest.raises(BadConfiguration, match="Publish it again"):
        publication.current(tmp_path)


def test_a_key_file_is_its_owners_alone_and_never_overwritten(tmp_path: Path) -> None:
    """Another key in its place would lock every stored value."""
    path = tmp_path / "keys" / "frontdesk.key"
    create_key_file(path)
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        create_key_file(path)
    assert before == path.read_bytes()
    sealed = load_keys(path).seal("word", practice="p", table="t", column="c", row="r")
    assert "word" == load_keys(path).unseal(sealed, practice="p", table="t", column="c", row="r")


@pytest.mark.parametrize(
    "content", ["", "{}", '{"current": "k1", "keys": {}}', '{"current": "k1", "keys": {"k1": "c2hvcnQ="}}']
)
def test_what_is_no_key_file_is_refused(tmp_path: Path, content: str) -> None:
    """A damaged key file stops the start, with the remedy and nothing of its content."""
    path = tmp_path / "key"
    path.write_text(content)
    with pytest.raises(BadConfiguration, match="Restore it"):
        load_keys(path)
    path.unlink()
    with pytest.raises(BadConfiguration, match="FRONTDESK_KEY_FILE"):
        load_keys(path)
