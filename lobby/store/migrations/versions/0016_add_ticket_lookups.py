"""Who has looked up the journey of a ticket."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

INDEX = "ix_ticket_lookups_branch_id_business_day_number"


def upgrade() -> None:
    op.create_table(
        "ticket_lookups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name=op.f("fk_ticket_lookups_branch_id_branches")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_lookups")),
    )
    op.create_index(INDEX, "ticket_lookups", ["branch_id", "business_day", "number"])


def downgrade() -> None:
    op.drop_index(INDEX, "ticket_lookups")
    op.drop_table("ticket_lookups")
