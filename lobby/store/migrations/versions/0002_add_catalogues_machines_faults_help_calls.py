"""Machines with their faults, calls for a colleague, dated catalogues, and the way to a machine."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ("catalogues", "machines", "faults", "help_calls")


def upgrade() -> None:
    _create_set_up()
    _create_projections()
    op.add_column("branches", _dial())
    for column in _visit_columns():
        op.add_column("visits", column)


def downgrade() -> None:
    for column in _visit_columns():
        op.drop_column("visits", column.name)
    op.drop_column("branches", "dial")
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_set_up() -> None:
    op.create_table(
        "catalogues",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name="fk_catalogues_branch_id_branches"
        ),
        sa.PrimaryKeyConstraint("branch_id", "version", name="pk_catalogues"),
    )
    op.create_table(
        "machines",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("functions", sa.JSON(), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name="fk_machines_branch_id_branches"
        ),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_machines"),
    )


def _create_projections() -> None:
    op.create_table(
        "faults",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("machine", sa.String(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name="fk_faults_branch_id_branches"
        ),
        sa.PrimaryKeyConstraint("branch_id", "machine", "opened_at", name="pk_faults"),
    )
    op.create_table(
        "help_calls",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("ticket", sa.String(), nullable=True),
        sa.Column("called_at", sa.BigInteger(), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=True),
        sa.Column("taken_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name="fk_help_calls_branch_id_branches"
        ),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_help_calls"),
    )
    op.create_index(
        "ix_help_calls_branch_id_business_day", "help_calls", ["branch_id", "business_day"]
    )


def _dial() -> sa.Column[str]:
    """How far a branch goes in offering machines."""
    return sa.Column("dial", sa.String(), server_default=sa.text("'suggest'"), nullable=False)


def _visit_columns() -> Iterator[sa.Column[object]]:
    """Visits of before were advised by nobody."""
    yield sa.Column("rule", sa.String(), server_default=sa.text("''"), nullable=False)
    yield sa.Column("rule_set", sa.String(), server_default=sa.text("''"), nullable=False)
    yield sa.Column("eligible", sa.Boolean(), server_default=sa.false(), nullable=False)
    yield sa.Column("exclusion", sa.String(), server_default=sa.text("''"), nullable=False)
    yield sa.Column("help_wanted", sa.Boolean(), server_default=sa.false(), nullable=False)
    yield sa.Column("offered_by", sa.String(), nullable=True)
    yield sa.Column("offered_staff", sa.String(), nullable=True)
    yield sa.Column("offered_at", sa.BigInteger(), nullable=True)
    yield sa.Column("accepted_at", sa.BigInteger(), nullable=True)
    yield sa.Column("declined_at", sa.BigInteger(), nullable=True)
    yield sa.Column("machine", sa.String(), nullable=True)
    yield sa.Column("machine_done_at", sa.BigInteger(), nullable=True)
    yield sa.Column("confirmed_by", sa.String(), nullable=True)
    yield sa.Column("returned_at", sa.BigInteger(), nullable=True)
