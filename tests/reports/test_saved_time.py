"""What machines take off the counters, less what it costs the lobby; and how much they are used."""

from dataclasses import replace

from lobby.queueing.model.help import HelpKind
from lobby.reports.at_machines import Upkeep
from lobby.reports.day import DayReport, report_of
from lobby.reports.export import as_json
from lobby.store.help_calls import KeptCall
from lobby.store.visits import Visit
from tests.reports.kpi_day import DAY, DONE, MACHINE, SITTINGS, VISITS, at, diverted, visit
from tests.reports.test_day import NEXT_MORNING
from tests.reports.test_machine_hours import WITH_MACHINES


def completed(number: str, along: float | None = None) -> Visit:
    gone = diverted(30, accepted=31, done=37)
    went = None if along is None else at(along)
    return visit(number, 30, ended=37, state=DONE, **gone, went_along_at=went)


def answered(ticket: str, taken: float, ended: float) -> KeptCall:
    return KeptCall(1, HelpKind.HELP, MACHINE, ticket, at(taken), "3", at(taken), at(ended), "done")


def told(visits: list[Visit], calls: tuple[KeptCall, ...] = ()) -> DayReport:
    upkeep = Upkeep((), calls)
    return report_of(WITH_MACHINES, DAY, visits, SITTINGS, NEXT_MORNING, upkeep=upkeep)


def test_time_that_a_colleague_went_along_is_taken_off() -> None:
    report = told([*VISITS, completed("A010", along=33)])
    assert report.machines is not None
    saved = report.machines.diversion.saved
    assert (saved.jobs, saved.lobby_s) == (2, 4 * 60)
    assert saved.seconds == saved.counter_s - 240


def test_two_records_of_the_same_minutes_count_once() -> None:
    """Along from 33 to 37, and a call answered from 35 to 40: seven minutes together."""
    report = told([completed("A010", along=33)], (answered("A010", 35, 40),))
    assert report.machines is not None
    assert report.machines.diversion.saved.lobby_s == 7 * 60


def test_machines_may_cost_more_than_they_save() -> None:
    costly = told([completed("A010")], (answered("A010", 31, 91),))
    assert as_json(costly)["diversion"]["saved_s"] < 0


def test_a_machine_is_used_while_somebody_is_at_it() -> None:
    """A003 from 5 to 10 and A005 from 7 to 12, of the fifty minutes that the branch was open."""
    (line, *_others) = [
        each for each in as_json(told(list(VISITS)))["machines"] if each["machine"] == MACHINE
    ]
    assert (line["used_s"], line["used"]) == (7 * 60, 7 / 50)


def test_a_machine_that_was_down_all_day_has_no_share() -> None:
    report = told(list(VISITS))
    assert report.machines is not None
    (line,) = (each for each in report.machines.machines if each.machine == MACHINE)
    assert replace(line, down_s=line.open_s).used is None
