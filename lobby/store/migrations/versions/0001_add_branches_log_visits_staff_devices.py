"""The first tables: branches and their set-up, the log, its projections, staff and devices."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "branches",
    "services",
    "counters",
    "events",
    "acts",
    "visits",
    "sittings",
    "staff",
    "staff_sessions",
    "devices",
    "pairings",
)
"""In the order in which they are made: each refers only to earlier ones."""


def upgrade() -> None:
    _create_set_up()
    _create_log()
    _create_projections()
    _create_staff()
    _create_devices()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_set_up() -> None:
    op.create_table(
        "branches",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("target_min", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_branches"),
    )
    op.create_table(
        "services",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("prefix", sa.String(length=1), nullable=False),
        sa.Column("pool", sa.String(), nullable=False),
        sa.Column("minutes", sa.Float(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name="fk_services_branch_id_branches"
        ),
        sa.PrimaryKeyConstraint("branch_id", "code", name="pk_services"),
    )
    op.create_table(
        "counters",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name="fk_counters_branch_id_branches"
        ),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_counters"),
    )


def _create_log() -> None:
    op.create_table(
        "events",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload_version", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("actor_kind", sa.String(), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name="fk_events_branch_id_branches"
        ),
        sa.PrimaryKeyConstraint("branch_id", "version", name="pk_events"),
    )
    op.create_index("ix_events_branch_id_business_day", "events", ["branch_id", "business_day"])
    op.create_table(
        "acts",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("first_version", sa.Integer(), nullable=False),
        sa.Column("last_version", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name="fk_acts_branch_id_branches"),
        sa.PrimaryKeyConstraint("branch_id", "key", name="pk_acts"),
    )
    op.create_index("ix_acts_at", "acts", ["at"])


def _create_projections() -> None:
    op.create_table(
        "visits",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("last_service", sa.String(), nullable=False),
        sa.Column("services_done", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.Column("first_called_at", sa.BigInteger(), nullable=True),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("served_s", sa.Float(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("absences", sa.Integer(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("transfers", sa.Integer(), nullable=False),
        sa.Column("holds", sa.Integer(), nullable=False),
        sa.Column("counter", sa.String(), nullable=True),
        sa.Column("teller", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name="fk_visits_branch_id_branches"
        ),
        sa.PrimaryKeyConstraint("branch_id", "business_day", "number", name="pk_visits"),
        sa.UniqueConstraint("secret", name="uq_visits_secret"),
    )
    op.create_table(
        "sittings",
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("counter", sa.String(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("teller", sa.String(), nullable=False),
        sa.Column("paused_s", sa.Float(), nullable=False),
        sa.Column("paused_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name="fk_sittings_branch_id_branches"
        ),
        sa.PrimaryKeyConstraint("branch_id", "counter", "opened_at", name="pk_sittings"),
    )
    op.create_index("ix_sittings_business_day", "sittings", ["business_day"])


def _create_staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("username", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name="fk_staff_branch_id_branches"),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("username", name="uq_staff_username"),
    )
    op.create_index("ix_staff_branch_id", "staff", ["branch_id"])
    op.create_table(
        "staff_sessions",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_staff_sessions_staff_id_staff"
        ),
        sa.PrimaryKeyConstraint("token_hash", name="pk_staff_sessions"),
    )
    op.create_index("ix_staff_sessions_staff_id", "staff_sessions", ["staff_id"])


def _create_devices() -> None:
    op.create_table(
        "devices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("paired_at", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name="fk_devices_branch_id_branches"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_devices"),
        sa.UniqueConstraint("token_hash", name="uq_devices_token_hash"),
    )
    op.create_index("ix_devices_branch_id", "devices", ["branch_id"])
    op.create_table(
        "pairings",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name="fk_pairings_device_id_devices"
        ),
        sa.PrimaryKeyConstraint("code_hash", name="pk_pairings"),
    )
    op.create_index("ix_pairings_device_id", "pairings", ["device_id"])
