"""One branch's forecast: the whole board now, better with every event it has seen.

Pure: a hall goes in, numbers come out. One thread uses it at a time.
"""

import json
from datetime import datetime

import numpy as np

from lobby.forecast.estimate import Board, Estimate
from lobby.forecast.forward import run
from lobby.forecast.knowledge import Knowledge
from lobby.forecast.learning import Learner
from lobby.forecast.reading import scene_of
from lobby.forecast.telling import Teller, board_of, quantiles
from lobby.queueing.events import Event
from lobby.queueing.hall import Hall
from lobby.queueing.plan import Plan

REPLICATES = 200
"""Futures of one hall: their quantiles are steady to a few per cent."""


class Forecaster:
    """Deterministic: the same hall, time, knowledge and seed give the same board."""

    def __init__(self, knowledge: Knowledge, seed: int = 0, replicates: int = REPLICATES) -> None:
        self.knowledge, self.seed, self.replicates = knowledge, seed, replicates
        self.learner = Learner(knowledge)
        self.promises: dict[str, tuple[datetime, Estimate]] = {}

    @classmethod
    def from_json(cls, text: str, plan: Plan, seed: int = 0) -> "Forecaster":
        """What `to_json` kept, over a plan that may have changed since."""
        kept = json.loads(text)
        forecaster = cls(Knowledge.of(plan), seed)
        forecaster.knowledge.restore(kept["knowledge"])
        return forecaster

    def to_json(self) -> str:
        return json.dumps({"knowledge": self.knowledge.plain()})

    def observe(self, event: Event, before: Hall, after: Hall) -> None:
        """Each event of the branch, in order; halls as they were before and after it."""
        self.learner.observe(event, before, after)

    def told(self, number: str, estimate: Estimate, at: datetime) -> None:
        """What a new ticket was told, to be held against its wait when it is called."""
        self.promises[number] = (at, estimate)

    def board(self, hall: Hall, now: datetime) -> Board:
        """What everybody who waits, and who would come now, may expect."""
        rng = np.random.default_rng((self.seed, hall.version))
        reading = scene_of(hall, now, self.knowledge, rng, self.replicates)
        waits_s = quantiles(run(reading.scene, rng))
        teller = Teller(hall, now, self.knowledge)
        tickets, services = board_of(teller, reading.tickets, reading.ghosts, waits_s)
        return Board(hall.version, now, tickets, services)
