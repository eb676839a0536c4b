"""The closed catalogue of what a server says on a live socket; nothing else is ever sent."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec
from websockets.frames import Frame as WebSocketFrame
from websockets.frames import Opcode

from lobby.live.changes import Announcement

ENCODER = msgspec.json.Encoder()


def seconds_now() -> float:
    """Of the wall, whatever the branch's own clock says: only differences of it are used."""
    return round(time.time(), 3)


class Frame(msgspec.Struct, frozen=True, tag_field="frame", tag=str.lower):
    """Goes as JSON; `frame` is the kind."""

    def encode(self) -> bytes:
        return ENCODER.encode(self)


class Hello(Frame, frozen=True):
    """The first word and the heartbeat: the build of the server, the epoch in which versions are
    counted, the version and the number of the picture that the page should show by now, and the
    server's own seconds, by which a screen notices how late a call has come to it."""

    build: str
    epoch: str
    version: int
    picture: int = 0
    at: float = msgspec.field(default_factory=seconds_now)


class Regions(Frame, frozen=True):
    """Inner HTML by region id, already as JSON: all regions that have changed after the picture
    `since`. It makes a page true that shows that picture or a later one; where `since` is 0 any
    page, for then all regions are there. `picture` is what the page shows from now on.
    Versions of another `epoch` do not tell which is the later."""

    epoch: str
    version: int
    picture: int
    since: int
    regions: Mapping[str, msgspec.Raw]


class Call(Frame, frozen=True):
    """A call to announce once. `ttl_s` was left of it `at` the time of the server at which it was
    sent: a browser need not trust its own clock, nor a slow line."""

    id: str
    ticket: str
    counter: str
    languages: tuple[str, ...]
    expires_at: str
    ttl_s: float
    modes: tuple[str, ...] = ("voice", "display")
    at: float = msgspec.field(default_factory=seconds_now)

    @classmethod
    def of(cls, announcement: Announcement, now: datetime) -> "Call":
        return cls(
            id=announcement.id,
            ticket=announcement.ticket,
            counter=announcement.counter,
            languages=announcement.languages,
            expires_at=announcement.expires_at.isoformat(),
            ttl_s=round((announcement.expires_at - now).total_seconds(), 3),
            modes=announcement.modes,
        )


class Goodbye(Frame, frozen=True):
    """The server ends the conversation; the page comes back after about `retry_s`."""

    reason: str
    retry_s: float


@dataclass(frozen=True, slots=True)
class Batch:
    """Frames that go out together: each as JSON, and all of them as the bytes of a websocket, made
    once for however many sockets."""

    texts: tuple[bytes, ...]
    wire: bytes

    @classmethod
    def of(cls, *texts: bytes) -> "Batch":
        frames = (WebSocketFrame(Opcode.TEXT, text) for text in texts)
        return cls(texts, b"".join(frame.serialize(mask=False) for frame in frames))
