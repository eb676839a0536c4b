"""The addresses of the kiosk and of the customer's own page."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from kiosk.acts import Act, handler
from kiosk.back_key import PAGE as RESTS
from kiosk.back_key import back_key
from kiosk.context import kiosk_context
from kiosk.help import call_colleague, help_page, show_help
from kiosk.hours import closed_now
from kiosk.offers import offer_screen
from kiosk.phone.routes import routes as phone_routes
from kiosk.regions import answers_screen
from kiosk.reprint import print_again, show_reprint
from kiosk.rests import back_page, come_back, numbers_page, show_back
from kiosk.scale import scale_css
from kiosk.set_up import PAGE as SET_UP
from kiosk.set_up import is_open as is_set_up_open
from kiosk.set_up import routes as set_up_routes
from kiosk.speech import spoken_closed, spoken_offers
from kiosk.ticket_page import return_from_machine, show_return, ticket_page
from kiosk.tickets import show_ticket, take_ticket
from kiosk.wizard import advice_page, customer_page, elsewhere_page, remarks_page
from lobby.web.live_screen import first_regions, serve


async def services_page(request: Request) -> Response:
    """The first question, and the lists that follow it. Staff who have asked for the set-up page
    find it here: a kiosk has no line for addresses."""
    kiosk = kiosk_context(request)
    if is_set_up_open(kiosk):
        return kiosk.go_to(kiosk.session.cleared.to(SET_UP))
    now = kiosk.services.clock.now()
    screen = offer_screen(kiosk, kiosk.branch.hall)
    closed = closed_now(kiosk, kiosk.branch.hall, now)
    live = answers_screen(request, kiosk)
    return kiosk.page(
        "kiosk/services.html",
        "/kiosk",
        screen=screen,
        spoken=(
            spoken_closed(closed, kiosk.language)
            if closed
            else spoken_offers(screen, kiosk.language, back_key(kiosk, kiosk.branch.hall))
        ),
        is_open=closed is None,
        regions=first_regions(live, now),
    )


async def services_socket(websocket: WebSocket) -> None:
    await serve(websocket, answers_screen(websocket, kiosk_context(websocket)))


async def scale_sheet(request: Request) -> Response:
    sheet = scale_css(kiosk_context(request).device.settings.get("mm_per_px"))
    return Response(sheet, media_type="text/css", headers={"cache-control": "private, no-cache"})


ACTS: dict[str, Act] = {
    "/kiosk/tickets": Act(take_ticket, show_ticket),
    "/kiosk/tickets/{number}/returns": Act(return_from_machine, show_return),
    "/kiosk/tickets/{number}/slips": Act(print_again, show_reprint),
    "/kiosk/help": Act(call_colleague, show_help),
    RESTS: Act(come_back, show_back),
}

routes: list[BaseRoute] = [
    *(Route(path, handler(act), methods=["POST"]) for path, act in ACTS.items()),
    Route("/kiosk", services_page),
    Route("/kiosk/scale.css", scale_sheet),
    Route("/kiosk/advice", advice_page),
    Route("/kiosk/advice/{kind}", elsewhere_page),
    Route("/kiosk/more", remarks_page),
    Route("/kiosk/customer", customer_page),
    Route("/kiosk/tickets/{number}", ticket_page),
    Route(RESTS, numbers_page),
    Route(f"{RESTS}/{{number}}", back_page),
    Route("/kiosk/help", help_page),
    Route("/kiosk/help/{number}", help_page),
    WebSocketRoute("/kiosk/live", services_socket),
    *set_up_routes,
    *phone_routes,
]
