"""Nights on which clocks are set: each half hour of the day once, with its offset."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lobby.reports.day import DayReport, report_of
from lobby.reports.figures import Figures
from lobby.reports.measures import Rate
from tests.reports.kpi_day import SITTINGS, VISITS
from tests.reports.test_day import PLAN

BERLIN = replace(PLAN, time_zone=ZoneInfo("Europe/Berlin"))
AUTUMN = date(2026, 10, 25)
SPRING = date(2026, 3, 29)


def night(day: date, first_utc: datetime, last_utc: datetime) -> DayReport:
    taken = [first_utc, last_utc]
    visits = [
        replace(VISITS[0], number=f"A{n:03}", taken_at=at, started_at=at, ended_at=at)
        for n, at in enumerate(taken)
    ]
    return report_of(BERLIN, day, visits, [], last_utc + timedelta(days=30))


def spans(report: DayReport) -> list[str]:
    figures = Figures("en", BERLIN)
    return [figures.span(period) for period in report.half_hours]


def test_the_hour_that_comes_twice_has_two_rows_with_their_offsets() -> None:
    start = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)
    report = night(AUTUMN, start, start + timedelta(hours=3, minutes=10))
    assert spans(report) == [
        "01:30–02:00 (UTC+2)",
        "02:00–02:30 (UTC+2)",
        "02:30–03:00 (UTC+2)",
        "02:00–02:30 (UTC+1)",
        "02:30–03:00 (UTC+1)",
        "03:00–03:30 (UTC+1)",
        "03:30–04:00 (UTC+1)",
    ]


def test_the_hour_that_is_left_out_has_no_row() -> None:
    start = datetime(2026, 3, 29, 0, 10, tzinfo=UTC)
    report = night(SPRING, start, start + timedelta(hours=1, minutes=30))
    assert spans(report) == [
        "01:00–01:30 (UTC+1)",
        "01:30–02:00 (UTC+1)",
        "03:00–03:30 (UTC+2)",
        "03:30–04:00 (UTC+2)",
    ]


@pytest.mark.parametrize(("day", "hours"), [(AUTUMN, 25), (SPRING, 23), (date(2026, 7, 1), 24)])
def test_a_whole_day_has_each_of_its_half_hours_once(day: date, hours: int) -> None:
    begin = datetime.combine(day, datetime.min.time(), BERLIN.time_zone).astimezone(UTC)
    report = night(day, begin, begin + timedelta(hours=hours, minutes=-1))
    half_hours = report.half_hours
    assert len(half_hours) == 2 * hours
    assert {period.end - period.start for period in half_hours} == {timedelta(minutes=30)}
    ends = [period.end for period in half_hours[:-1]]
    assert ends == [period.start for period in half_hours[1:]]
    assert len(set(spans(report))) == len(half_hours)
    assert sum(period.arrivals for period in half_hours) == 2
    assert len(report.hours) == hours


def test_a_usual_day_needs_no_offset() -> None:
    report = report_of(PLAN, date(2026, 3, 5), VISITS, SITTINGS, VISITS[0].taken_at)
    assert Figures("en", PLAN).span(report.half_hours[0]) == "09:00–09:30"


def test_the_half_hours_add_up_to_the_day() -> None:
    report = report_of(PLAN, date(2026, 3, 5), VISITS, SITTINGS, datetime(2026, 3, 7, tzinfo=UTC))
    assert sum(period.arrivals for period in report.half_hours) == len(VISITS)
    assert sum(period.waits.count for period in report.half_hours) == report.waits.count
    assert report.within == Rate(4, 9)
