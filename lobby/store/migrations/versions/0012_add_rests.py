"""How long somebody was away whose place was kept; and a state of the ticket meanwhile."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STATES = (
    *("waiting", "called", "serving", "on_hold", "resting", "absent", "finished"),
    *("cancelled", "lapsed", "at_machine", "done_at_machine"),
)
EMPTY = ("rule", "rule_set", "exclusion", "hand_reason")
"""Empty unless set. Said once more, or a table made anew has an expression there."""

COLUMNS = ("rested_s", "rested_on_way_s")


def upgrade() -> None:
    with op.batch_alter_table("visits") as batch:
        for name in EMPTY:
            batch.alter_column(name, server_default=sa.text("''"))
        batch.drop_constraint(op.f("ck_visits_state"), type_="check")
        batch.create_check_constraint(op.f("ck_visits_state"), sa.column("state").in_(STATES))
        for name in COLUMNS:
            added = sa.Column(name, sa.Float(), nullable=False, server_default=sa.text("0"))
            batch.add_column(added)


def downgrade() -> None:
    """Who is away waits again: the older program knows no other word for it."""
    op.execute("UPDATE visits SET state = 'waiting' WHERE state = 'resting'")
    with op.batch_alter_table("visits") as batch:
        for name in COLUMNS:
            batch.drop_column(name)
        batch.drop_constraint(op.f("ck_visits_state"), type_="check")
        known = [state for state in STATES if state != "resting"]
        batch.create_check_constraint(op.f("ck_visits_state"), sa.column("state").in_(known))
