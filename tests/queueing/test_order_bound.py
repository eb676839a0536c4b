"""Whatever happens in a hall, nobody is passed more often than was promised."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from lobby.machines import MachineState
from lobby.queueing.calling import select
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import (
    CallAgain,
    CallChosen,
    CallNext,
    CloseCounter,
    Finish,
    Hold,
    MarkAbsent,
    OpenCounter,
    PauseCounter,
    ResumeCounter,
    StartServing,
    Transfer,
    Undo,
)
from lobby.queueing.commands.floor import ReportMachine
from lobby.queueing.commands.ticket import (
    AskAdviser,
    BringBack,
    CancelTicket,
    ChangePriority,
    ChangeService,
    Postpone,
    ReturnFromHold,
    TakeTicket,
)
from lobby.queueing.decide.dispatch import decide
from lobby.queueing.events.event import Event
from lobby.queueing.evolve.dispatch import evolve, fold
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Plan
from lobby.queueing.model.priority import CallingRule, Priority
from lobby.queueing.model.ticket import Ticket, TicketState
from lobby.queueing.refusals.refusal import Refusal
from lobby.store.log import decode, encode
from tests.app.people import MORNING, plan
from tests.queueing.order_ledger import Ledger, is_premium
from tests.queueing.search import search
from tests.queueing.shift import ALL_SERVICES, CASH

SKILLS = (ALL_SERVICES, CASH, ("A01", "B01"), ("B01", "F01"))
COUNTERS = st.sampled_from(["1", "2", "3", "4"])
SERVICES = st.sampled_from(ALL_SERVICES)
CLASSES = st.sampled_from(list(Priority))
INDEX = st.integers(0, 30)

WAITING, SERVING, CALLED = TicketState.WAITING, TicketState.SERVING, TicketState.CALLED

Deed = Callable[[str, str], Command]


def branch(rule_of_branch: CallingRule, *, own_pool: bool) -> Plan:
    """With `own_pool` the last counter is premium's own."""
    whole = plan()
    last = whole.counters["4"]
    counters = {**whole.counters, "4": replace(last, premium=own_pool)}
    return replace(whole, counters=counters, calling=rule_of_branch)


