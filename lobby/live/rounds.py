"""Goes round all sessions for ever: may they still look, do they keep up, and a hello to each."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from lobby.live.channels import Channel
from lobby.live.frames import Batch
from lobby.live.session import Session

SLICES = 10
"""A round is made in so many steps: a thousand hellos at once would hold up a call."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often things happen on a live socket; tests hurry them."""

    hello_s: float = 2.0
    look_again_s: float = 5.0  # minutes pass on a screen even when nothing happens
    allowed_s: float = 1.0
    send_deadline_s: float = 10.0


class Rounds:
    """Each session belongs to one slice for all its life, so it is visited once every
    `allowed_s`, and greeted once every `hello_s` or so."""

    def __init__(self, pace: Pace, hello_of: Callable[[Channel], Batch | None]) -> None:
        self._pace = pace
        self._hello_of = hello_of
        self._slices: tuple[dict[Session, None], ...] = tuple({} for _ in range(SLICES))
        self._numbers = count()

    def add(self, session: Session) -> None:
        self._slices[next(self._numbers) % SLICES][session] = None

    def remove(self, session: Session) -> None:
        for part in self._slices:
            part.pop(session, None)

    def everybody(self) -> list[Session]:
        return [session for part in self._slices for session in part]

    async def run(self) -> None:
        hello_every = max(1, round(self._pace.hello_s / self._pace.allowed_s))
        for step in count(1):
            await asyncio.sleep(self._pace.allowed_s / SLICES)
            turn, part = divmod(step, SLICES)
            self._visit(part, greets=(turn + part) % hello_every == 0)

    def _visit(self, part: int, *, greets: bool) -> None:
        hellos: dict[Channel, Batch | None] = {}
        for session in tuple(self._slices[part]):
            session.check(self._pace.send_deadline_s)
            if greets:
                channel = session.channel
                if channel not in hellos:
                    hellos[channel] = self._hello_of(channel)
                session.greet(hellos[channel])
