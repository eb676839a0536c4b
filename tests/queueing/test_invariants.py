"""Thousands of acts, sensible and not, on any clock: what must always be true stays true."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from msgspec import structs

from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import (
    AddService,
    CallNext,
    CloseCounter,
    OpenCounter,
    ResumeCounter,
    Undo,
)
from lobby.queueing.commands.floor import CallColleague, ReportMachine, SetDuty
from lobby.queueing.commands.ticket import (
    BringBack,
    CareCommand,
    EndRest,
    ReturnFromHold,
    TakeTicket,
    WentAlong,
)
from lobby.queueing.decide.dispatch import decide
from lobby.queueing.events.care import CareEvent
from lobby.queueing.events.event import DayOpened, Event
from lobby.queueing.events.ticket import (
    CustomerAbsent,
    ServingFinished,
    TicketCalled,
    TicketCalledAgain,
    TicketSentBack,
    TicketTaken,
    TicketTransferred,
)
from lobby.queueing.evolve.dispatch import evolve
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import CounterPolicy
from lobby.queueing.model.priority import CallingRule, Order
from lobby.queueing.model.ticket import ENDED, Channel, TicketState
from lobby.queueing.refusals.refusal import Refusal
from lobby.queueing.refusals.ticket import NobodyWaiting, TooSoonForAbsent, TouchedSince
from lobby.store.log import decode, encode
from tests.app.people import plan
from tests.queueing import oracle, oracle_events
from tests.queueing.nonsense import (
    COUNTERS,
    INDEX,
    NONSENSE,
    ODD_NUMBERS,
    SERVICES,
    WITH_CUSTOMER,
    Act,
)
from tests.queueing.people import People
from tests.queueing.search import search
from tests.queueing.shift import ALL_SERVICES, CASH, IMPATIENT, THU, WEI

NIGHTS = {
    "Asia/Shanghai": datetime(2026, 3, 2, 15, 30, tzinfo=UTC),
    "Europe/Berlin": datetime(2026, 3, 28, 22, 30, tzinfo=UTC),
    "America/New_York": datetime(2026, 11, 1, 3, 30, tzinfo=UTC),
    "Africa/Cairo": datetime(2026, 4, 23, 21, 30, tzinfo=UTC),
}
"""Half an hour before a midnight; in three of them the clocks change that night, in Cairo at it."""

JUMPS = [
    timedelta(**{unit: sign * size})
    for unit, size in [
        ("seconds", 1),
        ("minutes", 16),
        ("hours", 1),
        ("hours", 9),
        ("days", 1),
        ("days", 2),
    ]
    for sign in (1, -1)
]

CARE = ("care", "call_modes", "pager", "longer_grace", "overtakes")
"""What an undo leaves as it is."""

Undoable = CustomerAbsent | ServingFinished | TicketTransferred | TicketSentBack
MAY_CHANGE_NOTHING = (
    CallColleague | ReportMachine | SetDuty | CareCommand | AddService | WentAlong | EndRest
)
"""Saying again what is so already is neither refused nor an event."""


class Branch(RuleBasedStateMachine):
    @initialize(
        zone=st.sampled_from(sorted(NIGHTS)),
        all_open=st.booleans(),
        order=st.sampled_from(Order),
        policy=st.sampled_from([CounterPolicy(), IMPATIENT, replace(IMPATIENT, auto_call=True)]),
    )
    def begin(self, zone: str, all_open: bool, order: Order, policy: CounterPolicy) -> None:
        calling = CallingRule(order)
        self.hall = Hall.empty(replace(plan(zone=zone), calling=calling, counter_policy=policy))
        self.now = NIGHTS[zone]
        self.log: list[Event] = []
        self.halls = [self.hall]
        if all_open:
            self.act(OpenCounter("1", THU, ALL_SERVICES))
            self.act(OpenCounter("2", WEI, CASH))
            self.take("A01", people=6)

    def act(self, command: Command) -> bool:
        """Whether the command was accepted; each of its events is checked."""
        try:
            events = decide(self.hall, command, self.now)
        except Refusal as refusal:
            self.check_refusal(command, refusal)
            return False
        assert events or isinstance(command, MAY_CHANGE_NOTHING)
        for event in events:
            after = evolve(self.hall, event)
            oracle_events.check_event(self.hall, event, after)
            oracle.check_hall(after)
            self.hall = after
            self.halls.append(after)
        oracle.check_command(self.halls[-1 - len(events)], command, events)
        self.check_undo(command)
        self.log += events
        return True

    def check_refusal(self, command: Command, refusal: Refusal) -> None:
        """Pressing next with people waiting for this counter is never answered "nobody"."""
        if isinstance(refusal, NobodyWaiting):
            assert isinstance(command, CallNext)
            assert oracle.eligible(self.hall, self.hall.counters[command.counter]) == []
        if isinstance(refusal, TouchedSince):
            assert isinstance(command, Undo)
            index, last = self.last_about(refusal.number)
            own = [e for e in self.log[:index] if getattr(e, "counter", None) == command.counter]
            assert any(isinstance(e, Undoable) and e.number == refusal.number for e in own), last
        if isinstance(refusal, TooSoonForAbsent):
            assert self.is_too_soon(refusal.number)

    def is_too_soon(self, number: str) -> bool:
        """Called once since it came from the line, or less than the grace ago."""
        calls: list[Event] = []
        for event in self.log:
            if isinstance(event, TicketCalled) and event.number == number:
                calls = [event]
            elif isinstance(event, TicketCalledAgain) and event.number == number:
                calls.append(event)
        policy, ticket = self.hall.plan.counter_policy, self.hall.tickets[number]
        grace_s = policy.grace_s * (2 if ticket.longer_grace else 1)
        is_patient = (self.now - calls[-1].at).total_seconds() >= grace_s
        return len(calls) < policy.calls_before_absent or not is_patient

    def check_undo(self, command: Command) -> None:
        """The ticket is again what it was before the very last thing that happened to it."""
        if not isinstance(command, Undo):
            return
        undone = self.hall.tickets[self.hall.counters[command.counter].ticket or ""]
        index, last = self.last_about(undone.number)
        assert isinstance(last, Undoable)
        assert last.counter == command.counter
        before = self.halls[index].tickets[undone.number]
        cared_for = {name: getattr(undone, name) for name in CARE}
        assert undone == structs.replace(before, touched=self.hall.version, **cared_for)
        assert all(
            value == getattr(self.halls[-2].tickets[undone.number], name)
            for name, value in cared_for.items()
        )

    def last_about(self, number: str) -> tuple[int, Event]:
        """The newest event about this ticket but for care, and the index of the hall it found."""
        numbered = reversed(list(enumerate(self.log)))
        about = ((i, e) for i, e in numbered if getattr(e, "number", None) == number)
        return next((i, e) for i, e in about if not isinstance(e, CareEvent))

    def some(self, index: int, *states: TicketState) -> str:
        """A ticket in one of these states; where there is none, a number that makes no sense."""
        found = [t.number for t in self.hall.tickets.values() if t.state in states]
        return found[index % len(found)] if found else ODD_NUMBERS[index % len(ODD_NUMBERS)]

    @rule(seconds=st.integers(0, 400))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(jump=st.sampled_from(JUMPS), to_midnight=st.booleans())
    def set_the_clock(self, jump: timedelta, to_midnight: bool) -> None:
        zone = self.hall.plan.time_zone
        tomorrow = self.now.astimezone(zone).date() + timedelta(days=1)
        midnight = datetime.combine(tomorrow, time(), zone).astimezone(UTC)
        self.now = midnight - timedelta(seconds=1) if to_midnight else self.now + jump

    @rule(service=SERVICES, people=st.integers(1, 5))
    def take(self, service: str, people: int) -> None:
        for _ in range(people):
            secret = f"secret-{self.hall.version}"
            assert self.act(TakeTicket(service, "zh", secret, Channel.KIOSK))

    @rule(seed=st.integers(0, 2**32), acts=st.integers(1, 40), pace_s=st.integers(0, 60))
    def go_about_their_business(self, seed: int, acts: int, pace_s: int) -> None:
        people = People(seed)
        for _ in range(acts):
            self.act(people.act(self.hall))
            self.now += timedelta(seconds=pace_s)

    @rule(counter=COUNTERS)
    def call_next(self, counter: str) -> None:
        """Pressing next is refused where the counter is not ready, or where nobody waits for it."""
        place = self.hall.counters[counter]
        ready = place.is_serving and place.ticket is None
        expected = ready and oracle.eligible(self.hall, place) != []
        assert self.act(CallNext(counter)) == expected

    @rule(counter=COUNTERS, act=st.sampled_from([Undo, CloseCounter, ResumeCounter]))
    def at_counter(self, counter: str, act: type[Undo | CloseCounter]) -> None:
        self.act(act(counter))

    @precondition(lambda self: self.busy() != [])
    @rule(index=INDEX, act=st.sampled_from(WITH_CUSTOMER), data=st.data())
    def with_customer(self, index: int, act: Act, data: st.DataObject) -> None:
        counter = self.busy()[index % len(self.busy())]
        self.act(data.draw(act(counter.id, counter.ticket or "")))

    @rule(index=INDEX)
    def bring_back(self, index: int) -> None:
        self.act(BringBack(self.some(index, TicketState.ABSENT)))

    @rule(index=INDEX)
    def return_from_hold(self, index: int) -> None:
        self.act(ReturnFromHold(self.some(index, TicketState.ON_HOLD)))

    def busy(self) -> list[Counter]:
        return [counter for counter in self.hall.counters.values() if counter.ticket]

    @rule(command=NONSENSE)
    def nonsense(self, command: Command) -> None:
        self.act(command)

    @invariant()
    def everybody_is_accounted_for(self) -> None:
        """As many as were taken today wait, are at a counter or a machine, are held or ended."""
        turns = [i for i, event in enumerate(self.log) if isinstance(event, DayOpened)]
        today = self.log[turns[-1] :] if turns else []
        issued = sum(isinstance(event, TicketTaken) for event in today)
        lined_up = sum(len(line) for line in self.hall.lines.values())
        at_counters = sum(counter.ticket is not None for counter in self.hall.counters.values())
        elsewhere = ENDED | {TicketState.ON_HOLD, TicketState.RESTING, TicketState.AT_MACHINE}
        others = sum(ticket.state in elsewhere for ticket in self.hall.tickets.values())
        assert issued == lined_up + at_counters + others

    def teardown(self) -> None:
        """The log, also as it is written down, makes the same halls again: no decision and no
        event has changed a hall that came before."""
        again = read_back = self.halls[0]
        for event, hall in zip(self.log, self.halls[1:], strict=True):
            again = evolve(again, event)
            assert again == hall
            read_back = evolve(read_back, decode(type(event).__name__, encode(event).decode()))
        assert read_back == self.hall
        assert [hall.version for hall in self.halls] == list(range(len(self.halls)))


TestBranch = Branch.TestCase
TestBranch.settings = search(examples=60)
