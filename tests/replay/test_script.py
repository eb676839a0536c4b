from pathlib import Path

from lobby.replay.script import DAY_S, Script, script_of
from tests.replay.logs import hung_up, recorded, served


def script(folder: Path, *rows: str) -> Script:
    return script_of(recorded(folder, rows))


def test_it_gives_a_teller_a_second_counter_only_where_services_overlap(tmp_path: Path) -> None:
    day = script(tmp_path, served(0, 10, 50), served(5, 30, 60), served(6, 60, 70))
    names = [(seat.number, seat.username, len(own)) for seat, own in day.seats.items()]
    assert names == [(1, "s01", 2), (2, "s01-2", 1)]


def test_it_keeps_a_teller_at_one_counter_where_one_service_ends_as_the_next_begins(
    tmp_path: Path,
) -> None:
    day = script(tmp_path, served(0, 10, 50), served(5, 50, 60))
    assert len(day.seats) == 1
    at_50 = next(moment for moment in day.moments if moment.at_s == 50)
    assert [customer.started_s for _, customer in at_50.finished] == [10]
    assert [[c.started_s for c in own] for own in at_50.served.values()] == [[50]]


def test_it_lets_a_service_of_no_length_begin_and_end_in_its_turn(tmp_path: Path) -> None:
    day = script(tmp_path, served(0, 10, 20), served(1, 20, 20), served(2, 20, 30))
    assert len(day.seats) == 1
    at_20 = next(moment for moment in day.moments if moment.at_s == 20)
    assert [[c.finished_s for c in own] for own in at_20.served.values()] == [[20, 30]]
    assert [customer.started_s for _, customer in at_20.finished] == [10]


def test_it_does_everything_of_one_second_in_one_moment(tmp_path: Path) -> None:
    (moment,) = script(tmp_path, served(7, 7, 7), hung_up(7, None)).moments
    assert len(moment.taken) == 2
    assert len(moment.left_at_once) == 1
    assert moment.left == []
    assert moment.acts == 2 + 1 + 3


def test_it_lets_who_has_waited_leave_before_anybody_comes(tmp_path: Path) -> None:
    day = script(tmp_path, hung_up(1, 9), hung_up(9, None))
    assert [moment.at_s for moment in day.moments] == [1, 9]
    assert len(day.moments[1].left) == len(day.moments[1].left_at_once) == 1


def test_it_finishes_after_midnight(tmp_path: Path) -> None:
    day = script(tmp_path, served(DAY_S - 20, DAY_S - 10, DAY_S + 60))
    assert day.moments[-1].at_s == DAY_S + 60
    assert len(day.moments[-1].finished) == 1


def test_it_lets_the_end_of_the_day_end_the_line(tmp_path: Path) -> None:
    day = script(tmp_path, hung_up(DAY_S - 20, DAY_S + 5))
    assert [moment.at_s for moment in day.moments] == [DAY_S - 20]


def test_it_counts_every_act(tmp_path: Path) -> None:
    day = script(tmp_path, served(0, 10, 50), served(5, 30, 30), hung_up(3, 9))
    assert day.acts == (1 + 2 + 1) + (1 + 2 + 1) + (1 + 1)
