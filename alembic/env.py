"""Run migrations on the connection claimtrack hands over, or on CLAIMTRACK_DB by hand."""

from __future__ import annotations

from alembic import context

from claimtrack.store.engine import make_engine
from claimtrack.store.location import find_database
from claimtrack.store.schema import metadata


def _is_a_table_of_ours(thing, name, type_, reflected, compare_to) -> bool:
    """Leave out the index of trigrams, which SQLAlchemy cannot describe."""
    return not (type_ in ("table", "index") and "passages_trigrams" in (name or ""))


def _configure_and_run(connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_object=_is_a_table_of_ours,
        render_as_batch=True,
        transactional_ddl=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    _configure_and_run(handed_over)
else:
    with make_engine(find_database(None).where, read_only=False).connect() as own:
        _configure_and_run(own)
        own.commit()
