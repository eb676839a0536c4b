"""The whole snapshot of a branch: from configuration alone, and better with what it sees."""

import math
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from msgspec import structs

from lobby.forecast.estimate import Cause, Estimate, Snapshot
from lobby.forecast.forecaster import Forecaster
from lobby.forecast.knowledge import Knowledge
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import (
    AddService,
    CallNext,
    Finish,
    OpenCounter,
    PauseCounter,
    PlanBreak,
    StartServing,
    Transfer,
)
from lobby.queueing.commands.ticket import CancelTicket, ChangeService, TakeTicket
from lobby.queueing.decide.dispatch import decide
from lobby.queueing.events.event import DayOpened
from lobby.queueing.evolve.dispatch import fold
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.priority import Priority
from tests.app.people import MORNING, hall, plan

CASH = ("A01", "A02", "A04")


class Day:
    """A branch, its clock, and a forecaster that sees each event."""

    def __init__(self) -> None:
        self.hall: Hall = hall()
        self.now: datetime = MORNING
        self.forecaster = Forecaster(Knowledge.of(plan()))

    def act(self, *commands: Command, seconds: float = 1) -> None:
        for command in commands:
            self.now += timedelta(seconds=seconds)
            for event in decide(self.hall, command, self.now):
                after = fold(self.hall, (event,))
                self.forecaster.observe(event, self.hall, after)
                self.hall = after

    def take(self, number: int, service: str = "A01") -> None:
        for _ in range(number):
            self.act(TakeTicket(service, "en", f"secret-{self.hall.version}"))

    def serve(self, counter: str, seconds: float) -> None:
        self.act(CallNext(counter))
        number = self.hall.counters[counter].ticket
        assert number is not None
        self.act(StartServing(counter, number))
        self.act(Finish(counter, number), seconds=seconds)

    def snapshot(self) -> Snapshot:
        return self.forecaster.snapshot(self.hall, self.now)


def one_counter(waiting: int) -> Day:
    day = Day()
    day.act(OpenCounter("1", "thu", CASH))
    day.take(waiting + 1)
    day.act(CallNext("1"), StartServing("1", "A001"))
    return day


def check(estimate: Estimate) -> None:
    quantiles = list(estimate.quantiles_s)
    assert quantiles == sorted(quantiles)
    assert not any(math.isnan(each) for each in quantiles)
    assert quantiles[0] >= 0


def test_from_configuration_alone_each_one_ahead_costs_about_a_job() -> None:
    day = one_counter(5)
    day.forecaster.replicates = 2000  # what configuration comes to, not what chance adds to it
    snapshot = day.snapshot()
    middles = [snapshot.tickets[f"A00{number}"].p50_s for number in range(2, 7)]
    assert middles == sorted(middles)
    assert 120 < middles[0] < 300
    for before, after in pairwise(middles):
        assert 180 < after - before < 360  # four minutes configured, with walk and gap
    assert snapshot.services["A01"].p50_s > middles[-1]
    assert snapshot.tickets["A004"].ahead == 2
    assert snapshot.tickets["A004"].why.cause is Cause.AHEAD
    assert snapshot.tickets["A004"].naive_s == pytest.approx(2 * 240, rel=0.05)


def test_the_same_hall_and_seed_give_the_same_board() -> None:
    assert one_counter(4).snapshot() == one_counter(4).snapshot()
    other = one_counter(4)
    other.forecaster.seed = 1
    assert other.snapshot() != one_counter(4).snapshot()


def test_a_second_look_tells_the_same_to_those_who_were_told() -> None:
    day = one_counter(4)
    assert day.snapshot() == day.snapshot()


def test_a_second_counter_makes_waits_shorter() -> None:
    day = one_counter(5)
    before = day.snapshot().tickets["A006"].p50_s
    day.act(OpenCounter("2", "wei", CASH))
    assert day.snapshot().tickets["A006"].p50_s < 0.7 * before


