"""The first thing every request meets: what is let in, and what every answer carries."""

import re
import secrets
from collections.abc import Iterable, Sequence
from itertools import count
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lobby.i18n.texts import mark
from lobby.settings import Settings
from lobby.store.errors import StoreUnavailableError
from lobby.web import errors, logs
from lobby.web.exact_posts import ExactPosts, exact_posts
from lobby.web.headers import headers_in
from lobby.web.identification import Identification
from lobby.web.origin import SAFE_METHODS, is_cross_site
from lobby.web.uploads import DISCARDED_BYTES_MAX, upload_paths

BODY_MAX = 16 * 1024
"""Larger than the largest form by far; a page that takes a file says so (lobby/web/uploads.py)."""

HOSTS_REMEMBERED = 100

CROSS_SITE = mark("This was not sent from a page of Lobby, so nothing was changed.")
UNKNOWN_HOST = (
    "Lobby does not answer to this name. Whoever runs it can add the name to LOBBY_ALLOWED_HOSTS.\n"
)

HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    # Not no-referrer, also where the address is secret: with it, forms would send Origin: null.
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
SECURE_HEADERS = {
    "cross-origin-opener-policy": "same-origin",
    "strict-transport-security": "max-age=31536000",
}
"""Where browsers reach us over HTTPS: for a year they try nothing else."""

NO_STORE = (b"cache-control", b"no-store")
HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\[\]:@/?#\s]+)(:[0-9]{1,5})?")
"""A name or address, and perhaps a port: nothing that would lead elsewhere in an address."""

REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")

RawHeaders = list[tuple[bytes, bytes]]


def middleware(settings: Settings, routes: Sequence[BaseRoute]) -> list[Middleware]:
    return [
        Middleware(Guard, settings=settings, uploads=upload_paths(routes)),
        Middleware(Identification),
        Middleware(ExactPosts, handlers=exact_posts(routes)),
    ]


class Guard:
    """One layer for all of it: each request pays for it, so it is kept to a few dictionary
    look-ups."""

    def __init__(
        self, app: ASGIApp, settings: Settings, uploads: frozenset[str] = frozenset()
    ) -> None:
        self._app = app
        self._uploads = uploads
        self._names = settings.hosts
        self._is_secure = settings.secure
        self._believes_proxies = bool(settings.trusted_proxies)
        self._public_netloc = urlsplit(settings.public_url or "").netloc.lower().encode()
        self._headers = _headers(secure=settings.secure)
        self._known_hosts: set[bytes] = set()
        process = secrets.token_hex(4)
        self._request_ids = (f"{process}-{number:x}" for number in count(1))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = headers_in(scope)
        is_static = scope["path"].startswith("/static/")
        answer = Answer(send, self._headers, self._request_id(headers), is_static=is_static)
        if scope["method"] not in SAFE_METHODS:
            receive = limited(receive, self._body_max(scope))
        try:
            refusal = self._refusal(scope, headers)
            if refusal is None:
                await self._app(scope, receive, answer)
            else:
                response = await _refused(Request(scope), refusal)
                await response(scope, receive, answer)
        except ClientDisconnect:
            return
        except StoreUnavailableError as error:
            # Met before any handler: whoever comes was to be looked up in the database.
            if answer.started:
                raise
            page = await errors.answer(Request(scope), error)
            await page(scope, receive, answer)
        except Exception as error:
            if not answer.started:
                page = await errors.unexpected(Request(scope), error)
                await page(scope, receive, answer)
            raise

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = headers_in(scope)
        self._request_id(headers)
        if not self._is_our_name(headers, scope) or self._is_from_elsewhere(headers):
            await send({"type": "websocket.close", "code": 1008})  # unopened, so it answers 403
            return
        try:
            await self._app(scope, receive, send)
        except StoreUnavailableError:
            await send({"type": "websocket.close", "code": 1013})  # the page tries again

    def _refusal(self, scope: Scope, headers: dict[bytes, bytes]) -> HTTPException | None:
        if not self._is_our_name(headers, scope):
            return UnknownHostError(400)
        if scope["method"] in SAFE_METHODS:
            return None
        if self._is_from_elsewhere(headers):
            return HTTPException(403, CROSS_SITE)
        if int(headers.get(b"content-length", b"0")) > self._body_max(scope):
            return HTTPException(413)
        return None

    def _body_max(self, scope: Scope) -> int:
        return DISCARDED_BYTES_MAX if scope["path"] in self._uploads else BODY_MAX

    def _is_from_elsewhere(self, headers: dict[bytes, bytes]) -> bool:
        return is_cross_site(headers, self._public_netloc, is_secure=self._is_secure)

    def _is_our_name(self, headers: dict[bytes, bytes], scope: Scope) -> bool:
        """One of the names configured, or the address at which the request reached us."""
        host = headers.get(b"host", b"")
        if host in self._known_hosts:
            return True
        name = _name(host)
        here, _port = scope.get("server") or ("", None)
        known = name in self._names or "*" in self._names or name == here.lower()
        if known and name and len(self._known_hosts) < HOSTS_REMEMBERED:
            self._known_hosts.add(host)
        return known and bool(name)

    def _request_id(self, headers: dict[bytes, bytes]) -> bytes:
        """That of a proxy which the settings name, where it looks like one; else anybody could
        choose under which name they stand in the log."""
        given = headers.get(b"x-request-id") if self._believes_proxies else None
        if given and REQUEST_ID.fullmatch(given):
            logs.request_id.set(given.decode())
            return given
        request_id = next(self._request_ids)
        logs.request_id.set(request_id)
        return request_id.encode()


class Answer:
    """Sends on what it is given, with the headers every answer carries."""

    __slots__ = ("_headers", "_is_static", "_request_id", "_send", "started")

    def __init__(
        self, send: Send, headers: RawHeaders, request_id: bytes, *, is_static: bool
    ) -> None:
        self._send = send
        self._headers = headers
        self._request_id = request_id
        self._is_static = is_static
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            message["headers"] = self._complete(message.get("headers", ()))
        await self._send(message)

    def _complete(self, headers: Iterable[tuple[bytes, bytes]]) -> RawHeaders:
        has_own_caching = self._is_static or b"cache-control" in dict(headers)
        caching = () if has_own_caching else (NO_STORE,)
        return [*headers, *self._headers, (b"x-request-id", self._request_id), *caching]


class UnknownHostError(HTTPException):
    """A name of which nobody has said that it is ours."""


async def _refused(request: Request, refusal: HTTPException) -> Response:
    """Whoever comes by an unknown name sees no page of ours, only what to do about it."""
    if isinstance(refusal, UnknownHostError):
        return PlainTextResponse(UNKNOWN_HOST, refusal.status_code)
    return await errors.http_error(request, refusal)


def limited(receive: Receive, bytes_max: int = BODY_MAX) -> Receive:
    """Counts what really arrives: a chunked body does not say its length."""
    received = 0

    async def receive_limited() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > bytes_max:
            raise HTTPException(413)
        return message

    return receive_limited


def _headers(*, secure: bool) -> RawHeaders:
    headers = {**HEADERS, **SECURE_HEADERS} if secure else HEADERS
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def _name(host: bytes) -> str:
    """Without the port, in lower case; an IPv6 address without its brackets."""
    text = host.decode("latin-1").lower()
    if not HOST.fullmatch(text):
        return ""
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0]
