"""A screen of a real branch, from the commit of an act to the frame on its socket."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket
from websockets.exceptions import InvalidStatus
from websockets.server import ServerProtocol

from lobby.branch import Actor, ActorKind, Branch
from lobby.clock import SystemClock
from lobby.live.channels import Urgency
from lobby.live.hub import Hub
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.model.hall import Hall
from lobby.settings import Settings
from lobby.store.catalogue import save_plan
from lobby.store.history import History
from lobby.store.store import Store
from lobby.web.live_screen import LiveScreen, fill_keys, first_regions, serve
from lobby.web.security import HEADERS
from lobby.web.websocket import Handshake
from tests.app.database import new_database
from tests.app.people import plan
from tests.app.server import Running
from tests.live.stage import HURRIED, hear_until, is_frame, running

PUBLIC = "https://queue.bank.example"
KEYED = '<form><input type="hidden" name="key" data-fresh-key></form>'


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many people wait: all that this screen shows."""

    people: int


def present(hall: Hall, _: datetime) -> Mapping[str, Waiting]:
    return {"waiting": Waiting(hall.waiting_count())}


def paint(_region: str, view: Waiting) -> str:
    return f"<b>{view.people}</b>{KEYED}"


class Door:
    """One branch, one screen, and whether the screen is still welcome."""

    def __init__(self, database: Path) -> None:
        new_database(database)
        self.store = Store(database)
        self.hub = Hub("build-1", SystemClock().now, HURRIED)
        history = History(Hall.empty(plan()), {})
        self.branch = Branch(history, self.store, SystemClock(), self.hub)
        self.is_welcome = True

    @property
    def screen(self) -> LiveScreen:
        return LiveScreen(
            key="riverside/waiting/en",
            urgency=Urgency.DISPLAY,
            branch=self.branch,
            present=present,
            paint=paint,
            still_allowed=lambda: self.is_welcome,
        )

    def app(self) -> Starlette:
        async def live(websocket: WebSocket) -> None:
            await serve(websocket, self.screen)

        app = Starlette(routes=[WebSocketRoute("/live", live)])
        app.state.services = SimpleNamespace(hub=self.hub, settings=Settings(public_url=PUBLIC))
        return app

    async def open(self) -> None:
        self.store.open()
        await self.store.write(lambda connection: save_plan(connection, plan()))

    async def close(self) -> None:
        self.store.close()

    async def take_a_ticket(self, key: str = "first") -> None:
        command = TakeTicket("A01", "en", secret=f"secret-{key}")
        await self.branch.perform(command, Actor(ActorKind.DEVICE, "kiosk"), key)


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return Door(tmp_path / "lobby.db")


@pytest.fixture
def server(door: Door) -> Iterator[Running]:
    with running(door.app(), door.hub) as server:
        server.do(door.open)
        yield server
        server.do(door.close)


def test_it_shows_an_act_that_was_committed(server: Running, door: Door) -> None:
    with server.connect() as client:
        frames = hear_until(client, is_frame("regions"))
        assert frames[-1]["regions"] == {"waiting": f"<b>0</b>{KEYED}"}
        server.do(door.take_a_ticket)
        frames = hear_until(client, is_frame("regions"))
        assert frames[-1]["regions"] == {"waiting": f"<b>1</b>{KEYED}"}
        assert frames[-1]["version"] == door.branch.hall.version


def test_it_shows_nothing_new_for_an_act_that_is_repeated(server: Running, door: Door) -> None:
    with server.connect() as client:
        hear_until(client, is_frame("regions"))
        server.do(door.take_a_ticket)
        server.do(door.take_a_ticket)
        frames = hear_until(client, is_frame("regions"))
        frames += hear_until(client, is_frame("hello"))
        assert [frame["frame"] for frame in frames].count("regions") == 1
        assert door.branch.hall.waiting_count() == 1


def test_it_sends_away_a_screen_that_is_no_longer_welcome(server: Running, door: Door) -> None:
    with server.connect() as client:
        hear_until(client, is_frame("regions"))
        door.is_welcome = False
        assert hear_until(client, is_frame("goodbye"))[-1]["reason"] == "revoked"


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "http://127.0.0.1.evil.example",
        "http://127.0.0.1:1",
        "http://evil.example/127.0.0.1",
        "",
    ],
)
def test_it_refuses_a_page_from_elsewhere(server: Running, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused, server.connect(origin=origin):
        pass
    check_refused(refused.value)


def check_refused(refused: InvalidStatus) -> None:
    """A refusal carries what every answer carries."""
    assert refused.response.status_code == 403
    assert HEADERS.items() <= {k.lower(): v for k, v in refused.response.headers.items()}.items()
    assert refused.response.headers["cache-control"] == "no-store"
    assert refused.response.headers["x-request-id"]


def test_it_would_notice_a_refusal_without_headers(
    server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Handshake, "reject", ServerProtocol.reject)
    with pytest.raises((AssertionError, KeyError)):
        test_it_refuses_a_page_from_elsewhere(server, "http://evil.example")


def test_it_refuses_who_has_a_cookie_but_no_origin(server: Running) -> None:
    cookie = {"Cookie": "session=of-somebody"}
    with pytest.raises(InvalidStatus) as refused, server.connect(additional_headers=cookie):
        pass
    check_refused(refused.value)


@pytest.mark.parametrize("public", [False, True])
def test_it_welcomes_a_page_of_its_own(server: Running, public: bool) -> None:
    origin = PUBLIC if public else f"http://127.0.0.1:{server.port}"
    cookie = {"Cookie": "session=of-somebody"}
    with server.connect(origin=origin, additional_headers=cookie) as client:
        assert hear_until(client, is_frame("regions"))


def test_it_gives_the_first_page_keys_of_its_own(door: Door) -> None:
    first = first_regions(door.screen, datetime.now(UTC))["waiting"]
    second = first_regions(door.screen, datetime.now(UTC))["waiting"]
    assert keys_in(first) != keys_in(second)
    assert len(keys_in(first)[0]) == 24


@pytest.mark.parametrize(
    "field",
    [
        "<input data-fresh-key name=key>",
        '<input type="hidden" name="key" value="" data-fresh-key>',
        '<input type="hidden" name="key" data-fresh-key value=\'\'>',
        '<input\n  type="hidden" name="key" data-fresh-key/>',
    ],
)
def test_it_fills_an_empty_key_however_it_is_written(field: str) -> None:
    filled = fill_keys(Markup(field))
    assert len(keys_in(filled)[0]) == 24
    assert filled.count("value=") == 1


def test_it_gives_every_form_another_key() -> None:
    filled = keys_in(fill_keys(Markup(KEYED * 50)))
    assert len(set(filled)) == 50


def test_it_leaves_every_other_field_alone() -> None:
    html = Markup('<input name="key" value="7"><input data-fresh-key value="7"><input name="note">')
    assert fill_keys(html) == html


def keys_in(html: str) -> list[str]:
    return re.findall(r'value="([^"]*)"', html)
