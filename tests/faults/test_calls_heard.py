"""A call made just before the process ended is heard, or its customer sits on for ever."""

import asyncio
import json
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.app.process import Badges, Server, prepare
from tests.app.server import ServedApp, serve_app
from tests.bench.wire import Connection, post

HEARS_WITHIN_S = 5.0


@pytest.fixture
def badges(tmp_path: Path) -> Badges:
    return prepare(tmp_path / "lobby.db")


def display(port: int, badges: Badges) -> ClientConnection:
    address, origin = f"ws://127.0.0.1:{port}/display/live", Origin(f"http://127.0.0.1:{port}")
    headers = {"cookie": badges.display}
    client: ClientConnection = connect(
        address, compression=None, origin=origin, additional_headers=headers
    )
    return client


def calls_heard(client: ClientConnection, within_s: float = HEARS_WITHIN_S) -> Iterator[Any]:
    try:
        while True:
            frame = json.loads(client.recv(within_s))
            if frame["frame"] == "call":
                yield frame
    except TimeoutError:
        return


async def _call_first(port: int, badges: Badges) -> tuple[bytes, tuple[int, bytes] | None]:
    """The request that calls, and its answer; None where the server went away first."""
    teller = await Connection.open(port)
    ticket = post("/kiosk/tickets", {"service": "A01", "language": "en"}, "take", badges.kiosk)
    assert (await teller.send(ticket))[0] == 201
    opening = {"counter": "1", "service": "A01"}
    assert (await teller.send(_act("/counter/openings", badges, **opening)))[0] < 400
    request = _act("/counter/calls", badges, counter="1")
    try:
        return request, await teller.send(request)
    except ConnectionError:
        return request, None
    finally:
        teller.close()


def _act(path: str, badges: Badges, **fields: str) -> bytes:
    return post(path, fields, secrets.token_hex(8), badges.tellers[0])


async def _again(port: int, request: bytes) -> tuple[int, bytes]:
    connection = await Connection.open(port)
    try:
        return await connection.send(request)
    finally:
        connection.close()


def test_it_announces_a_call_that_was_kept_just_before_it_was_killed(
    tmp_path: Path, badges: Badges
) -> None:
    server = Server(tmp_path / "lobby.db").start()
    _, answer = asyncio.run(_call_first(server.port, badges))
    assert answer is not None
    server.kill()
    with server, display(server.port, badges) as client:
        call = next(calls_heard(client))
        assert (call["ticket"], call["counter"]) == ("A001", "1")
        assert call["ttl_s"] > 0


def test_it_announces_a_call_that_was_kept_and_never_told_to_anybody(
    tmp_path: Path, badges: Badges
) -> None:
    """Killed between the commit and the first word of it, as the variant of the program is."""
    program = ("-m", "tests.faults.variants", "dies_before_it_announces")
    dying = Server(tmp_path / "lobby.db", program=program).start()
    request, answer = asyncio.run(_call_first(dying.port, badges))
    assert answer is None, "it ended before it said anything"
    dying.kill()
    with Server(tmp_path / "lobby.db") as server, display(server.port, badges) as client:
        assert next(calls_heard(client))["ticket"] == "A001"
        status, body = asyncio.run(_again(server.port, request))
        assert (status, json.loads(body)["tickets"]) == (200, ["A001"])


def test_a_call_has_the_same_name_before_and_after_a_start(tmp_path: Path, badges: Badges) -> None:
    """A display that has heard it does not hear it again."""
    with Server(tmp_path / "lobby.db") as server:
        with display(server.port, badges) as client:
            client.recv(HEARS_WITHIN_S)
            asyncio.run(_call_first(server.port, badges))
            before = next(calls_heard(client))["id"]
        server.kill()
        server.start()
        with display(server.port, badges) as client:
            assert next(calls_heard(client))["id"] == before


def test_a_server_that_starts_without_its_calls_is_caught(tmp_path: Path, badges: Badges) -> None:
    server = Server(tmp_path / "lobby.db").start()
    asyncio.run(_call_first(server.port, badges))
    server.kill()
    program = ("-m", "tests.faults.variants", "forgets_calls")
    with Server(tmp_path / "lobby.db", program=program) as deaf, display(deaf.port, badges) as one:
        assert list(calls_heard(one, 1.0)) == []


@pytest.fixture
def served(tmp_path: Path) -> Iterator[ServedApp]:
    with serve_app(tmp_path) as app:
        yield app


def test_a_repeated_act_announces_its_call_again(served: ServedApp) -> None:
    """The answer was lost, and so may be the call: a display that was away hears it now."""
    served.take("A01")
    thu = served.signed_in("thu")
    thu.ask("/counter/openings", counter="1", service="A01")
    heard = []
    served.services.hub.publish = lambda change: heard.append(change)  # type: ignore[method-assign]
    for _ in range(2):
        answer = thu.ask("/counter/calls", counter="1", key="once")
        assert answer.status_code == 200
    first, second = (change.announcements for change in heard if change.announcements)
    assert first == second
    assert [call.ticket for call in first] == ["A001"]


def test_a_repeated_act_announces_nothing_that_has_expired(served: ServedApp) -> None:
    served.take("A01")
    thu = served.signed_in("thu")
    thu.ask("/counter/openings", counter="1", service="A01")
    thu.ask("/counter/calls", counter="1", key="once")
    served.clock.advance(31)
    heard = []
    served.services.hub.publish = lambda change: heard.append(change)  # type: ignore[method-assign]
    assert thu.ask("/counter/calls", counter="1", key="once").status_code == 200
    assert [change for change in heard if change.announcements] == []
