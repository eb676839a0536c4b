"""What bare uvicorn lets through, tried on a real server with raw sockets."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from websockets.sync.client import connect

from lobby.settings import Settings
from lobby.web.http_limits import LimitedProtocol, Limits
from lobby.web.server_config import server_config
from tests.app.ports import free_port

RECEIVE_S = 0.5
IDLE_S = 1.0
NEIGHBOURS = 12
SLOW_LINES = 300


class Hurried(LimitedProtocol):
    limits = Limits(
        receive_s=RECEIVE_S,
        idle_s=IDLE_S,
        connections_per_address=NEIGHBOURS,
        exempt_addresses=frozenset(),
    )


class Crowded(LimitedProtocol):
    limits = Limits(receive_s=RECEIVE_S, idle_s=IDLE_S)


async def echo(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{len(await request.body())}")


async def echo_frames(websocket: WebSocket) -> None:
    await websocket.accept()
    async for text in websocket.iter_text():
        await websocket.send_text(text)


ROUTES = [
    Route("/", echo, methods=["GET", "POST"]),
    WebSocketRoute("/live", echo_frames),
]


@contextmanager
def serving(protocol: type[asyncio.Protocol]) -> Iterator[int]:
    port = free_port()
    settings = Settings(port=port)
    config = server_config(Starlette(routes=ROUTES), settings, http=protocol, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield port
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving(Hurried) as port:
        yield port


@contextmanager
def line(port: int, *parts: bytes) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        for part in parts:
            connection.sendall(part)
        yield connection


def answer(port: int, *parts: bytes) -> bytes:
    """All that comes back until the server closes."""
    with line(port, *parts) as connection:
        return rest(connection)


def rest(connection: socket.socket) -> bytes:
    received = b""
    try:
        while data := connection.recv(65536):
            received += data
    except ConnectionResetError:
        pass
    return received


def status(received: bytes) -> int:
    return int(received.split(b" ", 2)[1]) if received else 0


def seconds_until_closed(connection: socket.socket, trickle: bytes = b"") -> float:
    """Sends one byte of `trickle` after the other, as slowly as a patient attacker."""
    began = time.monotonic()
    connection.settimeout(0.05)
    while time.monotonic() - began < 4 * RECEIVE_S:
        try:
            if trickle:
                connection.sendall(trickle)
            if not connection.recv(65536):
                break
        except TimeoutError:
            continue
        except OSError:
            break
    return time.monotonic() - began


HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"


def headers(size: int, count: int = 1) -> bytes:
    lines = [b"X-%d: %s\r\n" % (n, b"a" * (size // count - 10)) for n in range(count)]
    return HEAD + b"".join(lines) + b"\r\n"


def test_it_answers_an_ordinary_request(port: int) -> None:
    assert status(answer(port, HEAD, b"\r\n")) == 200


def test_it_answers_one_request_after_the_other_on_one_line(port: int) -> None:
    kept = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
    received = answer(port, kept + kept + HEAD + b"\r\n")
    assert received.count(b"HTTP/1.1 200") == 3


def test_it_keeps_a_line_open_between_requests(port: int) -> None:
    with line(port) as connection:
        for _ in range(3):
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert status(connection.recv(65536)) == 200
            time.sleep(RECEIVE_S * 1.2)


def test_it_takes_a_body_in_pieces(port: int) -> None:
    head = HEAD.replace(b"GET", b"POST") + b"Transfer-Encoding: chunked\r\n\r\n"
    received = answer(port, head, b"3\r\nabc\r\n", b"2\r\nde\r\n", b"0\r\n\r\n")
    assert received.endswith(b"5")


SLOW = {
    "a head without end": (HEAD, b"X"),
    "a request line without end": (b"GET /", b"a"),
    "a body that never comes": (
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\n",
        b"a",
    ),
    "blank lines": (b"\r\n", b"\r\n"),
    "one byte": (b"G", b""),
    "a second request without end": (b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /", b"a"),
}


@pytest.mark.parametrize("what", SLOW)
def test_it_cuts_what_arrives_too_slowly(port: int, what: str) -> None:
    begin, trickle = SLOW[what]
    with line(port, begin) as connection:
        took_s = seconds_until_closed(connection, trickle)
    assert RECEIVE_S * 0.8 < took_s < RECEIVE_S * 3


@pytest.mark.parametrize("what", ["a head without end", "a body that never comes"])
def test_bare_uvicorn_would_not_cut_it(what: str) -> None:
    begin, trickle = SLOW[what]
    with serving(HttpToolsProtocol) as port, line(port, begin) as connection:
        assert seconds_until_closed(connection, trickle) >= RECEIVE_S * 4


def test_it_says_why_it_cuts(port: int) -> None:
    received = answer(port, HEAD)
    assert status(received) == 408
    assert b"took too long to arrive" in received


def test_it_closes_a_line_on_which_nothing_is_said(port: int) -> None:
    with line(port) as connection:
        assert IDLE_S * 0.8 < seconds_until_closed(connection) < IDLE_S * 1.9


def test_hundreds_of_slow_lines_hold_nobody_up() -> None:
    """Cut one after the other they would take longer than anybody here waits for an answer."""
    with serving(Crowded) as port, ExitStack() as open_lines:
        slow = [open_lines.enter_context(line(port, HEAD)) for _ in range(SLOW_LINES)]
        assert status(answer(port, HEAD, b"\r\n")) == 200
        assert {status(rest(connection)) for connection in slow} == {408}


@pytest.mark.parametrize(
    "request_head",
    [
        headers(17_000),
        headers(17_000, 50),
        headers(300_000),
        headers(4_000, 101),
        HEAD + b"X: " + b"a" * 30_000,
    ],
)
def test_it_reads_no_endless_headers(port: int, request_head: bytes) -> None:
    assert status(answer(port, request_head)) == 431


@pytest.mark.parametrize("request_head", [headers(16_000), headers(12_000, 95)])
def test_it_reads_headers_that_just_fit(port: int, request_head: bytes) -> None:
    assert status(answer(port, request_head)) == 200
    assert status(answer(port, request_head[:9_000], request_head[9_000:])) == 200


@pytest.mark.parametrize(("length", "expected"), [(4_000, 200), (4_200, 414), (200_000, 414)])
def test_it_reads_no_endless_address(port: int, length: int, expected: int) -> None:
    address = b"/?" + b"a" * (length - 2)
    assert status(answer(port, HEAD.replace(b"GET /", b"GET " + address), b"\r\n")) == expected


@pytest.mark.parametrize(
    "request_head",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"NONSENSE\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nxyz\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0",
    ],
)
def test_it_refuses_what_is_no_clear_request(port: int, request_head: bytes) -> None:
    assert status(answer(port, request_head)) == 400


@contextmanager
def opened(port: int, count: int) -> Iterator[list[socket.socket]]:
    lines = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(count)]
    try:
        yield lines
    finally:
        for connection in lines:
            connection.close()


def soon(question: Callable[[], bool]) -> bool:
    ends = time.monotonic() + 5
    while not question():
        if time.monotonic() > ends:
            return False
        time.sleep(0.05)
    return True


def test_one_address_has_only_so_many_lines(port: int) -> None:
    assert soon(lambda: status(answer(port, HEAD, b"\r\n")) == 200)
    with opened(port, NEIGHBOURS):
        assert soon(lambda: status(answer(port)) == 429)
    assert soon(lambda: status(answer(port, HEAD, b"\r\n")) == 200)


def test_live_sockets_count_among_them(port: int) -> None:
    assert soon(lambda: status(answer(port, HEAD, b"\r\n")) == 200)
    with ExitStack() as stack:
        for _ in range(NEIGHBOURS):
            stack.enter_context(connect(f"ws://127.0.0.1:{port}/live"))
        assert soon(lambda: status(answer(port)) == 429)
    assert soon(lambda: status(answer(port, HEAD, b"\r\n")) == 200)


def test_a_live_socket_outlives_every_deadline(port: int) -> None:
    with connect(f"ws://127.0.0.1:{port}/live") as live:
        time.sleep(max(RECEIVE_S, IDLE_S) * 1.5)
        live.send("still here")
        assert live.recv(timeout=2) == "still here"
