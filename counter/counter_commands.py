"""What a teller does with the counter itself: open, pause, plan a break, call a colleague."""

from datetime import UTC, datetime, time

from counter.act_request import ActRequest, own_counter
from counter.side_panel import FROM_COUNTERS
from counter.words import place_of
from lobby import typed_text
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
from lobby.queueing.model.limits import BREAK_MINUTES_MAX, PAUSE_MINUTES_MAX
from lobby.queueing.refusals.ticket import BreakInThePast, ReasonMissing


def open_counter(act: ActRequest) -> Command:
    """A counter that a colleague left open is taken over with one tick, for that counter."""
    counter = act.text("counter")
    takes_over = counter in act.form.all("takes_over")
    return OpenCounter(counter, act.teller, act.form.all("service"), takes_over)


def pause(act: ActRequest) -> Command:
    return PauseCounter(own_counter(act), act.reason, act.minutes(PAUSE_MINUTES_MAX))


def resume(act: ActRequest) -> Command:
    return ResumeCounter(own_counter(act))


def close_counter(act: ActRequest) -> Command:
    return CloseCounter(own_counter(act))


def plan_break(act: ActRequest) -> Command:
    """At a time of this branch's day, given as `12:10`; a time that is none has passed."""
    counter = own_counter(act)
    at = _today_at(act, act.text("at"))
    if at is None:
        raise BreakInThePast
    return PlanBreak(counter, at, act.minutes(BREAK_MINUTES_MAX) or 0)


def _today_at(act: ActRequest, clock: str) -> datetime | None:
    day = act.hall.day
    try:
        given = time.fromisoformat(typed_text.name(clock))
    except ValueError:
        return None
    if day is None:
        return None
    local = datetime.combine(day, given.replace(tzinfo=None), act.hall.plan.time_zone)
    return local.astimezone(UTC)


def drop_break(act: ActRequest) -> Command:
    return DropBreak(own_counter(act))


def call_colleague(act: ActRequest) -> Command:
    """With the ticket that is here. A risk card says what was noticed, so a note is asked for."""
    counter = own_counter(act)
    kind = _kind(act.text("kind"))
    if kind is HelpKind.RISK and not act.reason:
        raise ReasonMissing
    place = place_of(counter)
    return CallColleague(kind, place, act.number or None, note=act.reason)


def _kind(given: str) -> HelpKind:
    """Help where nothing else is said: whoever calls is never sent away for a word."""
    return next((kind for kind in FROM_COUNTERS if kind.value == given), HelpKind.HELP)
