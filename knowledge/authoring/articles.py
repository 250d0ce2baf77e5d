"""Makes the skeleton of a new article: a draft whose gaps the checker names."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Final

from knowledge.library.article_file import MUST_BE_VERBATIM
from knowledge.library.entry import ID

REVIEW_AFTER: Final = timedelta(days=365)

_SKELETON: Final = """\
---
id: {id}
title: {{en: "[[Title]]", es: "[[Título]]"}}
kind: {kind}
owner: "[[Who keeps this right, e.g. practice manager]]"
source: "[[Where the facts come from]]"
reviewed_on: {today}
review_by: {review_by}
# Approved by a named person, per language; until then nobody is answered from this article:
# approval:
#   en: {{by: "Name", on: {today}}}
#   es: {{by: "Name", on: {today}}}
verbatim: {verbatim}
sensitive: false
questions:
  en:
    - "[[A question that patients ask]]"
  es:
    - "[[Una pregunta de los pacientes]]"
---
## answer | [[Title]] | [[Título]]
short:
  en: "[[At most 300 characters, for texts and the first answer]]"
  es: "[[A lo sumo 300 caracteres]]"
full:
  en: |
    [[The whole answer, in plain words]]
  es: |
    [[La respuesta completa, en palabras sencillas]]
"""


class ArticleRefused(Exception):
    """The article was not made. Nothing was written."""


def new_article(directory: Path, id: str, kind: str, *, today: date) -> Path:
    """Write `articles/<id>.md` as a draft. Never overwrites."""
    for name, value in (("id", id), ("kind", kind)):
        if not ID.fullmatch(value):
            raise ArticleRefused(f'The {name} "{value[:40]}" needs small letters, digits and hyphens only: lab-hours.')
    if not (directory / "practice.yaml").is_file():
        raise ArticleRefused(f"{directory} holds no practice.yaml. Make a practice with `frontdesk init`.")
    path = directory / "articles" / f"{id}.md"
    if path.exists():
        raise ArticleRefused(f"{path} exists already. Choose another id, or edit that file.")
    path.parent.mkdir(exist_ok=True)
    verbatim = "true" if kind in MUST_BE_VERBATIM else "false"
    text = _SKELETON.format(id=id, kind=kind, today=today, review_by=today + REVIEW_AFTER, verbatim=verbatim)
    path.write_text(text, "utf-8")
    return path
