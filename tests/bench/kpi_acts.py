"""The acts of a day of a file, in an order in which a branch can do them.

What a ticket goes through and what a counter goes through are two chains; where acts of one minute
meet, an act comes after those before it in either.
"""

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import count, pairwise

from lobby.branch import Actor, ActorKind
from lobby.queueing.calling.select import next_ticket
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import (
    CallAgain,
    CallChosen,
    CallNext,
    CloseCounter,
    Finish,
    MarkAbsent,
    OpenCounter,
    PauseCounter,
    ResumeCounter,
    StartServing,
)
from lobby.queueing.commands.ticket import (
    AcceptMachine,
    CancelTicket,
    ConfirmMachineJob,
    DeclineMachine,
    OfferMachine,
    ReturnFromMachine,
    TakeTicket,
)
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.intake import ConfirmedBy, Intake
from lobby.queueing.model.priority import Priority
from tests.bench.kpi_file import DayCannotBePlayedError, DayFile, TicketLine
from tests.bench.kpi_stays import Shift, Stay, shifts_of

SERVICE, MACHINE = "A01", "atm-1"
KIOSK, COLLEAGUE = Actor(ActorKind.DEVICE, "kiosk-1"), Actor(ActorKind.STAFF, "lan")
OUT_OF_TURN = "so it was on the day"

ENDS = ("finished", "no_show", "cancelled", "self_completed")
RANKS = {**dict.fromkeys(ENDS, 0), "called": 2, "started": 3}
"""Within a minute counters become free first and call last."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The branch just before an act, and the numbers by label that it has given."""

    hall: Hall
    numbers: Mapping[str, str]
    now: datetime


@dataclass(eq=False, slots=True)
class Act:
    """`whose` is the ticket or counter; `after` are the acts that have to be done before."""

    minute: Decimal
    name: str
    whose: str
    actor: Actor
    command: Callable[[Moment], Command]
    after: list["Act"] = field(default_factory=list)

    @property
    def rank(self) -> int:
        return RANKS.get(self.name, 1)


def acts_of(day: DayFile) -> list[Act]:
    """Raises `DayCannotBePlayedError`."""
    shifts = shifts_of(day)
    counters = {stay.label: shift.counter for shift in shifts for stay in shift.stays}
    chains = {line.label: _ticket_acts(line, counters.get(line.label, "")) for line in day.tickets}
    for shift in shifts:
        chains[f"counter {shift.counter}"] = _counter_acts(shift, chains)
    for chain in chains.values():
        for one, other in pairwise(chain):
            other.after.append(one)
    return _in_order({id(act): act for chain in chains.values() for act in chain}.values())


def _in_order(acts: Iterable[Act]) -> list[Act]:
    """By minute; whatever has to be done before comes before."""
    ordinals, ordered = count(), []
    missing = {id(act): len(act.after) for act in acts}
    following: dict[int, list[Act]] = {id(act): [] for act in acts}
    for act in acts:
        for before in act.after:
            following[id(before)].append(act)
    ready = [(act.minute, act.rank, next(ordinals), act) for act in acts if not act.after]
    heapq.heapify(ready)
    while ready:
        *_, act = heapq.heappop(ready)
        ordered.append(act)
        for each in following[id(act)]:
            missing[id(each)] -= 1
            if not missing[id(each)]:
                heapq.heappush(ready, (each.minute, each.rank, next(ordinals), each))
    return ordered


def _ticket_acts(line: TicketLine, counter: str) -> list[Act]:
    acts = [Act(line.issued, "issued", line.label, KIOSK, lambda _moment: _taken(line))]
    for name, minute in line.steps[1:]:
        again = name == "called" and acts[-1].name == "called"
        command = _again(line.label, counter) if again else _step(name, line.label, counter)
        actor = _teller(counter) if name in AT_COUNTER else COLLEAGUE
        acts.append(Act(minute, name, line.label, actor, command))
    return acts


def _taken(line: TicketLine) -> TakeTicket:
    intake = Intake(eligible=line.eligible, exclusion=line.exclusion or "")
    secret = f"secret of {line.label}"
    return TakeTicket(SERVICE, "en", secret, intake=intake, priority=_priority(line))


def _priority(line: TicketLine) -> Priority | None:
    told = (line.priority or "").lower()
    told = "assistance" if told == "assist" else told
    if told and told not in set(Priority):
        raise DayCannotBePlayedError(
            f"Ticket {line.label} has the priority {line.priority}, which there is not."
        )
    return Priority(told) if told else None


AT_COUNTER = {"called": None, "started": StartServing, "finished": Finish, "no_show": MarkAbsent}


def _step(name: str, label: str, counter: str) -> Callable[[Moment], Command]:
    def command(moment: Moment) -> Command:
        number = moment.numbers[label]
        match name:
            case "offered":
                return OfferMachine(number, MACHINE)
            case "accepted":
                return AcceptMachine(number)
            case "declined":
                return DeclineMachine(number)
            case "self_completed":
                return ConfirmMachineJob(number, ConfirmedBy.SLIP)
            case "returned":
                return ReturnFromMachine(number)
            case "cancelled":
                return CancelTicket(number)
            case "called":
                return _call(moment, number, counter)
        kind = AT_COUNTER[name]
        assert kind is not None, "every other step is one at a counter"
        return kind(counter, number)

    return command


def _again(label: str, counter: str) -> Callable[[Moment], Command]:
    return lambda moment: CallAgain(counter, moment.numbers[label])


def _call(moment: Moment, number: str, counter: str) -> Command:
    """By the rule where the rule would call this ticket, else by hand."""
    choice = next_ticket(moment.hall, moment.hall.counters[counter], moment.now)
    if choice is not None and choice.number == number:
        return CallNext(counter)
    return CallChosen(counter, number, OUT_OF_TURN)


def _counter_acts(shift: Shift, chains: Mapping[str, Sequence[Act]]) -> list[Act]:
    """From signing in to signing off, with what its customers go through there."""
    counter = shift.counter

    def act(minute: Decimal, name: str, command: Command) -> Act:
        return Act(minute, name, f"counter {counter}", _teller(counter), lambda _moment: command)

    acts = [act(shift.begin, "open", OpenCounter(counter, _teller(counter).id, (SERVICE,)))]
    for stay in shift.stays:
        if stay.label:
            acts += _at_counter(stay, chains)
            continue
        acts.append(act(stay.begin, "pause", PauseCounter(counter, "break")))
        acts.append(act(stay.end, "resume", ResumeCounter(counter)))
    acts.append(act(shift.end, "close", CloseCounter(counter)))
    return acts


def _at_counter(stay: Stay, chains: Mapping[str, Sequence[Act]]) -> Sequence[Act]:
    chain = chains[stay.label]
    first = next(place for place, act in enumerate(chain) if act.name == "called")
    return chain[first:]


def _teller(counter: str) -> Actor:
    return Actor(ActorKind.STAFF, f"teller {counter}")
