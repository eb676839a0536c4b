"""Ways back to a page of the tablet after an act that the hall itself does not show."""

from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from lobby.floor.tablet.request import TabletRequest
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import Ticket
from lobby.web.commands import command_response

TICKET_LENGTH_MAX = 8


def redirect_with_status(request: Request, page: str, key: str, **more: str) -> Response:
    """Back to a page that is not kept true by itself: an address of its own for each act, so that
    a browser which is on that page already opens it again."""
    return command_response(request, f"{page}?{urlencode({**more, 'after': key[:12]})}")


def ticket_or_404(tablet: TabletRequest, number: str) -> Ticket:
    """Today's ticket; 404 where there is none."""
    found = tablet.branch.hall.ticket(number)
    if found is None:
        raise HTTPException(404)
    return found


def parse_number(hall: Hall, text: str) -> str | None:
    """A ticket's number as people type it, `a 12` for A012; None where nothing was typed, or
    nothing that is a ticket of today."""
    plain = "".join(text.split()).upper()[:TICKET_LENGTH_MAX]
    padded = f"{plain[:1]}{plain[1:]:0>3}"
    tickets = hall.tickets
    return next((number for number in (plain, padded) if number in tickets), None)
