"""A socket that is no more than a list: what was sent, and whether the client keeps up."""

import json
from typing import Any

from lobby.live.channels import Rendering
from lobby.live.frames import Batch
from lobby.live.hub import Hub
from lobby.live.session import Session


class Client:
    """Stands at a hub. `is_ready` False: it has not taken all it was sent, so nothing more comes;
    `catch_up` is the moment at which it has."""

    def __init__(self, hub: Hub, rendering: Rendering) -> None:
        self.is_ready = True
        self.is_allowed = True
        self.batches: list[Batch] = []
        self.closed: tuple[int, str] | None = None
        self.cuts = 0
        self.session: Session
        hub.join(self, rendering, lambda: self.is_allowed)

    def begin(self, session: Session) -> None:
        self.session = session

    def write(self, batch: Batch) -> None:
        assert self.is_ready, "written to although it has not taken what came before"
        self.batches.append(batch)

    def end(self, last: Batch, code: int, reason: str) -> None:
        self.batches.append(last)
        self.closed = code, reason

    def abort(self) -> None:
        self.cuts += 1

    def catch_up(self) -> None:
        self.is_ready = True
        self.session.resumed()

    def take(self, *kinds: str) -> list[dict[str, Any]]:
        """The frames since the last time, of these kinds; hellos only if asked for."""
        batches, self.batches = self.batches, []
        frames = [json.loads(text) for batch in batches for text in batch.texts]
        wanted = kinds or ("regions", "call", "goodbye")
        return [frame for frame in frames if frame["frame"] in wanted]

    def numbers(self) -> list[str]:
        """What the pictures since the last time showed, where a picture is one number."""
        pictures = [frame["regions"]["number"] for frame in self.take("regions")]
        return [html.split("<b>")[1].split("</b>")[0] for html in pictures]

    def calls(self) -> list[str]:
        return [frame["id"] for frame in self.take("call")]
