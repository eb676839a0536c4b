import csv
import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lobby.queueing.model.plan import Service
from lobby.reports.day import report_of
from lobby.reports.export import COLUMNS, as_csv, as_json
from lobby.spreadsheets.cells import harmless
from lobby.spreadsheets.csv_file import BYTE_ORDER_MARK
from tests.reports.kpi_day import DAY, SITTINGS, VISITS
from tests.reports.test_day import NEXT_MORNING, PLAN, worked_day


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK))))


def test_it_writes_one_row_per_ticket_on_the_branchs_clock() -> None:
    table = rows(as_csv(worked_day(), PLAN, "en"))
    assert [row["number"] for row in table] == [visit.number for visit in VISITS]
    first = table[0]
    assert (first["taken_at"], first["started_at"]) == (
        "2026-03-05 09:00:00",
        "2026-03-05 09:05:00",
    )
    assert (first["wait_s"], first["served_s"], first["counter"]) == ("300.0", "240.0", "1")
    assert (table[9]["state"], table[9]["wait_s"], table[9]["counter"]) == ("cancelled", "", "")


def test_it_gives_away_no_secret_and_nobodys_name() -> None:
    assert not {"secret", "teller"} & set(COLUMNS)
    assert "teller 1" not in as_csv(worked_day(), PLAN, "en")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_it_lets_no_cell_run_as_a_formula(start: str) -> None:
    evil = Service("A01", "A", "cash", 5, {"en": f"{start}1+1"})
    plan = replace(PLAN, services={"A01": evil})
    report = report_of(plan, DAY, VISITS[:1], SITTINGS, NEXT_MORNING)
    (row,) = rows(as_csv(report, plan, "en"))
    assert row["service_name"].startswith(f"'{start}"[:2])


@given(st.text() | st.integers() | st.floats(allow_nan=False))
def test_it_changes_no_cell_that_is_harmless(cell: object) -> None:
    written = harmless(cell)
    assert written == cell or (isinstance(cell, str) and written == f"'{cell}")


def test_it_gives_machines_the_figures_unrounded() -> None:
    odd = timedelta(microseconds=1)
    first = VISITS[0]
    assert first.started_at is not None
    visits = [replace(first, started_at=first.started_at + odd), *VISITS[1:]]
    report = report_of(PLAN, DAY, visits, SITTINGS, NEXT_MORNING)
    figures = json.loads(json.dumps(as_json(report)))
    assert figures["waits"][0] == {
        "number": "A001",
        "taken_at": "2026-03-05T01:00:00.000000+00:00",
        "wait_s": 300.000001,
    }
    assert figures["wait_mean_s"] == 600 + 1.25e-7
    assert (figures["day"], figures["tickets"], figures["served"]) == ("2026-03-05", 12, 8)
    assert (figures["wait_median_s"], figures["wait_p90_s"]) == (600, 1080)
    assert figures["abandonments"] == {"count": 2, "of": 10, "share": 0.2}


def test_it_gives_machines_nothing_where_nothing_can_be_said() -> None:
    figures = as_json(report_of(PLAN, DAY, [], [], NEXT_MORNING))
    assert (figures["tickets"], figures["wait_mean_s"], figures["waits"]) == (0, None, [])
    assert figures["utilisation"] is None
