"""The next state of a counter: opened, paused, resumed, closed, with its breaks."""

from datetime import datetime

from msgspec.structs import replace

from lobby.queueing.events.counter import (
    BreakDropped,
    BreakPlanned,
    CounterAttended,
    CounterClosed,
    CounterOpened,
    CounterPaused,
    CounterResumed,
    CounterUnattended,
)
from lobby.queueing.evolve.evolver import CounterEvolvers
from lobby.queueing.model.counter import Break, Counter, CounterSession


def _opened(before: Counter, event: CounterOpened) -> Counter:
    session = CounterSession(event.teller, event.services, opened_at=event.at, acted_at=event.at)
    return Counter(before.id, session)


def _paused(before: Counter, event: CounterPaused) -> Counter:
    session = _session(before)
    paused = replace(
        session,
        paused_at=event.at,
        acted_at=event.at,
        pause_reason=event.reason,
        paused_until=event.until,
        planned_break=None if event.takes_break else session.planned_break,
    )
    return replace(before, session=paused)


def _resumed(before: Counter, event: CounterResumed) -> Counter:
    resumed = replace(_unpaused(_session(before), event.at), acted_at=event.at)
    return replace(before, session=resumed)


def _closed(before: Counter, event: CounterClosed) -> Counter:
    open_session = _session(before)
    session = _unpaused(open_session, event.at)
    closed = replace(
        session,
        closed_at=event.at,
        planned_break=None,
        closing_pause_s=session.paused_s - open_session.paused_s,
    )
    return replace(before, session=closed)


def _break_planned(before: Counter, event: BreakPlanned) -> Counter:
    planned = Break(event.begins_at, event.minutes)
    return replace(before, session=replace(_session(before), planned_break=planned))


def _break_dropped(before: Counter, _event: BreakDropped) -> Counter:
    return replace(before, session=replace(_session(before), planned_break=None))


def _session(counter: Counter) -> CounterSession:
    assert counter.session is not None, "only an open counter pauses, resumes or closes"
    return counter.session


def _unpaused(session: CounterSession, at: datetime) -> CounterSession:
    if session.paused_at is None:
        return session
    paused_s = session.paused_s + max(0.0, (at - session.paused_at).total_seconds())
    return replace(session, paused_at=None, pause_reason="", paused_s=paused_s, paused_until=None)


def _unattended(before: Counter, event: CounterUnattended) -> Counter:
    return replace(before, session=replace(_session(before), unattended_since=event.since))


def _attended(before: Counter, _event: CounterAttended) -> Counter:
    return replace(before, session=replace(_session(before), unattended_since=None))


EVOLVERS: CounterEvolvers = {
    CounterOpened: _opened,
    CounterPaused: _paused,
    CounterResumed: _resumed,
    CounterClosed: _closed,
    BreakPlanned: _break_planned,
    BreakDropped: _break_dropped,
    CounterUnattended: _unattended,
    CounterAttended: _attended,
}