class Fairness(RuleBasedStateMachine):
    """Counters with different skills, people of every class, and all that may come between."""

    @initialize(most=st.integers(0, 4), keeps_next=st.booleans(), own_pool=st.booleans())
    def begin(self, most: int, keeps_next: bool, own_pool: bool) -> None:
        self.most = most
        rule_a = CallingRule(overtakes_max=most, keeps_next=keeps_next)
        self.hall = self.first = Hall.empty(branch(rule_a, own_pool=own_pool))
        self.now, self.ledger = MORNING, Ledger()
        self.log: list[Event] = []
        for counter, services in zip("1234", SKILLS, strict=True):
            self.act(OpenCounter(counter, f"teller-{counter}", services))

    def act(self, command: Command) -> bool:
        """Whether it was done. Each second is somebody's: nobody comes together."""
        self.now += timedelta(seconds=1)
        try:
            events = decide(self.hall, command, self.now)
        except Refusal:
            return False
        for event in events:
            self.ledger.note(self.hall, event)
            self.hall = evolve(self.hall, event)
        self.log += events
        self.compare()
        return True

    def compare(self) -> None:
        for number, ticket in self.hall.tickets.items():
            assert ticket.overtakes == self.ledger.passed(number), number
            assert self.ledger.by_rule[number] <= self.most

    def some(self, index: int, *states: TicketState) -> str:
        found = [t.number for t in self.hall.tickets.values() if t.state in states]
        return found[index % len(found)] if found else "A001"

    def busy(self) -> list[Counter]:
        return [counter for counter in self.hall.counters.values() if counter.ticket]

    @rule(minutes=st.integers(1, 20))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(service=SERVICES, priority=CLASSES, people=st.integers(1, 4))
    def come(self, service: str, priority: Priority, people: int) -> None:
        for _ in range(people):
            self.take(service, priority)

    def take(self, service: str, priority: Priority, booked_in_min: int = 5) -> None:
        secret = f"secret-{self.hall.version}"
        booked_at = self.now + timedelta(minutes=booked_in_min)
        is_booked = priority is Priority.APPOINTMENT
        taken = TakeTicket(
            service, "vi", secret, priority=priority, booked_at=booked_at if is_booked else None
        )
        assert self.act(taken)

    @rule(counter=COUNTERS)
    def call(self, counter: str) -> None:
        self.act(CallNext(counter))

    @rule(counter=COUNTERS, index=INDEX)
    def pick(self, counter: str, index: int) -> None:
        self.act(CallChosen(counter, self.some(index, WAITING), "needs a hand"))

    @precondition(lambda self: self.busy() != [])
    @rule(index=INDEX, service=SERVICES, counter=COUNTERS, data=st.data())
    def with_customer(self, index: int, service: str, counter: str, data: st.DataObject) -> None:
        at = self.busy()[index % len(self.busy())]
        here, number = at.id, at.ticket or ""
        deeds: dict[str, Command] = {
            "start": StartServing(here, number),
            "finish": Finish(here, number),
            "hold": Hold(here, number, "papers missing"),
            "to service": Transfer(here, number, to_service=service),
            "to counter": Transfer(here, number, to_counter=counter),
            "to teller": Transfer(here, number, service, to_teller=f"teller-{counter}"),
            "and back": Transfer(here, number, service, come_back=True),
        }
        self.act(data.draw(st.sampled_from(sorted(deeds)).map(deeds.__getitem__)))

    @precondition(lambda self: self.busy() != [])
    @rule(index=INDEX, returns=st.booleans())
    def nobody_comes(self, index: int, returns: bool) -> None:
        """Called twice and given time; some come after all."""
        at = self.busy()[index % len(self.busy())]
        number = at.ticket or ""
        self.act(CallAgain(at.id, number))
        self.now += timedelta(minutes=1)
        if self.act(MarkAbsent(at.id, number)) and returns:
            self.act(BringBack(number))

    @rule(index=INDEX, priority=CLASSES, service=SERVICES, data=st.data())
    def at_floor(self, index: int, priority: Priority, service: str, data: st.DataObject) -> None:
        waiting = self.some(index, WAITING)
        deeds: dict[str, Command] = {
            "another class": ChangePriority(waiting, priority),
            "another service": ChangeService(waiting, service),
            "more time": Postpone(waiting),
            "leaves": CancelTicket(waiting),
            "adviser": AskAdviser(waiting, f"teller-{1 + index % 4}"),
            "back with papers": ReturnFromHold(self.some(index, TicketState.ON_HOLD)),
            "back": BringBack(self.some(index, TicketState.ABSENT)),
            "machine down": ReportMachine("atm-1", MachineState.DOWN),
            "machine up": ReportMachine("atm-1", MachineState.UP),
        }
        self.act(data.draw(st.sampled_from(sorted(deeds)).map(deeds.__getitem__)))

    @rule(counter=COUNTERS, index=INDEX)
    def counter_changes(self, counter: str, index: int) -> None:
        """Undoes, pauses, resumes, closes, or opens with other skills."""
        services = SKILLS[index % len(SKILLS)]
        commands: list[Command] = [
            Undo(counter),
            PauseCounter(counter, "tea"),
            ResumeCounter(counter),
            CloseCounter(counter),
            OpenCounter(counter, f"teller-{counter}", services),
        ]
        self.act(commands[index % len(commands)])

    @precondition(lambda self: self.busy() != [])
    @rule(index=INDEX, service=SERVICES)
    def take_back(self, index: int, service: str) -> None:
        """Sent on by mistake; others call meanwhile, then the mistake is undone."""
        at = self.busy()[index % len(self.busy())]
        self.act(Transfer(at.id, at.ticket or "", to_service=service))
        for other in self.hall.counters:
            if other != at.id:
                self.act(CallNext(other))
        self.act(Undo(at.id))

    @rule(seed=st.integers(0, 2**32), acts=st.integers(5, 60))
    def busy_hour(self, seed: int, acts: int) -> None:
        """More people than the counters can serve: here budgets are used up."""
        chance = Random(seed)
        for _ in range(acts):
            self.now += timedelta(seconds=chance.randrange(90))
            counter = self.hall.counters[chance.choice("1234")]
            if chance.random() < 0.4:
                self.take(chance.choice(ALL_SERVICES), chance.choice(list(Priority)))
            else:
                self.act(self.work(counter, chance))

    def work(self, counter: Counter, chance: Random) -> Command:
        if counter.is_paused:
            return ResumeCounter(counter.id)
        if not counter.is_open:
            return OpenCounter(counter.id, f"teller-{counter.id}", chance.choice(SKILLS))
        if counter.ticket is None:
            return chance.choices((CallNext(counter.id), Undo(counter.id)), (6, 1))[0]
        number = counter.ticket
        if self.hall.tickets[number].state is CALLED:
            return StartServing(counter.id, number)
        other = Transfer(counter.id, number, to_service=chance.choice(ALL_SERVICES))
        hold = Hold(counter.id, number, "papers missing")
        done = Finish(counter.id, number)
        return chance.choices((done, hold, other), (8, 1, 1))[0]

    def teardown(self) -> None:
        """The log, also as it is written down, makes the same hall again."""
        assert fold(self.first, self.log) == self.hall
        written = ((type(event).__name__, encode(event).decode()) for event in self.log)
        assert fold(self.first, (decode(*each) for each in written)) == self.hall


