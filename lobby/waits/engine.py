"""The forecast worker of one branch: follows the event log, learns from it, makes snapshots.

Everything here runs in a worker thread, one call at a time, and touches nothing of the event
loop. It follows the branch by reading the log, so what it learns depends on nobody's telling it.
"""

import time
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
import structlog
from msgspec import structs

from lobby.forecast.estimate import Cause, Estimate, Snapshot, Why
from lobby.queueing.events.event import DayOpened, Event
from lobby.queueing.evolve.dispatch import evolve
from lobby.queueing.evolve.step import Step
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Plan
from lobby.store.announced_waits import AnnouncedWaitRow, load_announced_waits
from lobby.store.forecast_state import Learned, load_forecast_state
from lobby.store.log import events_between, events_of_last_day
from lobby.store.past_days import events_of_day, past_days
from lobby.store.store import Store
from lobby.waits.renewal import FirstAnnouncement

if TYPE_CHECKING:
    from lobby.forecast.forecaster import Forecaster
    from lobby.forecast.outlook import WhatIf

log = structlog.get_logger()

FORECAST = "forecast"
"""The name under which a branch keeps what it has learned."""

PAST_DAYS = 14
"""How far a branch looks back that learns for the first time."""

REST_EVENTS, REST_S = 100, 0.002
"""Long lessons are cut into short ones: whoever calls or takes a number goes first."""


class SavedState(msgspec.Struct, frozen=True):
    """What is stored: the forecaster's own words, and the last event that they know of."""

    version: int
    forecaster: str


class ForecastWorker:
    def __init__(self, branch_id: str, store: Store) -> None:
        self._branch_id = branch_id
        self._store = store
        self._forecaster: Forecaster | None = None
        self._hall: Hall | None = None
        self._first_announcements: dict[str, FirstAnnouncement] = {}

    def has_lessons(self, hall: Hall) -> bool:
        """Whether the next step takes longer than a snapshot: a start, or a night to think over."""
        return self._hall is None or self._hall.day != hall.day

    def follow(
        self, hall: Hall, steps: Iterable[Step], first_words: Iterable[FirstAnnouncement]
    ) -> None:
        """Learn from everything up to this hall, in its order: from these steps, and from the log
        what is not among them."""
        self._first_announcements |= {word.number: word for word in first_words}
        if self._hall is None or self._forecaster is None:
            self._begin(hall.plan)
        assert self._hall is not None, "begun"
        self._follow_steps(step for step in steps if step.after.version <= hall.version)
        self._follow_log(hall.version)
        if self._hall.plan is not hall.plan:
            self._hall = structs.replace(self._hall, plan=hall.plan)

    def _follow_steps(self, steps: Iterable[Step]) -> None:
        for count, (event, before, after) in enumerate(steps, start=1):
            assert self._hall is not None, "begun"
            if after.version <= self._hall.version:
                continue
            self._follow_log(before.version)
            self._hall = after
            self._observe(event, before, after)
            if count % REST_EVENTS == 0:
                time.sleep(REST_S)

    def _follow_log(self, version: int) -> None:
        assert self._hall is not None, "begun"
        if version > self._hall.version:
            self._learn(self._read(events_between, self._hall.version + 1, version))

    def snapshot(self, now: datetime) -> Snapshot:
        """Of the hall that was followed last. Raises `ForecastError` at worst."""
        assert self._forecaster is not None and self._hall is not None, "followed before"
        return self._forecaster.snapshot(self._hall, now)

    def foresee(self, hall: Hall, now: datetime) -> Mapping[str, float]:
        """The P90 of each wait in a hall that is not, in seconds, by the chances of the last
        snapshot."""
        assert self._forecaster is not None, "followed before"
        return self._forecaster.foresee(hall, now)

    def what_if(self, now: datetime) -> "WhatIf":
        """What one counter more or fewer would change in the hall that was followed last."""
        from lobby.forecast.whatif import what_if  # noqa: PLC0415

        assert self._forecaster is not None and self._hall is not None, "followed before"
        return what_if(self._hall, now, self._forecaster.knowledge)

    def learned(self, now: datetime) -> Learned | None:
        """What is worth keeping; None before anything was followed."""
        if self._forecaster is None or self._hall is None:
            return None
        kept = SavedState(self._hall.version, self._forecaster.to_json())
        content = msgspec.json.encode(kept).decode()
        return Learned(self._branch_id, FORECAST, now, content)

    def _begin(self, plan: Plan) -> None:
        """What was kept, and today's events since; or all that the log still tells."""
        # Here and not above: the first page need not wait for what only forecasts need.
        from lobby.forecast.forecaster import Forecaster  # noqa: PLC0415
        from lobby.forecast.knowledge import Knowledge  # noqa: PLC0415

        known, text = 0, self._read(load_forecast_state, FORECAST)
        try:
            if text is not None:
                kept = msgspec.json.decode(text, type=SavedState)
                self._forecaster = Forecaster.from_json(kept.forecaster, plan, seed=0)
                known = kept.version
        except (msgspec.MsgspecError, KeyError, TypeError, ValueError) as error:
            log.warning("what was learned cannot be read", branch=self._branch_id, why=repr(error))
        before, events = self._read(events_of_last_day)
        if self._forecaster is None:
            self._forecaster = Forecaster(Knowledge.of(plan), seed=0)
            self._learn_the_past(plan)
        self._hall = Hall.empty(plan, before)
        self._remember_announcements(events)
        self._learn(events, known)

    def _learn_the_past(self, plan: Plan) -> None:
        for day in self._read(past_days, PAST_DAYS):
            found = self._read(events_of_day, day)
            if found is None:
                continue
            before, events = found
            self._hall = Hall.empty(plan, before)
            try:
                self._learn(events)
            except (KeyError, ValueError, AssertionError) as error:
                # A day of a plan that has changed since: what was learned of it stays.
                log.info("a past day was left", branch=self._branch_id, day=day, why=repr(error))

    def _remember_announcements(self, events: Iterable[Event]) -> None:
        """What today's tickets were told before this process began."""
        day = next((event.day for event in events if isinstance(event, DayOpened)), None)
        for row in self._read(load_announced_waits, day) if day else ():
            word = FirstAnnouncement(row.number, _estimate(row), row.at)
            self._first_announcements.setdefault(row.number, word)

    def _learn(self, events: Iterable[Event], known: int = 0) -> None:
        assert self._forecaster is not None and self._hall is not None, "begun"
        for count, event in enumerate(events, start=1):
            before, self._hall = self._hall, evolve(self._hall, event)
            if self._hall.version > known:
                self._observe(event, before, self._hall)
            if count % REST_EVENTS == 0:
                time.sleep(REST_S)

    def _observe(self, event: Event, before: Hall, after: Hall) -> None:
        assert self._forecaster is not None, "begun"
        self._forecaster.observe(event, before, after)
        if isinstance(event, DayOpened):
            self._first_announcements.clear()
        word = (
            self._first_announcements.pop(event.number, None) if hasattr(event, "number") else None
        )
        if word is not None:
            self._forecaster.told(word.number, word.estimate, word.at)

    def _read(self, work: Any, *arguments: Any) -> Any:
        return self._store.read_now(
            lambda connection: work(connection, self._branch_id, *arguments)
        )


def _estimate(row: AnnouncedWaitRow) -> Estimate:
    why = Why(Cause.AHEAD, row.ahead)
    quantiles_s = (row.p10_s, row.p25_s, row.p50_s, row.p75_s, row.p90_s)
    return Estimate(*quantiles_s, ahead=row.ahead, counters=0, why=why, naive_s=row.naive_s)
