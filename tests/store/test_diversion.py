"""The way to a machine as reports find it: every figure of the funnel is one that events gave."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import accumulate
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from lobby.queueing.commands.command import Command, OpenDay
from lobby.queueing.commands.ticket import (
    AcceptMachine,
    ConfirmMachineJob,
    OfferMachine,
    ReturnFromMachine,
    TakeTicket,
)
from lobby.queueing.decide.dispatch import decide
from lobby.queueing.events.care import (
    MachineAccepted,
    MachineDeclined,
    MachineJobDone,
    MachineOffered,
    ReturnedFromMachine,
)
from lobby.queueing.events.event import Event
from lobby.queueing.events.ticket import TicketTaken
from lobby.queueing.evolve.dispatch import evolve
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.intake import ConfirmedBy, Intake, OfferedBy
from lobby.queueing.refusals.refusal import Refusal
from lobby.settings import Database
from lobby.store.bulk_rows import Row
from lobby.store.projection import visit_row
from lobby.store.visits import Visit, visits_of
from tests.app.people import MORNING, plan
from tests.queueing.people import People
from tests.queueing.search import search
from tests.store.office import THU, Office, in_office, number_of

Funnel = Counter[str]
Key = tuple[date | None, str]

ADVISED = Intake(rule="R22", rule_set="cn-1", eligible=True, offered=True)


def from_rows(rows: Iterable[Row]) -> Funnel:
    """As a report counts visits."""
    funnel: Funnel = Counter()
    for row in rows:
        accepted, done = row["accepted_at"], row["machine_done_at"]
        funnel["eligible"] += row["eligible"]
        funnel["offered at the kiosk"] += row["offered_by"] == OfferedBy.KIOSK
        funnel["offered by a person"] += row["offered_by"] == OfferedBy.STAFF
        funnel["accepted"] += accepted is not None
        funnel["declined"] += row["declined_at"] is not None
        funnel["completed"] += done is not None
        funnel["returned"] += row["returned_at"] is not None
        funnel["unconfirmed"] += bool(accepted and not done and not row["returned_at"])
    return +funnel


def from_events(events: Iterable[tuple[date | None, Event]]) -> Funnel:
    """As somebody counts who reads the log line by line, and knows nothing of tickets."""
    funnel: Funnel = Counter()
    eligible: set[Key] = set()
    at_machine: set[Key] = set()
    for day, event in events:
        key = (day, getattr(event, "number", ""))
        match event:
            case TicketTaken(intake=intake, machine=machine):
                eligible |= {key} if intake.eligible else set()
                funnel["offered at the kiosk"] += intake.offered
                funnel["declined"] += intake.offered and machine is None
                funnel["accepted"] += machine is not None
                at_machine |= {key} if machine is not None else set()
            case MachineOffered():
                eligible.add(key)
                funnel["offered by a person"] += 1
            case MachineAccepted():
                funnel["accepted"] += 1
                at_machine.add(key)
            case MachineDeclined():
                funnel["declined"] += 1
            case MachineJobDone():
                funnel["completed"] += 1
                at_machine.remove(key)
            case ReturnedFromMachine():
                funnel["returned"] += 1
                at_machine.remove(key)
            case _:
                pass
    funnel["eligible"], funnel["unconfirmed"] = len(eligible), len(at_machine)
    return +funnel


@given(seed=st.integers(0, 2**32), acts=st.integers(20, 400))
@search(examples=60)
def test_it_counts_the_funnel_as_the_events_do(seed: int, acts: int) -> None:
    people, random = People(seed), Random(seed)
    hall, now = Hall.empty(plan()), MORNING
    log: list[tuple[date | None, Event]] = []
    rows: dict[Key, Row] = {}
    for _ in range(acts):
        try:
            events = decide(hall, people.act(hall), now)
        except Refusal:
            events = ()
        halls = list(accumulate(events, evolve, initial=hall))
        for event, hall in zip(events, halls[1:], strict=True):
            log.append((hall.day, event))
            rows |= {(t.day, t.number): visit_row("riverside", t) for t in hall.tickets.values()}
        now += timedelta(hours=16) if random.random() < 0.01 else timedelta(seconds=20)
    assert from_rows(rows.values()) == from_events(log)


async def visit_after(office: Office, *commands: Command) -> Visit:
    """The visit of S001 or A001 once the commands are done, a minute apart."""
    for command in commands:
        await office.act(command, actor=THU)
        office.clock.advance(60)
    day = office.riverside.hall.day
    assert day is not None
    visits = await office.store.read(lambda connection: visits_of(connection, "riverside", day))
    assert len(visits) == 1
    return visits[0]


def minute(number: int) -> datetime:
    return MORNING + timedelta(minutes=number)


def test_it_keeps_a_slip_until_its_job_is_done(database: Database) -> None:
    async def scenario(office: Office) -> Visit:
        take = TakeTicket("A01", "vi", "secret", intake=ADVISED, machine="crs-2")
        assert number_of(await office.act(take)) == "S001"
        office.clock.advance(60)
        return await visit_after(office, ConfirmMachineJob("S001", ConfirmedBy.SLIP))

    visit = in_office(database, scenario)
    assert (visit.rule, visit.rule_set, visit.eligible, visit.machine) == (
        *("R22", "cn-1"),
        True,
        "crs-2",
    )
    assert (visit.offered_by, visit.offered_staff) == (OfferedBy.KIOSK, None)
    assert (visit.offered_at, visit.accepted_at) == (MORNING, MORNING)
    assert (visit.machine_done_at, visit.confirmed_by) == (minute(1), ConfirmedBy.SLIP)
    assert (visit.declined_at, visit.returned_at) == (None, None)


def test_it_keeps_who_offered_whatever_comes_after(database: Database) -> None:
    """Also when all of it is written at once, and where the kiosk had found a reason not to."""

    async def scenario(office: Office) -> Visit:
        not_then = Intake(rule="R21", rule_set="cn-1", exclusion="NOT_FASTER")
        take = TakeTicket("A01", "vi", "secret", intake=not_then)
        offer = OfferMachine("A001", "crs-2")
        asked = (office.act(c, actor=THU) for c in (take, offer, AcceptMachine("A001")))
        await office.together(*asked)
        office.clock.advance(60)
        return await visit_after(office, ReturnFromMachine("A001"))

    visit = in_office(database, scenario)
    assert (visit.offered_by, visit.offered_staff) == (OfferedBy.STAFF, "thu")
    assert (visit.eligible, visit.exclusion) == (True, "")
    assert (visit.accepted_at, visit.returned_at) == (MORNING, minute(1))
    assert (visit.machine_done_at, visit.confirmed_by) == (None, None)


def test_it_keeps_a_slip_that_nobody_confirmed_as_just_that(database: Database) -> None:
    async def scenario(office: Office) -> Visit:
        take = TakeTicket("A01", "vi", "secret", intake=ADVISED, machine="crs-2")
        await office.act(take)
        day = office.riverside.hall.day
        assert day is not None
        office.clock.advance(24 * 3600)
        await office.act(OpenDay())
        return (await office.store.read(lambda c: visits_of(c, "riverside", day)))[0]

    visit = in_office(database, scenario)
    assert visit.accepted_at == MORNING
    assert (visit.machine_done_at, visit.returned_at, visit.state) == (None, None, "lapsed")
