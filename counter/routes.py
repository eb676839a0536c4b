"""A teller's acts over the web: one page, one address per act, one live socket."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from counter import commands, day_routes
from counter import counter_commands as seat_commands
from counter.access import PAGE, ROLES
from counter.act_request import ActRequest, CommandOf
from counter.regions import screen
from lobby.branch import Actor, ActorKind, Outcome
from lobby.queueing.events.event import TicketEvent
from lobby.web.commands import command_response, form_fields, idempotency_key, perform
from lobby.web.live_screen import first_regions, serve
from lobby.web.pages import language_of
from lobby.web.services import services_of
from lobby.web.staff import require_staff


async def page(request: Request) -> Response:
    services = services_of(request)
    staff = await require_staff(request, *ROLES)
    language = language_of(request, staff.language)
    terminal = await screen(request, staff, language)
    return services.pages.page(
        request,
        "counter/page.html",
        language,
        staff=staff,
        plan=terminal.branch.plan,
        regions=first_regions(terminal, services.clock.now()),
    )


async def live(websocket: WebSocket) -> None:
    staff = await require_staff(websocket, *ROLES)
    language = language_of(websocket, staff.language)
    await serve(websocket, await screen(websocket, staff, language))


def acting(command_of: CommandOf) -> Callable[[Request], Awaitable[Response]]:
    """The handler of one act: who acts, what is asked, perform, back to the terminal."""

    async def handle(request: Request) -> Response:
        staff = await require_staff(request, *ROLES)
        branch = services_of(request).branches[staff.branch_id]
        form = await form_fields(request)
        command = command_of(ActRequest(branch.hall, str(staff.id), form))
        actor = Actor(ActorKind.STAFF, str(staff.id))
        outcome = await perform(branch, command, actor, idempotency_key(request, form))
        return command_response(request, PAGE, tickets=_tickets(outcome))

    return handle


def _tickets(outcome: Outcome) -> list[str]:
    """Whom the act was about, so that a script that asks for the next one learns who it is."""
    return [event.number for event in outcome.events if isinstance(event, TicketEvent)]


ACTS: dict[str, CommandOf] = {
    "openings": seat_commands.open_counter,
    "calls": commands.call,
    "calls/{number}/repeats": commands.call_again,
    "servings": commands.start_serving,
    "interruptions": commands.pause_serving,
    "continuations": commands.resume_serving,
    "services": commands.add_service,
    "finishes": commands.finish,
    "absences": commands.mark_absent,
    "returns": commands.wait_again,
    "holds": commands.hold,
    "transfers": commands.transfer,
    "undo": commands.undo,
    "pauses": seat_commands.pause,
    "resumptions": seat_commands.resume,
    "breaks": seat_commands.plan_break,
    "breaks/cancellations": seat_commands.drop_break,
    "colleagues": seat_commands.call_colleague,
    "closings": seat_commands.close_counter,
}

routes: list[BaseRoute] = [
    Route(PAGE, page),
    WebSocketRoute(f"{PAGE}/live", live),
    *day_routes.routes,
    *(Route(f"{PAGE}/{perform}", acting(of), methods=["POST"]) for perform, of in ACTS.items()),
]
