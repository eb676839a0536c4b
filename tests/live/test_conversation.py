"""A live socket from its first word to its last, over a real connection."""

import struct
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from websockets.exceptions import ConnectionClosed, ConnectionClosedError

from tests.app.server import Running, wait_until
from tests.live.raw import close_code, raw_client, silent_client
from tests.live.stage import Stage, hear, hear_until, is_frame, on_stage


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def server(stage: Stage) -> Iterator[Running]:
    with on_stage(stage) as server:
        yield server


def test_it_greets_then_shows_the_picture(server: Running) -> None:
    with server.connect() as client:
        hello = hear(client)
        assert abs(hello.pop("at") - time.time()) < 60
        assert hello == {
            "frame": "hello",
            "build": "build-1",
            "epoch": "",
            "version": 0,
            "picture": 0,
        }
        assert hear(client) == {
            "frame": "regions",
            "epoch": "",
            "version": 0,
            "picture": 1,
            "since": 0,
            "regions": {"number": "<b>0</b>"},
        }


def test_it_says_hello_in_silence_with_the_version_that_the_page_shows(
    server: Running, stage: Stage
) -> None:
    with server.connect() as client:
        server.soon(stage.move_on)
        hear_until(client, is_frame("regions", version=1))
        frames = hear_until(client, is_frame("hello"))
        assert frames[-1]["version"] == 1


def test_it_shows_a_change_and_announces_its_call(server: Running, stage: Stage) -> None:
    with server.connect() as client:
        hear_until(client, is_frame("regions"))
        server.soon(lambda: stage.move_on(calls=1))
        frames = hear_until(client, is_frame("call"))
        assert [frame["frame"] for frame in frames if frame["frame"] != "hello"] == [
            "regions",
            "call",
        ]
        assert frames[-1]["ticket"] == "A001"
        assert 29 < frames[-1]["ttl_s"] <= 30


def test_it_gives_who_comes_back_the_truth_and_the_call_that_was_missed(
    server: Running, stage: Stage
) -> None:
    with server.connect() as client:
        hear_until(client, is_frame("regions"))
    for _ in range(3):
        server.soon(lambda: stage.move_on(calls=1))
    with server.connect() as client:
        frames = hear_until(client, is_frame("call", ticket="A003"))
        shown = [frame for frame in frames if frame["frame"] == "regions"]
        assert shown[-1]["version"] == 3
        assert shown[-1]["regions"] == {"number": "<b>3</b>"}
        assert [frame["ticket"] for frame in frames if frame["frame"] == "call"] == [
            "A001",
            "A002",
            "A003",
        ]


def test_it_sends_away_a_screen_whose_permission_ended(server: Running, stage: Stage) -> None:
    with server.connect() as client:
        hear_until(client, is_frame("regions"))
        stage.allowed = False
        started = time.monotonic()
        assert hear_until(client, is_frame("goodbye"))[-1]["reason"] == "revoked"
        with pytest.raises(ConnectionClosedError) as closed:
            client.recv(5)
        assert time.monotonic() - started < 1
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1008


def test_it_says_goodbye_to_everyone_and_stops_at_once(server: Running) -> None:
    with ExitStack() as connections:
        clients = [connections.enter_context(server.connect()) for _ in range(10)]
        for client in clients:
            hear_until(client, is_frame("regions"))
        started = time.monotonic()
        server.server.should_exit = True
        for client in clients:
            assert hear_until(client, is_frame("goodbye"))[-1]["reason"] == "restart"
            with pytest.raises(ConnectionClosed) as closed:
                client.recv(5)
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 1012
    server.stop(within_s=5)
    assert time.monotonic() - started < 3


def test_it_stops_although_a_client_reads_nothing(server: Running, stage: Stage) -> None:
    stage.filling = "x" * 8_000_000  # more than the system itself would hold for the client
    with silent_client(server):
        wait_until(lambda: stage.hub.tally.sockets_open[0] == 1, 5)
        server.soon(stage.move_on)
        started = time.monotonic()
        server.stop(within_s=8)
        assert time.monotonic() - started < 5


def test_it_shows_a_talkative_client_the_door_and_no_other(server: Running) -> None:
    with server.connect() as quiet, server.connect() as talkative:
        for _ in range(21):
            talkative.send("a page of ours says nothing")
        assert hear_until(talkative, is_frame("goodbye"))[-1]["reason"] == "too_talkative"
        hear_until(quiet, is_frame("regions"))
        assert hear_until(quiet, is_frame("hello"))[-1]["version"] == 0


def masked(first: int, payload: bytes, length: int | None = None) -> bytes:
    """A client's frame with a mask of zeros, so that the payload stands in it as it is."""
    size = len(payload) if length is None else length
    if size < 126:
        return struct.pack("!BB", first, 0x80 | size) + bytes(4) + payload
    return struct.pack("!BBQ", first, 0x80 | 127, size) + bytes(4) + payload


@pytest.mark.parametrize(
    ("what", "data", "code"),
    [
        ("no mask", b"\x81\x05hello", 1002),
        ("a reserved bit", masked(0xC1, b"hello"), 1002),
        ("an unknown opcode", masked(0x83, b"hello"), 1002),
        ("a control frame in pieces", masked(0x09, b""), 1002),
        ("a ping that is too long", masked(0x89, b"x" * 126), 1002),
        ("broken text", masked(0x81, b"\xff\xfe"), 1007),
        ("a message that is too long", masked(0x81, b"", length=1 << 20), 1009),
        ("empty pieces without end", masked(0x01, b"") + masked(0x00, b"") * 1000, 1008),
    ],
)
def test_it_closes_on_a_malformed_frame_and_hinders_no_other(
    server: Running, stage: Stage, what: str, data: bytes, code: int
) -> None:
    with server.connect() as healthy, raw_client(server) as offender:
        hear_until(healthy, is_frame("regions"))
        offender.sendall(data)
        assert close_code(offender) == code, what
        server.soon(stage.move_on)
        assert hear_until(healthy, is_frame("regions", version=1))
