"""A counter has a label of its own, such as VIP 1; one without keeps its number."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "counters",
        sa.Column("label", sa.String(), server_default=sa.text("''"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("counters", "label")
