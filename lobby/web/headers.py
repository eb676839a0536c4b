"""The headers of a request by their names, put together once and looked up by every layer."""

from starlette.requests import HTTPConnection
from starlette.types import Scope

HEADERS = "lobby.headers"


def headers_of(connection: HTTPConnection) -> dict[bytes, bytes]:
    return headers_in(connection.scope)


def headers_in(scope: Scope) -> dict[bytes, bytes]:
    """Names are in lower case. A header that was sent several times is one list (RFC 9110, 5.3)."""
    headers: dict[bytes, bytes] | None = scope.get(HEADERS)
    if headers is None:
        sent = scope["headers"]
        headers = dict(sent)
        if len(headers) < len(sent):
            headers = _joined(sent)
        scope[HEADERS] = headers
    return headers


def _joined(sent: list[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Cookies have a separator of their own (RFC 6265, 5.4)."""
    headers: dict[bytes, bytes] = {}
    for name, value in sent:
        if name in headers:
            headers[name] += (b"; " if name == b"cookie" else b", ") + value
        else:
            headers[name] = value
    return headers
