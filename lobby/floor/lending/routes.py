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


async def lendable(here: TabletRequest, number: str | None = None) -> Lendable:
    """Everything that can be lent, and what is out: to one ticket of today, or to anybody."""
    branch = here.branch
    found = await here.house.store.read(lambda c: store.amenities_of(c, branch.id))
    out = await here.house.store.read(lambda c: store.open_loans(c, branch.id))
    order = list(KINDS)
    things = [_thing(amenity) for amenity in found]
    by_id = {thing.id: thing for thing in things}
    loans = tuple(_lent(here, by_id[loan.amenity_id], loan) for loan in out)
    if number is not None:
        loans = tuple(loan for loan in loans if loan.ticket == number and not loan.is_overnight)
    return Lendable(tuple(sorted(things, key=lambda t: (order.index(t.kind), t.detail))), loans)


async def page(request: Request) -> Response:
    here = await floor_staff_request(request)
    return here.page(
        request,
        "floor/amenities.html",
        lendable=await lendable(here),
        kinds=KINDS,
        strengths=STRENGTHS,
    )


async def keep(request: Request) -> Response:
    """How many there are of something, new or known."""
    here, sent = await floor_staff_request(request), await form_fields(request)
    kind, detail, total = sent.get("kind", ""), _detail(sent), _total(sent)
    if kind not in KINDS:
        raise HTTPException(400)
    await here.house.store.write(
        lambda c: store.set_amenity(c, here.branch.id, kind=kind, detail=detail, total=total)
    )
    return redirect_with_status(request, PAGE, idempotency_key(request, sent))


async def lend(request: Request) -> Response:
    here, sent = await floor_staff_request(request), await form_fields(request)
    amenity_id, key = _whole(sent.get("amenity", "")), idempotency_key(request, sent)
    number, now = _number(here, sent.get("number", "")), here.house.clock.now()
    try:
        await here.house.store.write(
            lambda c: store.lend(
                c,
                here.branch.id,
                amenity_id=amenity_id,
                ticket=number,
                at=now,
                by=here.me,
                key=key,
            )
        )
    except store.NoneLeftError:
        raise HTTPException(409, NONE_LEFT) from None
    except store.UnknownAmenityError:
        raise HTTPException(404) from None
    return redirect_with_status(request, _back(sent), key)


async def take_back(request: Request) -> Response:
    here, sent = await floor_staff_request(request), await form_fields(request)
    loan_id, now = request.path_params["loan_id"], here.house.clock.now()
    key = idempotency_key(request, sent)
    try:
        await here.house.store.write(
            lambda c: store.give_back(c, here.branch.id, loan_id=loan_id, at=now, by=here.me)
        )
    except store.UnknownAmenityError:
        raise HTTPException(404) from None
    return redirect_with_status(request, _back(sent), key)


def _thing(amenity: store.Amenity) -> Amenity:
    kind = amenity.kind if amenity.kind in KINDS else "other"
    return Amenity(
        amenity.id, kind, KINDS[kind], amenity.detail, ICONS[kind], amenity.total, amenity.left
    )


def _lent(here: TabletRequest, thing: Amenity, loan: store.Loan) -> Loan:
    plan, hall = here.branch.plan, here.branch.hall
    is_overnight = hall.day is not None and plan.business_day(loan.lent_at) != hall.day
    by = here.name_of(loan.lent_by)
    return Loan(loan.id, thing, loan.ticket, loan.lent_at, by, is_overnight)


def _detail(sent: FormFields) -> str:
    detail = " ".join(sent.get("detail", "").split())
    if len(detail) > DETAIL_LENGTH_MAX:
        raise HTTPException(400)
    return detail


def _total(sent: FormFields) -> int:
    total = _whole(sent.get("total", ""))
    if total > TOTAL_MAX:
        raise HTTPException(400)
    return total


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise HTTPException(400)
    return int(text)


def _number(here: TabletRequest, text: str) -> str | None:
    number = parse_number(here.branch.hall, text)
    if text.strip() and number is None:
        raise HTTPException(404, UNKNOWN_TICKET)
    return number


def _back(sent: FormFields) -> str:
    back = sent.get("back", "")
    return f"/floor/care/{back}" if back.isalnum() else PAGE


routes: list[BaseRoute] = [
    Route(PAGE, page),
    Route(PAGE, keep, methods=["POST"]),
    Route(f"{PAGE}/loans", lend, methods=["POST"]),
    Route(f"{PAGE}/loans/{{loan_id:int}}/returns", take_back, methods=["POST"]),
]
