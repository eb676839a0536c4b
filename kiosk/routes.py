"""The addresses of the kiosk and of the customer's own page."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from kiosk.own_routes import own_routes
from kiosk.regions import answers_screen
from kiosk.scale import scale
from kiosk.stand import kiosk_of
from kiosk.tickets import take_ticket, ticket_page
from lobby.web.livescreen import first_regions, serve


async def first_question(request: Request) -> Response:
    kiosk = kiosk_of(request)
    return kiosk.house.pages.page(
        request,
        "kiosk/question.html",
        kiosk.choices.language,
        kiosk=kiosk,
        choices=kiosk.choices,
        path="/kiosk",
        pages=kiosk.choices.pages(len(kiosk.branch.plan.services)),
        regions=first_regions(answers_screen(kiosk), kiosk.house.clock.now()),
    )


async def question_socket(websocket: WebSocket) -> None:
    await serve(websocket, answers_screen(kiosk_of(websocket)))


async def scale_sheet(request: Request) -> Response:
    sheet = scale(kiosk_of(request).device.settings.get("mm_per_px"))
    return Response(sheet, media_type="text/css", headers={"cache-control": "private, no-cache"})


routes = [
    Route("/kiosk/tickets", take_ticket, methods=["POST"]),
    Route("/kiosk", first_question),
    Route("/kiosk/scale.css", scale_sheet),
    Route("/kiosk/tickets/{number}", ticket_page),
    WebSocketRoute("/kiosk/live", question_socket),
    *own_routes,
]
