"""What the wall shows of a hall, before any of it is drawn."""

from dataclasses import replace
from datetime import timedelta

import pytest

from display.announcements import ShownCall, Zone, shown_calls
from display.regions import DisplayView, WaitingLine, present_display
from display.scale import smallest_call_px
from display.words import languages_of, words
from lobby.queueing.commands import (
    CallAgain,
    CallNext,
    Command,
    Finish,
    OpenCounter,
    OpenDay,
    PauseCounter,
    StartServing,
    TakeTicket,
)
from lobby.queueing.decide import decide
from lobby.queueing.evolve import fold
from lobby.queueing.hall import Hall
from lobby.queueing.plan import Service
from tests.cast import MORNING, hall, plan

EVERYWHERE = Zone()


def after(hall: Hall, *commands: Command) -> Hall:
    for command in commands:
        hall = fold(hall, decide(hall, command, MORNING))
    return hall


def took(service: str, secret: str) -> TakeTicket:
    return TakeTicket(service, "vi", secret)


def view_of(hall: Hall, zone: Zone = EVERYWHERE, language: str = "en") -> DisplayView:
    return present_display(hall, MORNING, zone, language)


def busy_hall() -> Hall:
    """Three cash tickets and an account; Thu serves cash at counter 3, Wei accounts at 1."""
    return after(
        hall(),
        OpenCounter("3", "thu", ("A01", "A02")),
        OpenCounter("1", "wei", ("B01",)),
        took("A01", "first-secret"),
        took("A01", "second-secret"),
        took("A02", "third-secret"),
        took("B01", "fourth-secret"),
    )


def test_it_shows_almost_nothing_in_the_morning() -> None:
    assert view_of(hall()).calls == ()
    assert view_of(hall()).waiting == ()


def test_it_shows_the_newest_call_first() -> None:
    called = after(busy_hall(), CallNext("3"), CallNext("1"))
    assert [(call.ticket, call.counter) for call in view_of(called).calls] == [
        ("B001", "1"),
        ("A001", "3"),
    ]


def test_it_gives_a_call_the_name_under_which_it_is_announced() -> None:
    called = after(busy_hall(), CallNext("3"))
    assert view_of(called).calls[0].id == f"riverside-{called.version}"


def test_it_shows_a_ticket_called_again_once() -> None:
    called = after(busy_hall(), CallNext("3"), CallNext("1"), CallAgain("3", "A001"))
    assert [call.ticket for call in view_of(called).calls] == ["A001", "B001"]


def test_it_keeps_a_call_whose_customer_has_gone_home() -> None:
    served = after(busy_hall(), CallNext("3"), StartServing("3", "A001"), Finish("3", "A001"))
    assert [call.ticket for call in view_of(served).calls] == ["A001"]


def test_it_keeps_five_calls() -> None:
    many = after(hall(), OpenCounter("3", "thu", ("A01",)))
    for number in range(1, 8):
        code = f"A{number:03}"
        many = after(many, took("A01", f"secret-{number}"), CallNext("3"))
        many = after(many, StartServing("3", code), Finish("3", code))
    assert [call.ticket for call in view_of(many).calls] == ["A007", "A006", "A005", "A004", "A003"]


def test_it_forgets_yesterdays_calls() -> None:
    called = after(busy_hall(), CallNext("3"))
    tomorrow = MORNING + timedelta(days=1)
    reopened = fold(called, decide(called, OpenDay(), tomorrow))
    assert view_of(reopened).calls == ()


def test_it_shows_the_calls_of_its_own_zone() -> None:
    called = after(busy_hall(), CallNext("3"), CallNext("1"))
    near_three = Zone.of({"counters": ["3", "4"]}, called.plan)
    assert [call.ticket for call in shown_calls(called, near_three)] == ["A001"]
    assert near_three.numbers(called.plan) == "3 4"


@pytest.mark.parametrize("counters", [None, [], "3", ["99"]])
def test_it_shows_every_counter_unless_told_otherwise(counters: object) -> None:
    assert Zone.of({"counters": counters}, plan()) == EVERYWHERE


def test_it_names_zones_apart() -> None:
    keys = {Zone.of({"counters": chosen}, plan()).key for chosen in ([], ["1"], ["1", "2"])}
    assert keys == {"all", "1", "1,2"}


def test_it_lists_what_is_waited_for_or_served_now() -> None:
    called = after(busy_hall(), CallNext("1"))
    assert view_of(called).waiting == (
        WaitingLine("Cash withdrawal", 2),
        WaitingLine("Cash deposit", 1),
        WaitingLine("Open account or card", 0),
    )
    assert not view_of(called).by_letter


def test_it_counts_no_counter_on_pause_as_serving() -> None:
    paused = after(hall(), OpenCounter("3", "thu", ("A01",)), PauseCounter("3", "Lunch"))
    assert view_of(paused).waiting == ()


def test_it_names_services_in_the_language_of_the_wall() -> None:
    assert [line.label for line in view_of(busy_hall(), language="zh").waiting] == [
        "取款",
        "存款",
        "开户、开卡",
    ]


def test_it_goes_over_to_letters_before_names_become_too_small() -> None:
    crowded = after(busy_hall(), took("A04", "fifth-secret"), took("F01", "sixth-secret"))
    assert view_of(crowded).by_letter
    assert view_of(crowded).waiting == (
        WaitingLine("A", 4),
        WaitingLine("B", 1),
        WaitingLine("F", 1),
    )


def test_it_drops_the_shortest_lines_where_even_letters_are_too_many() -> None:
    letters = "ABCDEFGHI"
    services = {f"{x}01": Service(f"{x}01", x, x, 5, {"en": x}) for x in letters}
    many = Hall.empty(replace(plan(), services=services))
    for letter in letters:
        times = 1 if letter in "CG" else 2
        many = after(many, *(took(f"{letter}01", f"{letter}-{n}") for n in range(times)))
    assert "".join(line.label for line in view_of(many).waiting) == "ABDEFHI"


def test_it_tells_the_time_of_the_branch() -> None:
    assert (view_of(hall()).hour, view_of(hall()).minute) == (9, 0)
    assert str(view_of(hall()).day) == "2026-03-02"


def test_it_is_painted_again_when_the_minute_changes_and_not_before() -> None:
    then = [
        present_display(hall(), MORNING + timedelta(seconds=s), EVERYWHERE, "en")
        for s in (0, 59, 60)
    ]
    assert then[0] == then[1] != then[2]


def test_it_knows_nothing_of_a_called_customer_but_number_and_counter() -> None:
    assert ShownCall.__slots__ == ("id", "ticket", "counter")


def test_it_speaks_the_language_of_the_device_and_that_of_the_branch() -> None:
    assert languages_of(plan(), "vi")[:2] == ("vi", "zh")
    assert [saying.text for saying in words(plan(), "vi").counter] == ["Quầy", "窗口"]
    assert [saying.lang for saying in words(plan(), "zh").welcome] == ["zh-CN", "en", "vi"]


def test_it_draws_a_call_large_enough_for_the_last_row() -> None:
    assert smallest_call_px({}) == 138
    assert smallest_call_px({"mm_per_px": 0.495}) == 177
    assert smallest_call_px({"distance_m": 2.5}) == 69


@pytest.mark.parametrize("slip", [0, -1, "wide", None, 900])
def test_it_is_not_blanked_by_a_slip_in_the_settings(slip: object) -> None:
    assert smallest_call_px({"mm_per_px": slip}) == 138
