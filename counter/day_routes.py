"""A teller's own day: its figures and comments, on a page for nobody but themselves."""

from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from counter.access import PAGE, ROLES
from counter.day import day_view
from lobby import typed_text
from lobby.branch import Actor, ActorKind
from lobby.i18n.texts import mark
from lobby.store.teller_comments import (
    COMMENT_LENGTH_MAX,
    add_teller_comment,
    teller_comments_of,
)
from lobby.store.visits import sittings_of
from lobby.web.commands import SentAct, command_response, form_fields, once, sent_act
from lobby.web.pages import language_of
from lobby.web.services import Services, services_of
from lobby.web.staff import require_staff

DAY = f"{PAGE}/day"
NOTHING_SAID = mark("There was nothing to save.")
TOO_LONG = mark("This is too long. Nothing was changed: please make it shorter.")


async def day_page(request: Request) -> Response:
    services = services_of(request)
    staff = await require_staff(request, *ROLES)
    branch, teller = services.branches[staff.branch_id], str(staff.id)
    now = services.clock.now()
    today = branch.plan.business_day(now)
    sittings = await services.store.read(lambda c: sittings_of(c, branch.id, today))
    comments = await services.store.read(lambda c: teller_comments_of(c, branch.id, today, teller))
    return services.pages.page(
        request,
        "counter/day.html",
        language_of(request, staff.language),
        staff=staff,
        plan=branch.plan,
        today=today,
        day=day_view(branch.hall, teller, sittings, now),
        comments=comments,
        longest=COMMENT_LENGTH_MAX,
    )


async def add_comment(request: Request) -> Response:
    """Kept for whoever wrote it: twice the same key is once."""
    services = services_of(request)
    staff = await require_staff(request, *ROLES)
    form, branch = await form_fields(request), services.branches[staff.branch_id]
    sent = sent_act(request, branch, Actor(ActorKind.STAFF, str(staff.id)), form)
    add = partial(_add_comment, services, sent, typed_text.words(form.get("text", "")))
    await once(partial(sent.first_record, services.store), add)
    return command_response(request, DAY)


async def _add_comment(services: Services, sent: SentAct, text: str) -> str:
    if not text:
        raise HTTPException(400, NOTHING_SAID)
    if len(text) > COMMENT_LENGTH_MAX:
        raise HTTPException(400, TOO_LONG)
    teller, key, now = sent.keyed.actor.id, sent.keyed.scoped_key, services.clock.now()
    plan = sent.branch.plan
    day = plan.business_day(now)
    return await sent.record(
        services.store,
        now,
        lambda c: add_teller_comment(
            c, plan.id, teller=teller, day=day, text=text, at=now, key=key
        ),
    )


routes: list[BaseRoute] = [
    Route(DAY, day_page),
    Route(f"{DAY}/comments", add_comment, methods=["POST"]),
]
