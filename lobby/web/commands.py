"""How an act of the web reaches its branch: fields, idempotency key, command, answer."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import RedirectResponse, Response

from lobby.branch import Actor, Branch, Outcome
from lobby.queueing.commands.command import Command
from lobby.queueing.refusals.refusal import Refusal
from lobby.web import metrics
from lobby.web.headers import headers_of
from lobby.web.json_body import read_json

KEY_LENGTH_MAX = 100
FIELDS_MAX = 100

FORM = "lobby.form"
"""Where the fields of a request are kept once they are read."""


class BadFieldsError(Exception):
    """What was sent cannot be read; the text says why, for the person who reads the log."""


class KeyMissingError(Exception):
    """An act came without its idempotency key."""


class FormFields(dict[str, str]):
    """The fields of a form or of a flat JSON object. Of a field sent several times the first
    value counts; `pairs` and `all` know the others."""

    __slots__ = ("pairs",)

    def __init__(self, pairs: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(pairs)
        self.pairs = pairs
        if len(self) < len(pairs):
            self.update(reversed(pairs))

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self.pairs if key == name)


async def form_fields(request: Request) -> FormFields:
    """Raises `BadFieldsError`. The size of the body is limited before it gets here."""
    form: FormFields | None = request.scope.get(FORM)
    if form is None:
        form = request.scope[FORM] = _fields_in(request, await _body(request))
    return form


async def _body(request: Request) -> bytes:
    """As `Request.body`, without a generator for what mostly arrives in one piece."""
    body = b""
    is_whole = False
    while not is_whole:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        is_whole = not message.get("more_body", False)
    return body


def _fields_in(request: Request, body: bytes) -> FormFields:
    if headers_of(request).get(b"content-type", b"").startswith(b"application/json"):
        return FormFields(_json_pairs(body))
    try:
        pairs = parse_qsl(
            body.decode(), keep_blank_values=True, max_num_fields=FIELDS_MAX, errors="strict"
        )
    except ValueError as error:
        raise BadFieldsError(str(error)) from error
    return FormFields(pairs)


def _json_pairs(body: bytes) -> list[tuple[str, str]]:
    try:
        form = read_json(body)
    except ValueError as error:
        raise BadFieldsError(str(error)) from error
    if not isinstance(form, dict):
        raise BadFieldsError("the JSON is not an object")
    return [(name, text) for name, value in form.items() for text in _texts(value)]


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(item, str | int | float) for item in values):
        raise BadFieldsError("a field is neither text nor a number")
    return [str(item) for item in values]


def idempotency_key(connection: HTTPConnection, form: FormFields) -> str:
    """The `Idempotency-Key` header, or the hidden field `key`. Raises `KeyMissingError`."""
    sent = headers_of(connection).get(b"idempotency-key")
    key = sent.decode("latin-1") if sent else form.get("key", "")
    if not 1 <= len(key) <= KEY_LENGTH_MAX:
        raise KeyMissingError
    return key


async def perform(branch: Branch, command: Command, actor: Actor, key: str) -> Outcome:
    """Perform and count. A `Refusal` goes on to the one place that words it."""
    kind = type(command).__name__
    try:
        outcome = await branch.perform(command, actor, key)
    except Refusal as refusal:
        metrics.count_command(kind, type(refusal).__name__)
        raise
    metrics.count_command(kind, "repeated" if outcome.repeated else "done")
    return outcome


def wants_json(connection: HTTPConnection) -> bool:
    """Programs get JSON: those that ask for it, and all that call the programs' own addresses."""
    is_for_programs = connection.scope["path"].startswith("/api/")
    return is_for_programs or b"application/json" in headers_of(connection).get(b"accept", b"")


def command_response(connection: HTTPConnection, location: str, **facts: Any) -> Response:
    """Where to go after an act; `facts` are for a script only."""
    return go_to(location, facts, as_json=wants_json(connection))


def go_to(location: str, facts: dict[str, Any] | None = None, *, as_json: bool) -> Response:
    """303 for a form; for a script the address and whatever else it may know."""
    if as_json:
        return json_response({"location": location, **(facts or {})})
    return RedirectResponse(location, status_code=303)


def json_response(content: Any, status_code: int = 200) -> Response:
    return Response(msgspec.json.encode(content), status_code, media_type="application/json")
