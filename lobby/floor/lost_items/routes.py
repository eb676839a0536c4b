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
from lobby.floor.tablet.routing import Act, View, act_routes, view_routes
from lobby.i18n.texts import mark
from lobby.store import lost_items as store
from lobby.store.lost_item_records import ContactAttempt, add_contact_attempt
from lobby.store.lost_items import ItemState

PAGE = "/floor/lost-items"
ITEM = f"{PAGE}/{{item_id:int}}"
CLOSED = mark("This was handed over or closed before. Nothing was changed.")
NO_CONTACT = mark("No contact is kept for this.")
NOTHING_GIVEN = mark("Please write down how to reach them.")


async def add_item(act: TabletAct) -> Response:
    tablet, key, now = act.tablet, act.key, act.tablet.now
    item = new_item(act, now)
    item_id = await tablet.store.write(
        lambda c: store.add_lost_item(c, tablet.branch.id, item, at=now, by=tablet.me, key=key)
    )
    return act.answer(f"{PAGE}/{item_id}")


async def reveal_contact(act: TabletAct) -> Response:
    """The contact in full, on the answer to this one request and nowhere else; who saw it and
    when is kept."""
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


async def keep_contact(act: TabletAct) -> Response:
    tablet, item = act.tablet, await item_or_404(act.tablet)
    given = contact(act)
    if not given:
        raise HTTPException(400, NOTHING_GIVEN)
    try:
        await tablet.store.write(lambda c: store.set_contact(c, tablet.branch.id, item.id, given))
    except store.ItemIsClosedError:
        raise HTTPException(409, CLOSED) from None
    return act.answer_reloaded(f"{PAGE}/{item.id}")


async def add_attempt(act: TabletAct) -> Response:
    """Somebody tried to reach the owner."""
    tablet, item, key = act.tablet, await item_or_404(act.tablet), act.key
    way, result = act.text("way"), act.text("result")
    if way not in WAYS or result not in RESULTS:
        raise HTTPException(400)
    attempt = ContactAttempt(tablet.now, tablet.me, way, result)
    await tablet.store.write(
        lambda c: add_contact_attempt(c, tablet.branch.id, item.id, attempt, key)
    )
    return act.answer_reloaded(f"{PAGE}/{item.id}")


async def close_item(act: TabletAct) -> Response:
    """Handed over, or given up: from here on nobody can read how the owner was reached."""
    tablet, item = act.tablet, await item_or_404(act.tablet)
    outcome, now = act.text("outcome"), tablet.now
    if outcome not in ENDINGS:
        raise HTTPException(400)
    state: ItemState = ENDINGS[outcome][0]
    try:
        await tablet.store.write(
            lambda c: store.close_lost_item(
                c, tablet.branch.id, item.id, state=state, outcome=outcome, at=now, by=tablet.me
            )
        )
    except store.ItemIsClosedError:
        raise HTTPException(409, CLOSED) from None
    return act.answer_reloaded(f"{PAGE}/{item.id}")


VIEWS: dict[str, View] = {
    PAGE: lost_items_view,
    f"{PAGE}/new": new_lost_item_view,
    ITEM: lost_item_view,
}
ACTS: dict[str, Act] = {
    PAGE: add_item,
    f"{ITEM}/reveals": reveal_contact,
    f"{ITEM}/contacts": keep_contact,
    f"{ITEM}/attempts": add_attempt,
    f"{ITEM}/outcomes": close_item,
}

routes: list[BaseRoute] = [*view_routes(VIEWS), *act_routes(ACTS)]
