"""Plans for days to come: asked for by a page, worked out in a process of its own, remembered.

Two questions at a time at most: one that somebody waits for, and one of the week. What takes too
long is ended. Nothing here runs in the event loop, or beside it in a thread for longer than a read
of the record.
"""

import asyncio
import pickle
import sys
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

import anyio.to_thread
import structlog

from lobby.clock import Clock
from lobby.planning.arrivals import Forecast, forecast, usual_counters
from lobby.planning.past import HALF_HOURS, Past
from lobby.planning.reading import past_of
from lobby.planning.roster import Roster, whole
from lobby.planning.work import DayAnswer, DayQuestion
from lobby.queueing.model.plan import Plan
from lobby.store.past_arrivals import past_record
from lobby.store.store import Store
from lobby.triage.hours import Spans

log = structlog.get_logger()

PATIENCE_S = 90.0
"""The search for the busiest day of a large branch takes a third of this on a small machine."""

REMEMBERED_MAX = 200
"""Answers: a few weeks of days and some rosters for each of a bank's busiest branches."""

ASKED_MAX = 40
"""Questions under way or waiting: a week for each of five heads. Beyond, none is taken."""

WORTH_OPENING = 0.25
"""Of a counter or a person in half an hour: with less, a branch without hours is not open then."""

HoursOf = Callable[[date], Spans | None]
"""The spans in which counters serve on a day; None for a branch that has set no hours."""


class State(StrEnum):
    TOO_FEW = "too_few"
    CLOSED = "closed"
    WORKING = "working"
    BUSY = "busy"
    FAILED = "failed"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class DayPlanned:
    """What can be said of `day`. `learned_from` so many past days; `forecast` and `usual` where
    there are enough; `answer` once it is ready."""

    day: date
    state: State
    learned_from: int = 0
    forecast: Forecast | None = None
    usual: Roster = ()
    answer: DayAnswer | None = None


@dataclass(slots=True)
class _Asked:
    plan: Plan
    made_on: date
    task: "asyncio.Task[DayAnswer | None]"


Key = tuple[str, date, Roster | None]


