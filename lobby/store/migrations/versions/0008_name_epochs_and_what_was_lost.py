"""Which history a branch's versions belong to, and what was lost between two of them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "epochs",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.String(length=16), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("after_version", sa.Integer(), nullable=False),
        sa.Column("replaced", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "cause IN ('founded', 'restored', 'copied')", name=op.f("ck_epochs_cause")
        ),
        _of_branch("epochs"),
        sa.PrimaryKeyConstraint("branch_id", "ordinal", name=op.f("pk_epochs")),
    )
    op.create_table(
        "lost_tickets",
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        _of_branch("lost_tickets"),
        sa.PrimaryKeyConstraint("secret", name=op.f("pk_lost_tickets")),
    )
    op.create_index(op.f("ix_lost_tickets_branch_id"), "lost_tickets", ["branch_id"])
    op.create_table(
        "lost_acts",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        _of_branch("lost_acts"),
        sa.PrimaryKeyConstraint("branch_id", "key", name=op.f("pk_lost_acts")),
    )
    op.create_table(
        "seals",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("epoch", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _of_branch("seals"),
        sa.PrimaryKeyConstraint("branch_id", "epoch", name=op.f("pk_seals")),
    )


def _of_branch(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["branch_id"], ["branches.id"], name=op.f(f"fk_{table}_branch_id_branches")
    )


def downgrade() -> None:
    for table in ("seals", "lost_acts", "lost_tickets", "epochs"):
        op.drop_table(table)
