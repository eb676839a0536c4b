"""Who changed what of a branch's set-up, from which day on, and what holds by it."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "set_up_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("takes_back", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name=op.f("fk_set_up_versions_branch_id_branches")
        ),
        sa.ForeignKeyConstraint(
            ["takes_back"],
            ["set_up_versions.id"],
            name=op.f("fk_set_up_versions_takes_back_set_up_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_up_versions")),
    )
    op.create_index(op.f("ix_set_up_versions_branch_id"), "set_up_versions", ["branch_id"])
    op.create_table(
        "set_up_days",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name=op.f("fk_set_up_days_branch_id_branches")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["set_up_versions.id"],
            name=op.f("fk_set_up_days_version_id_set_up_versions"),
        ),
        sa.PrimaryKeyConstraint(
            "branch_id", "valid_from", "version_id", name=op.f("pk_set_up_days")
        ),
    )
    op.add_column(
        "catalogues",
        sa.Column("set_up_version", sa.Integer(), server_default=sa.text("0"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("catalogues", "set_up_version")
    op.drop_table("set_up_days")
    op.drop_index(op.f("ix_set_up_versions_branch_id"), "set_up_versions")
    op.drop_table("set_up_versions")