class Planning:
    def __init__(self, store: Store, clock: Clock, patience_s: float = PATIENCE_S) -> None:
        self._store, self._clock, self._patience_s = store, clock, patience_s
        self._pasts: dict[str, tuple[date, Past]] = {}
        self._forecasts: dict[tuple[str, date], tuple[date, Forecast | None]] = {}
        self._asked: OrderedDict[Key, _Asked] = OrderedDict()
        self._first, self._later = asyncio.Lock(), asyncio.Lock()

    async def close(self) -> None:
        tasks = [asked.task for asked in self._asked.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._asked.clear()

    async def day(
        self,
        plan: Plan,
        day: date,
        hours_of: HoursOf,
        *,
        tried: Roster | None = None,
        wait_s: float = 0.0,
    ) -> DayPlanned:
        """Of a roster that was `tried`, only how it goes. Waits so long for the answer; what nobody
        waits for is worked out after what somebody does."""
        past = await self._past(plan)
        spans = hours_of(day)
        if spans == ():
            return DayPlanned(day, State.CLOSED, len(past.days))
        expected = await self._forecast(plan, past, day, hours_of)
        if expected is None:
            return DayPlanned(day, State.TOO_FEW, len(past.days))
        usual = _usual(plan, past, expected, spans)
        if not any(usual) or not plan.services:
            return DayPlanned(day, State.CLOSED, len(past.days), expected)
        question = DayQuestion(plan, past, expected, usual, tried)
        turn = self._first if wait_s else self._later
        asked = self._ask((plan.id, day, tried), question, turn)
        state, answer = State.BUSY, None
        if asked is not None:
            await asyncio.wait([asked.task], timeout=wait_s or 0.001)
            state, answer = _come_to(asked.task)
        return DayPlanned(day, state, len(past.days), expected, usual, answer)

    async def _past(self, plan: Plan) -> Past:
        """Read once a day: yesterday does not change any more."""
        today = plan.business_day(self._clock.now())
        known = self._pasts.get(plan.id)
        if known is None or known[0] != today:
            record = await self._store.read(lambda c: past_of(plan, past_record(c, plan.id, today)))
            known = self._pasts[plan.id] = (today, record)
        return known[1]

    async def _forecast(
        self, plan: Plan, past: Past, day: date, hours_of: HoursOf
    ) -> Forecast | None:
        """Once a day for each day to come, beside the event loop: a year of days takes a while."""
        today = plan.business_day(self._clock.now())
        known = self._forecasts.get((plan.id, day))
        if known is None or known[0] != today:
            expected = await anyio.to_thread.run_sync(
                lambda: forecast(past.days, day, lambda each: hours_of(each) != ())
            )
            self._forecasts = {
                key: each for key, each in self._forecasts.items() if each[0] == today
            }
            known = self._forecasts[plan.id, day] = (today, expected)
        return known[1]

    def _ask(self, key: Key, question: DayQuestion, turn: asyncio.Lock) -> _Asked | None:
        """Once for each day and roster, until the past or the branch is another one."""
        today = question.plan.business_day(self._clock.now())
        known = self._asked.get(key)
        if known is not None and (known.made_on, known.plan) == (today, question.plan):
            is_failed = known.task.done() and not known.task.cancelled() and not known.task.result()
            if not is_failed:
                self._asked.move_to_end(key)
                return known
        if sum(not asked.task.done() for asked in self._asked.values()) >= ASKED_MAX:
            return None
        if known is not None:
            known.task.cancel()
        asked = _Asked(question.plan, today, asyncio.create_task(self._answer(question, turn)))
        self._asked[key] = asked
        self._asked.move_to_end(key)
        self._forget()
        return asked

    def _forget(self) -> None:
        for key in list(self._asked)[: max(0, len(self._asked) - REMEMBERED_MAX)]:
            self._asked.pop(key).task.cancel()

    async def _answer(self, question: DayQuestion, turn: asyncio.Lock) -> DayAnswer | None:
        """None where it could not be worked out; the log says why."""
        async with turn:
            try:
                return await asyncio.wait_for(_in_process(question), self._patience_s)
            except (OSError, TimeoutError, EOFError, pickle.PickleError, ChildError) as error:
                log.warning(
                    "no plan for a day",
                    branch=question.plan.id,
                    day=str(question.forecast.day),
                    reason=repr(error),
                )
                return None


class ChildError(Exception):
    """The process that plans ended without an answer."""


async def _in_process(question: DayQuestion) -> DayAnswer:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "lobby.planning.child"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        written, errors = await process.communicate(pickle.dumps(question))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise ChildError(errors.decode(errors="replace")[-500:])
    answer: DayAnswer = pickle.loads(written)  # noqa: S301 - from the process that was started here
    return answer


def _come_to(task: "asyncio.Task[DayAnswer | None]") -> tuple[State, DayAnswer | None]:
    if not task.done():
        return State.WORKING, None
    answer = None if task.cancelled() else task.result()
    return (State.FAILED, None) if answer is None else (State.READY, answer)


def _usual(plan: Plan, past: Past, expected: Forecast, spans: Spans | None) -> Roster:
    counters = usual_counters(past.days, expected.day)
    if spans is None:
        open_in = [
            max(count, people) >= WORTH_OPENING
            for count, people in zip(counters, expected.arrivals, strict=True)
        ]
    else:
        open_in = [_is_in(index, spans) for index in range(HALF_HOURS)]
    return whole(counters, open_in, len(plan.counters))


def _is_in(index: int, spans: Spans) -> bool:
    """Whether the branch is open for some of that half hour."""
    begins, ends = _clock(index), _clock(index + 1)
    return any(span.opens < ends and span.closes > begins for span in spans)


def _clock(index: int) -> time:
    return time(index // 2, index % 2 * 30) if index < HALF_HOURS else time.max


def moment(day: date, index: int, plan: Plan) -> datetime:
    """When half hour `index` of the day begins."""
    clock = _clock(index)
    return datetime.combine(day, clock, plan.time_zone)
