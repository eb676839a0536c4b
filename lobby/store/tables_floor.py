"""The tables of the floor: who was called, what was lent, lost, said and written."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from lobby.queueing.model.help import HelpKind
from lobby.store.columns import Table, coded, core, empty, instant, json_column
from lobby.store.kinds import Direction, ItemState


class HelpCallRow(Table, table=True):
    """One call for a colleague; `id` is the version of the event that called."""

    __tablename__ = "help_calls"
    __table_args__ = (Index(None, "branch_id", "business_day"),)

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    id: int = Field(primary_key=True)
    business_day: date
    kind: HelpKind = coded("kind", HelpKind)
    place: str
    ticket: str | None = None
    called_at: datetime = instant()
    taken_by: str | None = None
    taken_at: datetime | None = instant(default=None)
    ended_at: datetime | None = instant(default=None)
    outcome: str | None = None
    note: str = empty()
    handed_back: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    service: str = empty()
    rule: str = empty()
    rule_set: str = empty()


class LostItemRow(Table, table=True):
    """A thing found here, or missed by a customer. Whom it may belong to stands apart."""

    __tablename__ = "lost_items"
    __table_args__ = (UniqueConstraint("branch_id", "key"), Index(None, "branch_id", "created_at"))

    id: int | None = Field(default=None, primary_key=True)
    branch_id: str = Field(foreign_key="branches.id")
    key: str = Field(max_length=100)
    direction: Direction = coded("direction", Direction)
    kind: str
    details: str
    place: str
    found_at: datetime = instant()
    ticket: str | None = None
    keeper: str
    reported_by: str
    created_at: datetime = instant()
    state: ItemState = coded("state", ItemState)
    closed_at: datetime | None = instant(default=None)
    closed_by: str | None = None
    outcome: str = empty()


class LostItemContactRow(Table, table=True):
    """How to reach the owner: deleted when the thing is handed over."""

    __tablename__ = "lost_item_contacts"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    item_id: int = Field(primary_key=True, foreign_key="lost_items.id")
    contact: str


class LostItemAttemptRow(Table, table=True):
    __tablename__ = "lost_item_attempts"
    __table_args__ = (UniqueConstraint("branch_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    branch_id: str = Field(foreign_key="branches.id")
    item_id: int = Field(foreign_key="lost_items.id", index=True)
    key: str = Field(max_length=100)
    at: datetime = instant()
    staff: str
    way: str
    result: str


class LostItemRevealRow(Table, table=True):
    """Who saw a contact in full, and when."""

    __tablename__ = "lost_item_reveals"

    id: int | None = Field(default=None, primary_key=True)
    branch_id: str = Field(foreign_key="branches.id")
    item_id: int = Field(foreign_key="lost_items.id", index=True)
    at: datetime = instant()
    staff: str


class AmenityRow(Table, table=True):
    """What the branch lends, and how many there are of it."""

    __tablename__ = "amenities"
    __table_args__ = (UniqueConstraint("branch_id", "kind", "detail"),)

    id: int | None = Field(default=None, primary_key=True)
    branch_id: str = Field(foreign_key="branches.id")
    kind: str
    detail: str
    total: int


class AmenityLoanRow(Table, table=True):
    __tablename__ = "amenity_loans"
    __table_args__ = (UniqueConstraint("branch_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    branch_id: str = Field(foreign_key="branches.id")
    amenity_id: int = Field(foreign_key="amenities.id", index=True)
    key: str = Field(max_length=100)
    ticket: str | None = None
    lent_at: datetime = instant()
    lent_by: str
    back_at: datetime | None = instant(default=None)
    back_by: str | None = None


class ScriptRow(Table, table=True):
    """What to say in a situation, in one version."""

    __tablename__ = "scripts"
    __table_args__ = (UniqueConstraint("branch_id", "key"),)

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    situation: str = Field(primary_key=True, max_length=40)
    version: int = Field(primary_key=True)
    texts: dict[str, str] = json_column()
    at: datetime = instant()
    by: str
    key: str = Field(max_length=100)


class ScriptVoteRow(Table, table=True):
    """Whether a script worked, each time that somebody said so."""

    __tablename__ = "script_votes"
    __table_args__ = (
        UniqueConstraint("branch_id", "key"),
        Index(None, "branch_id", "situation", "version"),
    )

    id: int | None = Field(default=None, primary_key=True)
    branch_id: str = Field(foreign_key="branches.id")
    situation: str = Field(max_length=40)
    version: int
    at: datetime = instant()
    staff: str
    worked: bool
    key: str = Field(max_length=100)


class TellerCommentRow(Table, table=True):
    """What a teller noted about the own day."""

    __tablename__ = "teller_comments"
    __table_args__ = (
        UniqueConstraint("branch_id", "key"),
        Index(None, "branch_id", "teller", "business_day"),
    )

    id: int | None = Field(default=None, primary_key=True)
    branch_id: str = Field(foreign_key="branches.id")
    key: str = Field(max_length=100)
    business_day: date
    teller: str
    at: datetime = instant()
    text: str


LOST_ITEMS = core(LostItemRow)
HELP_CALLS = core(HelpCallRow)
LOST_ITEM_CONTACTS = core(LostItemContactRow)
LOST_ITEM_ATTEMPTS = core(LostItemAttemptRow)
LOST_ITEM_REVEALS = core(LostItemRevealRow)
AMENITIES = core(AmenityRow)
AMENITY_LOANS = core(AmenityLoanRow)
SCRIPTS = core(ScriptRow)
SCRIPT_VOTES = core(ScriptVoteRow)
TELLER_COMMENTS = core(TellerCommentRow)
