"""How a column type is written into a migration: as plain SQLAlchemy, so that old migrations outlive our classes."""

from __future__ import annotations

from typing import Any, Literal

from sqlmodel.sql.sqltypes import AutoString

from integrations.sql.tables.columns import Utc


def render_item(kind: str, item: Any, context: Any) -> str | Literal[False]:
    if kind != "type":
        return False
    if isinstance(item, Utc):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, AutoString):
        return "sa.String()"
    return False
