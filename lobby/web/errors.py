"""What people see when something is not done: a sentence, a way back, and nothing lost."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from lobby.branch import KeyReusedError
from lobby.i18n.texts import mark, texts
from lobby.queueing.refusals.refusal import Refusal
from lobby.store.errors import OutcomeUnknownError, StoreUnavailableError
from lobby.web.addresses import local_path, parts_of
from lobby.web.commands import BadFieldsError, KeyMissingError, json_response, wants_json
from lobby.web.identity import preferred_language
from lobby.web.pages import language_of
from lobby.web.rate_limit import network_of
from lobby.web.refusals import sentence as refusal_sentence
from lobby.web.services import services_of

log = structlog.get_logger()

SENTENCES = {
    HTTPStatus.BAD_REQUEST: mark("We could not read this. Nothing was changed."),
    HTTPStatus.UNAUTHORIZED: mark("Please sign in first. Nothing was changed."),
    HTTPStatus.FORBIDDEN: mark("You do not have access to this. Please ask a colleague who has."),
    HTTPStatus.NOT_FOUND: mark("There is nothing here. The address may be mistyped or too old."),
    HTTPStatus.METHOD_NOT_ALLOWED: mark("This address cannot be used that way."),
    HTTPStatus.GONE: mark("This has ended and is no longer shown."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: mark("Too much was sent at once. Nothing was changed."),
    HTTPStatus.UNPROCESSABLE_ENTITY: mark(
        "This was sent before with different content. Nothing was changed: please start again."
    ),
    HTTPStatus.TOO_MANY_REQUESTS: mark("Too many tries. Please wait a while and try again."),
    HTTPStatus.SERVICE_UNAVAILABLE: mark(
        "This cannot be saved right now. Nothing was changed: please try again soon."
    ),
}
UNSURE = mark(
    "It is not certain whether this was written down. Please press once more: it will not happen "
    "twice."
)
UNEXPECTED = mark("Something went wrong on our side. Nothing was changed: please try again.")
LOOKING = {
    HTTPStatus.BAD_REQUEST: mark("We could not read this address."),
    HTTPStatus.UNAUTHORIZED: mark("Please sign in first."),
    HTTPStatus.SERVICE_UNAVAILABLE: mark("This cannot be shown right now. Please try again soon."),
    HTTPStatus.INTERNAL_SERVER_ERROR: mark("Something went wrong on our side. Please try again."),
}
"""Who only looks wanted nothing changed, and is told nothing of it."""

LOGGED = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS})
"""What whoever watches over the house looks for after an attack."""

Handler = Callable[[Request, Any], Awaitable[Response]]


async def refused(request: Request, refusal: Refusal) -> Response:
    language = _language(request)
    words = refusal_sentence(refusal, language)
    if wants_json(request):
        body = {"refusal": type(refusal).__name__, "sentence": words}
        return json_response(body, HTTPStatus.CONFLICT)
    return _page(request, HTTPStatus.CONFLICT, words)


async def http_error(request: Request, error: HTTPException) -> Response:
    """A `detail` of one's own is the msgid of a better sentence."""
    status = HTTPStatus(error.status_code)
    if status < HTTPStatus.BAD_REQUEST:
        return Response(None, status, error.headers)
    if status in LOGGED:
        place = network_of(request.client.host if request.client else "")
        log.info("refused", status=int(status), place=place, path=request.url.path)
    own = error.detail if error.detail != status.phrase else None
    return _answer(request, status, own, error.headers)


async def key_reused(request: Request, _error: KeyReusedError) -> Response:
    return _answer(request, HTTPStatus.UNPROCESSABLE_ENTITY)


async def unreadable(request: Request, error: Exception) -> Response:
    log.info("unreadable request", reason=str(error) or type(error).__name__)
    return _answer(request, HTTPStatus.BAD_REQUEST)


async def store_unavailable(request: Request, error: StoreUnavailableError) -> Response:
    log.error("store unavailable", reason=str(error))
    return _answer(request, HTTPStatus.SERVICE_UNAVAILABLE, headers={"retry-after": "5"})


async def outcome_unknown(request: Request, error: OutcomeUnknownError) -> Response:
    log.error("outcome unknown", reason=str(error))
    return _answer(request, HTTPStatus.SERVICE_UNAVAILABLE, UNSURE, headers={"retry-after": "5"})


async def unexpected(request: Request, error: Exception) -> Response:
    log.error("unexpected error", exc_info=error)
    return _answer(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def _answer(
    request: Request,
    status: HTTPStatus,
    own: str | None = None,
    headers: Any = None,
) -> Response:
    msgid = own or _msgid(request, status)
    words = texts(_language(request)).gettext(msgid)
    if wants_json(request):
        response = json_response({"sentence": words}, status)
        response.headers.update(headers or {})
        return response
    return _page(request, status, words, headers)


def _msgid(request: Request, status: HTTPStatus) -> str:
    """A socket that is refused only looks, too."""
    is_looking = request.scope.get("method", "GET") in ("GET", "HEAD")
    return (LOOKING if is_looking else {}).get(status) or SENTENCES.get(status, UNEXPECTED)


def _page(request: Request, status: HTTPStatus, words: str, headers: Any = None) -> Response:
    return services_of(request).pages.page(
        request,
        "web/error.html",
        _language(request),
        status_code=status,
        headers=headers,
        status=int(status),
        sentence=words,
        back=_way_back(request),
    )


def _language(request: Request) -> str:
    """The person's own, or the device's, before the browser's."""
    return language_of(request, preferred_language(request))


def _way_back(request: Request) -> str:
    """The page the person came from, if it is one of ours; the start page otherwise."""
    came_from = parts_of(request.headers.get("referer", ""))
    if came_from.netloc == request.headers.get("host") and came_from.path.startswith("/"):
        return local_path(came_from.path + (f"?{came_from.query}" if came_from.query else ""))
    return "/"


HANDLERS: dict[Any, Handler] = {
    Refusal: refused,
    HTTPException: http_error,
    KeyReusedError: key_reused,
    KeyMissingError: unreadable,
    BadFieldsError: unreadable,
    OutcomeUnknownError: outcome_unknown,
    StoreUnavailableError: store_unavailable,
    Exception: unexpected,
}


async def answer(request: Request, error: Exception) -> Response:
    """As the router answers: by the nearest of its classes. What is unexpected goes on."""
    for kind in type(error).__mro__[:-1]:
        if kind is not Exception and kind in HANDLERS:
            return await HANDLERS[kind](request, error)
    raise error
