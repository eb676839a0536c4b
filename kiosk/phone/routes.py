"""The addresses of the customer's own page: the secret in them is the key to one ticket."""

from starlette.routing import BaseRoute, Route, WebSocketRoute

from kiosk.phone.acts import ACTS, handler
from kiosk.phone.page import ticket_page, ticket_socket
from kiosk.phone.service_change import question_page

PAGE = "/t/{secret}"

routes: list[BaseRoute] = [
    Route(PAGE, ticket_page),
    Route(f"{PAGE}/questions", question_page),
    *(Route(f"{PAGE}/{path}", handler(do), methods=["POST"]) for path, do in ACTS.items()),
    WebSocketRoute(f"{PAGE}/live", ticket_socket),
]
