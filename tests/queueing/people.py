"""Customers and tellers who do what people do, drawn from a seed: the same seed, the same day."""

from datetime import datetime, timedelta
from random import Random

from lobby.machines import MachineState
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import (
    AddService,
    CallAgain,
    CallChosen,
    CallNext,
    CloseCounter,
    DropBreak,
    Finish,
    Hold,
    MarkAbsent,
    OpenCounter,
    PauseCounter,
    PauseServing,
    PlanBreak,
    ResumeCounter,
    ResumeServing,
    StartServing,
    Transfer,
    Undo,
)
from lobby.queueing.commands.floor import ReportMachine
from lobby.queueing.commands.ticket import (
    AcceptMachine,
    BringBack,
    CancelTicket,
    ChangePriority,
    ChangeService,
    ConfirmMachineJob,
    DeclineMachine,
    EndRest,
    OfferMachine,
    Postpone,
    Rest,
    ReturnFromHold,
    ReturnFromMachine,
    ReturnFromRest,
    TakeTicket,
    WentAlong,
)
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.intake import ConfirmedBy, Intake
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.rest import RestReason
from lobby.queueing.model.ticket import Channel, TicketState
from tests.app.people import MORNING
from tests.queueing.shift import ALL_SERVICES, CASH, LAN, THU, WEI
from tests.queueing.staff import staff_act


