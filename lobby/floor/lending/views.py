"""What the branch can lend, and what is out: to whom, since when, by whom."""

from dataclasses import dataclass
from datetime import datetime

from lobby.floor.lending.words import ICONS, KINDS
from lobby.floor.tablet.request import TabletRequest
from lobby.store import amenities as store


@dataclass(frozen=True, slots=True)
class AmenityRow:
    """Something to lend, such as glasses of one strength; `left` of `total` are here."""

    id: int
    kind: str
    words: str
    detail: str
    icon: str
    total: int
    left: int


@dataclass(frozen=True, slots=True)
class LoanRow:
    """`by` is the name of who lent it, `lent_by` their id; `is_overnight` marks what has been out
    since an earlier day."""

    id: int
    amenity: AmenityRow
    ticket: str | None
    lent_at: datetime
    by: str
    lent_by: str
    is_overnight: bool


@dataclass(frozen=True, slots=True)
class Lendable:
    amenities: tuple[AmenityRow, ...]
    loans: tuple[LoanRow, ...]


async def lendable(tablet: TabletRequest, number: str | None = None) -> Lendable:
    """Everything that can be lent, and what is out: to one ticket of today, or to anybody."""
    branch_id, order = tablet.branch.id, list(KINDS)
    amenities = await tablet.store.read(lambda c: store.amenities_of(c, branch_id))
    open_loans = await tablet.store.read(lambda c: store.open_loans(c, branch_id))
    rows = {amenity.id: _amenity(amenity) for amenity in amenities}
    loans = tuple(_loan(tablet, rows[loan.amenity_id], loan) for loan in open_loans)
    if number is not None:
        loans = tuple(loan for loan in loans if loan.ticket == number and not loan.is_overnight)
    in_order = sorted(rows.values(), key=lambda row: (order.index(row.kind), row.detail))
    return Lendable(tuple(in_order), loans)


def _amenity(amenity: store.Amenity) -> AmenityRow:
    kind = amenity.kind if amenity.kind in KINDS else "other"
    return AmenityRow(
        amenity.id, kind, KINDS[kind], amenity.detail, ICONS[kind], amenity.total, amenity.left
    )


def _loan(tablet: TabletRequest, amenity: AmenityRow, loan: store.Loan) -> LoanRow:
    plan, hall = tablet.plan, tablet.hall
    is_overnight = hall.day is not None and plan.business_day(loan.lent_at) != hall.day
    by = tablet.name_of(loan.lent_by)
    return LoanRow(loan.id, amenity, loan.ticket, loan.lent_at, by, loan.lent_by, is_overnight)