TestFairness = Fairness.TestCase
TestFairness.settings = search(examples=80, steps=40)


def test_it_comes_to_budgets_that_are_used_up() -> None:
    """The search would prove nothing if nobody were ever passed as often as may be."""
    fairness = Fairness()
    fairness.begin(most=3, keeps_next=True, own_pool=False)
    fairness.busy_hour(seed=1, acts=400)
    assert fairness.ledger.full > 0
    assert max(fairness.ledger.by_rule.values()) == 3
    fairness.teardown()


def test_it_would_notice_a_premium_counter_that_passes_without_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: at a premium counter only premium customers are looked at."""

    def own_alone(hall: Hall, counter: Counter) -> list[Ticket]:
        found = list(select._eligible(hall, counter))
        own = [ticket for ticket in found if is_premium(hall, ticket)]
        return own if own and hall.plan.counters[counter.id].premium else found

    monkeypatch.setattr(select, "eligible_tickets", own_alone)
    fairness = Fairness()
    fairness.begin(most=3, keeps_next=False, own_pool=True)
    with pytest.raises(AssertionError):
        fairness.busy_hour(seed=1, acts=400)


def test_it_comes_to_budgets_that_stop_a_premium_counter() -> None:
    fairness = Fairness()
    fairness.begin(most=3, keeps_next=False, own_pool=True)
    fairness.busy_hour(seed=1, acts=400)
    assert fairness.ledger.stopped > 0
    assert max(fairness.ledger.by_rule.values()) == 3
    fairness.teardown()


def test_it_forgets_no_overtake_when_a_mistake_is_taken_back() -> None:
    """Who was sent on by mistake, passed meanwhile and taken back, has been passed."""
    fairness = Fairness()
    fairness.begin(most=2, keeps_next=False, own_pool=False)
    fairness.take("A01", Priority.REGULAR)
    fairness.act(CallNext("2"))
    fairness.act(StartServing("2", "A001"))
    fairness.act(Transfer("2", "A001", to_service="B01"))
    for service in ("F01", "F01", "B01"):
        fairness.take(service, Priority.APPOINTMENT)
    fairness.act(CallNext("4"))
    assert fairness.hall.tickets["A001"].overtakes == 1
    assert fairness.act(Undo("2"))
    assert fairness.hall.tickets["A001"].overtakes == 1
