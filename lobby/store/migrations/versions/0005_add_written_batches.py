"""What a writer on PostgreSQL has committed last, for when it loses the connection in a commit."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "written_batches",
        sa.Column("writer", sa.String(length=40), nullable=False),
        sa.Column("batch", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("writer", name="pk_written_batches"),
    )


def downgrade() -> None:
    op.drop_table("written_batches")
