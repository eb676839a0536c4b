"""The hall as it stands, put before the rules: what the kiosk would say at this moment."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lobby.catalogue.reading import DEMO, read_catalogue
from lobby.machines import MachineState
from lobby.queueing.commands.counter import OpenCounter
from lobby.queueing.commands.floor import ReportMachine
from lobby.queueing.commands.ticket import OfferMachine, TakeTicket
from lobby.screens.advice import advise_now, intake_of, offers_machine, second_offer
from lobby.screens.opening import is_open
from lobby.triage.advice import Advice, Reason
from lobby.triage.catalogue import Strength
from lobby.triage.request import AmountBand, Request
from tests.app.app import LocalApp, open_app

SMALL = Request("A01", band=AmountBand(0, 5_000))
ANSWERS = (("amount", "up_to_5000"), ("credential", "card"))


@pytest.fixture
def advised(tmp_path: Path) -> Iterator[LocalApp]:
    """Riverside with the demo's catalogue and its own two machines."""
    catalogue = read_catalogue(DEMO)
    machines = {
        own: replace(catalogue.machines[demo], id=own)
        for own, demo in (("atm-1", "m1"), ("crs-2", "m2"))
    }
    with open_app(tmp_path) as door:
        door.services.catalogues = {"riverside": replace(catalogue, machines=machines)}
        yield door


def now(door: LocalApp) -> Advice:
    return advise_now(door.services, door.riverside, SMALL, door.clock.now())


def crowd(door: LocalApp, people: int) -> None:
    for number in range(people):
        door.perform(TakeTicket("A01", "en", f"secret-{number}"))


def test_it_offers_no_machine_while_a_counter_is_free(advised: LocalApp) -> None:
    advised.perform(OpenCounter("1", "1", ("A01",)))
    assert now(advised).reasons[0] is Reason.NO_QUEUE


def test_a_counter_between_two_customers_of_a_line_is_not_free(advised: LocalApp) -> None:
    advised.perform(OpenCounter("1", "1", ("A01",)))
    crowd(advised, 6)
    advice = now(advised)
    assert Reason.NO_QUEUE not in advice.reasons
    assert offers_machine(advice)
    assert advice.strength is Strength.SUGGEST


def test_it_follows_the_machines(advised: LocalApp) -> None:
    advised.perform(OpenCounter("1", "1", ("A01",)))
    crowd(advised, 6)
    assert offers_machine(now(advised))
    for machine in advised.riverside.hall.machines:
        advised.perform(ReportMachine(machine, MachineState.DOWN))
    assert now(advised).reasons[0] is Reason.DEVICE_DOWN
    advised.perform(ReportMachine("atm-1", MachineState.UP))
    assert offers_machine(now(advised))


def test_a_colleague_may_offer_it_once_to_who_has_waited(advised: LocalApp) -> None:
    services, branch, clock = advised.services, advised.riverside, advised.clock
    advised.perform(OpenCounter("1", "1", ("A01",)))
    at_the_door = intake_of(now(advised), ANSWERS, help_wanted=False)
    advised.perform(TakeTicket("A01", "en", "secret-x", intake=at_the_door))
    crowd(advised, 6)
    assert second_offer(services, branch, branch.hall.tickets["A001"], clock.now()) is None
    clock.advance(9 * 60)
    machine = second_offer(services, branch, branch.hall.tickets["A001"], clock.now())
    assert machine is not None and machine in branch.hall.machines
    advised.perform(OfferMachine("A001", machine))
    assert second_offer(services, branch, branch.hall.tickets["A001"], clock.now()) is None


def test_it_knows_when_the_branch_is_open(advised: LocalApp) -> None:
    assert is_open(advised.services, advised.riverside, advised.clock.now())
    advised.clock.advance(9 * 3600)
    assert not is_open(advised.services, advised.riverside, advised.clock.now())
    assert is_open(advised.services, advised.harbour, advised.clock.now())