class People:
    """`act` gives the next command; now and then one that makes no sense in this hall."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def act(self, hall: Hall) -> Command:
        counter = hall.counters[self._random.choice(["1", "2", "3"])]
        deeds = (self._at_counter, self._customer, self._at_floor, self._machine, self._staff)
        return self._random.choices(deeds, (20, 10, 6, 5, 6))[0](hall, counter)

    def _staff(self, hall: Hall, _counter: Counter) -> Command:
        return staff_act(hall, self._random, self._number)

    def _customer(self, hall: Hall, _counter: Counter) -> Command:
        if self._random.random() < 0.25:
            return self._another_wish(hall)
        service, language = self._random.choice(ALL_SERVICES), self._random.choice(["zh", "vi"])
        secret = f"{hall.plan.id}-{hall.version}"
        channel, intake = self._random.choice(list(Channel)), self._intake()
        machine = self._random.choice([None, *hall.plan.machines]) if intake.offered else None
        away_min = self._random.choice((0, 0, 0, 0, 0, 0, 0, 5))
        return TakeTicket(
            service, language, secret, channel, intake, machine, keeps_place_min=away_min
        )

    def _intake(self) -> Intake:
        eligible = self._random.random() < 0.5
        return Intake(
            rule="R22" if eligible else "R12",
            rule_set="cn-1",
            eligible=eligible,
            exclusion="" if eligible else "LOOSE_CHANGE",
            offered=eligible and self._random.random() < 0.8,
            help_wanted=self._random.random() < 0.1,
        )

    def _another_wish(self, hall: Hall) -> Command:
        waiting = (TicketState.WAITING, TicketState.WAITING, TicketState.AT_MACHINE)
        number = self._number(hall, self._random.choice(waiting))
        commands: dict[Command, int] = {
            Postpone(number): 3,
            ChangeService(number, self._random.choice(ALL_SERVICES)): 2,
            ChangePriority(number, self._random.choice(list(Priority))): 2,
            CancelTicket(self._number(hall, *TicketState)): 3,
        }
        return self._one_of(commands)

    def _machine(self, hall: Hall, _counter: Counter) -> Command:
        asked = self._random.choice([*self._offered(hall), self._number(hall, TicketState.WAITING)])
        at_machine = self._number(hall, TicketState.AT_MACHINE, TicketState.AT_MACHINE)
        machine, state = self._random.choice([*hall.plan.machines, "m"]), [*MachineState]
        commands: dict[Command, int] = {
            OfferMachine(self._number(hall, TicketState.WAITING), machine): 4,
            AcceptMachine(asked): 3,
            DeclineMachine(asked): 2,
            ConfirmMachineJob(at_machine, self._random.choice(list(ConfirmedBy))): 3,
            ReturnFromMachine(at_machine): 3,
            WentAlong(at_machine, LAN): 1,
            ReportMachine(machine, self._random.choice(state), self._random.randrange(4)): 4,
        }
        return self._one_of(commands)

    def _offered(self, hall: Hall) -> list[str]:
        return [
            t.number
            for t in hall.tickets.values()
            if t.state is TicketState.WAITING and t.diversion and not t.diversion.declined_at
        ]

    def _at_floor(self, hall: Hall, counter: Counter) -> Command:
        absent = self._number(hall, TicketState.ABSENT, TicketState.CANCELLED)
        commands: dict[Command, int] = {
            BringBack(absent): 3,
            ReturnFromHold(self._number(hall, TicketState.ON_HOLD)): 2,
            Rest(self._number(hall, TicketState.WAITING), *self._rest()): 2,
            ReturnFromRest(self._number(hall, TicketState.RESTING)): 1,
            EndRest(self._number(hall, TicketState.RESTING)): 3,
            Undo(counter.id): 1,
            self._with_customer(counter, "A001"): 1,
        }
        return self._one_of(commands)

    def _rest(self) -> tuple[RestReason, int, bool]:
        reason = self._random.choice(list(RestReason))
        return reason, self._random.choice((1, 5, 20)), self._random.random() < 0.3

    def _at_counter(self, hall: Hall, counter: Counter) -> Command:
        if not counter.is_open:
            services = self._random.choice([CASH, ALL_SERVICES, ("B01",)])
            return OpenCounter(counter.id, self._random.choice([THU, WEI, LAN]), services)
        if counter.ticket:
            return self._with_customer(counter, counter.ticket)
        if counter.is_paused:
            return self._one_of({ResumeCounter(counter.id): 1, Undo(counter.id): 1})
        states = (TicketState.WAITING, TicketState.ON_HOLD, TicketState.RESTING)
        chosen = self._number(hall, *states)
        commands: dict[Command, int] = {
            CallNext(counter.id): 10,
            Undo(counter.id): 3,
            CallChosen(counter.id, chosen, "in a wheelchair"): 2,
            PauseCounter(counter.id, "tea", self._random.choice([None, 10])): 1,
            PlanBreak(counter.id, self._soon(hall), 15): 1,
            DropBreak(counter.id): 1,
            CloseCounter(counter.id): 1,
        }
        return self._one_of(commands)

    def _with_customer(self, counter: Counter, number: str) -> Command:
        service = self._random.choice([None, *ALL_SERVICES])
        to_counter = self._random.choice([None, None, "1", "2", "3"])
        to_teller = self._random.choice([None, None, None, THU, WEI])
        come_back = self._random.random() < 0.3
        wishes = (service, to_counter, "wants euros", to_teller, come_back)
        commands: dict[Command, int] = {
            StartServing(counter.id, number): 6,
            Finish(counter.id, number, self._random.choice([(), ("A02", "F01")])): 6,
            MarkAbsent(counter.id, number): 4,
            Transfer(counter.id, number, *wishes): 2,
            Hold(counter.id, number, "papers missing", self._random.choice([None, 5])): 2,
            CallAgain(counter.id, number): 4,
            AddService(counter.id, number, self._random.choice(ALL_SERVICES)): 1,
            PauseServing(counter.id, number): 1,
            ResumeServing(counter.id, number): 1,
        }
        return self._one_of(commands)

    def _soon(self, hall: Hall) -> datetime:
        """Often later on the hall's day, sometimes not."""
        return (hall.latest_at or MORNING) + timedelta(minutes=self._random.randrange(240))

    def _one_of(self, commands: dict[Command, int]) -> Command:
        return self._random.choices(list(commands), list(commands.values()))[0]

    def _number(self, hall: Hall, *states: TicketState) -> str:
        found = [t.number for t in hall.tickets.values() if t.state in states]
        return self._random.choice(found) if found else "A001"
