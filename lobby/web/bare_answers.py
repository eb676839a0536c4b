"""Answers given below the application: to what is no request, or has no place here."""

import secrets

from lobby.web.security import HEADERS

SENTENCES = {
    400: b"This request does not say for which host it is.\n",
    408: b"This request took too long to arrive.\n",
    414: b"This address is too long.\n",
    429: b"There are too many connections from your address.\n",
    431: b"This request has too many or too long headers.\n",
    503: b"There are too many connections now. Please try again in a moment.\n",
}
BODY_WITH_UPGRADE = b"A request that asks for a live socket carries no body.\n"
COMES_AGAIN_IN_S = 2
"""What is told in `Retry-After`: strangers go within seconds."""


def house_headers() -> dict[str, str]:
    """What every answer carries, whatever it is about."""
    return {"cache-control": "no-store", "x-request-id": secrets.token_hex(8), **HEADERS}


def head_of(status: int, length: int) -> bytes:
    """Everything above the words, where no application has seen the request."""
    headers = {
        "content-type": "text/plain; charset=utf-8",
        "content-length": str(length),
        "connection": "close",
        **house_headers(),
    }
    if status in (429, 503):
        headers["retry-after"] = str(COMES_AGAIN_IN_S)
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode() + b"\r\n"
