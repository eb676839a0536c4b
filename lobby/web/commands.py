"""How an act of the web reaches its branch: fields, idempotency key, command, answer.

An act that was done before is known by its key and answered as the first time, before anything
else is looked at: what has changed since is no reason to refuse it. `once` is the one place that
sees to it.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from operator import itemgetter
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import RedirectResponse, Response

from lobby.branch import Actor, Branch, Outcome
from lobby.branch_work import Follow
from lobby.queueing.commands.command import Command
from lobby.queueing.refusals.refusal import Refusal
from lobby.store.acts import SENT, KeyedAct
from lobby.store.records import record_once, recorded
from lobby.store.store import Connection, Store
from lobby.web import metrics
from lobby.web.headers import headers_of
from lobby.web.json_body import read_json

KEY_LENGTH_MAX = 100
"""Three times as long as a UUID."""

FIELDS_MAX = 400
"""Sixty counters with three fields each; the size of a form is bounded beside this."""
KEY = "key"
"""The hidden field of every form that acts."""

T = TypeVar("T")

FORM = "lobby.form"
"""Where the fields of a request are kept once they are read."""


class BadFieldsError(Exception):
    """What was sent cannot be read; the text says why, for the person who reads the log."""


class KeyMissingError(Exception):
    """An act came without its idempotency key, or with what cannot be one."""


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
    """The `Idempotency-Key` header, or the hidden field `key`: 1 to 100 letters, digits and signs
    of ASCII. Raises `KeyMissingError`."""
    sent = headers_of(connection).get(b"idempotency-key")
    key = sent.decode("latin-1") if sent else form.get(KEY, "")
    if not 1 <= len(key) <= KEY_LENGTH_MAX:
        raise KeyMissingError(f"a key of {len(key)} characters")
    if not (key.isascii() and key.isprintable()):
        raise KeyMissingError("a key of other characters than those of ASCII")
    return key


@dataclass(frozen=True, slots=True)
class SentAct:
    """An act as it was sent to a branch: by whom, under which key, and what was asked."""

    branch: Branch
    keyed: KeyedAct

    async def first_outcome(self) -> Outcome | None:
        return await self.branch.first_outcome(self.keyed)

    async def perform(self, command: Command, follow: Follow | None = None) -> Outcome:
        """Perform and count. A `Refusal` goes on to the one place that words it."""
        kind, keyed = type(command).__name__, self.keyed
        try:
            outcome = await self.branch.perform(
                command, keyed.actor, keyed.key, asked=keyed.asked, follow=follow
            )
        except Refusal as refusal:
            metrics.count_command(kind, type(refusal).__name__)
            raise
        metrics.count_command(kind, "repeated" if outcome.repeated else "done")
        return outcome

    async def first_record(self, store: Store) -> str | None:
        return await store.read(lambda c: recorded(c, self.branch.id, self.keyed))

    async def record(self, store: Store, at: datetime, work: Callable[[Connection], object]) -> str:
        """For what is written beside the event log."""
        return await store.write(lambda c: record_once(c, self.branch.id, self.keyed, at, work))


def sent_act(connection: HTTPConnection, branch: Branch, actor: Actor, form: FormFields) -> SentAct:
    """Raises `KeyMissingError`."""
    key = idempotency_key(connection, form)
    return SentAct(branch, KeyedAct(actor, key, asked_in(connection, form)))


def asked_in(connection: HTTPConnection, form: FormFields) -> str:
    """What was asked, as far as it tells one act from another: the address and the fields, in
    whatever order they came."""
    pairs = sorted(form.pairs, key=itemgetter(0))
    fields = (f"{name}={value}" for name, value in pairs if name != KEY)
    text = "\0".join((connection.scope["path"], *fields))
    return SENT + blake2b(text.encode(errors="surrogatepass"), digest_size=16).hexdigest()


async def once(first: Callable[[], Awaitable[T | None]], do: Callable[[], Awaitable[T]]) -> T:
    """What the act did the first time, if there was one; otherwise what it does now. Where that is
    refused, it may be for what the same act, sent twice at once, has just done."""
    before = await first()
    if before is not None:
        return before
    try:
        return await do()
    except Exception:
        meanwhile = await first()
        if meanwhile is None:
            raise
        return meanwhile


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
