"""A false turn of the day is taken back by the head: who lapsed by it waits again."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from lobby.queueing.commands.command import OpenDay, ReserveNumbers
from lobby.queueing.commands.counter import CallNext, Finish, OpenCounter, StartServing
from lobby.queueing.model.ticket import TicketState
from lobby.store.history import read_history
from lobby.store.tables import EVENTS
from lobby.store.visits import sittings_of, visits_of
from tests.app.app import LocalApp, open_app
from tests.app.people import MORNING

TODAY = date(2026, 3, 2)
FALSE_DAY = TODAY + timedelta(days=1)


def turned_falsely(door: LocalApp) -> None:
    """A001 is done, A002 is being served, A003 waits; then the day turns, and two people come."""
    door.perform(OpenCounter("1", "thu", ("A01",)))
    for _ in range(3):
        door.take()
    door.perform(CallNext("1"))
    door.perform(StartServing("1", "A001"))
    door.perform(Finish("1", "A001"))
    door.perform(CallNext("1"))
    door.perform(StartServing("1", "A002"))
    door.clock.advance(24 * 3600)
    door.perform(OpenDay())
    assert [door.take(), door.take()] == ["A001", "A002"]


def taken_back(door: LocalApp) -> int:
    return door.post("minh", f"/reports/days/{FALSE_DAY}/returns").status_code


def test_who_lapsed_waits_again_with_place_and_number(door: LocalApp) -> None:
    turned_falsely(door)
    assert taken_back(door) == 303
    hall = door.hall
    assert hall.day == TODAY
    assert list(hall.waiting("A01")) == ["A003", "A004", "A005"]
    assert hall.tickets["A001"].state is TicketState.FINISHED
    assert hall.tickets["A002"].state is TicketState.SERVING
    assert (hall.counters["1"].teller, hall.counters["1"].ticket) == ("thu", "A002")
    assert door.take() == "A006"
    door.perform(Finish("1", "A002"))
    plan = door.riverside.plan
    assert door.services.store.read_now(lambda c: read_history(c, plan)).hall == door.hall


def test_the_reports_of_both_days_are_right_after_it(door: LocalApp) -> None:
    turned_falsely(door)
    taken_back(door)
    read = door.services.store.read_now
    visits = read(lambda c: visits_of(c, "riverside", TODAY))
    assert [(visit.number, visit.state.value) for visit in visits] == [
        ("A001", "finished"),
        ("A002", "serving"),
        ("A003", "waiting"),
        ("A004", "waiting"),
        ("A005", "waiting"),
    ]
    assert read(lambda c: visits_of(c, "riverside", FALSE_DAY)) == []
    (sitting,) = read(lambda c: sittings_of(c, "riverside", TODAY))
    assert sitting.closed_at is None
    page = door.get("minh", f"/reports/days/{TODAY}").text
    assert "New numbers: A001 → A004, A002 → A005." in page


def test_a_link_of_the_false_day_leads_to_the_new_number(door: LocalApp) -> None:
    turned_falsely(door)
    secret = door.ticket("A001").secret
    taken_back(door)
    assert "004" in door.stranger().get(f"/t/{secret}").text


def test_a_counter_that_was_opened_since_keeps_whom_it_serves(door: LocalApp) -> None:
    turned_falsely(door)
    door.perform(OpenCounter("1", "wei", ("A01",)))
    door.perform(CallNext("1"))
    taken_back(door)
    assert (door.hall.counters["1"].teller, door.hall.counters["1"].ticket) == ("wei", "A004")
    assert list(door.hall.waiting("A01")) == ["A002", "A003", "A005"]


def test_it_is_recorded_who_took_it_back_and_only_once(door: LocalApp) -> None:
    turned_falsely(door)
    assert "Was this day opened by mistake?" in door.get("minh", "/reports").text
    assert taken_back(door) == 303
    assert taken_back(door) == 409
    rows = door.services.store.read_now(
        lambda c: c.execute(EVENTS.select().where(EVENTS.c.kind == "DayTakenBack")).all()
    )
    assert [row.actor_id for row in rows] == [door.id_of("minh")]


def test_the_day_that_goes_on_is_not_taken_back_itself(door: LocalApp) -> None:
    """The newest turn was to the false day; that it was taken back makes no other one false."""
    turned_falsely(door)
    taken_back(door)
    before = door.hall
    assert door.post("minh", f"/reports/days/{TODAY}/returns").status_code == 409
    assert door.hall == before


def test_numbers_kept_free_stay_so_when_the_day_goes_on(door: LocalApp) -> None:
    """After a restore somebody may hold a slip up to A020; a false turn does not forget it."""
    door.perform(ReserveNumbers(TODAY, {"A": 20}))
    door.clock.advance(24 * 3600)
    door.perform(OpenDay())
    taken_back(door)
    assert door.take() == "A021"


@pytest.mark.parametrize("who", ["nobody", "thu", "lan", "ada", "quan"])
def test_nobody_but_the_head_takes_a_day_back(door: LocalApp, who: str) -> None:
    turned_falsely(door)
    door.post(who, f"/reports/days/{FALSE_DAY}/returns")
    assert door.hall.day == FALSE_DAY


@pytest.mark.parametrize("is_set_right", [True, False])
def test_the_next_true_midnight_turns_the_day(door: LocalApp, *, is_set_right: bool) -> None:
    turned_falsely(door)
    taken_back(door)
    if is_set_right:
        door.clock.jump(-24 * 3600)
        door.services.clock.now()
        door.post("minh", "/reports/clock", answer="right")
        assert door.hall.day == TODAY
    door.perform(Finish("1", "A002"))
    door.clock.advance(16 * 3600)
    assert door.take() == "A001"
    assert door.hall.day == (FALSE_DAY if is_set_right else FALSE_DAY + timedelta(days=1))


def test_a_day_taken_back_is_found_again_after_a_restart(tmp_path: Path) -> None:
    with open_app(tmp_path) as door:
        turned_falsely(door)
        taken_back(door)
        hall = door.hall
    with open_app(tmp_path, at=MORNING + timedelta(days=1)) as door:
        assert door.hall.tickets == hall.tickets
        assert list(door.hall.waiting("A01")) == ["A003", "A004", "A005"]
