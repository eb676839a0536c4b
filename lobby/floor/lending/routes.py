"""Things to lend: glasses by strength, umbrellas, a wheelchair; lent to a ticket and given back."""

from dataclasses import dataclass
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lobby.floor.lending.words import DETAIL_LENGTH_MAX, ICONS, KINDS, STRENGTHS, TOTAL_MAX
from lobby.floor.tablet.answers import drawn_anew, number_typed
from lobby.floor.tablet.request import Round, round_of
from lobby.i18n.texts import mark
from lobby.store import amenities as store
from lobby.web.commands import Fields, fields, key_of

PAGE = "/floor/amenities"
NONE_LEFT = mark("All of these are lent just now. Nothing was changed.")
UNKNOWN_TICKET = mark("There is no such ticket today. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Thing:
    id: int
    kind: str
    words: str
    detail: str
    icon: str
    total: int
    left: int


@dataclass(frozen=True, slots=True)
class Lent:
    """`is_overnight` marks what has been out since an earlier day."""

    id: int
    thing: Thing
    ticket: str | None
    lent_at: datetime
    by: str
    is_overnight: bool


@dataclass(frozen=True, slots=True)
class Lendable:
    things: tuple[Thing, ...]
    loans: tuple[Lent, ...]


async def lendable(here: Round, number: str | None = None) -> Lendable:
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
    here = await round_of(request)
    return here.page(
        request,
        "floor/amenities.html",
        lendable=await lendable(here),
        kinds=KINDS,
        strengths=STRENGTHS,
    )


async def keep(request: Request) -> Response:
    """How many there are of something, new or known."""
    here, sent = await round_of(request), await fields(request)
    kind, detail, total = sent.get("kind", ""), _detail(sent), _total(sent)
    if kind not in KINDS:
        raise HTTPException(400)
    await here.house.store.write(
        lambda c: store.set_amenity(c, here.branch.id, kind=kind, detail=detail, total=total)
    )
    return drawn_anew(request, PAGE, key_of(request, sent))


async def lend(request: Request) -> Response:
    here, sent = await round_of(request), await fields(request)
    amenity_id, key = _whole(sent.get("amenity", "")), key_of(request, sent)
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
    return drawn_anew(request, _back(sent), key)


async def take_back(request: Request) -> Response:
    here, sent = await round_of(request), await fields(request)
    loan_id, now = request.path_params["loan_id"], here.house.clock.now()
    key = key_of(request, sent)
    try:
        await here.house.store.write(
            lambda c: store.give_back(c, here.branch.id, loan_id=loan_id, at=now, by=here.me)
        )
    except store.UnknownAmenityError:
        raise HTTPException(404) from None
    return drawn_anew(request, _back(sent), key)


def _thing(amenity: store.Amenity) -> Thing:
    kind = amenity.kind if amenity.kind in KINDS else "other"
    return Thing(
        amenity.id, kind, KINDS[kind], amenity.detail, ICONS[kind], amenity.total, amenity.left
    )


def _lent(here: Round, thing: Thing, loan: store.Loan) -> Lent:
    plan, hall = here.branch.plan, here.branch.hall
    is_overnight = hall.day is not None and plan.business_day(loan.lent_at) != hall.day
    by = here.name_of(loan.lent_by)
    return Lent(loan.id, thing, loan.ticket, loan.lent_at, by, is_overnight)


def _detail(sent: Fields) -> str:
    detail = " ".join(sent.get("detail", "").split())
    if len(detail) > DETAIL_LENGTH_MAX:
        raise HTTPException(400)
    return detail


def _total(sent: Fields) -> int:
    total = _whole(sent.get("total", ""))
    if total > TOTAL_MAX:
        raise HTTPException(400)
    return total


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise HTTPException(400)
    return int(text)


def _number(here: Round, text: str) -> str | None:
    number = number_typed(here.branch.hall, text)
    if text.strip() and number is None:
        raise HTTPException(404, UNKNOWN_TICKET)
    return number


def _back(sent: Fields) -> str:
    back = sent.get("back", "")
    return f"/floor/care/{back}" if back.isalnum() else PAGE


routes: list[BaseRoute] = [
    Route(PAGE, page),
    Route(PAGE, keep, methods=["POST"]),
    Route(f"{PAGE}/loans", lend, methods=["POST"]),
    Route(f"{PAGE}/loans/{{loan_id:int}}/returns", take_back, methods=["POST"]),
]
