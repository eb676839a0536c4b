"""Complaints about other systems: each is kept out by tests that exist, and those that concern
several screens at once are tried here."""

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.routing import Route

from lobby.catalogue.reading import DEMO, read_plan
from lobby.main import all_routes
from lobby.queueing.commands.counter import (
    CallAgain,
    CallNext,
    Hold,
    MarkAbsent,
    OpenCounter,
    StartServing,
)
from lobby.queueing.commands.ticket import CancelTicket, TakeTicket
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import TicketState
from lobby.settings import Settings
from tests.app.app import LocalApp, open_app, people_and_devices
from tests.browser.complaints import KEPT_OUT

TESTS = Path(__file__).parents[1]
ALL_SERVICES = ("A01", "A02", "A04", "B01", "F01")


@pytest.fixture
def door(tmp_path: Path) -> Iterator[LocalApp]:
    with open_app(tmp_path, people_and_devices) as door:
        yield door


@pytest.mark.parametrize("complaint", KEPT_OUT)
def test_it_is_kept_out_by_tests_that_exist(complaint: str) -> None:
    for place in KEPT_OUT[complaint]:
        file, name = place.split("::")
        tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
        names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert f"test_{name}" in names, place


def test_every_screen_counts_whom_a_counter_can_call(door: LocalApp) -> None:
    """The wall counts each line once, which some services share."""
    door.perform(OpenCounter("1", door.id_of("thu"), ALL_SERVICES))
    numbers = [door.take(service) for service in ("A01", "A02", "B01", "F01", "A01", "A04")]
    door.perform(CancelTicket(numbers[1]))
    serve_next(door)
    tablet = door.get("lan", "/floor?language=en").text
    terminal = door.get("thu", "/counter?language=en").text
    wall = re.findall(r"line__count.*?</svg>(\d+)</span>", door.get("display", "/display").text)
    callable_now = int(re.findall(r'For this counter <strong class="number">(\d+)<', terminal)[0])
    assert re.findall(r'<dt>Waiting</dt><dd class="number">(\d+)<', tablet) == [str(callable_now)]
    assert sum(int(count) for count in wall) == callable_now == 4
    for _ in range(callable_now):
        serve_next(door)
    assert door.ask("thu", "/counter/calls", counter="1").status_code == 409


def serve_next(door: LocalApp) -> str:
    """Call, serve and finish whoever is next at counter 1."""
    number: str = door.ask("thu", "/counter/calls", counter="1").json()["tickets"][0]
    door.post("thu", "/counter/servings", counter="1", number=number)
    door.post("thu", "/counter/finishes", counter="1", number=number)
    assert door.ticket(number).state is TicketState.FINISHED
    return number


def test_nobody_is_before_one_but_who_still_waits(door: LocalApp) -> None:
    """Neither who was served, is served, has left, is on hold, nor who missed the call."""
    door.perform(OpenCounter("1", door.id_of("thu"), ALL_SERVICES))
    door.take()
    serve_next(door)
    held, missing, gone, served, own = (door.take() for _ in range(5))
    door.perform(CallNext("1"))
    door.perform(StartServing("1", held))
    door.perform(Hold("1", held, "Fetching papers"))
    door.perform(CallNext("1"))
    door.perform(CallAgain("1", missing))
    door.clock.advance(door.hall.plan.counter_policy.grace_s)
    door.perform(MarkAbsent("1", missing))
    door.perform(CancelTicket(gone))
    assert "1 person before you" in own_page(door, own)
    door.perform(CallNext("1"))
    door.perform(StartServing("1", served))
    assert not re.search("(person|people) before you", own_page(door, own))
    assert door.hall.people_ahead(door.ticket(own)) == 0


def own_page(door: LocalApp, number: str) -> str:
    return door.get("nobody", f"/t/{door.ticket(number).secret}?language=en").text


def test_whoever_asks_whether_they_were_called_is_told(door: LocalApp) -> None:
    """On their own page, and by a colleague who types the number."""
    door.perform(OpenCounter("1", door.id_of("thu"), ALL_SERVICES))
    number = door.take()
    door.perform(CallNext("1"))
    assert "Please go to counter 1 now" in own_page(door, number)
    door.perform(CallAgain("1", number))
    door.clock.advance(door.hall.plan.counter_policy.grace_s)
    door.perform(MarkAbsent("1", number))
    assert "Your number was called" in own_page(door, number)
    found = door.get("lan", "/floor/care/tickets?number=a1")
    assert found.status_code == 303 and found.headers["location"].endswith(number)
    assert "not there when called" in door.get("lan", f"/floor/waiting/{number}?language=en").text


def test_nobody_is_served_without_a_number(door: LocalApp) -> None:
    """Whoever comes without one is given one, and has their turn after those who came before."""
    door.perform(OpenCounter("1", door.id_of("thu"), ALL_SERVICES))
    first = door.take()
    for number in ("", "A099"):
        version = door.hall.version
        answer = door.ask("thu", "/counter/servings", counter="1", number=number)
        assert 400 <= answer.status_code < 500
        assert door.hall.version == version
    fields = {"service": "A01", "customer_language": "en"}
    given = door.post("lan", "/floor/tickets", **fields).headers["location"].split("/")[-1]
    assert [serve_next(door), serve_next(door)] == [first, given]


def test_numbers_are_a_letter_and_digits_in_the_order_of_coming(door: LocalApp) -> None:
    taken = [door.take(service) for service in ALL_SERVICES * 3]
    assert all(re.fullmatch(r"[A-Z]\d{3}", number) for number in taken)
    for letter in "ABF":
        own = [number for number in taken if number[0] == letter]
        assert own == [f"{letter}{count:03}" for count in range(1, len(own) + 1)]
    prefixes = {service.prefix for service in read_plan(DEMO).services.values()}
    assert all(re.fullmatch("[A-Z]", prefix) for prefix in prefixes)


@pytest.mark.parametrize("priority", Priority)
def test_of_equals_the_first_to_come_is_called_first(door: LocalApp, priority: Priority) -> None:
    """Also in the same instant, and whatever the promise of their class."""
    door.perform(OpenCounter("1", door.id_of("thu"), ALL_SERVICES))
    for count in range(4):
        door.perform(TakeTicket("A01", "en", f"secret-{count}", priority=priority))
    assert [serve_next(door) for _ in range(4)] == ["A001", "A002", "A003", "A004"]


def test_a_day_begins_at_each_branchs_own_midnight(door: LocalApp) -> None:
    """Greenwich's comes at eight in the morning here, and nothing happens then."""
    start = (door.clock.now() + timedelta(days=1)).replace(hour=0, minute=0)
    for minutes, riverside, harbour in (
        (-10, "A001", "A001"),
        (10, "A002", "A002"),
        (15 * 60 + 50, "A003", "A003"),
        (16 * 60 + 10, "A001", "A004"),
        (17 * 60 + 10, "A002", "A001"),
    ):
        door.clock.move_to(start + timedelta(minutes=minutes))
        assert (door.take(), door.take(branch_id="harbour")) == (riverside, harbour)


def test_nothing_but_a_machine_overwrites_anything() -> None:
    """People's acts have a name and a ticket; only what a machine says of itself is put."""
    writes = {
        (method, route.path)
        for route in all_routes(Settings())
        if isinstance(route, Route)
        for method in set(route.methods or ()) - {"GET", "HEAD", "POST"}
    }
    assert writes == {("PUT", "/api/v1/devices/{machine}")}
