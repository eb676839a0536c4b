import pytest
from hypothesis import given
from hypothesis import strategies as st

from lobby.reports import charts
from lobby.reports.charts import day_chart, scale, service_chart, wait_scale
from lobby.reports.day import report_of
from tests.reports.kpi_day import DAY, SITTINGS, VISITS, visit
from tests.reports.test_day import NEXT_MORNING, PLAN, worked_day


@given(st.floats(0, 100_000), st.sampled_from([charts.STEPS, charts.MINUTE_STEPS]))
def test_a_scale_reaches_the_highest_value_with_few_round_steps(
    highest: float, steps: tuple[int, ...]
) -> None:
    chosen = scale(highest, steps)
    assert chosen.top >= highest
    assert 2 <= len(list(chosen.values())) <= charts.MOST_TICKS
    assert chosen.share(chosen.top) == 1


def test_all_waits_are_drawn_on_one_scale() -> None:
    """The longest P90 of any half hour or service is 18 minutes: 20, in steps of five."""
    report = worked_day()
    assert wait_scale(report).top == 20
    day, services = day_chart(report, PLAN), service_chart(report)
    assert [tick.value for tick in day.waits.ticks] == [0, 5, 10, 15, 20]
    assert [tick.value for tick in services.ticks] == [0, 5, 10, 15, 20]


def test_the_promise_fits_the_scale_even_where_nobody_waited_that_long() -> None:
    quick = report_of(PLAN, DAY, [visit("A001", 0, 0.5, 1, 2)], SITTINGS, NEXT_MORNING)
    assert wait_scale(quick).top >= PLAN.target_min
    chart = day_chart(quick, PLAN)
    assert chart.waits.top <= chart.target_y < chart.waits.bottom


def test_bars_and_dots_stand_where_the_figures_say() -> None:
    chart = day_chart(worked_day(), PLAN)
    (bar,), (dot,) = chart.waits.bars, chart.waits.dots
    assert bar.height == pytest.approx(charts.WAITS_HEIGHT * 10 / 20)
    assert dot.y == pytest.approx(chart.waits.bottom - charts.WAITS_HEIGHT * 18 / 20)
    assert dot.stem_to == bar.y
    assert dot.is_few
    service_bar = service_chart(worked_day()).rows[1].bar
    assert service_bar is not None
    assert service_bar.width == pytest.approx(charts.PLOT * 18 / 20)


def test_the_charts_of_the_day_share_one_axis_of_time() -> None:
    chart = day_chart(worked_day(), PLAN)
    waits, arrivals = chart.waits.bars[0], chart.arrivals.bars[0]
    assert (waits.x, waits.width) == (arrivals.x, arrivals.width)
    assert chart.counters.bars[0].x == charts.LEFT
    last = chart.counters.bars[-1]
    assert last.x + last.width == charts.LEFT + charts.PLOT


def test_everything_stays_on_the_paper() -> None:
    visits = [visit(f"A{n:03}", n, n + 40, n + 41, n + 50) for n in range(0, 880, 3)]
    report = report_of(PLAN, DAY, visits, SITTINGS, NEXT_MORNING)
    chart = day_chart(report, PLAN)
    for panel in (chart.waits, chart.arrivals, chart.counters):
        assert all(bar.x >= charts.LEFT and bar.y >= panel.top for bar in panel.bars)
        assert all(bar.x + bar.width <= charts.WIDTH for bar in panel.bars)
        assert panel.bottom < chart.height
    assert 2 <= sum(hour.is_lettered for hour in chart.hours) <= charts.MOST_HOUR_LABELS


def test_open_counters_are_drawn_as_one_area() -> None:
    chart = day_chart(worked_day(), PLAN)
    bottom = f"{chart.counters.bottom:.1f}"
    assert chart.counters_outline.startswith(f"M{charts.LEFT} {bottom}V")
    assert chart.counters_outline.endswith(f"V{bottom}Z")


def test_a_service_nobody_was_served_for_has_a_name_and_no_bar() -> None:
    unserved = [line for line in VISITS if line.number == "B001"]
    (row,) = service_chart(report_of(PLAN, DAY, unserved, [], NEXT_MORNING)).rows
    assert (row.line.code, row.bar, row.dot) == ("B01", None, None)


def test_a_day_without_anything_has_empty_charts() -> None:
    report = report_of(PLAN, DAY, [], [], NEXT_MORNING)
    assert day_chart(report, PLAN).waits.bars == ()
    assert service_chart(report).rows == ()
