"""One tap on the recommendation of a counter: accepted or dismissed, and recorded."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lobby.staffing.service import ANSWERS
from lobby.web.commands import command_response, form_fields
from lobby.web.permissions import is_on_lobby_duty
from lobby.web.services import services_of
from lobby.web.staff import Role, require_staff

PAGES = ("/floor", "/reports")
"""Where the recommendation is shown, and where its answer leads back to."""


async def answer(request: Request) -> Response:
    """Accepting tells nobody what to do: it says that somebody sees to it."""
    staff = await require_staff(request, Role.LOBBY_MANAGER, Role.BRANCH_HEAD, Role.TELLER)
    services = services_of(request)
    branch, me = services.branches[staff.branch_id], str(staff.id)
    if staff.role is Role.TELLER and not is_on_lobby_duty(branch.hall, me):
        raise HTTPException(403)
    form = await form_fields(request)
    outcome, back = form.get("outcome", ""), form.get("back", "")
    if outcome not in ANSWERS:
        raise HTTPException(400)
    await services.staffing.answer(branch, form.get("advice", ""), outcome, me)
    return command_response(request, back if back in PAGES else PAGES[0])


routes: list[BaseRoute] = [Route("/staffing/answers", answer, methods=["POST"])]
