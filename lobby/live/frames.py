"""The closed catalogue of what a server says on a live socket; nothing else is ever sent."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from lobby.live.channels import Announcement


@dataclass(frozen=True, slots=True)
class Hello:
    """The first word and the heartbeat: the build of the server, the version the room shows."""

    build: str
    version: int

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
    """A call to announce once. `ttl_s` spares the browser from trusting its own clock."""

    id: str
    ticket: str
    counter: str
    languages: tuple[str, ...]
    expires_at: str
    ttl_s: float

    @classmethod
    def of(cls, announcement: Announcement, now: datetime) -> "Call":
        return cls(
            id=announcement.id,
            ticket=announcement.ticket,
            counter=announcement.counter,
            languages=announcement.languages,
            expires_at=announcement.expires_at.isoformat(),
            ttl_s=round((announcement.expires_at - now).total_seconds(), 3),
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
