"""The floor: duty, notices, escorts and care as they were, things lent and lost, and scripts."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = (
    "duty_spans",
    "notices",
    "escorts",
    "care_marks",
    "lost_items",
    "lost_item_contacts",
    "lost_item_attempts",
    "lost_item_reveals",
    "amenities",
    "amenity_loans",
    "scripts",
    "script_votes",
    "teller_comments",
)


def upgrade() -> None:
    _create_days_of_the_floor()
    _create_lost_items()
    _create_amenities()
    _create_words()
    for table, column in _columns():
        op.add_column(table, column)


def downgrade() -> None:
    for table, column in _columns():
        op.drop_column(table, column.name)
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_days_of_the_floor() -> None:
    _create_day(
        "duty_spans",
        _text("staff"),
        _text("state"),
        _at("began_at"),
        _at("ended_at", nullable=True),
        _text("stand_in", nullable=True),
        _empty("note"),
    )
    _create_day(
        "notices",
        _text("kind"),
        _text("reason"),
        sa.Column("texts", sa.JSON(), nullable=False),
        _at("at"),
        _at("until"),
        _text("by"),
        _at("withdrawn_at", nullable=True),
    )
    _create_day(
        "escorts",
        _text("staff"),
        _text("ticket", nullable=True),
        _text("from_place"),
        _text("to_place"),
        _at("started_at"),
        _at("ended_at", nullable=True),
        _text("outcome", nullable=True),
    )
    _create_day("care_marks", _text("ticket"), _text("step"), _at("at"), _text("staff"))


def _create_day(table: str, *columns: sa.Column[object]) -> None:
    """A row by the version of the event that made it, found by business day."""
    op.create_table(
        table,
        _text("branch_id"),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        *columns,
        _of("branches", table, "branch_id"),
        sa.PrimaryKeyConstraint("branch_id", "id", name=f"pk_{table}"),
    )
    _index(table, "branch_id", "business_day")


def _create_lost_items() -> None:
    _create(
        "lost_items",
        _key(),
        _text("direction"),
        _text("kind"),
        _text("details"),
        _text("place"),
        _at("found_at"),
        _text("ticket", nullable=True),
        _text("keeper"),
        _text("reported_by"),
        _at("created_at"),
        _text("state"),
        _at("closed_at", nullable=True),
        _text("closed_by", nullable=True),
        _empty("outcome"),
        _once("lost_items", "branch_id", "key"),
    )
    _index("lost_items", "branch_id", "created_at")
    op.create_table(
        "lost_item_contacts",
        _text("branch_id"),
        _number("item_id"),
        _text("contact"),
        _of("branches", "lost_item_contacts", "branch_id"),
        _of("lost_items", "lost_item_contacts", "item_id"),
        sa.PrimaryKeyConstraint("branch_id", "item_id", name="pk_lost_item_contacts"),
    )
    _create(
        "lost_item_attempts",
        _number("item_id"),
        _key(),
        _at("at"),
        _text("staff"),
        _text("way"),
        _text("result"),
        _of("lost_items", "lost_item_attempts", "item_id"),
        _once("lost_item_attempts", "branch_id", "key"),
    )
    _create(
        "lost_item_reveals",
        _number("item_id"),
        _at("at"),
        _text("staff"),
        _of("lost_items", "lost_item_reveals", "item_id"),
    )
    _index("lost_item_attempts", "item_id")
    _index("lost_item_reveals", "item_id")


def _create_amenities() -> None:
    _create(
        "amenities",
        _text("kind"),
        _text("detail"),
        _number("total"),
        _once("amenities", "branch_id", "kind", "detail"),
    )
    _create(
        "amenity_loans",
        _number("amenity_id"),
        _key(),
        _text("ticket", nullable=True),
        _at("lent_at"),
        _text("lent_by"),
        _at("back_at", nullable=True),
        _text("back_by", nullable=True),
        _of("amenities", "amenity_loans", "amenity_id"),
        _once("amenity_loans", "branch_id", "key"),
    )
    _index("amenity_loans", "amenity_id")


def _create_words() -> None:
    op.create_table(
        "scripts",
        _text("branch_id"),
        sa.Column("situation", sa.String(length=40), nullable=False),
        _number("version"),
        sa.Column("texts", sa.JSON(), nullable=False),
        _at("at"),
        _text("by"),
        _key(),
        _of("branches", "scripts", "branch_id"),
        sa.PrimaryKeyConstraint("branch_id", "situation", "version", name="pk_scripts"),
        _once("scripts", "branch_id", "key"),
    )
    _create(
        "script_votes",
        sa.Column("situation", sa.String(length=40), nullable=False),
        _number("version"),
        _at("at"),
        _text("staff"),
        sa.Column("worked", sa.Boolean(), nullable=False),
        _key(),
        _once("script_votes", "branch_id", "key"),
    )
    _index("script_votes", "branch_id", "situation", "version")
    _create(
        "teller_comments",
        _key(),
        sa.Column("business_day", sa.Date(), nullable=False),
        _text("teller"),
        _at("at"),
        _text("text"),
        _once("teller_comments", "branch_id", "key"),
    )
    _index("teller_comments", "branch_id", "teller", "business_day")


def _create(table: str, *parts: sa.schema.SchemaItem) -> None:
    """A table that numbers its rows."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        _text("branch_id"),
        *parts,
        _of("branches", table, "branch_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )


def _columns() -> Iterator[tuple[str, sa.Column[object]]]:
    """Calls of before had no note, nobody had handed one back or gone along to a machine."""
    yield "help_calls", _empty("note")
    yield (
        "help_calls",
        sa.Column("handed_back", sa.Integer(), server_default=sa.text("0"), nullable=False),
    )
    yield "visits", _at("went_along_at", nullable=True)
    yield "visits", _text("went_along_by", nullable=True)
    yield "visits", _text("diversion_reason", nullable=True)


def _text(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _empty(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.String(), server_default=sa.text("''"), nullable=False)


def _key() -> sa.Column[object]:
    return sa.Column("key", sa.String(length=100), nullable=False)


def _number(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _at(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _of(parent: str, table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=f"fk_{table}_{column}_{parent}")


def _once(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))
