"""Accounts that are locked, passwords for one sign-in, where a session was opened, and who changed
which account."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

CHANGES = (
    *("added", "changed", "locked", "unlocked", "reset", "removed", "returned"),
    *("password", "sessions"),
)


def upgrade() -> None:
    for name in ("locked_at", "one_time_until"):
        op.add_column("staff", sa.Column(name, sa.BigInteger(), nullable=True))
    op.add_column(
        "staff_sessions",
        sa.Column("place", sa.String(), server_default=sa.text("''"), nullable=False),
    )
    op.create_table(
        "staff_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*CHANGES, name="kind", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_changes_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_changes")),
    )
    op.create_index(op.f("ix_staff_changes_staff_id"), "staff_changes", ["staff_id"])


def downgrade() -> None:
    """Who is locked cannot sign in under the older program either, which knows removal alone."""
    op.execute("UPDATE staff SET active = (1 = 0) WHERE locked_at IS NOT NULL")
    op.drop_table("staff_changes")
    op.drop_column("staff_sessions", "place")
    for name in ("one_time_until", "locked_at"):
        op.drop_column("staff", name)
