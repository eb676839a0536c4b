"""The calling rule, every stretch of service, what people were told, and advice on counters."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("calling_rules", "servings", "told_waits", "learned", "staffing_advice")


def upgrade() -> None:
    _create_rules_and_servings()
    _create_told_waits()
    _create_forecast()
    op.add_column("counters", _premium())
    for column in _visit_columns():
        op.add_column("visits", column)


def downgrade() -> None:
    for column in _visit_columns():
        op.drop_column("visits", column.name)
    op.drop_column("counters", "premium")
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_rules_and_servings() -> None:
    op.create_table(
        "calling_rules",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        _of_branch("calling_rules"),
        sa.PrimaryKeyConstraint("branch_id", "valid_from", name="pk_calling_rules"),
    )
    op.create_table(
        "servings",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("counter", sa.String(), nullable=False),
        sa.Column("teller", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("paused_s", sa.Float(), nullable=False),
        _of_branch("servings"),
        sa.PrimaryKeyConstraint(
            "branch_id", "business_day", "number", "ordinal", name="pk_servings"
        ),
    )
    op.create_index("ix_servings_branch_id_started_at", "servings", ["branch_id", "started_at"])


def _create_told_waits() -> None:
    op.create_table(
        "told_waits",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("low_min", sa.Integer(), nullable=False),
        sa.Column("high_min", sa.Integer(), nullable=True),
        sa.Column("p10_s", sa.Float(), nullable=False),
        sa.Column("p25_s", sa.Float(), nullable=False),
        sa.Column("p50_s", sa.Float(), nullable=False),
        sa.Column("p75_s", sa.Float(), nullable=False),
        sa.Column("p90_s", sa.Float(), nullable=False),
        sa.Column("naive_s", sa.Float(), nullable=False),
        sa.Column("ahead", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        _of_branch("told_waits"),
        sa.PrimaryKeyConstraint("branch_id", "business_day", "number", "at", name="pk_told_waits"),
    )


def _create_forecast() -> None:
    op.create_table(
        "learned",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        _of_branch("learned"),
        sa.PrimaryKeyConstraint("branch_id", "name", name="pk_learned"),
    )
    op.create_table(
        "staffing_advice",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("counter", sa.String(), nullable=True),
        sa.Column("gain_points", sa.Float(), nullable=False),
        sa.Column("gain_people", sa.Float(), nullable=False),
        sa.Column("in_promise", sa.Float(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        _of_branch("staffing_advice"),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_staffing_advice"),
    )


def _of_branch(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_branch_id_branches"
    return sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=name)


def _premium() -> sa.Column[bool]:
    """Whether a counter calls premium customers first."""
    return sa.Column("premium", sa.Boolean(), server_default=sa.false(), nullable=False)


def _visit_columns() -> Iterator[sa.Column[object]]:
    """Visits of before were called first come, first served."""
    yield sa.Column("priority", sa.String(), server_default=sa.text("'regular'"), nullable=False)
    yield sa.Column("overtakes", sa.Integer(), server_default=sa.text("0"), nullable=False)
    yield sa.Column("by_hand", sa.Boolean(), server_default=sa.false(), nullable=False)
    yield sa.Column("hand_reason", sa.String(), server_default=sa.text("''"), nullable=False)
