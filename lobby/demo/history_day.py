"""A past day of the demo's branch as the rows that its acts would have left."""

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from random import Random

from lobby.demo import hours
from lobby.demo.history import DayOfPast
from lobby.demo.history_line import LineOfDay, Served
from lobby.demo.history_people import Guest, guests_of
from lobby.demo.tellers import Seat
from lobby.machines import MachineState
from lobby.queueing.model.intake import ConfirmedBy, OfferedBy
from lobby.queueing.model.ticket import TicketState
from lobby.store.announced_waits import AnnouncedWaitRow
from lobby.store.faults import Fault
from lobby.store.past_rows import PastDay
from lobby.store.visits import SittingSpan, Stretch, Visit
from lobby.triage.catalogue import Catalogue

SECRET_BYTES = 12
USUAL_S = 330.0
"""A serving at the counters, as the plain estimate takes it."""

ROUND_MIN, LONGEST_TOLD_MIN = 5, 60
FAULT_CHANCE = 0.15
"""That a machine is out of order for a while on a day."""


def past_day(
    past: DayOfPast, catalogue: Catalogue | None, seats: Sequence[Seat], seed: int
) -> PastDay:
    """`seats` are those of a usual day; the last ones of them are missing first."""
    draw = Random(f"{seed} line {past.day}")  # noqa: S311 - a play, not a secret
    guests = list(guests_of(past, catalogue, len(seats), seed))
    line = LineOfDay(past, guests, _taken(seats, past.missing), draw)
    line.play()
    pairs = list(zip(guests, line.outcomes, strict=True))
    return PastDay(
        past.day,
        past.plan,
        visits=[_visit(guest, outcome, past) for guest, outcome in pairs],
        secrets=[secrets.token_urlsafe(SECRET_BYTES) for _guest in guests],
        stretches=list(_stretches(pairs)),
        sittings=[
            SittingSpan(
                *(t.seat.counter, t.seat.teller, t.opened_at, t.closed_at, t.paused_s, None),
                acted_at=t.opened_at,
            )
            for t in line.tellers
        ],
        told=[_told(*pair, past, draw) for pair in pairs if pair[0].joins_at is not None],
        faults=list(_faults(past, draw)),
    )


def _taken(seats: Sequence[Seat], missing: int) -> Sequence[Seat]:
    """Whoever comes last serves everything and is never missed; nor is the only one."""
    keep = max(1, len(seats) - missing)
    return [*seats[: keep - 1], seats[-1]] if seats else []


def _visit(guest: Guest, outcome: Served, past: DayOfPast) -> Visit:
    at_machine = guest.machine is not None
    ended_at = outcome.ended_at or guest.done_at
    started, ended = outcome.started_at, outcome.ended_at
    served_s = (ended - started).total_seconds() if started and ended else 0.0
    return Visit(
        number=guest.number,
        service=guest.service,
        last_service=guest.service,
        state=_state(guest, outcome),
        language=guest.language,
        taken_at=guest.taken_at,
        first_called_at=outcome.called_at,
        started_at=started,
        ended_at=ended_at or hours.at(past.plan, past.day, hours.DARK),
        served_s=served_s,
        calls=2 if outcome.is_absent else int(outcome.called_at is not None),
        absences=int(outcome.is_absent),
        transfers=0,
        counter=outcome.counter or None,
        teller=outcome.teller or None,
        rule=guest.rule,
        rule_set=guest.rule_set,
        eligible=guest.eligible,
        exclusion=guest.exclusion,
        offered_by=OfferedBy.KIOSK if guest.eligible else None,
        offered_at=guest.taken_at if guest.eligible else None,
        accepted_at=guest.taken_at if at_machine else None,
        declined_at=guest.taken_at if guest.eligible and not at_machine else None,
        machine=guest.machine,
        machine_done_at=guest.done_at,
        confirmed_by=ConfirmedBy.SLIP if guest.done_at else None,
        returned_at=guest.returned_at,
        priority=guest.priority,
        overtakes=outcome.overtakes,
        channel=guest.channel,
    )


def _state(guest: Guest, outcome: Served) -> TicketState:
    if outcome.started_at is not None:
        return TicketState.FINISHED
    if outcome.is_absent:
        return TicketState.ABSENT
    if guest.done_at is not None:
        return TicketState.DONE_AT_MACHINE
    if outcome.ended_at is not None:
        return TicketState.CANCELLED
    return TicketState.LAPSED


def _stretches(pairs: Sequence[tuple[Guest, Served]]) -> Iterator[Stretch]:
    for guest, outcome in pairs:
        if outcome.started_at is not None:
            times = (outcome.started_at, outcome.ended_at, 0.0)
            yield Stretch(guest.number, guest.service, *times, outcome.counter, outcome.teller)


def _told(guest: Guest, outcome: Served, past: DayOfPast, draw: Random) -> AnnouncedWaitRow:
    """A range about what a forecast would have seen: mostly right, a little wide."""
    naive_s = USUAL_S * outcome.ahead / outcome.open_counters
    called = outcome.called_at or outcome.ended_at
    came_s = (called - guest.taken_at).total_seconds() if called else naive_s
    p50_s = max(0.0, came_s * draw.lognormvariate(0.0, 0.25))
    low = ROUND_MIN * int(p50_s * 0.7 / 60 / ROUND_MIN)
    high = ROUND_MIN * (1 + int(p50_s * 1.3 / 60 / ROUND_MIN))
    return AnnouncedWaitRow(
        *(past.plan.id, past.day, guest.number, guest.taken_at),
        low_min=min(low, LONGEST_TOLD_MIN),
        high_min=high if high <= LONGEST_TOLD_MIN else None,
        p10_s=p50_s * 0.6,
        p25_s=p50_s * 0.8,
        p50_s=p50_s,
        p75_s=p50_s * 1.2,
        p90_s=p50_s * 1.4,
        naive_s=naive_s,
        ahead=outcome.ahead,
    )


def _faults(past: DayOfPast, draw: Random) -> Iterator[Fault]:
    opens: datetime = hours.at(past.plan, past.day, time(9))
    for machine in past.plan.machines:
        if draw.random() < FAULT_CHANCE:
            begins = opens + timedelta(minutes=draw.uniform(0, 360))
            ends = begins + timedelta(minutes=draw.uniform(8, 90))
            state = MachineState.DOWN if draw.random() < 0.7 else MachineState.OUT_OF_NOTES
            yield Fault(machine, state, begins, ends)
