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
    assert counter.session is not None, "only an open counter pauses, resumes or closes"
    return replace(counter, session=_next_session(counter.session, event))


SessionEvent = CounterPaused | CounterResumed | CounterClosed | BreakPlanned | BreakDropped


def _next_session(session: CounterSession, event: SessionEvent) -> CounterSession:
    match event:
        case CounterPaused():
            return _paused(session, event)
        case CounterResumed():
            return _unpaused(session, event.at)
        case CounterClosed():
            closed = replace(_unpaused(session, event.at), closed_at=event.at)
            return replace(closed, planned_break=None)
        case BreakPlanned():
            return replace(session, planned_break=Break(event.begins_at, event.minutes))
        case BreakDropped():
            return replace(session, planned_break=None)
        case _:
            assert_never(event)


def _paused(session: CounterSession, event: CounterPaused) -> CounterSession:
    return replace(
        session,
        paused_at=event.at,
        pause_reason=event.reason,
        paused_until=event.until,
        planned_break=None if event.takes_break else session.planned_break,
    )


def _unpaused(session: CounterSession, at: datetime) -> CounterSession:
    if session.paused_at is None:
        return session
    paused_s = session.paused_s + max(0.0, (at - session.paused_at).total_seconds())
    resumed = replace(session, paused_at=None, pause_reason="", paused_s=paused_s)
    return replace(resumed, paused_until=None)
