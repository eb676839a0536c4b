"""What a branch was on each day; and when a teller last acted at a counter that nobody closed."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ADDED = ("acted_at", "unattended_since", "closing_pause_s")


def upgrade() -> None:
    op.create_table(
        "day_plans",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name=op.f("fk_day_plans_branch_id_branches")
        ),
        sa.PrimaryKeyConstraint("branch_id", "business_day", name=op.f("pk_day_plans")),
    )
    op.add_column("sittings", sa.Column("acted_at", sa.BigInteger(), nullable=True))
    op.add_column("sittings", sa.Column("unattended_since", sa.BigInteger(), nullable=True))
    op.add_column(
        "sittings",
        sa.Column("closing_pause_s", sa.Float(), server_default=sa.text("0"), nullable=False),
    )


def downgrade() -> None:
    for name in reversed(ADDED):
        op.drop_column("sittings", name)
    op.drop_table("day_plans")
