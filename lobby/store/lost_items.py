"""Things left behind and things missed: kept, asked about, handed over; a contact only masked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, Select, or_, select

from lobby.store.kinds import Direction as Direction
from lobby.store.kinds import ItemState as ItemState
from lobby.store.tables_floor import LOST_ITEM_CONTACTS, LOST_ITEM_REVEALS, LOST_ITEMS

LISTED_MAX = 100
SHOWN_FIRST, SHOWN_LAST = 2, 3
"""Enough to tell two numbers apart, too little to ring one up."""


@dataclass(frozen=True, slots=True)
class LostItem:
    """`contact` is masked; empty where there is none, or where it was purged."""

    id: int
    direction: Direction
    kind: str
    details: str
    place: str
    found_at: datetime
    ticket: str | None
    keeper: str
    reported_by: str
    created_at: datetime
    contact: str
    state: ItemState
    closed_at: datetime | None
    closed_by: str | None
    outcome: str


@dataclass(frozen=True, slots=True)
class NewItem:
    """As somebody tells it; `contact` in full, and only where the owner agreed."""

    direction: Direction
    kind: str
    details: str
    place: str
    found_at: datetime
    ticket: str | None
    keeper: str
    contact: str


class ItemIsClosedError(Exception):
    """It was handed over, or given up, before."""


CONTACT = "contact"
COLUMNS = tuple(LOST_ITEMS.c[name] for name in LostItem.__dataclass_fields__ if name != CONTACT)
TOLD = tuple(name for name in NewItem.__dataclass_fields__ if name != CONTACT)


def masked(contact: str) -> str:
    """`0912345123` as `09****123`; of anything short only the first letter stays."""
    if not contact:
        return ""
    plain = contact.replace(" ", "")
    if len(plain) < 2 * (SHOWN_FIRST + SHOWN_LAST) - 2:
        return f"{plain[0]}****"
    return f"{plain[:SHOWN_FIRST]}****{plain[-SHOWN_LAST:]}"


def add_lost_item(
    connection: Connection, branch_id: str, item: NewItem, *, at: datetime, by: str, key: str
) -> int:
    """Its id."""
    told = {name: getattr(item, name) for name in TOLD}
    values = {**told, "state": ItemState.OPEN}
    inserted = connection.execute(
        LOST_ITEMS.insert().values(
            branch_id=branch_id, reported_by=by, created_at=at, key=key, outcome="", **values
        )
    )
    assert inserted.inserted_primary_key is not None
    item_id = int(inserted.inserted_primary_key.id)
    if item.contact:
        contact = {"branch_id": branch_id, "item_id": item_id, "contact": item.contact}
        connection.execute(LOST_ITEM_CONTACTS.insert().values(**contact))
    return item_id


def lost_items_of(
    connection: Connection,
    branch_id: str,
    *,
    states: Collection[ItemState],
    word: str = "",
    codes: Collection[str] = (),
) -> list[LostItem]:
    """The newest first; with `word` only those that say it anywhere but in their contact, or
    whose kind or place is one of `codes`, which mean it."""
    in_state = LOST_ITEMS.c.state.in_(states)
    query = _items().where(LOST_ITEMS.c.branch_id == branch_id, in_state)
    if word:
        query = query.where(_says(word, codes))
    newest_first = query.order_by(LOST_ITEMS.c.created_at.desc(), LOST_ITEMS.c.id.desc())
    return [_item(row) for row in connection.execute(newest_first.limit(LISTED_MAX))]


def lost_item(connection: Connection, branch_id: str, item_id: int) -> LostItem | None:
    row = connection.execute(_items().where(_mine(branch_id, item_id))).one_or_none()
    return None if row is None else _item(row)


def set_contact(connection: Connection, branch_id: str, item_id: int, contact: str) -> None:
    """How the owner can be reached, in place of what was known before. Raises
    `ItemIsClosedError`: then nobody needs it any more."""
    item = lost_item(connection, branch_id, item_id)
    if item is None or item.state is not ItemState.OPEN:
        raise ItemIsClosedError
    connection.execute(LOST_ITEM_CONTACTS.delete().where(_contact_of(branch_id, item_id)))
    values = {"branch_id": branch_id, "item_id": item_id, "contact": contact}
    connection.execute(LOST_ITEM_CONTACTS.insert().values(**values))


def close_lost_item(
    connection: Connection,
    branch_id: str,
    item_id: int,
    *,
    state: ItemState,
    outcome: str,
    at: datetime,
    by: str,
) -> None:
    """Handed over, or given up; the contact is gone from here on. Raises `ItemIsClosedError` where
    it ended before."""
    item = lost_item(connection, branch_id, item_id)
    if item is None or item.state is not ItemState.OPEN:
        raise ItemIsClosedError
    connection.execute(
        LOST_ITEMS.update()
        .where(_mine(branch_id, item_id))
        .values(state=state, outcome=outcome, closed_at=at, closed_by=by)
    )
    connection.execute(LOST_ITEM_CONTACTS.delete().where(_contact_of(branch_id, item_id)))


def reveal_contact(
    connection: Connection, branch_id: str, item_id: int, *, at: datetime, by: str
) -> str:
    """The contact in full, and a line in the log of who saw it; nothing where there is none."""
    query = select(LOST_ITEM_CONTACTS.c.contact).where(_contact_of(branch_id, item_id))
    contact = connection.scalar(query) or ""
    if contact:
        values = {"branch_id": branch_id, "item_id": item_id, "at": at, "staff": by}
        connection.execute(LOST_ITEM_REVEALS.insert().values(**values))
    return str(contact)


def _says(word: str, codes: Collection[str]) -> ColumnElement[bool]:
    columns = (LOST_ITEMS.c[name] for name in ("details", "place", "ticket", "keeper"))
    said = (column.icontains(word, autoescape=True) for column in columns)
    return or_(*said, LOST_ITEMS.c.kind.in_(codes), LOST_ITEMS.c.place.in_(codes))


def _mine(branch_id: str, item_id: int) -> ColumnElement[bool]:
    return (LOST_ITEMS.c.branch_id == branch_id) & (LOST_ITEMS.c.id == item_id)


def _contact_of(branch_id: str, item_id: int) -> ColumnElement[bool]:
    contacts = LOST_ITEM_CONTACTS.c
    return (contacts.branch_id == branch_id) & (contacts.item_id == item_id)


def _items() -> Select[*tuple[object, ...]]:
    contacts = LOST_ITEM_CONTACTS.c
    both = LOST_ITEMS.outerjoin(LOST_ITEM_CONTACTS, contacts.item_id == LOST_ITEMS.c.id)
    return select(*COLUMNS, contacts.contact).select_from(both)


def _item(row: Row[*tuple[object, ...]]) -> LostItem:
    values = {
        **row._mapping,
        "contact": masked(row.contact or ""),
    }
    return LostItem(**values)
