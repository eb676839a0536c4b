"""Each ticket of a day in a row, with its times as times: the visits of the CSV for a workbook."""

from lobby.i18n.texts import mark
from lobby.reports.day import DayReport
from lobby.reports.durations import elapsed_s
from lobby.reports.figures import Figures
from lobby.reports.sheets import CellKind, Row, Sheet, Value, sheet_named
from lobby.screens.words import PRIORITIES
from lobby.store.visits import Visit

COLUMNS = (
    ("number", mark("Number"), CellKind.NAME),
    ("service", mark("Service"), CellKind.NAME),
    ("class", mark("Class"), CellKind.NAME),
    ("taken_at", mark("Taken"), CellKind.MOMENT),
    ("first_called_at", mark("First called"), CellKind.MOMENT),
    ("started_at", mark("Service began"), CellKind.MOMENT),
    ("ended_at", mark("Ended"), CellKind.MOMENT),
    ("wait_s", mark("Wait, min"), CellKind.MINUTES),
    ("to_call_s", mark("Wait to the call, min"), CellKind.MINUTES),
    ("served_s", mark("Service, min"), CellKind.MINUTES),
    ("calls", mark("Calls"), CellKind.COUNT),
    ("times_passed", mark("Times passed"), CellKind.COUNT),
    ("counter", mark("Counter"), CellKind.NAME),
    ("machine", mark("Machine"), CellKind.NAME),
)
"""No secret of a ticket, no name of a person."""


def visits_sheet(report: DayReport, figures: Figures) -> Sheet:
    rows = (Row(_cells(visit, figures)) for visit in report.visits)
    return sheet_named("visits", mark("Tickets"), COLUMNS, rows, figures)


def _cells(visit: Visit, figures: Figures) -> tuple[Value, ...]:
    called = visit.first_called_at
    to_call_s = max(0.0, elapsed_s(visit.taken_at, called) - visit.rested_s) if called else None
    return (
        *(visit.number, figures.service(visit.service)),
        figures.words.gettext(PRIORITIES[visit.priority]),
        *(visit.taken_at, called, visit.started_at, visit.ended_at),
        *(visit.wait_s, to_call_s, visit.served_s if visit.started_at else None),
        *(visit.calls, visit.overtakes),
        figures.counter(visit.counter) if visit.counter else None,
        figures.machine(visit.machine) if visit.machine else None,
    )