def test_an_empty_hall_has_no_waits() -> None:
    snapshot = Day().snapshot()
    assert not snapshot.tickets
    for estimate in snapshot.services.values():
        assert not estimate.is_known
        assert estimate.why.cause is Cause.NOBODY


def test_a_free_counter_calls_at_once() -> None:
    day = Day()
    day.act(OpenCounter("1", "thu", CASH))
    estimate = day.snapshot().services["A01"]
    check(estimate)
    assert estimate.p90_s < 120
    assert estimate.why.cause is Cause.FREE


def test_a_service_that_no_counter_serves_has_no_wait_to_tell() -> None:
    day = one_counter(1)
    day.take(1, "F01")
    snapshot = day.snapshot()
    assert not snapshot.tickets["F001"].is_known
    assert snapshot.tickets["F001"].why.cause is Cause.NOBODY
    assert snapshot.tickets["A002"].is_known


def test_a_pause_with_a_known_end_is_waited_for() -> None:
    day = Day()
    day.act(OpenCounter("1", "thu", CASH), PauseCounter("1", "lunch", minutes=30))
    day.take(2)
    estimate = day.snapshot().tickets["A001"]
    assert estimate.p10_s == pytest.approx(30 * 60, abs=10)
    assert estimate.p90_s == pytest.approx(30 * 60, abs=10)
    assert (estimate.why.cause, estimate.why.counter) == (Cause.PAUSED, "1")
    assert estimate.why.at is not None


@pytest.mark.parametrize("later_s", [0, 3600, 1_000_000])
def test_a_pause_without_an_end_may_have_lasted_for_ever(later_s: float) -> None:
    day = Day()
    for counter, teller in (("1", "thu"), ("2", "wei")):
        day.act(OpenCounter(counter, teller, CASH), PauseCounter(counter, "away"))
    day.take(3)
    snapshot = day.forecaster.snapshot(day.hall, day.now + timedelta(seconds=later_s))
    for estimate in snapshot.tickets.values():
        check(estimate)
        assert estimate.is_known


def test_a_planned_break_is_not_overlooked() -> None:
    day = one_counter(4)
    before = day.snapshot().tickets["A005"].p50_s
    day.act(PlanBreak("1", day.now + timedelta(minutes=2), 20))
    estimate = day.snapshot().tickets["A005"]
    assert estimate.p50_s > before + 15 * 60
    assert (estimate.why.cause, estimate.why.counter) == (Cause.BREAK, "1")


def test_a_ticket_of_a_service_that_has_left_the_plan_is_still_told() -> None:
    day = one_counter(3)
    services = {code: one for code, one in day.hall.plan.services.items() if code != "A01"}
    day.hall = structs.replace(day.hall, plan=replace(day.hall.plan, services=services))
    for estimate in day.snapshot().tickets.values():
        check(estimate)


def test_a_ticket_sent_to_one_counter_waits_for_that() -> None:
    day = one_counter(1)
    day.act(OpenCounter("2", "wei", CASH))
    day.act(Transfer("1", "A001", to_counter="2"))
    snapshot = day.snapshot()
    assert snapshot.tickets["A001"].counters == 1
    assert snapshot.tickets["A002"].counters == 2


def test_assistance_waits_less_than_others_who_come_with_it() -> None:
    day = one_counter(8)
    day.act(TakeTicket("A01", "en", "helped", priority=Priority.ASSISTANCE))
    snapshot = day.snapshot()
    helped = max(snapshot.tickets)
    assert snapshot.tickets[helped].p50_s < snapshot.services["A01"].p50_s


def test_it_learns_how_long_jobs_take() -> None:
    day = Day()
    day.act(OpenCounter("1", "thu", CASH))
    for _ in range(60):
        day.take(2)
        day.serve("1", seconds=60)
        day.serve("1", seconds=60)
    assert day.forecaster.knowledge.jobs.mean_s("A01") < 180
    assert day.forecaster.knowledge.jobs.speed("thu") < 0.8
    day.take(6)
    assert day.snapshot().tickets["A126"].p50_s < 5 * 150


