"""Loads the response files once and looks sentences up by key and language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.domain.errors import BadConfiguration

HERE = Path(__file__).parent
LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class Template:
    text: str
    sms: str
    """What a text message says; the same as `text` unless the file says otherwise."""


@cache
def _catalogue(language: str) -> Mapping[str, Template]:
    found: dict[str, Template] = {}
    for path in sorted((HERE / language).glob("*.yaml")):
        content: Mapping[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8")) or {}
        for key, value in content.items():
            if key in found:
                raise BadConfiguration(f"{path.name}: the response {key} is defined twice in {language}. Remove one.")
            text = value if isinstance(value, str) else value["text"]
            sms = text if isinstance(value, str) else value.get("sms", text)
            found[key] = Template(text=text.strip(), sms=sms.strip())
    return found


def template(key: str, language: str) -> Template:
    """The wording of a key. Raises `BadConfiguration` when a file lacks it: a sentence is never made up."""
    found = _catalogue(language if language in LANGUAGES else "en").get(key)
    if found is None:
        raise BadConfiguration(f"bot/responses/{language} has no sentence for {key}. Add it to both languages.")
    return found


def label(key: str, language: str) -> str:
    return template(key, language).text


def has(key: str, language: str) -> bool:
    return key in _catalogue(language if language in LANGUAGES else "en")


def keys(language: str) -> frozenset[str]:
    return frozenset(_catalogue(language))
