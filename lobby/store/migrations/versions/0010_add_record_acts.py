"""The keys of acts that write beside the event log, as those of the log are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "record_acts",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name="fk_record_acts_branch_id_branches"
        ),
        sa.PrimaryKeyConstraint("branch_id", "key", name="pk_record_acts"),
    )
    op.create_index("ix_record_acts_at", "record_acts", ["at"])


def downgrade() -> None:
    op.drop_index("ix_record_acts_at", "record_acts")
    op.drop_table("record_acts")
