"""What was to be put on paper, and how far it has come."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STATES = ("pending", "sent", "printed", "not_printed", "unknown")


def upgrade() -> None:
    op.create_table(
        "slips",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("copy_number", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("base_url", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="state", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name="fk_slips_branch_id_branches"),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name="fk_slips_device_id_devices"),
        sa.PrimaryKeyConstraint(
            "branch_id", "business_day", "number", "copy_number", name="pk_slips"
        ),
    )
    op.create_index("ix_slips_asked_at", "slips", ["asked_at"])


def downgrade() -> None:
    op.drop_index("ix_slips_asked_at", "slips")
    op.drop_table("slips")
