"""Things to lend: glasses by strength, umbrellas, a wheelchair; lent to a ticket and given back."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute

from lobby.floor.lending.views import lendable
from lobby.floor.lending.words import DETAIL_LENGTH_MAX, KINDS, STRENGTHS, TOTAL_MAX
from lobby.floor.tablet.act import TabletAct
from lobby.floor.tablet.request import TabletRequest
from lobby.floor.tablet.routing import RecordAct, View, record_routes, view_routes
from lobby.i18n.texts import mark
from lobby.store import amenities as store

PAGE = "/floor/amenities"
NONE_LEFT = mark("All of these are lent out. Nothing was changed.")
DIGITS_MAX = 9
"""Of a number that fits the database."""


async def lending_view(tablet: TabletRequest) -> Response:
    return tablet.page(
        "floor/lending/page.html",
        lendable=await lendable(tablet),
        kinds=KINDS,
        strengths=STRENGTHS,
    )


async def set_stock(act: TabletAct) -> str:
    """How many there are of something, new or known."""
    tablet, kind = act.tablet, act.text("kind")
    detail, total = act.line("detail", DETAIL_LENGTH_MAX), act.whole_number("total", DIGITS_MAX)
    if total > TOTAL_MAX or kind not in KINDS:
        raise HTTPException(400)
    return await act.record(
        lambda c: store.set_amenity(c, tablet.branch.id, kind=kind, detail=detail, total=total)
    )


async def lend(act: TabletAct) -> str:
    tablet, key, now = act.tablet, act.record_key, act.tablet.now
    amenity_id, ticket = act.whole_number("amenity", DIGITS_MAX), act.ticket_number()
    try:
        return await act.record(
            lambda c: store.lend(
                *(c, tablet.branch.id),
                amenity_id=amenity_id,
                ticket=ticket,
                at=now,
                by=tablet.me,
                key=key,
            )
        )
    except store.NoneLeftError:
        raise HTTPException(409, NONE_LEFT) from None
    except store.UnknownAmenityError:
        raise HTTPException(404) from None


async def give_back(act: TabletAct) -> str:
    tablet, loan_id, now = act.tablet, act.path("loan_id"), act.tablet.now
    try:
        return await act.record(
            lambda c: store.give_back(c, tablet.branch.id, loan_id=loan_id, at=now, by=tablet.me)
        )
    except store.UnknownAmenityError:
        raise HTTPException(404) from None


def _page_of(act: TabletAct, _done: str) -> str:
    """The page that the form stood on: of one customer, or of all that is lent."""
    back = act.text("back")
    return act.reloaded(f"/floor/care/{back}" if back.isalnum() else PAGE)


VIEWS: dict[str, View] = {PAGE: lending_view}
ACTS: dict[str, RecordAct] = {
    PAGE: RecordAct(set_stock, lambda act, _done: act.reloaded(PAGE)),
    f"{PAGE}/loans": RecordAct(lend, _page_of),
    f"{PAGE}/loans/{{loan_id:int}}/returns": RecordAct(give_back, _page_of),
}

routes: list[BaseRoute] = [*view_routes(VIEWS), *record_routes(ACTS)]
