from datetime import date

from lobby.reports.figures import Figures
from tests.reports.kpi_day import at
from tests.reports.test_day import PLAN, worked_day

ENGLISH, CHINESE, VIETNAMESE = (Figures(language, PLAN) for language in ("en", "zh", "vi"))


def test_it_writes_numbers_with_the_decimal_mark_of_the_language() -> None:
    assert (ENGLISH.minutes(570), CHINESE.minutes(570), VIETNAMESE.minutes(570)) == (
        *("9.5", "9.5", "9,5"),
    )
    assert (ENGLISH.count(1234), VIETNAMESE.count(1234)) == ("1,234", "1.234")


def test_it_names_the_unit_in_the_language() -> None:
    assert ENGLISH.minutes_long(570) == "9.5 min"
    assert ENGLISH.waited_long(54) == "less than a minute"
    assert ENGLISH.waited_long(780) == "13 min"
    assert CHINESE.minutes_long(570) == "9.5 分钟"
    assert VIETNAMESE.minutes_long(1440) == "24 phút"


def test_it_is_no_more_exact_than_the_eye_needs() -> None:
    assert [ENGLISH.percent(share) for share in (0.8049, 0.031, 0.03, 0.9999, 0, 0.0001)] == [
        *("80%", "3.1%", "3%", "100%", "0%", "0%"),
    ]


def test_it_draws_a_dash_where_nothing_can_be_said() -> None:
    assert {ENGLISH.minutes(None), ENGLISH.minutes_long(None), ENGLISH.percent(None)} == {"–"}


def test_it_tells_times_on_the_branchs_clock() -> None:
    assert ENGLISH.clock(at(65)) == "10:05"
    assert ENGLISH.span(worked_day().half_hours[0]) == "09:00–09:30"
    assert ENGLISH.hours(7.5 * 3600) == "7:30"


def test_it_names_months_services_and_counters() -> None:
    assert [f.month(date(2026, 3, 1)) for f in (ENGLISH, CHINESE)] == ["March 2026", "2026年3月"]
    assert (ENGLISH.service("A01"), ENGLISH.service("Z99")) == ("Cash withdrawal", "Z99")
    assert (ENGLISH.counter("2"), ENGLISH.counter("old")) == ("2", "old")
