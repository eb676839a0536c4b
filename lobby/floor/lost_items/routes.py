"""What is done about a lost item: written down, its owner asked, the contact shown, handed over."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute

from lobby.floor.lost_items.forms import contact, new_item
from lobby.floor.lost_items.pages import (
    item_or_404,
    item_page,
    lost_item_view,
    lost_items_view,
    new_lost_item_view,
)
from lobby.floor.lost_items.words import ENDINGS, RESULTS, WAYS
from lobby.floor.tablet.act import TabletAct
from lobby.floor.tablet.routing import (
    Form,
    RecordAct,
    View,
    form_routes,
    record_routes,
    view_routes,
)
from lobby.i18n.texts import mark
from lobby.store import lost_items as store
from lobby.store.lost_item_records import ContactAttempt, add_contact_attempt
from lobby.store.lost_items import ItemState

PAGE = "/floor/lost-items"
ITEM = f"{PAGE}/{{item_id:int}}"
CLOSED = mark("This has already been returned or closed. Nothing was changed.")
NO_CONTACT = mark("No contact details are kept for this.")
NOTHING_GIVEN = mark("Please enter how to reach the owner.")


async def add_item(act: TabletAct) -> str:
    """Its id."""
    tablet, key, now = act.tablet, act.record_key, act.tablet.now
    item = new_item(act, now)
    return await act.record(
        lambda c: store.add_lost_item(c, tablet.branch.id, item, at=now, by=tablet.me, key=key)
    )


async def reveal_contact(act: TabletAct) -> Response:
    """The contact in full, on the answer to this one request and nowhere else; who saw it and
    when is kept. No key: whoever asks again sees it again, and that is kept too."""
    tablet, now = act.tablet, act.tablet.now
    item = await item_or_404(tablet)
    full = await tablet.store.write(
        lambda c: store.reveal_contact(c, tablet.branch.id, item.id, at=now, by=tablet.me)
    )
    if not full:
        raise HTTPException(409, NO_CONTACT)
    response = await item_page(tablet, item, full)
    response.headers["cache-control"] = "no-store"
    return response


async def keep_contact(act: TabletAct) -> str:
    tablet, item = act.tablet, await item_or_404(act.tablet)
    given = contact(act)
    if not given:
        raise HTTPException(400, NOTHING_GIVEN)
    try:
        return await act.record(lambda c: store.set_contact(c, tablet.branch.id, item.id, given))
    except store.ItemIsClosedError:
        raise HTTPException(409, CLOSED) from None


async def add_attempt(act: TabletAct) -> str:
    """Somebody tried to reach the owner."""
    tablet, item, key = act.tablet, await item_or_404(act.tablet), act.record_key
    way, result = act.text("way"), act.text("result")
    if way not in WAYS or result not in RESULTS:
        raise HTTPException(400)
    attempt = ContactAttempt(tablet.now, tablet.me, way, result)
    return await act.record(
        lambda c: add_contact_attempt(c, tablet.branch.id, item.id, attempt, key)
    )


async def close_item(act: TabletAct) -> str:
    """Handed over, or given up: from here on nobody can read how the owner was reached."""
    tablet, item = act.tablet, await item_or_404(act.tablet)
    outcome, now = act.text("outcome"), tablet.now
    if outcome not in ENDINGS:
        raise HTTPException(400)
    state: ItemState = ENDINGS[outcome][0]
    try:
        return await act.record(
            lambda c: store.close_lost_item(
                c, tablet.branch.id, item.id, state=state, outcome=outcome, at=now, by=tablet.me
            )
        )
    except store.ItemIsClosedError:
        raise HTTPException(409, CLOSED) from None


def _page_of_item(act: TabletAct, _done: str) -> str:
    return act.reloaded(f"{PAGE}/{act.path('item_id')}")


VIEWS: dict[str, View] = {
    PAGE: lost_items_view,
    f"{PAGE}/new": new_lost_item_view,
    ITEM: lost_item_view,
}
ACTS: dict[str, RecordAct] = {
    PAGE: RecordAct(add_item, lambda _act, item_id: f"{PAGE}/{item_id}"),
    f"{ITEM}/contacts": RecordAct(keep_contact, _page_of_item),
    f"{ITEM}/attempts": RecordAct(add_attempt, _page_of_item),
    f"{ITEM}/outcomes": RecordAct(close_item, _page_of_item),
}
FORMS: dict[str, Form] = {f"{ITEM}/reveals": reveal_contact}

routes: list[BaseRoute] = [*view_routes(VIEWS), *record_routes(ACTS), *form_routes(FORMS)]
