"""Customers and tellers who do what people do, drawn from a seed: the same seed, the same day."""

from random import Random

from lobby.queueing import commands as do
from lobby.queueing.commands import Command
from lobby.queueing.counter import Counter
from lobby.queueing.hall import Hall
from lobby.queueing.ticket import Channel, TicketState
from tests.queueing.shift import ALL_SERVICES, CASH, LAN, THU, WEI


class People:
    """`act` gives the next command; now and then one that makes no sense in this hall."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def act(self, hall: Hall) -> Command:
        counter = hall.counters[self._random.choice(["1", "2", "3"])]
        deeds = (self._at_counter, self._customer, self._at_floor)
        return self._random.choices(deeds, (10, 5, 3))[0](hall, counter)

    def _customer(self, hall: Hall, _counter: Counter) -> Command:
        if self._random.random() < 0.1:
            return do.CancelTicket(self._number(hall, *TicketState))
        service, language = self._random.choice(ALL_SERVICES), self._random.choice(["zh", "vi"])
        secret = f"{hall.plan.id}-{hall.version}"
        return do.TakeTicket(service, language, secret, self._random.choice(list(Channel)))

    def _at_floor(self, hall: Hall, counter: Counter) -> Command:
        absent = self._number(hall, TicketState.ABSENT)
        commands: dict[Command, int] = {
            do.BringBack(absent): 3,
            do.ReturnFromHold(self._number(hall, TicketState.ON_HOLD)): 2,
            do.Undo(counter.id): 1,
            self._with_customer(counter, "A001"): 1,
        }
        return self._one_of(commands)

    def _at_counter(self, hall: Hall, counter: Counter) -> Command:
        if not counter.is_open:
            services = self._random.choice([CASH, ALL_SERVICES, ("B01",)])
            return do.OpenCounter(counter.id, self._random.choice([THU, WEI, LAN]), services)
        if counter.ticket:
            return self._with_customer(counter, counter.ticket)
        if counter.is_paused:
            return self._one_of({do.ResumeCounter(counter.id): 1, do.Undo(counter.id): 1})
        chosen = self._number(hall, TicketState.WAITING, TicketState.ON_HOLD)
        commands: dict[Command, int] = {
            do.CallNext(counter.id): 10,
            do.Undo(counter.id): 3,
            do.CallChosen(counter.id, chosen, "in a wheelchair"): 2,
            do.PauseCounter(counter.id, "tea"): 1,
            do.CloseCounter(counter.id): 1,
        }
        return self._one_of(commands)

    def _with_customer(self, counter: Counter, number: str) -> Command:
        service = self._random.choice([None, *ALL_SERVICES])
        to_counter = self._random.choice([None, None, "1", "2", "3"])
        commands: dict[Command, int] = {
            do.StartServing(counter.id, number): 6,
            do.Finish(counter.id, number, self._random.choice([(), ("A02", "F01")])): 6,
            do.MarkAbsent(counter.id, number): 4,
            do.Transfer(counter.id, number, service, to_counter, "wants euros"): 2,
            do.Hold(counter.id, number, "papers missing"): 2,
            do.CallAgain(counter.id, number): 2,
        }
        return self._one_of(commands)

    def _one_of(self, commands: dict[Command, int]) -> Command:
        return self._random.choices(list(commands), list(commands.values()))[0]

    def _number(self, hall: Hall, *states: TicketState) -> str:
        found = [t.number for t in hall.tickets.values() if t.state in states]
        return self._random.choice(found) if found else "A001"
