"""What the hall itself raises: long waits, expected guests, broken machines; each once, by one."""

import re

import pytest

from lobby.machines import MachineState
from lobby.queueing.commands.counter import CallNext, OpenCounter
from lobby.queueing.commands.floor import CallColleague, ReportMachine
from lobby.queueing.commands.ticket import AskAdviser, CancelTicket, TakeTicket
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import TicketState
from tests.app.app import LocalApp
from tests.floor.test_hall import page, text
from tests.floor.test_help import kinds_in_order

MIN = 60


def answer(card: str) -> str:
    return f"/floor/cards/{card}/answers"


def end(door: LocalApp) -> str:
    return f"/floor/calls/{door.hall.help_calls[0].id}/outcomes"


def cards(html: str) -> list[str]:
    return re.findall(r'<li class="card now-card[^"]*" id="([^"]+)"', html)


@pytest.mark.parametrize(
    ("minutes", "card"), [(19, []), (20, ["wait-A001-red"]), (30, ["wait-A001-critical"])]
)
def test_it_raises_a_wait_past_its_promise(door: LocalApp, minutes: int, card: list[str]) -> None:
    door.take("A01")
    door.clock.advance(minutes * MIN)
    assert cards(page(door)) == card


def test_it_measures_each_by_their_own_promise(door: LocalApp) -> None:
    door.perform(TakeTicket("A01", "vi", "s", priority=Priority.ASSISTANCE))
    door.take("B01")
    door.clock.advance(10 * MIN)
    assert cards(page(door)) == ["wait-A001-red"]


def test_it_sounds_for_a_wait_only_when_it_is_critical(door: LocalApp) -> None:
    door.take("A01")
    door.clock.advance(20 * MIN)
    assert "data-sounds" not in page(door)
    door.clock.advance(10 * MIN)
    assert page(door).count("data-sounds") == 1


def test_it_shows_one_card_for_a_line_that_waits_too_long(door: LocalApp) -> None:
    for _ in range(4):
        door.take("A01")
    door.take("B01")
    door.clock.advance(21 * MIN)
    html = page(door)
    assert cards(html) == ["wait-A001-red", "wait-B001-red"]
    assert "3 more wait too long" in text(html)


def test_it_becomes_a_call_that_one_person_takes(door: LocalApp) -> None:
    door.take("A01")
    door.clock.advance(20 * MIN)
    for _ in "ab":
        assert door.post("lan", answer("wait-A001-red"), key="once").status_code == 303
    refused = door.ask("minh", answer("wait-A001-red"))
    assert (refused.status_code, refused.json()["refusal"]) == (409, "HelpTaken")
    assert "Lan" in refused.json()["sentence"]
    (call,) = door.hall.help_calls
    assert (call.kind, call.ticket, call.taken_by) == (HelpKind.WAIT, "A001", door.id_of("lan"))
    assert cards(page(door)) == [f"call-{call.id}"]


def test_it_does_not_come_up_again_when_it_has_ended(door: LocalApp) -> None:
    door.take("A01")
    door.clock.advance(20 * MIN)
    door.post("lan", answer("wait-A001-red"))
    door.post("lan", end(door), outcome="spoke_with_them")
    assert cards(page(door)) == []
    late = door.ask("minh", answer("wait-A001-red"))
    assert (late.status_code, late.json()["refusal"]) == (409, "HelpIsOver")
    door.clock.advance(10 * MIN)
    assert cards(page(door)) == ["wait-A001-critical"]


def test_it_says_when_a_card_has_settled_itself(door: LocalApp) -> None:
    door.take("A01")
    door.clock.advance(20 * MIN)
    door.perform(CancelTicket("A001"))
    late = door.ask("lan", answer("wait-A001-red"))
    assert late.status_code == 409
    assert late.json()["sentence"].startswith("This has been resolved")
    assert door.hall.help_calls == ()
    assert door.ask("lan", answer("wait-A999-red")).status_code == 409


@pytest.mark.parametrize("priority", [Priority.PREMIUM, Priority.APPOINTMENT])
def test_it_announces_a_guest_who_is_expected(door: LocalApp, priority: Priority) -> None:
    door.perform(OpenCounter("2", door.id_of("wei"), ("B01",)))
    door.perform(TakeTicket("B01", "vi", "s", priority=priority))
    door.perform(AskAdviser("B001", door.id_of("wei")))
    html = page(door)
    assert cards(html) == ["premium-B001"]
    assert "Has arrived for an adviser" in text(html) and "for Wei" in text(html)
    door.perform(CallNext("2"))
    assert cards(page(door)) == []


