"""The next state of a counter: opened, paused, resumed, closed, with its breaks."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from lobby.queueing.events.counter import (
    BreakDropped,
    BreakPlanned,
    CounterClosed,
    CounterEvent,
    CounterOpened,
    CounterPaused,
    CounterResumed,
)
from lobby.queueing.model.counter import Break, Counter, CounterSession


def evolve_counter(counter: Counter, event: CounterEvent) -> Counter:
    if isinstance(event, CounterOpened):
        return Counter(counter.id, CounterSession(event.teller, event.services, opened_at=event.at))
    assert counter.sitting is not None, "only an open counter pauses, resumes or closes"
    return replace(counter, sitting=_next_sitting(counter.sitting, event))


SittingEvent = CounterPaused | CounterResumed | CounterClosed | BreakPlanned | BreakDropped


def _next_sitting(sitting: CounterSession, event: SittingEvent) -> CounterSession:
    match event:
        case CounterPaused():
            return _paused(sitting, event)
        case CounterResumed():
            return _unpaused(sitting, event.at)
        case CounterClosed():
            closed = replace(_unpaused(sitting, event.at), closed_at=event.at)
            return replace(closed, planned_break=None)
        case BreakPlanned():
            return replace(sitting, planned_break=Break(event.begins_at, event.minutes))
        case BreakDropped():
            return replace(sitting, planned_break=None)
        case _:
            assert_never(event)


def _paused(sitting: CounterSession, event: CounterPaused) -> CounterSession:
    return replace(
        sitting,
        paused_at=event.at,
        pause_reason=event.reason,
        paused_until=event.until,
        planned_break=None if event.takes_break else sitting.planned_break,
    )


def _unpaused(sitting: CounterSession, at: datetime) -> CounterSession:
    if sitting.paused_at is None:
        return sitting
    paused_s = sitting.paused_s + max(0.0, (at - sitting.paused_at).total_seconds())
    resumed = replace(sitting, paused_at=None, pause_reason="", paused_s=paused_s)
    return replace(resumed, paused_until=None)
