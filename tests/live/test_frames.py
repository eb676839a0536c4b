"""What is said on a live socket, to the letter: pages of an older build still read it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from lobby.live.changes import Announcement
from lobby.live.frames import Call, Goodbye, Hello, Refused, Regions

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ANNOUNCED = Announcement(
    "c1", "A012", "3", ("vi", "en"), NOW + timedelta(seconds=9), service="A01", pager="7"
)


def test_it_says_every_frame_of_the_catalogue() -> None:
    frames = (
        Hello("build-1", 7, at=1.5),
        Regions(7, {"calls": "<p>Quầy 3</p>"}),
        replace(Call.of(ANNOUNCED, NOW), at=2.5),
        Refused("Nobody waits"),
        Goodbye("restart", 2.0),
    )
    assert [json.loads(frame.text()) for frame in frames] == [
        {"frame": "hello", "build": "build-1", "version": 7, "at": 1.5},
        {"frame": "regions", "version": 7, "regions": {"calls": "<p>Quầy 3</p>"}},
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
        {"frame": "refused", "sentence": "Nobody waits"},
        {"frame": "goodbye", "reason": "restart", "retry_s": 2.0},
    ]
