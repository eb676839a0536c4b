from dataclasses import replace

import pytest

from lobby.machines import MachineKind, MachineState
from lobby.queueing.model.machine import MachinePlan
from lobby.reports.at_machines import Upkeep
from lobby.reports.day import DayReport, report_of
from lobby.reports.machine_hours import Repairs, down_s, repairs
from lobby.store.faults import Fault
from tests.reports.kpi_day import DAY, SITTINGS, VISITS, at, visit
from tests.reports.test_day import NEXT_MORNING, PLAN

DOWN, EMPTY = MachineState.DOWN, MachineState.OUT_OF_NOTES
WITH_MACHINES = replace(
    PLAN,
    machines={
        name: MachinePlan(name, MachineKind.ATM, frozenset({"cash_out"}), {"en": "Left"})
        for name in ("atm-1", "crs-2")
    },
)


def fault(opened: float, closed: float | None, state: MachineState = DOWN) -> Fault:
    return Fault("atm-1", state, at(opened), None if closed is None else at(closed))


def told(*faults: Fault) -> DayReport:
    upkeep = Upkeep(faults=faults)
    return report_of(WITH_MACHINES, DAY, VISITS, SITTINGS, NEXT_MORNING, upkeep=upkeep)


def test_it_counts_only_downtime_in_which_the_branch_was_open() -> None:
    span = (at(0), at(50))
    assert down_s([fault(-30, 10)], span) == 600
    assert down_s([fault(10, 20), fault(45, 90)], span) == 900
    assert down_s([fault(40, None)], span) == 600
    assert down_s([fault(60, 90)], span) == 0
    assert down_s([fault(0, 50)], None) == 0


def test_a_machine_without_notes_still_works() -> None:
    assert down_s([fault(10, 20, EMPTY)], (at(0), at(50))) == 0


def test_it_tells_the_share_of_the_day_each_machine_worked_and_its_jobs() -> None:
    machines = told(fault(10, 20)).machines
    assert machines is not None
    first, second = machines.machines
    assert (first.machine, first.faults) == ("atm-1", 1)
    assert first.available == pytest.approx(0.8)
    assert (first.offers.accepted, first.offers.completed, first.offers.returned) == (3, 1, 1)
    assert (second.faults, second.available, second.offers.accepted) == (0, 1.0, 0)


def test_it_measures_repairs_by_their_mean() -> None:
    assert repairs([fault(0, 10), fault(20, 40), fault(50, None)], at(60)) == Repairs(2, 15 * 60)
    assert repairs([fault(50, None)], at(60)) == Repairs(0, None)


def test_an_older_day_does_not_know_of_a_repair_that_came_later() -> None:
    machines = told(fault(10, 48 * 60)).machines
    assert machines is not None
    assert machines.faults[0].closed_at is None
    assert machines.repairs == Repairs(0, None)


def test_a_machine_that_was_taken_away_is_still_told() -> None:
    report = report_of(PLAN, DAY, VISITS, SITTINGS, NEXT_MORNING)
    assert report.machines is not None
    assert [line.machine for line in report.machines.machines] == ["atm-1"]


def test_a_branch_without_machines_and_rules_has_nothing_to_tell() -> None:
    plain = [visit("A001", 0, 1, 2, 3)]
    assert report_of(PLAN, DAY, plain, SITTINGS, NEXT_MORNING).machines is None
    assert report_of(WITH_MACHINES, DAY, plain, [], NEXT_MORNING).machines is not None
