"""States and kinds are one of those that the program knows, whoever writes them."""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

LENGTH = 20

VALUES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "branches": {"dial": ("inform", "offer", "suggest")},
    "machines": {"kind": ("atm", "crs", "stm", "passbook_printer")},
    "events": {"actor_kind": ("staff", "device", "customer", "system")},
    "visits": {
        "channel": ("kiosk", "floor"),
        "state": (
            *("waiting", "called", "serving", "on_hold", "absent", "finished", "cancelled"),
            *("lapsed", "at_machine", "done_at_machine"),
        ),
        "offered_by": ("kiosk", "staff"),
        "confirmed_by": ("slip", "customer", "staff"),
        "priority": ("regular", "assistance", "premium", "appointment"),
    },
    "faults": {"state": ("up", "down", "out_of_notes")},
    "help_calls": {
        "kind": (
            *("risk", "help", "complaint", "arrival", "premium", "authorisation", "stuck"),
            *("care", "wait", "lost_item", "home_service", "fault", "printer", "feedback"),
        )
    },
    "staff": {"role": ("teller", "lobby_manager", "branch_head", "administrator")},
    "devices": {"kind": ("kiosk", "display", "machine")},
    "lost_items": {
        "direction": ("found", "missed"),
        "state": ("open", "returned", "closed"),
    },
    "staffing_advice": {"kind": ("open", "close"), "outcome": ("accepted", "dismissed")},
}

EMPTY: Mapping[str, tuple[str, ...]] = {
    "visits": ("rule", "rule_set", "exclusion", "hand_reason"),
    "help_calls": ("note",),
    "lost_items": ("outcome",),
}
"""Empty unless set. Said once more, or a table made anew has an expression there."""


def upgrade() -> None:
    """On SQLite each table is made anew with its rows; on PostgreSQL it is looked through."""
    for table, columns in VALUES.items():
        with op.batch_alter_table(table) as batch:
            for column in EMPTY.get(table, ()):
                batch.alter_column(column, server_default=sa.text("''"))
            for column, values in columns.items():
                batch.alter_column(
                    column, type_=sa.String(length=LENGTH), existing_type=sa.String()
                )
                batch.create_check_constraint(
                    op.f(f"ck_{table}_{column}"), sa.column(column).in_(values)
                )


def downgrade() -> None:
    for table, columns in VALUES.items():
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
                batch.alter_column(
                    column, type_=sa.String(), existing_type=sa.String(length=LENGTH)
                )
