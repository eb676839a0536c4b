"""The addresses of the customer's own page: the secret in them is the key to one ticket."""

from starlette.routing import BaseRoute, Route, WebSocketRoute

from kiosk.phone.acts import ACTS, handler
from kiosk.phone.page import ticket_page, ticket_socket

PAGE = "/t/{secret}"

routes: list[BaseRoute] = [
    Route(PAGE, ticket_page),
    *(Route(f"{PAGE}/{path}", handler(of), methods=["POST"]) for path, of in ACTS.items()),
    WebSocketRoute(f"{PAGE}/live", ticket_socket),
]
