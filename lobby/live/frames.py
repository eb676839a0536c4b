"""The closed catalogue of what a server says on a live socket; nothing else is ever sent."""

import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from lobby.live.changes import Announcement


def seconds_now() -> float:
    """Of the wall, whatever the branch's own clock says: only differences of it are used."""
    return round(time.time(), 3)


@dataclass(frozen=True, slots=True)
class Hello:
    """The first word and the heartbeat: the build of the server, the version the room shows, and
    the server's own seconds, by which a screen notices how late a call has come to it."""

    build: str
    version: int
    at: float = field(default_factory=seconds_now)

    def text(self) -> str:
        return _text("hello", asdict(self))


@dataclass(frozen=True, slots=True)
class Regions:
    """Every region of the page, as inner HTML by region id: any one frame makes the page true."""

    version: int
    regions: Mapping[str, str]

    def text(self) -> str:
        regions = {region: str(html) for region, html in self.regions.items()}
        return _text("regions", {"version": self.version, "regions": regions})


@dataclass(frozen=True, slots=True)
class Call:
    """A call to announce once. `ttl_s` was left of it `at` the time of the server at which it was
    sent: a browser need not trust its own clock, nor a slow line."""

    id: str
    ticket: str
    counter: str
    languages: tuple[str, ...]
    expires_at: str
    ttl_s: float
    modes: tuple[str, ...] = ("voice", "display")
    at: float = field(default_factory=seconds_now)

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

    def text(self) -> str:
        return _text("call", asdict(self))


@dataclass(frozen=True, slots=True)
class Refused:
    """Why something asked over the socket was not done, as a sentence for a person."""

    sentence: str

    def text(self) -> str:
        return _text("refused", asdict(self))


@dataclass(frozen=True, slots=True)
class Goodbye:
    """The server ends the conversation; the page comes back after about `retry_s`."""

    reason: str
    retry_s: float

    def text(self) -> str:
        return _text("goodbye", asdict(self))


def _text(frame: str, fields: Mapping[str, object]) -> str:
    return json.dumps({"frame": frame, **fields}, ensure_ascii=False, separators=(",", ":"))
