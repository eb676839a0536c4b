"""Every read and every write has a deadline, and strangers go before staff do."""

import asyncio
import socket
import time
from collections.abc import Iterator

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from lobby.web.connections import CONNECTION, Connection, Standing
from lobby.web.http_limits import LimitedProtocol, Limits
from tests.app.ports import untaken_bytes
from tests.web import test_limits
from tests.web.test_limits import HEAD, rest, seconds_until_closed, serving, soon, status

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

    def _let_system_give_up(self, line: socket.socket | None) -> None:
        """As bare uvicorn."""


class Forgetful(Hurried):
    def _let_system_give_up(self, line: socket.socket | None) -> None:
        """Whatever the system has taken is none of its business any more."""


class NeverIdle(Hurried):
    def timeout_keep_alive_handler(self) -> None:
        """Who has asked once may stay."""


class AnyBody(Hurried):
    def _announces_body(self) -> bool:
        return False


class Strict(LimitedProtocol):
    """Nobody is exempt, and strangers have little time between two requests."""

    limits = Limits(stranger_idle_s=0.4, exempt_addresses=frozenset())


async def known(request: Request) -> PlainTextResponse:
    """As the application does for whoever is signed in, and for paired devices."""
    request.scope[CONNECTION].is_known(Standing.STAFF)
    return PlainTextResponse("good morning")


async def much(request: Request) -> PlainTextResponse:
    return PlainTextResponse("a" * int(request.query_params["bytes"]))


@pytest.fixture(autouse=True)
def long_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    routes = [*test_limits.ROUTES, Route("/much", much), Route("/known", known)]
    monkeypatch.setattr(test_limits, "ROUTES", routes)


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


def kept_after_the_end(port: int, ending: bytes) -> int:
    """Bytes that the system still keeps for a client that has asked, and then takes nothing of an
    answer small enough to be taken over by the system at once."""
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", port))
        connection.sendall(b"GET /much?bytes=100000 HTTP/1.1\r\nHost: localhost\r\n" + ending)
        assert soon(lambda: untaken_bytes(port) > 0)
        time.sleep(2.5)
        return untaken_bytes(port)


ENDINGS = {"closed at once": b"Connection: close\r\n\r\n", "closed when idle": b"\r\n"}


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
def test_the_system_keeps_nothing_for_who_takes_nothing(port: int, ending: bytes) -> None:
    assert kept_after_the_end(port, ending) == 0


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
def test_it_would_notice_what_the_system_keeps(ending: bytes) -> None:
    with serving(Forgetful) as port:
        assert kept_after_the_end(port, ending) > 0


def is_closed_between_requests(port: int) -> bool:
    """A line on which something was asked, and answered, and then nothing more is said."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert status(connection.recv(65_536)) == 200
        return seconds_until_closed(connection) < 1.9


def test_it_closes_a_line_that_asks_nothing_more(port: int) -> None:
    assert is_closed_between_requests(port)


def test_it_would_notice_a_server_without_an_idle_deadline() -> None:
    with serving(NeverIdle) as port:
        assert not is_closed_between_requests(port)


def check_a_line_of_staff_stays(port: int) -> None:
    request = b"GET /known HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        for _ in range(2):
            connection.sendall(request)
            assert status(connection.recv(65_536)) == 200
            time.sleep(1.2)


def test_a_line_of_staff_outlives_the_deadline_of_strangers() -> None:
    with serving(Strict) as port:
        check_a_line_of_staff_stays(port)


def test_it_would_notice_staff_who_are_taken_for_strangers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Connection, "is_known", lambda _self, _standing: None)
    with serving(Strict) as port, pytest.raises((AssertionError, ConnectionError)):
        check_a_line_of_staff_stays(port)


class Full(Hurried):
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Nobody can go, and there is no place."""
        super().connection_made(transport)
        if not self._is_refused:
            self._refuse(503)


def test_it_says_in_one_sentence_that_there_is_no_room() -> None:
    with serving(Full) as port:
        received = said(port, HEAD + b"\r\n")
    head, _, words = received.partition(b"\r\n\r\n")
    assert status(received) == 503
    assert b"retry-after: 2" in head
    assert all(header in head for header in SECURE)
    assert words == b"There are too many connections now. Please try again in a moment.\n"


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
