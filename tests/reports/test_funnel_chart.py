from dataclasses import replace

import pytest

from lobby.queueing.model.ticket import TicketState
from lobby.reports import funnel_chart as drawn
from lobby.reports.charts import WIDTH
from lobby.reports.day import report_of
from lobby.reports.funnel_chart import FunnelChart, funnel_chart
from lobby.store.visits import Visit
from tests.reports.kpi_day import COINS, DAY, SITTINGS, VISITS, at, diverted, visit
from tests.reports.test_day import NEXT_MORNING, PLAN


def chart(*visits: Visit) -> FunnelChart:
    found = funnel_chart(report_of(PLAN, DAY, visits, SITTINGS, NEXT_MORNING))
    assert found is not None
    return found


def test_it_draws_every_step_on_one_scale() -> None:
    bars = {bar.name: bar for bar in chart(*VISITS).bars}
    assert {name: bar.tickets for name, bar in bars.items()} == {
        drawn.ELIGIBLE: 4,
        drawn.OFFERED: 4,
        drawn.ACCEPTED: 3,
        drawn.DECLINED: 1,
        drawn.COMPLETED: 1,
        drawn.RETURNED: 1,
        drawn.UNCONFIRMED: 1,
    }
    each = {round(bar.width / bar.tickets, 6) for bar in bars.values()}
    assert len(each) == 1


def test_slices_begin_where_the_one_before_ends_and_reach_as_far_as_their_whole() -> None:
    bars = {bar.name: bar for bar in chart(*VISITS).bars}
    done, back, silent = (
        bars[name] for name in (drawn.COMPLETED, drawn.RETURNED, drawn.UNCONFIRMED)
    )
    assert done.x == drawn.NAMES_WIDTH
    assert (back.x, silent.x) == pytest.approx((done.x + done.width, back.x + back.width))
    accepted = bars[drawn.ACCEPTED]
    assert silent.x + silent.width == pytest.approx(accepted.x + accepted.width)


def test_it_leaves_room_for_the_numbers() -> None:
    many = [replace(VISITS[3], number=f"A{n:03}") for n in range(812)]
    for bar in chart(*many).bars:
        assert bar.count_x + drawn.COUNT_ROOM / 2 <= WIDTH
        assert bar.y + drawn.BAR_HEIGHT <= chart(*many).bottom


def test_it_shows_who_is_still_there_only_where_somebody_is() -> None:
    there = visit("A001", 0, state=TicketState.AT_MACHINE, **diverted(0, accepted=0))
    running = funnel_chart(report_of(PLAN, DAY, [there], [], at(9)))
    assert running is not None
    assert running.bars[-1].name == drawn.AT_MACHINE
    assert drawn.AT_MACHINE not in [bar.name for bar in chart(there).bars]


def test_it_draws_nothing_where_nobody_was_eligible() -> None:
    nobody = report_of(PLAN, DAY, [visit("A001", 0, 1, 2, 3, **COINS)], [], NEXT_MORNING)
    plain = report_of(PLAN, DAY, [visit("A001", 0, 1, 2, 3)], [], NEXT_MORNING)
    assert (funnel_chart(nobody), funnel_chart(plain)) == (None, None)
