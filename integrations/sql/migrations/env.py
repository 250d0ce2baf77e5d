"""Alembic's entry: runs on the connection it is given, inside the caller's transaction."""

from alembic import context

from integrations.sql.migrations.rendering import render_item
from integrations.sql.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite alters a table by copying it
    render_item=render_item,
    compare_type=True,
)
context.run_migrations()
