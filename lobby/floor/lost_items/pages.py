"""Things left behind: written down, looked for, owners asked, handed over; contacts masked."""

from functools import partial
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lobby.floor.core.person_words import choices, place_words
from lobby.floor.lost_items import routes as lost_items_acts
from lobby.floor.lost_items.forms import (
    CONTACT_LENGTH_MAX,
    DETAILS_LENGTH_MAX,
    KEEPER_LENGTH_MAX,
)
from lobby.floor.lost_items.words import (
    DIRECTIONS,
    ENDINGS,
    KINDS,
    RESULTS,
    STATES,
    WAYS,
    codes_meaning,
)
from lobby.floor.tablet.request import TabletRequest, floor_staff_request
from lobby.store.lost_item_records import contact_attempts, contact_reveals
from lobby.store.lost_items import ItemState, LostItem, lost_item, lost_items_of

PAGE = "/floor/lost-items"
WORD_LENGTH_MAX = 60
SHOWN = {
    "open": (ItemState.OPEN,),
    "done": (ItemState.RETURNED, ItemState.CLOSED),
    "all": tuple(ItemState),
}
WORDS: dict[str, Any] = {"kinds": KINDS, "directions": DIRECTIONS, "item_states": STATES}


async def page(request: Request) -> Response:
    tablet = await floor_staff_request(request)
    shown = request.query_params.get("shown", "open")
    word = " ".join(request.query_params.get("word", "").split())[:WORD_LENGTH_MAX]
    if shown not in SHOWN:
        raise HTTPException(400)
    codes = tuple(codes_meaning(word, tablet.branch.plan, tablet.language)) if word else ()
    items = await tablet.services.store.read(
        lambda c: lost_items_of(c, tablet.branch.id, states=SHOWN[shown], word=word, codes=codes)
    )
    return tablet.page(
        request,
        "floor/lost_items/page.html",
        items=items,
        days=partial(_days, tablet),
        shown=shown,
        word=word,
        place=_place(tablet),
        **WORDS,
    )


async def form(request: Request) -> Response:
    tablet = await floor_staff_request(request)
    now = tablet.branch.plan.local(tablet.services.clock.now())
    return tablet.page(
        request,
        "floor/lost_items/new.html",
        number=request.query_params.get("number", ""),
        places=tuple(choices(tablet.branch.plan, tablet.language)),
        now=f"{now:%Y-%m-%dT%H:%M}",
        lengths=(DETAILS_LENGTH_MAX, KEEPER_LENGTH_MAX, CONTACT_LENGTH_MAX),
        **WORDS,
    )


async def one(request: Request) -> Response:
    tablet = await floor_staff_request(request)
    return await item_page(request, tablet, await item_of(tablet, request))


async def reveal(request: Request) -> Response:
    """The contact in full, on the answer to this one request and nowhere else; who saw it and
    when is kept."""
    tablet = await floor_staff_request(request)
    item = await item_of(tablet, request)
    contact = await lost_items_acts.revealed(request, tablet, item)
    response = await item_page(request, tablet, item, contact)
    response.headers["cache-control"] = "no-store"
    return response


async def item_page(
    request: Request, tablet: TabletRequest, item: LostItem, contact: str = ""
) -> Response:
    branch_id, store = tablet.branch.id, tablet.services.store
    return tablet.page(
        request,
        "floor/lost_items/item.html",
        item=item,
        contact=contact,
        attempts=await store.read(lambda c: contact_attempts(c, branch_id, item.id)),
        reveals=await store.read(lambda c: contact_reveals(c, branch_id, item.id)),
        days=_days(tablet, item),
        name_of=tablet.name_of,
        place=_place(tablet),
        local_day=lambda at: tablet.branch.plan.local(at).date(),
        ways=WAYS,
        results=RESULTS,
        endings=ENDINGS,
        contact_length=CONTACT_LENGTH_MAX,
        **WORDS,
    )


async def item_of(tablet: TabletRequest, request: Request) -> LostItem:
    """404 also for what is another branch's: nobody learns that it exists."""
    item_id = request.path_params["item_id"]
    item = await tablet.services.store.read(lambda c: lost_item(c, tablet.branch.id, item_id))
    if item is None:
        raise HTTPException(404)
    return item


def _days(tablet: TabletRequest, item: LostItem) -> int:
    """For how many whole days it has lain here, or for how many it did."""
    until = item.closed_at or tablet.services.clock.now()
    return max(0, (until - item.created_at).days)


def _place(tablet: TabletRequest) -> object:
    return partial(place_words, tablet.branch.plan, language=tablet.language)


routes: list[BaseRoute] = [
    Route(PAGE, page),
    Route(PAGE, lost_items_acts.add, methods=["POST"]),
    Route(f"{PAGE}/new", form),
    Route(f"{PAGE}/{{item_id:int}}", one),
    Route(f"{PAGE}/{{item_id:int}}/reveals", reveal, methods=["POST"]),
    *lost_items_acts.routes,
]
