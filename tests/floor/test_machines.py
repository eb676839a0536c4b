"""Machines at the tablet: what each does now, told in two taps, and how long it did not."""

import re

import pytest

from lobby.machines import MachineState
from lobby.queueing.commands.command import OpenDay
from lobby.queueing.commands.floor import CallColleague, ReportMachine
from lobby.queueing.commands.ticket import ReturnFromMachine, TakeTicket
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.machine import Machine
from tests.app.app import LocalApp
from tests.floor.test_hall import text

ATM = "/floor/machines/atm-1/reports"
UP, DOWN, OUT_OF_NOTES = MachineState.UP, MachineState.DOWN, MachineState.OUT_OF_NOTES


def atm(door: LocalApp) -> Machine:
    return door.hall.machines["atm-1"]


def page(door: LocalApp, language: str = "en") -> str:
    return str(door.get("lan", f"/floor/machines?language={language}").text)


def faults(door: LocalApp) -> str:
    return text(door.get("lan", "/floor/machines/faults").text)


def test_it_shows_how_each_machine_is_doing(door: LocalApp) -> None:
    door.perform(ReportMachine("atm-1", DOWN, 2))
    said = text(page(door))
    assert (
        "Cash machine left of the entrance Out of order since 09:00 2 people queueing there" in said
    )
    assert "Cash and deposit machine by the window Working" in said


def test_it_says_where_a_machine_stands_in_the_readers_language(door: LocalApp) -> None:
    assert "入口左侧" in page(door, "zh")
    assert "bên trái lối vào" in page(door, "vi")


def test_it_offers_what_the_machine_is_not_already(door: LocalApp) -> None:
    states = re.findall(r"machine-states-atm-1.*?</form>", page(door), re.DOTALL)[0]
    assert re.findall(r'name="state" value="(\w+)"', states) == ["out_of_notes", "down"]


@pytest.mark.parametrize("state", [DOWN, OUT_OF_NOTES])
def test_it_takes_a_state_and_keeps_the_queue(door: LocalApp, state: MachineState) -> None:
    door.perform(ReportMachine("atm-1", UP, 2))
    answer = door.post("lan", ATM, state=state.value)
    assert (answer.status_code, answer.headers["location"]) == (303, "/floor/machines")
    assert (atm(door).state, atm(door).queue) == (state, 2)


def test_it_takes_a_queue_and_keeps_the_state(door: LocalApp) -> None:
    door.perform(ReportMachine("atm-1", OUT_OF_NOTES, 1))
    door.clock.advance(60)
    door.post("lan", ATM, queue="4")
    assert (atm(door).state, atm(door).queue) == (OUT_OF_NOTES, 4)
    assert "since 09:00" in page(door)


def test_it_takes_a_repeated_tap_for_one(door: LocalApp) -> None:
    for _ in "ab":
        assert door.post("lan", ATM, state="down", key="once").status_code == 303
    assert door.hall.version == 2


@pytest.mark.parametrize(
    "fields", [{"state": "broken"}, {"queue": "-1"}, {"queue": "many"}, {"queue": "1" * 5000}]
)
def test_it_reads_nothing_else(door: LocalApp, fields: dict[str, str]) -> None:
    assert door.post("lan", ATM, **fields).status_code == 400
    assert door.hall.version == 0


def test_it_takes_no_queue_that_is_a_slip_of_the_finger(door: LocalApp) -> None:
    assert door.ask("lan", ATM, queue="51").json()["refusal"] == "TextTooLong"


def test_it_knows_the_machines_of_its_branch_only(door: LocalApp) -> None:
    assert door.post("lan", "/floor/machines/stm-9/reports", state="down").status_code == 404
    door.post("hoa", ATM, state="down")
    assert atm(door).state is UP


def test_it_shows_faults_and_repairs_of_today(door: LocalApp) -> None:
    door.perform(ReportMachine("atm-1", DOWN))
    door.clock.advance(15 * 60)
    door.perform(ReportMachine("atm-1", UP))
    door.clock.advance(10 * 60)
    door.perform(ReportMachine("atm-1", OUT_OF_NOTES))
    door.clock.advance(5 * 60)
    said = faults(door)
    assert "Not working today: 20 min" in said
    assert "Out of order 09:00 09:15 15 min Out of cash 09:25 not yet" in said
    assert "by the window Working No fault today." in said
    assert "Not working today" not in text(door.get("hoa", "/floor/machines/faults").text)


def test_it_counts_only_today_of_a_fault_from_yesterday(door: LocalApp) -> None:
    door.perform(ReportMachine("atm-1", DOWN))
    door.clock.advance(16 * 3600)
    assert "Not working today: 1 h" in faults(door)
    assert "Out of order before today not yet" in faults(door)
    door.perform(OpenDay())
    assert "since before today" in page(door)


def test_it_shows_the_page_of_faults_and_changes_nothing(door: LocalApp) -> None:
    assert door.post("lan", "/floor/machines/faults").status_code == 405


def test_it_lists_with_the_machines_who_waits_for_an_approval(door: LocalApp) -> None:
    door.perform(CallColleague(HelpKind.AUTHORISATION, "crs-2"))
    said = text(page(door))
    assert "The machine waits for your approval Cash and deposit machine · by the window" in said
    card = f"call-{door.hall.help_calls[0].id}"
    door.post("lan", f"/floor/cards/{card}/answers")
    assert "You are on it" in page(door) and "Approved" in page(door)


def test_the_card_of_a_fault_says_who_stands_there(door: LocalApp) -> None:
    door.perform(TakeTicket("A01", "vi", "secret-of-a-slip", machine="atm-1"))
    door.clock.advance(4 * 60)
    door.perform(ReportMachine("atm-1", DOWN))
    said = text(door.get("lan", "/floor").text)
    assert "Out of order" in text(page(door))
    assert "S\u200a001 stands there, since 4 min" in said
    door.perform(ReturnFromMachine("S001"))
    assert "stands there" not in text(door.get("lan", "/floor").text)
