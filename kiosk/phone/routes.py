"""The addresses of the customer's own page: the secret in them is the key to one ticket."""

from starlette.routing import Route, WebSocketRoute

from kiosk.phone.acts import (
    call_colleague,
    change_service,
    confirm_machine_job,
    leave_line,
    postpone,
    return_to_counter,
)
from kiosk.phone.page import own_page, own_socket

routes = [
    Route("/t/{secret}", own_page),
    Route("/t/{secret}/postponements", postpone, methods=["POST"]),
    Route("/t/{secret}/service", change_service, methods=["POST"]),
    Route("/t/{secret}/cancellations", leave_line, methods=["POST"]),
    Route("/t/{secret}/machine-jobs", confirm_machine_job, methods=["POST"]),
    Route("/t/{secret}/returns", return_to_counter, methods=["POST"]),
    Route("/t/{secret}/help", call_colleague, methods=["POST"]),
    WebSocketRoute("/t/{secret}/live", own_socket),
]