def test_it_shows_one_card_for_a_guest_who_waits_too_long(door: LocalApp) -> None:
    door.perform(TakeTicket("B01", "vi", "s", priority=Priority.PREMIUM))
    assert cards(page(door)) == ["premium-B001"]
    door.clock.advance(40 * MIN)
    assert cards(page(door)) == ["wait-B001-critical"]
    door.post("lan", answer("wait-B001-critical"))
    assert cards(page(door)) == [f"call-{door.hall.help_calls[0].id}"]


def test_it_raises_no_wait_of_a_guest_whom_somebody_goes_to(door: LocalApp) -> None:
    door.perform(TakeTicket("B01", "vi", "s", priority=Priority.PREMIUM))
    door.post("lan", answer("premium-B001"))
    door.clock.advance(40 * MIN)
    assert cards(page(door)) == [f"call-{door.hall.help_calls[0].id}"]


def test_it_lets_a_long_wait_take_the_place_of_an_arrival_nobody_goes_to(door: LocalApp) -> None:
    door.take("A01")
    door.perform(CallColleague(HelpKind.ARRIVAL, "seats", "A001"))
    door.clock.advance(30 * MIN)
    assert cards(page(door)) == ["wait-A001-critical"]


def test_it_says_how_long_they_have_waited_not_how_long_the_card_is_up(door: LocalApp) -> None:
    door.take("A01")
    door.clock.advance(23 * MIN)
    assert "has waited 23 min" in text(page(door))
    door.post("lan", answer("wait-A001-red"))
    door.clock.advance(2 * MIN)
    assert "has waited 25 min" in text(page(door))


def test_it_raises_a_machine_that_does_not_work_and_closes_the_fault(door: LocalApp) -> None:
    door.perform(ReportMachine("atm-1", MachineState.DOWN, 1))
    (card,) = cards(page(door))
    assert "A machine is not working Cash machine · left of the entrance" in text(page(door))
    assert "取款机 · 入口左侧" in text(page(door, "zh"))
    door.post("lan", answer(card))
    path = end(door)
    for _ in "ab":
        assert door.post("lan", path, outcome="repaired", key="once").status_code == 303
    assert door.hall.machines["atm-1"].state is MachineState.UP
    assert cards(page(door)) == []


def test_it_leaves_a_machine_down_that_waits_for_its_service(door: LocalApp) -> None:
    door.perform(ReportMachine("atm-1", MachineState.DOWN))
    door.post("lan", answer(cards(page(door))[0]))
    door.post("lan", end(door), outcome="service_called")
    assert door.hall.machines["atm-1"].state is MachineState.DOWN
    assert cards(page(door)) == []
    door.clock.advance(MIN)
    door.perform(ReportMachine("atm-1", MachineState.UP))
    door.clock.advance(MIN)
    door.perform(ReportMachine("atm-1", MachineState.DOWN))
    assert len(cards(page(door))) == 1


def test_it_puts_what_is_critical_before_what_is_not(door: LocalApp) -> None:
    door.take("A01")
    door.clock.advance(30 * MIN)
    door.perform(ReportMachine("atm-1", MachineState.DOWN))
    door.perform(CallColleague(HelpKind.COMPLAINT, "seats"))
    door.perform(CallColleague(HelpKind.HELP, "kiosk"))
    assert kinds_in_order(page(door)) == ["help", "wait", "complaint", "fault"]


def test_it_raises_nothing_for_who_is_no_longer_waiting(door: LocalApp) -> None:
    door.perform(OpenCounter("1", door.id_of("thu"), ("A01",)))
    door.take("A01")
    door.clock.advance(40 * MIN)
    door.perform(CallNext("1"))
    assert door.ticket("A001").state is TicketState.CALLED
    assert cards(page(door)) == []


@pytest.mark.parametrize(("person", "status"), [("nobody", 401), ("kiosk", 401), ("thu", 403)])
def test_it_sends_only_who_looks_after_the_hall(door: LocalApp, person: str, status: int) -> None:
    door.take("A01")
    door.clock.advance(20 * MIN)
    assert door.ask(person, answer("wait-A001-red")).status_code == status
    assert door.get("lan", answer("wait-A001-red")).status_code == 405
    assert door.hall.help_calls == ()


def test_it_raises_nothing_of_another_branch(door: LocalApp) -> None:
    door.take("A01")
    door.clock.advance(20 * MIN)
    assert cards(door.get("hoa", "/floor").text) == []
    assert door.ask("hoa", answer("wait-A001-red")).status_code == 409
