"""Days that are over in sums, by which long periods are told."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

PARTS = (
    *("day", "half_hour", "service_half_hour", "service", "pool"),
    *("counter", "channel", "priority"),
)
SUMS = (
    *("tickets", "served", "wait_us", "wait_max_us", "kept", "due"),
    *("on_target", "target_of", "called", "missed"),
    *("in_line", "gave_up", "closed_out", "done", "service_us", "servings", "serving_us"),
    *("signed_in_us", "breaks_us", "assumed", "open_us", "most_waiting", "eligible", "offered"),
    *("accepted", "completed", "returned", "unconfirmed", "told", "inside", "late", "passed"),
    "overtakes_max",
)


def upgrade() -> None:
    op.create_table(
        "rollups",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(*PARTS, name="part", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("half_hour", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        *(
            sa.Column(name, sa.BigInteger(), server_default=sa.text("0"), nullable=False)
            for name in SUMS
        ),
        sa.Column("waits", sa.LargeBinary(), nullable=False),
        sa.Column("service_times", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name=op.f("fk_rollups_branch_id_branches")
        ),
        sa.PrimaryKeyConstraint(
            *("branch_id", "part", "business_day", "half_hour", "name"), name=op.f("pk_rollups")
        ),
    )


def downgrade() -> None:
    op.drop_table("rollups")
