"""Urgent is a class of its own; and what somebody who was called to had come for, and which rule
advised the call."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NAMES = ("service", "rule", "rule_set")
BEFORE = ("regular", "assistance", "premium", "appointment")
EMPTY = ("rule", "rule_set", "exclusion", "hand_reason")
"""Empty unless set. Said once more, or a table made anew has an expression there."""

AFTER = (*BEFORE, "urgent")


def upgrade() -> None:
    for name in NAMES:
        op.add_column(
            "help_calls",
            sa.Column(name, sa.String(), server_default=sa.text("''"), nullable=False),
        )
    _allow(AFTER)


def downgrade() -> None:
    op.execute("UPDATE visits SET priority = 'regular' WHERE priority = 'urgent'")
    _allow(BEFORE)
    for name in reversed(NAMES):
        op.drop_column("help_calls", name)


def _allow(priorities: tuple[str, ...]) -> None:
    name = op.f("ck_visits_priority")
    with op.batch_alter_table("visits") as batch:
        for column in EMPTY:
            batch.alter_column(column, server_default=sa.text("''"))
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, sa.column("priority").in_(priorities))
