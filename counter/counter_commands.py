"""What a teller does with the counter itself: sit down, pause, plan a break, call a colleague."""

from datetime import UTC, datetime, time

from counter.act_request import ActRequest, own_counter
from counter.side_panel import FROM_COUNTERS
from counter.words import place_of
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import (
    CloseCounter,
    DropBreak,
    OpenCounter,
    PauseCounter,
    PlanBreak,
    ResumeCounter,
)
from lobby.queueing.commands.floor import CallColleague
from lobby.queueing.model.help import HelpKind
from lobby.queueing.refusals.ticket import BreakInThePast, ReasonMissing


def open_counter(asked: ActRequest) -> Command:
    return OpenCounter(asked.text("counter"), asked.teller, asked.sent.all("service"))


def pause(asked: ActRequest) -> Command:
    return PauseCounter(own_counter(asked), asked.reason, asked.minutes)


def resume(asked: ActRequest) -> Command:
    return ResumeCounter(own_counter(asked))


def close_counter(asked: ActRequest) -> Command:
    return CloseCounter(own_counter(asked))


def plan_break(asked: ActRequest) -> Command:
    """At a time of this branch's day, given as `12:10`; a time that is none has passed."""
    counter = own_counter(asked)
    at = _today_at(asked, asked.text("at"))
    if at is None:
        raise BreakInThePast
    return PlanBreak(counter, at, asked.minutes or 0)


def _today_at(asked: ActRequest, clock: str) -> datetime | None:
    day = asked.hall.day
    try:
        given = time.fromisoformat(clock)
    except ValueError:
        return None
    if day is None:
        return None
    local = datetime.combine(day, given.replace(tzinfo=None), asked.hall.plan.time_zone)
    return local.astimezone(UTC)


def drop_break(asked: ActRequest) -> Command:
    return DropBreak(own_counter(asked))


def call_colleague(asked: ActRequest) -> Command:
    """With the ticket that is here. A risk card says what was noticed, so a note is asked for."""
    counter = own_counter(asked)
    kind = _kind(asked.text("kind"))
    if kind is HelpKind.RISK and not asked.reason:
        raise ReasonMissing
    place = place_of(counter)
    return CallColleague(kind, place, asked.number or None, note=asked.reason)


def _kind(given: str) -> HelpKind:
    """Help where nothing else is said: whoever calls is never sent away for a word."""
    return next((kind for kind in FROM_COUNTERS if kind.value == given), HelpKind.HELP)
