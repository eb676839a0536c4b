"""The pages of lost items: the list, a new one, and one item with its owner's contact masked."""

from functools import partial
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from lobby import typed_text
from lobby.floor.core.places import place_choices
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
from lobby.floor.tablet.request import TabletRequest
from lobby.store.lost_item_records import contact_attempts, contact_reveals
from lobby.store.lost_items import ItemState, LostItem, lost_item, lost_items_of

WORD_LENGTH_MAX = 60
SHOWN = {
    "open": (ItemState.OPEN,),
    "done": (ItemState.RETURNED, ItemState.CLOSED),
    "all": tuple(ItemState),
}
WORDS: dict[str, Any] = {"kinds": KINDS, "directions": DIRECTIONS, "item_states": STATES}


async def lost_items_view(tablet: TabletRequest) -> Response:
    shown = tablet.query("shown", "open")
    word = typed_text.name(tablet.query("word"))[:WORD_LENGTH_MAX]
    if shown not in SHOWN:
        raise HTTPException(400)
    codes = tuple(codes_meaning(word, tablet.plan, tablet.language)) if word else ()
    items = await tablet.store.read(
        lambda c: lost_items_of(c, tablet.branch.id, states=SHOWN[shown], word=word, codes=codes)
    )
    return tablet.page(
        "floor/lost_items/page.html",
        items=items,
        days=partial(_days, tablet),
        shown=shown,
        word=word,
        **WORDS,
    )


async def new_lost_item_view(tablet: TabletRequest) -> Response:
    return tablet.page(
        "floor/lost_items/new.html",
        number=tablet.query("number"),
        places=place_choices(tablet.plan, tablet.language),
        now=f"{tablet.plan.local(tablet.now):%Y-%m-%dT%H:%M}",
        lengths=(DETAILS_LENGTH_MAX, KEEPER_LENGTH_MAX, CONTACT_LENGTH_MAX),
        **WORDS,
    )


async def lost_item_view(tablet: TabletRequest) -> Response:
    return await item_page(tablet, await item_or_404(tablet))


async def item_page(tablet: TabletRequest, item: LostItem, contact: str = "") -> Response:
    """`contact` in full only where somebody has just asked for it."""
    branch_id, store = tablet.branch.id, tablet.store
    return tablet.page(
        "floor/lost_items/item.html",
        item=item,
        contact=contact,
        attempts=await store.read(lambda c: contact_attempts(c, branch_id, item.id)),
        reveals=await store.read(lambda c: contact_reveals(c, branch_id, item.id)),
        days=_days(tablet, item),
        name_of=tablet.name_of,
        local_day=lambda at: tablet.plan.local(at).date(),
        ways=WAYS,
        results=RESULTS,
        endings=ENDINGS,
        contact_length=CONTACT_LENGTH_MAX,
        **WORDS,
    )


async def item_or_404(tablet: TabletRequest) -> LostItem:
    """404 also for what is another branch's: nobody learns that it exists."""
    item_id = tablet.path("item_id")
    item = await tablet.store.read(lambda c: lost_item(c, tablet.branch.id, item_id))
    if item is None:
        raise HTTPException(404)
    return item


def _days(tablet: TabletRequest, item: LostItem) -> int:
    """For how many whole days it has lain here, or for how many it did."""
    until = item.closed_at or tablet.now
    return max(0, (until - item.created_at).days)
