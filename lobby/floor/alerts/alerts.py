"""Automatic alerts: who needs staff though nobody called. Long waits, arrivals, broken machines.

An alert becomes a call like any other when the first person says
"On my way"; its key is the same for everybody, so that it is raised once, however many people tap
and even after a restart, and does not come up again when it has ended.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from lobby.branch import Actor, ActorKind, Branch
from lobby.floor.alerts.promise_use import CRITICAL, RED, WaitLevel, promise_uses
from lobby.machines import MachineState
from lobby.queueing.commands.floor import CallColleague
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.priority import Priority

SYSTEM_ACTOR = Actor(ActorKind.SYSTEM, "hall")
"""Who raises such a call: the same for everybody, as its key is."""

ARRIVED = frozenset({HelpKind.ARRIVAL, HelpKind.PREMIUM})
"""What says only that somebody has come, and is of no use any more once they wait too long."""

EXPECTED = frozenset({Priority.PREMIUM, Priority.APPOINTMENT})
"""Who comes to somebody in particular."""

AlertRecord = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Alert:
    """`name` tells it apart within the day; `since` is when it began to need somebody;
    `others_late` how many others of the same pool wait too long."""

    name: str
    kind: HelpKind
    place: str
    number: str | None
    since: datetime
    is_critical: bool = False
    others_late: int = 0

    @property
    def command(self) -> CallColleague:
        return CallColleague(self.kind, self.place, self.number)


def alert_key(hall: Hall, name: str) -> str:
    return f"raised/{hall.day}/{name}"


def automatic_alerts(hall: Hall, was_raised: AlertRecord, now: datetime) -> tuple[Alert, ...]:
    """Those that nobody has gone to yet; of the long waits one for each pool of people, since
    whoever goes there speaks to all of them. Never two for one person: two would go."""
    called = {(call.kind, call.ticket or call.place) for call in hall.help_calls}
    fresh = [
        each
        for each in _all(hall, now)
        if (each.kind, each.number or each.place) not in called
        and not was_raised(alert_key(hall, each.name))
    ]
    met = {c.ticket for c in hall.help_calls if c.kind in ARRIVED and c.taken_by and c.ticket}
    waits = [each for each in fresh if each.kind is HelpKind.WAIT and each.number not in met]
    shown = tuple(_one_of_each_pool(hall, waits))
    late = late_people(hall, shown)
    others = (each for each in fresh if each.kind is not HelpKind.WAIT)
    return (*shown, *(e for e in others if e.kind not in ARRIVED or e.number not in late))


def late_people(hall: Hall, alerts: tuple[Alert, ...]) -> set[str]:
    """Who has a card because they wait too long, whether somebody goes to them or not yet."""
    going = {c.ticket for c in hall.help_calls if c.kind is HelpKind.WAIT and c.ticket}
    return going | {each.number for each in alerts if each.kind is HelpKind.WAIT and each.number}


def _one_of_each_pool(hall: Hall, waits: list[Alert]) -> Iterator[Alert]:
    """The longest; where somebody goes to a pool already, only what is critical comes up."""
    attended = {_pool(hall, c.ticket) for c in hall.help_calls if c.kind is HelpKind.WAIT}
    pools: dict[str, list[Alert]] = {}
    for each in sorted(waits, key=lambda each: (not each.is_critical, each.since)):
        pools.setdefault(_pool(hall, each.number), []).append(each)
    for pool, people in pools.items():
        if people[0].is_critical or pool not in attended:
            yield replace(people[0], others_late=len(people) - 1)


def _pool(hall: Hall, number: str | None) -> str:
    ticket = hall.ticket(number or "")
    return hall.pool(ticket.service) if ticket else ""


def alert_named(branch: Branch, name: str, now: datetime) -> Alert | None:
    """Also one that somebody has gone to, so that whoever comes second is told so."""
    return next((each for each in _all(branch.hall, now) if each.name == name), None)


def _all(hall: Hall, now: datetime) -> Iterator[Alert]:
    yield from _waits(hall, now)
    yield from _arrivals(hall)
    yield from _faults(hall, now)


def _waits(hall: Hall, now: datetime) -> Iterator[Alert]:
    for ticket, promise in promise_uses(hall, now):
        if promise.level not in (WaitLevel.RED, WaitLevel.CRITICAL):
            continue
        is_critical = promise.level is WaitLevel.CRITICAL
        share = CRITICAL if is_critical else RED
        since = ticket.waits_from + timedelta(minutes=promise.within_min * share)
        name = f"{HelpKind.WAIT}-{ticket.number}-{promise.level}"
        yield Alert(name, HelpKind.WAIT, "", ticket.number, since, is_critical)


def _arrivals(hall: Hall) -> Iterator[Alert]:
    for ticket in hall.waiting_tickets():
        if ticket.priority in EXPECTED:
            name = f"{HelpKind.PREMIUM}-{ticket.number}"
            yield Alert(name, HelpKind.PREMIUM, "", ticket.number, ticket.taken_at)


def _faults(hall: Hall, now: datetime) -> Iterator[Alert]:
    """A machine out of the plan is nobody's care any more."""
    for machine in hall.machines.values():
        if machine.state is MachineState.UP or machine.id not in hall.plan.machines:
            continue
        since = machine.since or now
        name = f"{HelpKind.FAULT}-{machine.id}-{machine.state}-{since:%H%M%S}"
        yield Alert(name, HelpKind.FAULT, machine.id, None, since)
