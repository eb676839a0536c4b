from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lobby.queueing.model.ticket import TicketState
from lobby.reports import measures
from lobby.reports.durations import elapsed_s
from lobby.reports.measures import CounterUse, Rate, Spread
from lobby.reports.segments import segments_of, service_times
from lobby.reports.sign_ins import LastActs, sign_in
from lobby.store.visits import SittingSpan, Visit
from tests.reports.kpi_day import SITTINGS, TARGET_MIN, VISITS, at, sitting, visit

EVENING = at(600)


def use_of(
    counter: str,
    visits: Sequence[Visit],
    sittings: Sequence[SittingSpan],
    until: datetime,
    grace_min: float = 0,
) -> CounterUse:
    segments = segments_of(visits, ())
    acts, grace = LastActs(visits, segments), timedelta(minutes=grace_min)
    spans = [sign_in(sitting, acts, until, grace) for sitting in sittings]
    return measures.counter_use(counter, segments, spans, until)


def test_it_measures_the_waits_of_the_worked_day() -> None:
    assert measures.waits(VISITS) == Spread(8, 600.0, 600.0, 1080.0)


def test_it_measures_the_time_to_the_call_and_from_the_call() -> None:
    assert measures.waits_to_call(VISITS) == Spread(9, 88 * 60 / 9, 10 * 60, 17 * 60)
    assert measures.ways_to_counter(VISITS) == Spread(8, 52.5, 60.0, 60.0)


def test_it_counts_who_left_too_late_among_those_not_served_in_time() -> None:
    """B001 gave up after 18 minutes; A007 after exactly ten, which is not more than ten."""
    rate = measures.within_target(VISITS, TARGET_MIN)
    assert rate == Rate(4, 9)
    assert rate.share == pytest.approx(0.4444444444444444, abs=1e-15)


def test_it_counts_a_missed_call_once_per_ticket() -> None:
    assert measures.no_shows(VISITS) == Rate(1, 9)


def test_it_counts_as_abandoned_who_left_or_missed_the_call() -> None:
    rate = measures.abandonments(VISITS)
    assert rate == Rate(2, 10)
    assert rate.share == 0.2


def test_it_measures_the_service_times_of_the_worked_day() -> None:
    service = measures.spread(service_times(segments_of(VISITS, ())))
    assert (service.mean_s, service.median_s) == (6.875 * 60, 5 * 60)


def test_it_measures_how_busy_counters_were_without_their_breaks() -> None:
    uses = [use_of(counter, VISITS, SITTINGS, EVENING) for counter in ("1", "2")]
    assert uses[0].utilisation == pytest.approx(0.7)
    assert uses[1].utilisation == pytest.approx(0.7555555555555555)
    assert measures.all_counters(uses).utilisation == pytest.approx(55 / 75)
    assert [use.served for use in uses] == [5, 3]


def test_it_says_nothing_where_nothing_can_be_said() -> None:
    assert measures.waits([]) == Spread(0, None, None, None)
    assert measures.within_target([], TARGET_MIN).share is None
    assert use_of("1", [], [], EVENING).utilisation is None


def test_it_marks_figures_of_fewer_than_twenty() -> None:
    assert measures.spread([1.0] * 19).is_few
    assert not measures.spread([1.0] * 20).is_few
    assert Rate(19, 19).is_few
    assert not Rate(0, 20).is_few


@given(st.lists(st.floats(0, 1e5), min_size=1, max_size=60))
def test_nine_of_ten_waited_no_longer_than_the_p90(durations: list[float]) -> None:
    p90 = measures.spread(durations).p90_s
    assert p90 in durations
    assert 10 * sum(d <= p90 for d in durations) >= 9 * len(durations)
    assert 10 * sum(d < p90 for d in durations) < 9 * len(durations)


def test_it_takes_the_ninth_of_ten_as_p90() -> None:
    assert measures.spread(range(1, 11)).p90_s == 9


def test_a_customer_served_before_leaving_has_not_abandoned() -> None:
    served = visit("A001", 0, 4, 5, 20, counter="1", state=TicketState.CANCELLED)
    assert measures.abandonments([served]) == Rate(0, 1)


def test_a_ticket_that_outlived_the_day_is_closed_out_and_not_a_late_abandonment() -> None:
    lapsed = visit("A001", 0, ended=1400, state=TicketState.LAPSED)
    assert measures.closed_out(lapsed)
    assert measures.abandonments([lapsed]) == Rate(0, 1)
    assert measures.within_target([lapsed], TARGET_MIN) == Rate(0, 0)


def test_who_left_no_word_at_a_machine_is_not_closed_out() -> None:
    (unconfirmed,) = (one for one in VISITS if one.number == "A008")
    assert not measures.closed_out(unconfirmed)


def test_somebody_still_waiting_is_neither_served_nor_lost() -> None:
    waiting = visit("A001", 0, state=TicketState.WAITING)
    assert measures.within_target([waiting], TARGET_MIN) == Rate(0, 0)
    assert measures.abandonments([waiting]) == Rate(0, 1)


def test_a_serving_and_a_break_that_still_last_count_until_now() -> None:
    serving = visit("A001", 0, 4, 5, counter="1", state=TicketState.SERVING)
    use = use_of("1", [serving], [sitting("1", 0, None)], at(25))
    assert (use.served_s, use.signed_in_s) == (20 * 60, 25 * 60)
    pausing = sitting("1", 0, None, breaks_min=2, paused_at=at(20))
    counted = sign_in(pausing, LastActs(), at(25))
    assert (counted.signed_in_s, counted.breaks_s) == (25 * 60, 7 * 60)


def test_a_counter_nobody_closed_counts_to_its_last_act_and_the_grace_of_a_left_seat() -> None:
    """The last act is the end of the one serving and the start of the next, at minute 32."""
    visits = [
        visit("A001", 0, 1, 2, 30, counter="1"),
        visit("A002", 3, 31, 32, 1380, counter="1", state=TicketState.LAPSED),
    ]
    forgotten = [sitting("1", 0, 1380, breaks_min=10)]
    use = use_of("1", visits, forgotten, EVENING, grace_min=15)
    assert (use.signed_in_s, use.breaks_s, use.served_s) == (47 * 60, 10 * 60, 28 * 60)
    assert use.is_assumed


def test_a_break_nobody_ended_leaves_the_time_before_it() -> None:
    forgotten = sitting("1", 0, 1380, breaks_min=1300)
    served = segments_of([visit("A001", 60, 70, 80, 90, counter="1")], ())
    counted = sign_in(forgotten, LastActs(segments=served), EVENING)
    assert (counted.signed_in_s, counted.breaks_s) == (80 * 60, 0.0)


def test_a_clock_that_went_back_makes_no_time_negative() -> None:
    assert elapsed_s(at(5), at(5) - timedelta(seconds=1)) == 0.0
