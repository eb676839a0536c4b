"""Every read and every write has a deadline, and strangers go before staff do."""

import socket
import time
from collections.abc import Iterator

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from lobby.web.connections import Connection, Connections, Standing
from lobby.web.http_limits import LimitedProtocol, Limits
from tests.web import test_limits
from tests.web.test_limits import HEAD, rest, seconds_until_closed, serving, status

SECURE = (b"content-security-policy: ", b"x-content-type-options: nosniff", b"x-request-id: ")
UPGRADE = (
    b"GET /live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


class Hurried(LimitedProtocol):
    limits = Limits(receive_s=0.5, first_s=0.5, idle_s=1.0, send_s=0.4)


class Unwatched(Hurried):
    def _look_at_sending(self) -> None:
        """As bare uvicorn."""

    def _cut_later(self, seconds: float) -> None:
        """As bare uvicorn."""


class AnyBody(Hurried):
    def _announces_body(self) -> bool:
        return False


async def much(request: Request) -> PlainTextResponse:
    return PlainTextResponse("a" * int(request.query_params["bytes"]))


@pytest.fixture(autouse=True)
def long_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_limits, "ROUTES", [*test_limits.ROUTES, Route("/much", much)])


@pytest.fixture
def port() -> Iterator[int]:
    with serving(Hurried) as port:
        yield port


def said(port: int, *parts: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        for part in parts:
            connection.sendall(part)
        return rest(connection)


BODIES = (
    b"Content-Length: 100000\r\n",
    b"Content-Length: 1\r\n",
    b"Transfer-Encoding: chunked\r\n",
)


@pytest.mark.parametrize("body", BODIES)
def test_it_refuses_a_live_socket_with_a_body(port: int, body: bytes) -> None:
    received = said(port, UPGRADE + body + b"\r\n" + b"a" * 10)
    assert status(received) == 400
    assert b"carries no body" in received


def test_it_would_notice_an_upgrade_that_may_have_a_body() -> None:
    with serving(AnyBody) as port, pytest.raises((AssertionError, TimeoutError)):
        test_it_refuses_a_live_socket_with_a_body(port, b"Content-Length: 100000\r\n")


@pytest.mark.parametrize(
    "parts", [(HEAD,), (UPGRADE + b"Content-Length: 9\r\n\r\n",), (b"NONSENSE\r\n\r\n",)]
)
def test_answers_that_no_application_gave_carry_the_headers_too(
    port: int, parts: tuple[bytes, ...]
) -> None:
    received = said(port, *parts)
    assert status(received) in (400, 408)
    assert all(header in received for header in SECURE)


def is_cut_while_it_reads_nothing(port: int, size: int) -> bool:
    """A client with a small window that asks and then takes nothing: did the server let go?"""
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", port))
        connection.sendall(b"GET /much?bytes=%d HTTP/1.1\r\nHost: localhost\r\n\r\n" % size)
        time.sleep(2.5)
        connection.settimeout(2)
        try:
            return len(rest(connection)) < size
        except TimeoutError:
            return False


def test_it_cuts_who_does_not_take_the_answer(port: int) -> None:
    assert is_cut_while_it_reads_nothing(port, 20_000_000)


def test_it_would_notice_a_write_without_a_deadline() -> None:
    with serving(Unwatched) as port:
        assert not is_cut_while_it_reads_nothing(port, 20_000_000)


def test_who_takes_it_slowly_gets_all_of_it(port: int) -> None:
    size, received = 3_000_000, 0
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(
            b"GET /much?bytes=%d HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" % size
        )
        while data := connection.recv(65_536):
            received += len(data)
            time.sleep(0.02)
    assert received > size


def test_it_closes_a_line_that_never_asks_anything(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        assert seconds_until_closed(connection) < 1.9


class Crowd:
    """People at a door with few places; `gone` are those who had to go, in that order."""

    def __init__(self, capacity: int) -> None:
        self.connections = Connections(capacity)
        self.gone: list[str] = []

    def come(self, name: str, address: str, standing: Standing = Standing.STRANGER) -> Connection:
        connection = Connection(address, lambda: self.gone.append(name))
        assert self.connections.admit(connection), name
        self.connections.is_known(connection, standing)
        return connection


def test_the_most_silent_of_the_largest_crowd_goes_first() -> None:
    crowd = Crowd(4)
    crowd.come("alone", "10.0.0.1")
    first = crowd.come("first", "10.0.0.2")
    crowd.come("second", "10.0.0.2")
    crowd.come("third", "10.0.0.2")
    crowd.connections.was_heard(first)
    crowd.come("late", "10.0.0.3")
    crowd.come("later", "10.0.0.3")
    assert crowd.gone == ["second", "third"]
    assert crowd.connections.count == 4
    assert crowd.connections.shed == 2


def test_staff_never_go_for_strangers() -> None:
    crowd = Crowd(4)
    for number in range(3):
        crowd.come(f"staff {number}", "10.0.0.1", Standing.STAFF)
    for number in range(20):
        crowd.come(f"stranger {number}", f"10.0.{number}.2")
    assert crowd.gone == [f"stranger {number}" for number in range(19)]


def test_customers_leave_room_for_staff() -> None:
    crowd = Crowd(16)
    for number in range(16):
        crowd.come(f"customer {number}", "10.0.0.1", Standing.CUSTOMER)
    assert crowd.connections.counts[Standing.CUSTOMER] == crowd.connections.customers_max == 14
    for number in range(4):
        crowd.come(f"staff {number}", "10.0.0.2", Standing.STAFF)
        if number == 1:
            break
    assert crowd.gone == ["customer 14", "customer 15"]


def test_nobody_is_let_in_where_nobody_can_go() -> None:
    crowd = Crowd(2)
    crowd.come("teller", "10.0.0.1", Standing.STAFF)
    crowd.come("head", "10.0.0.1", Standing.STAFF)
    assert not crowd.connections.admit(Connection("10.0.0.2", lambda: None))


def test_whoever_has_left_is_counted_no_more() -> None:
    crowd = Crowd(4)
    one = crowd.come("one", "10.0.0.1")
    two = crowd.come("two", "10.0.0.1", Standing.STAFF)
    for connection in (one, two, one, two):
        crowd.connections.leave(connection)
    assert crowd.connections.count == 0
    assert crowd.connections.of_address("10.0.0.1") == 0
