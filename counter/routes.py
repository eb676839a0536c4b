"""A teller's terminal over the web: one page, one address per act, one live socket."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from counter import counter_commands, customer_commands, day_routes, service_commands
from counter.access import PAGE, ROLES
from counter.act_request import CommandOf, FollowedCommand, act_request
from counter.regions import terminal_screen
from lobby.branch import Outcome
from lobby.branch_work import ThenDo
from lobby.web.commands import once
from lobby.web.live_screen import first_regions, serve
from lobby.web.pages import language_of
from lobby.web.services import services_of
from lobby.web.staff import require_staff


async def terminal_page(request: Request) -> Response:
    services = services_of(request)
    staff = await require_staff(request, *ROLES)
    language = language_of(request, staff.language)
    screen = await terminal_screen(request, staff, language)
    return services.pages.page(
        request,
        "counter/page.html",
        language,
        staff=staff,
        plan=screen.branch.plan,
        regions=first_regions(screen, services.clock.now()),
    )


async def terminal_socket(websocket: WebSocket) -> None:
    staff = await require_staff(websocket, *ROLES)
    language = language_of(websocket, staff.language)
    await serve(websocket, await terminal_screen(websocket, staff, language))


def handler(command_of: CommandOf) -> Callable[[Request], Awaitable[Response]]:
    """The handler of one act: read, perform once, back to the terminal."""

    async def handle(request: Request) -> Response:
        act = await act_request(request)

        async def perform() -> Outcome:
            asked = command_of(act)
            if isinstance(asked, FollowedCommand):
                return await act.sent.perform(asked.command, ThenDo(asked.then))
            return await act.sent.perform(asked)

        return act.answer(await once(act.sent.first_outcome, perform))

    return handle


ACTS: dict[str, CommandOf] = {
    "openings": counter_commands.open_counter,
    "calls": customer_commands.call,
    "calls/{number}/repeats": customer_commands.call_again,
    "servings": customer_commands.start_serving,
    "interruptions": customer_commands.pause_serving,
    "continuations": customer_commands.resume_serving,
    "services": service_commands.add_service,
    "finishes": customer_commands.finish,
    "absences": customer_commands.mark_absent,
    "returns": customer_commands.wait_again,
    "holds": customer_commands.hold,
    "transfers": service_commands.transfer,
    "undo": customer_commands.undo,
    "pauses": counter_commands.pause,
    "resumptions": counter_commands.resume,
    "breaks": counter_commands.plan_break,
    "breaks/cancellations": counter_commands.drop_break,
    "colleagues": counter_commands.call_colleague,
    "closings": counter_commands.close_counter,
}

routes: list[BaseRoute] = [
    Route(PAGE, terminal_page),
    WebSocketRoute(f"{PAGE}/live", terminal_socket),
    *day_routes.routes,
    *(Route(f"{PAGE}/{path}", handler(of), methods=["POST"]) for path, of in ACTS.items()),
]
