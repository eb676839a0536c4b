"""What is done about a thing left behind: kept, asked about, shown in full, handed over."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lobby.floor.lost_items.forms import contact, new_item
from lobby.floor.lost_items.words import ENDINGS, RESULTS, WAYS
from lobby.floor.tablet.answers import redirect_with_status
from lobby.floor.tablet.request import TabletRequest, floor_staff_request
from lobby.i18n.texts import mark
from lobby.store import lost_items as store
from lobby.store.lost_item_records import ContactAttempt, add_contact_attempt
from lobby.store.lost_items import ItemState, LostItem
from lobby.web.commands import command_response, form_fields, idempotency_key

PAGE = "/floor/lost-items"
CLOSED = mark("This was handed over or closed before. Nothing was changed.")
NO_CONTACT = mark("No contact is kept for this.")
NOTHING_GIVEN = mark("Please write down how to reach them.")


async def add(request: Request) -> Response:
    tablet, form = await floor_staff_request(request), await form_fields(request)
    key, now = idempotency_key(request, form), tablet.services.clock.now()
    item = new_item(tablet, form, now)
    item_id = await tablet.services.store.write(
        lambda c: store.add_lost_item(c, tablet.branch.id, item, at=now, by=tablet.me, key=key)
    )
    return command_response(request, f"{PAGE}/{item_id}")


async def revealed(request: Request, tablet: TabletRequest, item: LostItem) -> str:
    """The contact in full, once it is written down who sees it. 409 where none is kept."""
    idempotency_key(request, await form_fields(request))
    now = tablet.services.clock.now()
    full = await tablet.services.store.write(
        lambda c: store.reveal_contact(c, tablet.branch.id, item.id, at=now, by=tablet.me)
    )
    if not full:
        raise HTTPException(409, NO_CONTACT)
    return full


async def keep_contact(request: Request) -> Response:
    tablet, form = await floor_staff_request(request), await form_fields(request)
    item_id, key, given = (
        await _known(tablet, request),
        idempotency_key(request, form),
        contact(form),
    )
    if not given:
        raise HTTPException(400, NOTHING_GIVEN)
    try:
        await tablet.services.store.write(
            lambda c: store.set_contact(c, tablet.branch.id, item_id, given)
        )
    except store.ItemIsClosedError:
        raise HTTPException(409, CLOSED) from None
    return redirect_with_status(request, f"{PAGE}/{item_id}", key)


async def note_attempt(request: Request) -> Response:
    """Somebody tried to reach the owner."""
    tablet, form = await floor_staff_request(request), await form_fields(request)
    item_id, key = await _known(tablet, request), idempotency_key(request, form)
    way, result = form.get("way", ""), form.get("result", "")
    if way not in WAYS or result not in RESULTS:
        raise HTTPException(400)
    attempt = ContactAttempt(tablet.services.clock.now(), tablet.me, way, result)
    await tablet.services.store.write(
        lambda c: add_contact_attempt(c, tablet.branch.id, item_id, attempt, key)
    )
    return redirect_with_status(request, f"{PAGE}/{item_id}", key)


async def close(request: Request) -> Response:
    """Handed over, or given up: from here on nobody can read how the owner was reached."""
    tablet, form = await floor_staff_request(request), await form_fields(request)
    item_id, key = await _known(tablet, request), idempotency_key(request, form)
    outcome, now = form.get("outcome", ""), tablet.services.clock.now()
    if outcome not in ENDINGS:
        raise HTTPException(400)
    state: ItemState = ENDINGS[outcome][0]
    try:
        await tablet.services.store.write(
            lambda c: store.close_lost_item(
                c, tablet.branch.id, item_id, state=state, outcome=outcome, at=now, by=tablet.me
            )
        )
    except store.ItemIsClosedError:
        raise HTTPException(409, CLOSED) from None
    return redirect_with_status(request, f"{PAGE}/{item_id}", key)


async def _known(tablet: TabletRequest, request: Request) -> int:
    """404 where this branch has no such thing."""
    item_id: int = request.path_params["item_id"]
    item = await tablet.services.store.read(lambda c: store.lost_item(c, tablet.branch.id, item_id))
    if item is None:
        raise HTTPException(404)
    return item_id


routes: list[BaseRoute] = [
    Route(f"{PAGE}/{{item_id:int}}/contacts", keep_contact, methods=["POST"]),
    Route(f"{PAGE}/{{item_id:int}}/attempts", note_attempt, methods=["POST"]),
    Route(f"{PAGE}/{{item_id:int}}/outcomes", close, methods=["POST"]),
]
