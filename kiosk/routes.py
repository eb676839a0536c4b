"""The addresses of the kiosk and of the customer's own page."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from kiosk.context import kiosk_context
from kiosk.help import call_colleague, help_page
from kiosk.offers import screen_of
from kiosk.phone.routes import own_routes
from kiosk.regions import answers_screen
from kiosk.scale import scale
from kiosk.speech import list_aloud
from kiosk.ticket_page import return_from_machine, ticket_page
from kiosk.tickets import take_ticket
from kiosk.wizard import advice_page, elsewhere_page
from lobby.screens.advice import is_open
from lobby.web.live_screen import first_regions, serve


async def first_question(request: Request) -> Response:
    kiosk = kiosk_context(request)
    now = kiosk.services.clock.now()
    screen = screen_of(kiosk, kiosk.branch.hall)
    return kiosk.services.pages.page(
        request,
        "kiosk/services.html",
        kiosk.choices.language,
        kiosk=kiosk,
        choices=kiosk.choices,
        path="/kiosk",
        screen=screen,
        spoken=list_aloud(screen, kiosk.choices.language),
        is_open=is_open(kiosk.services, kiosk.branch, now),
        regions=first_regions(answers_screen(kiosk), now),
    )


async def question_socket(websocket: WebSocket) -> None:
    await serve(websocket, answers_screen(kiosk_context(websocket)))


async def scale_sheet(request: Request) -> Response:
    sheet = scale(kiosk_context(request).device.settings.get("mm_per_px"))
    return Response(sheet, media_type="text/css", headers={"cache-control": "private, no-cache"})


routes = [
    Route("/kiosk/tickets", take_ticket, methods=["POST"]),
    Route("/kiosk", first_question),
    Route("/kiosk/scale.css", scale_sheet),
    Route("/kiosk/advice", advice_page),
    Route("/kiosk/advice/{kind}", elsewhere_page),
    Route("/kiosk/tickets/{number}", ticket_page),
    Route("/kiosk/tickets/{number}/returns", return_from_machine, methods=["POST"]),
    Route("/kiosk/help", call_colleague, methods=["POST"]),
    Route("/kiosk/help", help_page),
    Route("/kiosk/help/{number}", help_page),
    WebSocketRoute("/kiosk/live", question_socket),
    *own_routes,
]
