"""Without duty spans, notices, escorts and care marks, which nobody read: the log has all of it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = ("duty_spans", "notices", "escorts", "care_marks")


def upgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def downgrade() -> None:
    """Empty: what was in them stands in the events of its day."""
    _create_day(
        "duty_spans",
        _text("staff"),
        _text("state"),
        _at("began_at"),
        _at("ended_at", nullable=True),
        _text("stand_in", nullable=True),
        sa.Column("note", sa.String(), server_default=sa.text("''"), nullable=False),
    )
    _create_day(
        "notices",
        _text("kind"),
        _text("reason"),
        sa.Column("texts", sa.JSON(), nullable=False),
        _at("at"),
        _at("until"),
        _text("by"),
        _at("withdrawn_at", nullable=True),
    )
    _create_day(
        "escorts",
        _text("staff"),
        _text("ticket", nullable=True),
        _text("from_place"),
        _text("to_place"),
        _at("started_at"),
        _at("ended_at", nullable=True),
        _text("outcome", nullable=True),
    )
    _create_day("care_marks", _text("ticket"), _text("step"), _at("at"), _text("staff"))


def _create_day(table: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        table,
        _text("branch_id"),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name=f"fk_{table}_branch_id_branches"
        ),
        sa.PrimaryKeyConstraint("branch_id", "id", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_branch_id_business_day", table, ["branch_id", "business_day"])


def _text(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _at(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)
