"""What is said on a live socket, to the letter: pages of an older build still read it."""

import json
from datetime import UTC, datetime, timedelta

import msgspec
from msgspec import Raw, structs

from lobby.live.changes import Announcement
from lobby.live.frames import Batch, Call, Goodbye, Hello, Regions

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ANNOUNCED = Announcement(
    "c1", "A012", "3", ("vi", "en"), NOW + timedelta(seconds=9), service="A01", pager="7"
)


def test_it_says_every_frame_of_the_catalogue() -> None:
    frames = (
        Hello("build-1", "e1", 7, 3, at=1.5),
        Regions("e1", 7, 3, 2, {"calls": Raw(msgspec.json.encode("<p>Quầy 3</p>"))}),
        structs.replace(Call.of(ANNOUNCED, NOW), at=2.5),
        Goodbye("restart", 2.0),
    )
    assert [json.loads(frame.encode()) for frame in frames] == [
        {
            "frame": "hello",
            "build": "build-1",
            "epoch": "e1",
            "version": 7,
            "picture": 3,
            "at": 1.5,
        },
        {
            "frame": "regions",
            "epoch": "e1",
            "version": 7,
            "picture": 3,
            "since": 2,
            "regions": {"calls": "<p>Quầy 3</p>"},
        },
        {
            "frame": "call",
            "id": "c1",
            "ticket": "A012",
            "counter": "3",
            "languages": ["vi", "en"],
            "expires_at": "2026-03-02T02:00:09+00:00",
            "ttl_s": 9.0,
            "modes": ["voice", "display"],
            "at": 2.5,
        },
        {"frame": "goodbye", "reason": "restart", "retry_s": 2.0},
    ]


def test_it_makes_the_bytes_of_a_websocket_once() -> None:
    short, long = b"{}", b"x" * 70_000
    batch = Batch.of(short, long)
    assert batch.texts == (short, long)
    assert batch.wire == b"\x81\x02{}" + b"\x81\x7f" + (70_000).to_bytes(8) + long
