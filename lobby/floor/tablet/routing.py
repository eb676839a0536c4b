"""Routes of the tablet made from tables: addresses and what answers there.

Whatever answers is given its request read: a page and a live part a `TabletRequest`, an act a
`TabletAct` with the fields of the form as well.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeAlias, TypeVar

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from lobby.branch import Outcome
from lobby.floor.tablet.act import TabletAct
from lobby.floor.tablet.frame import LivePart
from lobby.floor.tablet.request import (
    TabletRequest,
    floor_staff_request,
    help_responder_request,
    permit_floor_staff,
)
from lobby.queueing.refusals.refusal import Refusal
from lobby.web.commands import form_fields, once, sent_act
from lobby.web.live_screen import serve

View: TypeAlias = Callable[[TabletRequest], Awaitable[Response]]
Form: TypeAlias = Callable[[TabletAct], Awaitable[Response]]
T = TypeVar("T")
PartOf: TypeAlias = Callable[[TabletRequest], LivePart]
Reader: TypeAlias = Callable[[HTTPConnection], Awaitable[TabletRequest]]
"""Reads who asks, and refuses (403) who may not."""

Permit: TypeAlias = Callable[[TabletRequest], None]
"""Refuses (403) who may not."""


@dataclass(frozen=True, slots=True)
class KeyedAct(Generic[T]):
    """`do` does what the form asks for; the page follows from the request and from what was done,
    however often it is sent. `refused` may answer a refusal in words of its own."""

    do: Callable[[TabletAct], Awaitable[T]]
    page: str | Callable[[TabletAct, T], str]
    refused: Callable[[TabletAct, Refusal], Response | None] = lambda _act, _refusal: None

    def page_after(self, act: TabletAct, done: T) -> str:
        return self.page if isinstance(self.page, str) else self.page(act, done)


class Act(KeyedAct[Outcome]):
    """A command to the branch."""


class RecordAct(KeyedAct[str]):
    """Something written beside the event log; what was done is told in a word, such as an id."""


def view_routes(views: Mapping[str, View], reader: Reader = floor_staff_request) -> list[Route]:
    return [Route(path, _viewing(view, reader)) for path, view in views.items()]


def act_routes(acts: Mapping[str, Act], permit: Permit = permit_floor_staff) -> list[Route]:
    """Whoever may no longer act is still told that an act was done when they might."""
    return [
        Route(path, _acting(act, permit, TabletAct.first_outcome), methods=["POST"])
        for path, act in acts.items()
    ]


def record_routes(
    acts: Mapping[str, RecordAct], permit: Permit = permit_floor_staff
) -> list[Route]:
    return [
        Route(path, _acting(act, permit, TabletAct.first_record), methods=["POST"])
        for path, act in acts.items()
    ]


def form_routes(forms: Mapping[str, Form], reader: Reader = floor_staff_request) -> list[Route]:
    """Forms without a key: they say the same when they are sent twice."""
    return [Route(path, _filling(form, reader), methods=["POST"]) for path, form in forms.items()]


def live_routes(parts: Mapping[str, PartOf]) -> list[WebSocketRoute]:
    """The socket that keeps the part of one page true."""
    return [WebSocketRoute(path, _keeping(part_of)) for path, part_of in parts.items()]


def _viewing(view: View, reader: Reader) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        return await view(await reader(request))

    return handle


def _acting(
    act: KeyedAct[T], permit: Permit, first: Callable[[TabletAct], Awaitable[T | None]]
) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        tablet = await help_responder_request(request)
        form = await form_fields(request)
        sent = sent_act(request, tablet.branch, tablet.actor, form)
        asked = TabletAct(tablet, form, sent)

        async def do() -> T:
            permit(tablet)
            return await act.do(asked)

        try:
            done = await once(partial(first, asked), do)
        except Refusal as refusal:
            answer = act.refused(asked, refusal)
            if answer is None:
                raise
            return answer
        return asked.answer(act.page_after(asked, done))

    return handle


def _filling(form: Form, reader: Reader) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        tablet = await reader(request)
        return await form(TabletAct(tablet, await form_fields(request)))

    return handle


def _keeping(part_of: PartOf) -> Callable[[WebSocket], Awaitable[None]]:
    async def handle(websocket: WebSocket) -> None:
        tablet = await floor_staff_request(websocket)
        await serve(websocket, tablet.screen(part_of(tablet)))

    return handle
