"""How an act of the web reaches its branch: fields, idempotency key, command, answer."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from lobby.branch import Actor, Branch, Outcome
from lobby.queueing.commands.command import Command
from lobby.queueing.refusals.refusal import Refusal
from lobby.web import metrics
from lobby.web.json_body import read_json

KEY_LENGTH_MAX = 100
FIELDS_MAX = 100


class BadFieldsError(Exception):
    """What was sent cannot be read; the text says why, for the person who reads the log."""


class KeyMissingError(Exception):
    """An act came without its idempotency key."""


class FormFields(Mapping[str, str]):
    """The fields of a form or of a flat JSON object; a field sent several times keeps all."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._pairs = pairs

    def __getitem__(self, name: str) -> str:
        for key, value in self._pairs:
            if key == name:
                return value
        raise KeyError(name)

    def __iter__(self) -> Any:
        return iter(dict(self._pairs))

    def __len__(self) -> int:
        return len(dict(self._pairs))

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self._pairs if key == name)


async def form_fields(request: Request) -> FormFields:
    """Raises `BadFieldsError`. The size of the body is limited before it gets here."""
    body = await request.body()
    if request.headers.get("content-type", "").startswith("application/json"):
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


def idempotency_key(request: Request, form: FormFields) -> str:
    """The `Idempotency-Key` header, or the hidden field `key`. Raises `KeyMissingError`."""
    key = request.headers.get("idempotency-key") or form.get("key", "")
    if not 1 <= len(key) <= KEY_LENGTH_MAX:
        raise KeyMissingError
    return key


async def perform(branch: Branch, command: Command, actor: Actor, key: str) -> Outcome:
    """Perform and count. A `Refusal` goes on to the one place that words it."""
    kind = type(command).__name__
    try:
        outcome = await branch.perform(command, actor, key)
    except Refusal as refusal:
        metrics.command(kind, type(refusal).__name__)
        raise
    metrics.command(kind, "repeated" if outcome.repeated else "done")
    return outcome


def wants_json(request: Request) -> bool:
    """Programs get JSON: those that ask for it, and all that call the programs' own addresses."""
    is_for_programs = request.url.path.startswith("/api/")
    return is_for_programs or "application/json" in request.headers.get("accept", "")


def command_response(request: Request, location: str, **more: Any) -> Response:
    """Where to go after an act: 303 for a form; for a script the address and more, as JSON."""
    if wants_json(request):
        return json_response({"location": location, **more})
    return RedirectResponse(location, status_code=303)


def json_response(content: Any, status_code: int = 200) -> Response:
    return Response(msgspec.json.encode(content), status_code, media_type="application/json")