def test_what_was_told_is_held_against_the_wait() -> None:
    day = one_counter(3)
    day.snapshot()
    assert set(day.forecaster.corrector.pending) == {"A002", "A003", "A004"}
    day.act(Finish("1", "A001"), seconds=3000)
    day.act(CallNext("1"))
    assert set(day.forecaster.corrector.pending) == {"A003", "A004"}
    assert day.forecaster.corrector.layers.bias.value > 0.1


def test_who_leaves_or_changes_is_not_learned_from() -> None:
    day = one_counter(3)
    day.snapshot()
    day.act(CancelTicket("A002"), ChangeService("A003", "A04"))
    assert set(day.forecaster.corrector.pending) == {"A004"}
    assert day.forecaster.corrector.layers.bias.value == 0


def test_a_night_makes_today_part_of_the_profile() -> None:
    day = one_counter(3)
    tomorrow = DayOpened(day.now, day.now.date() + timedelta(days=1))
    day.forecaster.observe(DayOpened(day.now, day.now.date()), day.hall, day.hall)
    day.take(4)
    day.forecaster.observe(tomorrow, day.hall, day.hall)
    arrivals = day.forecaster.knowledge.arrivals
    assert sum(arrivals.usual) == 4
    assert sum(arrivals.today) == 0
    assert not day.forecaster.corrector.pending


def test_what_was_learned_comes_back_from_storage() -> None:
    day = Day()
    day.act(OpenCounter("1", "thu", CASH))
    for _ in range(30):
        day.take(2)
        day.snapshot()
        day.serve("1", seconds=100)
        day.serve("1", seconds=200)
    text = day.forecaster.to_json()
    restored = Forecaster.from_json(text, plan())
    assert restored.to_json() == text
    day.take(4)
    fresh = restored.snapshot(day.hall, day.now).services["A01"].p50_s
    assert fresh == pytest.approx(day.snapshot().services["A01"].p50_s, rel=0.35)


def test_it_learns_of_a_visit_of_two_services_how_long_each_took() -> None:
    day = Day()
    day.act(OpenCounter("1", "thu", (*CASH, "B01")))
    day.take(1)
    day.act(CallNext("1"), StartServing("1", "A001"))
    day.act(AddService("1", "A001", "B01"), seconds=200)
    day.act(Finish("1", "A001"), seconds=900)
    jobs = day.forecaster.knowledge.jobs
    assert [round(length_s) for _, length_s in jobs.lengths["A01"]] == [200]
    assert [round(length_s) for _, length_s in jobs.lengths["B01"]] == [pytest.approx(900, rel=0.1)]


def test_it_learns_nothing_of_a_service_that_was_added_when_it_was_done() -> None:
    day = Day()
    day.act(OpenCounter("1", "thu", (*CASH, "B01")))
    day.take(1)
    day.act(CallNext("1"), StartServing("1", "A001"))
    day.act(AddService("1", "A001", "B01"), seconds=200)
    day.act(Finish("1", "A001"), seconds=3)
    assert not day.forecaster.knowledge.jobs.lengths["B01"]


def test_it_explains_a_wait_by_the_jobs_before_it_and_not_by_ones_own() -> None:
    day = one_counter(3)
    day.act(OpenCounter("2", "wei", ("F01",)))
    day.take(1, "A04")
    day.take(1, "F01")
    snapshot = day.snapshot()
    transfer, exchange = snapshot.tickets["A005"].why, snapshot.tickets["F001"].why
    assert transfer.mean_job_min == pytest.approx(4, rel=0.1), "four minutes each, not eight"
    assert exchange.mean_job_min == pytest.approx(12, rel=0.1), "nobody is before them"
