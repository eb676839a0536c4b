from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lobby.queueing.model.plan import CounterPlan, Plan, Service
from lobby.queueing.model.priority import PROMISES, CallingRule, Priority, Promise
from lobby.queueing.model.ticket import TicketState
from lobby.reports.day import Absences, DayReport, report_of
from lobby.reports.periods import Period
from tests.reports.kpi_day import DAY, SITTINGS, TARGET_MIN, VISITS, at, sitting, visit

NEXT_MORNING = at(24 * 60)
PLAN = Plan(
    id="riverside",
    names={"en": "Riverside"},
    time_zone=ZoneInfo("Asia/Shanghai"),
    services={
        code: Service(code, code[0], "cash", 5, {"en": name})
        for code, name in (("A01", "Cash withdrawal"), ("B01", "Open account"))
    },
    counters={name: CounterPlan(name, name) for name in ("1", "2", "3")},
    target_min=TARGET_MIN,
    calling=CallingRule(promises={**PROMISES, Priority.REGULAR: Promise(TARGET_MIN, 0)}),
)


def worked_day() -> DayReport:
    return report_of(PLAN, DAY, VISITS, SITTINGS, NEXT_MORNING)


def test_it_tells_the_worked_day() -> None:
    report = worked_day()
    assert (report.waits.count, report.waits.mean_s) == (8, 600)
    assert (report.within.count, report.within.of) == (4, 9)
    assert [use.counter for use in report.counters] == ["1", "2"]
    assert report.absences == Absences(
        missed_for_good=1, missed_and_served=0, cancelled=1, left_at_end=0
    )
    assert not report.is_running
    assert report.until == datetime(2026, 3, 5, 16, tzinfo=UTC)


def test_it_counts_arrivals_by_their_taking_and_waits_by_the_start_of_service() -> None:
    first, second = worked_day().half_hours
    assert first.start == at(0)
    assert (first.arrivals, first.waits.count, first.counters_open) == (12, 8, 2.0)
    assert (second.arrivals, second.waits.mean_s) == (0, None)
    assert second.counters_open == 20 / 30


def test_it_counts_the_most_who_waited_at_one_moment() -> None:
    """At minute 15, just taken: A004, A005 back from the machine, A006, B001, B002, A007, A009;
    not A003 and A008 at the machine."""
    assert worked_day().half_hours[0].most_waiting == 7


def test_it_cuts_the_day_by_hours() -> None:
    (hour,) = worked_day().hours
    assert (hour.start, hour.end, hour.arrivals) == (at(0), at(60), 12)


def test_it_leaves_no_gap_between_the_first_sign_of_life_and_the_last() -> None:
    visits = [visit("A001", 0, 1, 2, 3), visit("A002", 100, 101, 102, 103)]
    report = report_of(PLAN, DAY, visits, [], NEXT_MORNING)
    assert [period.arrivals for period in report.half_hours] == [1, 0, 0, 1]


def test_it_names_the_half_hour_with_the_longest_mean_wait() -> None:
    slow = [visit(f"A{n:03}", 60 + n, 90, 91, 95) for n in range(20)]
    report = report_of(PLAN, DAY, [*VISITS, *slow], SITTINGS, NEXT_MORNING)
    assert worst_of(report).start == at(90)


def test_it_does_not_call_the_bad_luck_of_one_the_worst_half_hour() -> None:
    unlucky = visit("A099", 60, 120, 121, 125)
    quick = [visit(f"C{n:03}", 100, 101, 102, 105) for n in range(20)]
    report = report_of(PLAN, DAY, [*VISITS, *quick, unlucky], SITTINGS, NEXT_MORNING)
    assert worst_of(report).start == at(0)


@pytest.mark.parametrize("people", [1, 19])
def test_it_calls_no_half_hour_of_a_day_with_few_people_the_worst(people: int) -> None:
    few = [visit(f"A{n:03}", n, 40 + n, 41 + n, 45 + n) for n in range(people)]
    assert report_of(PLAN, DAY, few, [], NEXT_MORNING).worst is None


def worst_of(report: DayReport) -> Period:
    assert report.worst is not None
    return report.worst


def test_it_tells_each_service_as_it_was_asked_for() -> None:
    cash, account = worked_day().services
    assert (cash.code, cash.tickets, account.code, account.tickets) == ("A01", 10, "B01", 2)
    assert (account.within.count, account.within.of) == (0, 2)


def test_it_keeps_who_was_sent_on_out_of_a_services_times() -> None:
    sent_on = visit("A001", 0, 1, 2, 30, last_service="B01", transfers=1)
    (line,) = report_of(PLAN, DAY, [sent_on], [], NEXT_MORNING).services
    assert (line.waits.count, line.service.count) == (1, 0)


def test_it_still_tells_of_a_service_and_a_counter_that_are_gone() -> None:
    gone = visit("Z001", 0, 1, 2, 3, counter="9", service="Z01")
    report = report_of(PLAN, DAY, [gone, *VISITS], [], NEXT_MORNING)
    assert [line.code for line in report.services] == ["A01", "B01", "Z01"]
    assert [use.counter for use in report.counters] == ["1", "2", "9"]


def test_it_tells_a_running_day_up_to_now() -> None:
    waiting = [visit("A001", 0, state=TicketState.WAITING), replace(VISITS[1], number="A002")]
    report = report_of(PLAN, DAY, waiting, [sitting("1", 0, None)], at(40))
    assert report.is_running
    assert (report.until, report.waiting_now, report.longest_now_s) == (at(40), 1, 2400)
    assert [period.counters_open for period in report.half_hours] == [1.0, 1.0]
    assert [period.most_waiting for period in report.half_hours] == [2, 1]


def test_it_keeps_a_visit_over_midnight_in_the_day_it_began() -> None:
    late = visit("A001", 899, 900, 905, 910, counter="1")
    report = report_of(PLAN, DAY, [late], [sitting("1", 895, 912)], at(1000))
    (period,) = report.half_hours
    assert PLAN.local(period.start).strftime("%H:%M") == "23:30"
    assert report.waits.mean_s == 360
    assert report.counters[0].utilisation == 5 / 17


def test_an_empty_day_and_a_day_to_come_have_no_periods() -> None:
    assert report_of(PLAN, DAY, [], [], NEXT_MORNING).half_hours == ()
    to_come = report_of(PLAN, date(2026, 3, 9), [], [], NEXT_MORNING)
    assert (to_come.is_future, to_come.is_running, to_come.worst) == (True, False, None)


def test_it_keeps_its_hours_where_the_clocks_are_changed() -> None:
    plan = replace(PLAN, time_zone=ZoneInfo("Europe/Berlin"))
    spring = date(2026, 3, 29)
    taken = datetime(2026, 3, 29, 7, 10, tzinfo=UTC)
    one = replace(VISITS[0], taken_at=taken, started_at=taken + timedelta(minutes=3))
    (hour,) = report_of(plan, spring, [one], [], NEXT_MORNING + timedelta(days=60)).hours
    assert plan.local(hour.start).hour == 9
    assert hour.waits.mean_s == 180
