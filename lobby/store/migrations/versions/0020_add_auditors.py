"""Somebody may read and change nothing: the role of an auditor."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

BEFORE = ("teller", "lobby_manager", "branch_head", "administrator")
ROLES = (*BEFORE, "auditor")


def upgrade() -> None:
    _allow(ROLES)


def downgrade() -> None:
    """The older program knows no such role: whoever had it may not sign in until given another."""
    op.execute("UPDATE staff SET active = false, role = 'teller' WHERE role = 'auditor'")
    _allow(BEFORE)


def _allow(roles: tuple[str, ...]) -> None:
    with op.batch_alter_table("staff") as batch:
        batch.drop_constraint(op.f("ck_staff_role"), type_="check")
        batch.create_check_constraint(op.f("ck_staff_role"), sa.column("role").in_(roles))
