"""A counter whose teller has gone: marked, left by calls and reservations, closed or taken over."""

import pytest

from lobby.queueing.commands.counter import CallNext, OpenCounter, StartServing, Transfer
from lobby.queueing.model.plan import CounterPolicy
from lobby.queueing.model.ticket import TicketState
from lobby.store.branch_rules import BranchRules, save_branch_rules
from lobby.store.people import deactivate
from tests.app.app import LocalApp
from tests.days.test_closing_out import LATE, check
from tests.floor.caring import words

CASH = ("A01",)


def sit(door: LocalApp, person: str = "thu", counter: str = "1") -> None:
    door.perform(OpenCounter(counter, door.id_of(person), CASH))
    check(door)


def serve(door: LocalApp) -> None:
    door.take("A01")
    door.perform(CallNext("1"))
    door.perform(StartServing("1", "A001"))


def is_left(door: LocalApp, counter: str = "1") -> bool:
    there = door.hall.counters[counter]
    return there.is_open and not there.is_attended


def leave(door: LocalApp, person: str = "thu") -> None:
    door.post(person, "/sign-out")
    check(door)


def call_by_themselves(door: LocalApp) -> None:
    """From the next day on, which is then opened."""
    rules = BranchRules(counter_policy=CounterPolicy(auto_call=True))
    door.run(door.services.store.write, lambda c: save_branch_rules(c, "riverside", rules))


def test_a_counter_without_an_act_and_without_its_terminal_counts_as_left(door: LocalApp) -> None:
    sit(door)
    door.clock.advance(15 * 60 - 1)
    check(door)
    assert not is_left(door)
    door.clock.advance(1)
    check(door)
    assert is_left(door)
    page = words(door.get("lan", "/floor/waiting").text)
    assert "Thu Nobody there since 09:00" in page


def test_a_counter_whose_terminal_is_shown_is_attended_however_quiet_it_is(door: LocalApp) -> None:
    sit(door)
    headers = door.known("thu").headers
    with door.client.websocket_connect("/counter/live?language=en", headers=headers) as socket:
        socket.receive_text()
        door.clock.advance(3600)
        check(door)
        assert not is_left(door)


def test_signing_out_leaves_the_counter_at_once(door: LocalApp) -> None:
    sit(door)
    leave(door)
    assert is_left(door)


def test_so_does_being_removed(door: LocalApp) -> None:
    sit(door)
    thu = int(door.id_of("thu"))
    door.run(door.services.store.write, lambda connection: deactivate(connection, thu))
    check(door)
    assert is_left(door)


def test_a_long_serving_is_no_absence(door: LocalApp) -> None:
    sit(door)
    serve(door)
    check(door)
    door.clock.advance(59 * 60)
    check(door)
    assert not is_left(door)
    door.clock.advance(16 * 60)
    check(door)
    assert is_left(door)


def test_whoever_acts_there_is_there(door: LocalApp) -> None:
    sit(door)
    leave(door)
    door.take("A01")
    door.signed_in("thu").post("/counter/calls", counter="1")
    assert door.hall.counters["1"].is_attended
    assert door.ticket("A001").counter == "1"


def test_nobody_is_called_to_it_by_itself(door: LocalApp) -> None:
    call_by_themselves(door)
    door.perform(OpenCounter("1", door.id_of("thu"), CASH))
    assert door.riverside.plan.counter_policy.auto_call
    check(door)
    leave(door)
    door.take("A01")
    assert door.ticket("A001").state is TicketState.WAITING


def test_who_was_sent_there_is_everybodys_and_nobody_else_is_sent(door: LocalApp) -> None:
    sit(door)
    sit(door, "wei", "2")
    door.take("A01")
    door.perform(CallNext("2"))
    door.perform(Transfer("2", "A001", to_counter="1"))
    leave(door)
    door.post("wei", "/counter/calls", counter="2")
    assert door.ticket("A001").counter == "2"
    fields = {"counter": "2", "number": "A001", "to_counter": "1"}
    answer = door.ask("wei", "/counter/transfers", **fields)
    assert answer.json()["refusal"] == "NobodyAtCounter"


@pytest.mark.parametrize(("person", "status"), [("lan", 303), ("minh", 303), ("wei", 403)])
def test_lobby_manager_and_head_close_it_from_the_tablet(
    door: LocalApp, person: str, status: int
) -> None:
    sit(door)
    leave(door)
    answer = door.post(person, "/floor/counters/1/closings")
    assert answer.status_code == status
    assert door.hall.counters["1"].is_open is (status == 403)


def test_who_was_called_there_waits_again_in_the_same_place(door: LocalApp) -> None:
    sit(door)
    door.take("A01")
    door.take("A01")
    door.perform(CallNext("1"))
    leave(door)
    assert 'action="/floor/counters/1/closings"' in door.get("lan", "/floor/waiting").text
    door.post("lan", "/floor/counters/1/closings")
    assert door.ticket("A001").state is TicketState.WAITING
    sit(door, "wei", "2")
    door.perform(CallNext("2"))
    assert door.ticket("A001").counter == "2"


def test_nobody_closes_the_counter_of_somebody_who_is_there(door: LocalApp) -> None:
    sit(door)
    answer = door.ask("lan", "/floor/counters/1/closings")
    assert answer.json()["refusal"] == "CounterTaken"
    assert "/floor/counters/1/closings" not in door.get("lan", "/floor/waiting").text


def test_the_next_teller_takes_it_over_with_one_tick(door: LocalApp) -> None:
    sit(door)
    leave(door)
    page = door.get("wei", "/counter").text
    assert "I take over counter 1: Thu has not been there since 09:00" in words(page)
    fields = {"counter": "1", "service": "A01"}
    answer = door.ask("wei", "/counter/openings", **fields)
    assert answer.json()["refusal"] == "TakeOverNotConfirmed"
    assert door.post("wei", "/counter/openings", **fields, takes_over="1").status_code == 303
    assert door.hall.counters["1"].teller == door.id_of("wei")
    assert door.hall.counters["1"].is_attended


def test_nobody_takes_over_the_counter_of_somebody_who_is_there(door: LocalApp) -> None:
    sit(door)
    fields = {"counter": "1", "service": "A01", "takes_over": "1"}
    assert door.ask("wei", "/counter/openings", **fields).json()["refusal"] == "CounterTaken"


def test_a_counter_that_is_left_does_not_keep_the_day_open(door: LocalApp) -> None:
    """What the house itself notes is no act."""
    door.clock.move_to(LATE)
    sit(door)
    serve(door)
    check(door)
    door.clock.advance(80 * 60)
    check(door)
    assert is_left(door)
    door.clock.advance(45 * 60)
    check(door)
    assert not door.hall.counters["1"].is_open
