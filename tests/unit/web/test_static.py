"""The built faces in bot/static belong to the sources in web-widget/, and speak the JSON of the service. Needs no Node."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from bot.domain import blocks
from bot.web import wire

ROOT = Path(__file__).parents[3]
SOURCES = ROOT / "web-widget"
STATIC = ROOT / "bot" / "static"
CONFIG = ("build.mjs", "package-lock.json", "package.json", "tsconfig.json", "vite.config.ts")
# First paint, bytes after gzip: what interface.md allows.
BUDGETS = {"widget.js": 3_000, "widget.html": 35_000, "desk.html": 90_000}
PAGES = ("widget.html", "desk.html", "demo/riverside.html", "demo/simulator.html")

INTERFACE = re.compile(r"export interface (\w+) \{\n(.*?)\n\}", re.DOTALL)
MEMBER = re.compile(r"^  (\w+)\??:", re.MULTILINE)


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def build() -> dict[str, object]:
    loaded = json.loads((STATIC / "build.json").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def sources_hash() -> str:
    """As in build.mjs: one line `<sha256>  <path>` for each source file, sorted by path."""
    paths = [SOURCES / name for name in CONFIG] + [path for path in (SOURCES / "src").rglob("*") if path.is_file()]
    named = sorted((path.relative_to(SOURCES).as_posix(), sha(path.read_bytes())) for path in paths)
    return sha("".join(f"{digest}  {name}\n" for name, digest in named).encode())


def typescript() -> dict[str, set[str]]:
    text = (SOURCES / "src" / "wire.ts").read_text(encoding="utf-8")
    return {name: set(MEMBER.findall(body)) for name, body in INTERFACE.findall(text)}


def test_build_is_of_these_sources() -> None:
    """Whoever changes web-widget/ builds again (`npm run build` in web-widget/), or this fails."""
    assert build()["sources"] == sources_hash()


def test_built_files_are_untouched() -> None:
    """Every file of bot/static is listed with its hash, and none is edited by hand."""
    found = {
        path.relative_to(STATIC).as_posix(): sha(path.read_bytes())
        for path in STATIC.rglob("*")
        if path.is_file() and path.name != "build.json"
    }
    assert build()["files"] == found


@pytest.mark.parametrize("page", PAGES)
def test_pages_name_only_files_that_are_there(page: str) -> None:
    """Each address in a page is of our own origin, and a built file stands behind each asset."""
    html = (STATIC / page).read_text(encoding="utf-8")
    for address in re.findall(r'(?:src|href)="([^"]+)"', html):
        assert not address.startswith(("http:", "https:", "//"))
        if address.startswith("/assets/") or address.endswith(".js"):
            assert (STATIC / address.lstrip("/")).is_file()


@pytest.mark.parametrize("page", PAGES)
def test_pages_hold_no_inline_script_or_style(page: str) -> None:
    """The content security policy forbids both (R-631)."""
    html = (STATIC / page).read_text(encoding="utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)", html) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=", html) == []


@pytest.mark.parametrize(("page", "budget"), BUDGETS.items())
def test_first_paint_is_within_budget(page: str, budget: int) -> None:
    """The page and every asset that it names, after gzip."""
    parts = [page]
    if page.endswith(".html"):
        parts += re.findall(r'"/(assets/[^"]+)"', (STATIC / page).read_text(encoding="utf-8"))
    assert sum(len(gzip.compress((STATIC / part).read_bytes(), 9, mtime=0)) for part in parts) <= budget


def test_scripts_never_store_or_make_markup() -> None:
    """No browser storage (R-143), no way from words to markup but the framework's own unused door (R-606)."""
    sources = [path for path in (SOURCES / "src").rglob("*.ts*") if path.is_file()]
    assert sources
    for path in sources:
        text = path.read_text(encoding="utf-8")
        for forbidden in (
            "localStorage",
            "sessionStorage",
            "document.cookie",
            "innerHTML",
            "insertAdjacentHTML",
            "eval(",
        ):
            assert forbidden not in text, f"{path.name}: {forbidden}"


def test_only_the_connections_reach_the_network() -> None:
    """`connection.ts` of each face is its only network; the sample pages have their own."""
    reaching = {
        path.relative_to(SOURCES / "src").as_posix()
        for path in (SOURCES / "src").rglob("*.ts*")
        if re.search(r"\bfetch\(|XMLHttpRequest|WebSocket|EventSource\(|sendBeacon", path.read_text(encoding="utf-8"))
    }
    assert reaching == {"widget/connection.ts", "desk/connection.ts", "demo/simulator.tsx", "demo/mode.ts"}


def test_wire_types_have_the_same_fields() -> None:
    """Each model of bot/web/wire.py is in wire.ts with the same field names."""
    models = {
        name: set(model.model_fields)
        for name, model in vars(wire).items()
        if isinstance(model, type) and issubclass(model, wire.Wire) and model is not wire.Wire
    }
    known = typescript()
    assert {name: known.get(name) for name in models} == models


def test_block_types_have_the_same_fields() -> None:
    """Each block of bot/domain/blocks.py is in wire.ts with the same field names and its `type`."""
    known = typescript()
    for kind in blocks.KINDS.values():
        assert known.get(kind.__name__) == {field.name for field in fields(kind)} | {"type"}
