"""Things to lend: glasses by strength, umbrellas, a wheelchair; lent to a ticket and given back."""

from dataclasses import dataclass
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lobby.floor.lending.words import DETAIL_LENGTH_MAX, ICONS, KINDS, STRENGTHS, TOTAL_MAX
from lobby.floor.tablet.answers import parse_number, redirect_with_status
from lobby.floor.tablet.request import TabletRequest, floor_staff_request
from lobby.i18n.texts import mark
from lobby.store import amenities as store
from lobby.web.commands import FormFields, form_fields, idempotency_key

PAGE = "/floor/amenities"
NONE_LEFT = mark("All of these are lent just now. Nothing was changed.")
UNKNOWN_TICKET = mark("There is no such ticket today. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Amenity:
    id: int
    kind: str
    words: str
    detail: str
    icon: str
    total: int
    left: int


@dataclass(frozen=True, slots=True)
class Loan:
    """`is_overnight` marks what has been out since an earlier day."""

    id: int
    thing: Amenity
    ticket: str | None
    lent_at: datetime
    by: str
    is_overnight: bool


@dataclass(frozen=True, slots=True)
class Lendable:
    things: tuple[Amenity, ...]
    loans: tuple[Loan, ...]


async def lendable(tablet: TabletRequest, number: str | None = None) -> Lendable:
    """Everything that can be lent, and what is out: to one ticket of today, or to anybody."""
    branch = tablet.branch
    found = await tablet.services.store.read(lambda c: store.amenities_of(c, branch.id))
    out = await tablet.services.store.read(lambda c: store.open_loans(c, branch.id))
    order = list(KINDS)
    things = [_thing(amenity) for amenity in found]
    by_id = {thing.id: thing for thing in things}
    loans = tuple(_lent(tablet, by_id[loan.amenity_id], loan) for loan in out)
    if number is not None:
        loans = tuple(loan for loan in loans if loan.ticket == number and not loan.is_overnight)
    return Lendable(tuple(sorted(things, key=lambda t: (order.index(t.kind), t.detail))), loans)


async def page(request: Request) -> Response:
    tablet = await floor_staff_request(request)
    return tablet.page(
        request,
        "floor/lending/page.html",
        lendable=await lendable(tablet),
        kinds=KINDS,
        strengths=STRENGTHS,
    )


async def keep(request: Request) -> Response:
    """How many there are of something, new or known."""
    tablet, form = await floor_staff_request(request), await form_fields(request)
    kind, detail, total = form.get("kind", ""), _detail(form), _total(form)
    if kind not in KINDS:
        raise HTTPException(400)
    await tablet.services.store.write(
        lambda c: store.set_amenity(c, tablet.branch.id, kind=kind, detail=detail, total=total)
    )
    return redirect_with_status(request, PAGE, idempotency_key(request, form))


async def lend(request: Request) -> Response:
    tablet, form = await floor_staff_request(request), await form_fields(request)
    amenity_id, key = _whole(form.get("amenity", "")), idempotency_key(request, form)
    number, now = _number(tablet, form.get("number", "")), tablet.services.clock.now()
    try:
        await tablet.services.store.write(
            lambda c: store.lend(
                c,
                tablet.branch.id,
                amenity_id=amenity_id,
                ticket=number,
                at=now,
                by=tablet.me,
                key=key,
            )
        )
    except store.NoneLeftError:
        raise HTTPException(409, NONE_LEFT) from None
    except store.UnknownAmenityError:
        raise HTTPException(404) from None
    return redirect_with_status(request, _back(form), key)


async def take_back(request: Request) -> Response:
    tablet, form = await floor_staff_request(request), await form_fields(request)
    loan_id, now = request.path_params["loan_id"], tablet.services.clock.now()
    key = idempotency_key(request, form)
    try:
        await tablet.services.store.write(
            lambda c: store.give_back(c, tablet.branch.id, loan_id=loan_id, at=now, by=tablet.me)
        )
    except store.UnknownAmenityError:
        raise HTTPException(404) from None
    return redirect_with_status(request, _back(form), key)


def _thing(amenity: store.Amenity) -> Amenity:
    kind = amenity.kind if amenity.kind in KINDS else "other"
    return Amenity(
        amenity.id, kind, KINDS[kind], amenity.detail, ICONS[kind], amenity.total, amenity.left
    )


def _lent(tablet: TabletRequest, thing: Amenity, loan: store.Loan) -> Loan:
    plan, hall = tablet.branch.plan, tablet.branch.hall
    is_overnight = hall.day is not None and plan.business_day(loan.lent_at) != hall.day
    by = tablet.name_of(loan.lent_by)
    return Loan(loan.id, thing, loan.ticket, loan.lent_at, by, is_overnight)


def _detail(form: FormFields) -> str:
    detail = " ".join(form.get("detail", "").split())
    if len(detail) > DETAIL_LENGTH_MAX:
        raise HTTPException(400)
    return detail


def _total(form: FormFields) -> int:
    total = _whole(form.get("total", ""))
    if total > TOTAL_MAX:
        raise HTTPException(400)
    return total


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise HTTPException(400)
    return int(text)


def _number(tablet: TabletRequest, text: str) -> str | None:
    number = parse_number(tablet.branch.hall, text)
    if text.strip() and number is None:
        raise HTTPException(404, UNKNOWN_TICKET)
    return number


def _back(form: FormFields) -> str:
    back = form.get("back", "")
    return f"/floor/care/{back}" if back.isalnum() else PAGE


routes: list[BaseRoute] = [
    Route(PAGE, page),
    Route(PAGE, keep, methods=["POST"]),
    Route(f"{PAGE}/loans", lend, methods=["POST"]),
    Route(f"{PAGE}/loans/{{loan_id:int}}/returns", take_back, methods=["POST"]),
]
