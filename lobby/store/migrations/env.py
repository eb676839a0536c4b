"""What Alembic runs: the migrations, on the connection and in the transaction it is handed."""

from collections.abc import Collection, Mapping
from typing import Any

from alembic import context
from alembic.runtime.migration import MigrationContext, MigrationInfo

from lobby.store import tables_days as tables_days
from lobby.store import tables_epochs as tables_epochs
from lobby.store import tables_floor as tables_floor
from lobby.store import tables_people as tables_people
from lobby.store import tables_reports as tables_reports
from lobby.store import tables_setup as tables_setup
from lobby.store import tables_slips as tables_slips
from lobby.store import tables_waits as tables_waits
from lobby.store.columns import Table

attributes = context.config.attributes


def note_step(
    ctx: MigrationContext, step: MigrationInfo, heads: Collection[Any], run_args: Mapping[str, Any]
) -> None:
    """Tell `migrate` which revision has just been reached."""
    attributes.setdefault("steps", []).append(step.up_revision_id)


context.configure(
    connection=attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
    on_version_apply=note_step,
)
context.run_migrations()
