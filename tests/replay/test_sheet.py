"""The branch's own day comes back from a spreadsheet program with the same people in it."""

import csv
import io
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from lobby.__main__ import run
from lobby.queueing.model.priority import Priority, Promise
from lobby.replay.branch import plan_of
from lobby.replay.recall import day_of, plan_of_day
from lobby.replay.recording import Recorded, RecordingError, read_day
from lobby.replay.script import script_of
from lobby.reports.export import as_csv
from tests.app.app import people as people_of_app
from tests.app.database import furnished_database
from tests.reports.kpi_day import DAY, VISITS
from tests.reports.test_day import PLAN, worked_day

DATES = ("%Y-%m-%d %H:%M:%S", "%Y/{month}/{day} {hour}:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S")
ZH = as_csv(worked_day(), replace(PLAN, services={}), "zh").lstrip("\ufeff")
TIMES = ("taken_at", "first_called_at", "started_at", "ended_at", "accepted_at", "returned_at")


def saved_as(folder: Path, dates: str, sign: str, encoding: str, decimal: str = ".") -> Path:
    """The export as another program has saved it."""
    rows = list(csv.DictReader(io.StringIO(ZH)))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=sign)
    writer.writeheader()
    for row in rows:
        spelled = {name: spelt(row[name], dates) for name in TIMES}
        lengths = {"served_s": row["served_s"].replace(".", decimal)}
        writer.writerow(row | spelled | lengths | {"service_name": "取款"})
    path = folder / "visits.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def spelt(text: str, dates: str) -> str:
    if not text:
        return ""
    at = datetime.strptime(text, "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007
    parts = {"month": at.month, "day": at.day, "hour": at.hour}
    return at.strftime(dates.format(**parts) if "{" in dates else dates)


def people(path: Path) -> list[Recorded]:
    return list(read_day(path, DAY))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("dates", DATES)
def test_it_finds_the_same_people_however_the_table_was_saved(
    tmp_path: Path, dates: str, sign: str, encoding: str
) -> None:
    plain = people(saved_as(tmp_path, DATES[0], ",", "utf-8"))
    assert len(plain) == 10
    assert people(saved_as(tmp_path, dates, sign, encoding)) == plain


def test_it_reads_a_decimal_comma(tmp_path: Path) -> None:
    path = saved_as(tmp_path, DATES[2], ";", "utf-8-sig", decimal=",")
    assert people(path) == people(saved_as(tmp_path, DATES[0], ",", "utf-8"))


def test_who_stayed_at_a_machine_stands_in_no_line(tmp_path: Path) -> None:
    """A003 finished there, A008 left no word; A005 came back and was served."""
    found = people(saved_as(tmp_path, DATES[0], ",", "utf-8"))
    served = [one for one in found if one.started_s is not None]
    assert len(served) == sum(visit.started_at is not None for visit in VISITS)
    assert len(found) == len(VISITS) - 2
    assert len(day_of(script_of(found), DAY).customers) == len(found)


@pytest.mark.parametrize("spoiled", ["5 March", "2026-02-30 09:00:00", "31/31/2026 9:00", ""])
def test_a_date_without_sense_is_said_with_its_row(tmp_path: Path, spoiled: str) -> None:
    path = saved_as(tmp_path, DATES[0], ",", "utf-8")
    first = path.read_text(encoding="utf-8").splitlines()[1].split(",")
    taken = next(cell for cell in first if cell.startswith("2026-03-05"))
    text = path.read_text(encoding="utf-8").replace(taken, spoiled, 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RecordingError, match="Row 2 of the log makes no sense"):
        people(path)


def test_it_takes_any_number_of_services() -> None:
    many = [Recorded(n, f"S{n:02}", "t", n, n + 1, n + 60) for n in range(60)]
    plan = plan_of(script_of(many))
    assert len(plan.services) == 60
    assert {len(service.prefix) for service in plan.services.values()} == {1}


def test_it_calls_by_the_promises_and_pools_of_the_branch() -> None:
    day = script_of([Recorded(2, "A01", "3", 0, 60, 300), Recorded(3, "Z09", "3", 5, 300, 400)])
    promised = replace(PLAN.calling, promises={Priority.REGULAR: Promise(7, 0)}, overtakes_max=1)
    plan = plan_of_day(day, replace(PLAN, calling=promised))
    assert plan.calling.promise(Priority.REGULAR).within_min == 7
    assert plan.calling.overtakes_max == 1
    assert plan.services["A01"].pool == "cash"
    assert plan.services["Z09"].pool == "Z09"


def test_a_branch_head_names_the_branch_whose_promises_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = saved_as(tmp_path, DATES[1], ";", "gb18030")
    arguments = ["replay", str(log), "--date", DAY.isoformat(), "--rule", "rule-a", "--json"]
    assert run([*arguments, "--branch", "demo"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["date"] == DAY.isoformat()


def test_a_branch_of_the_database_is_named_by_its_id(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    furnished_database(tmp_path / "lobby.db", people_of_app)
    monkeypatch.setenv("LOBBY_DATABASE", str(tmp_path / "lobby.db"))
    log = saved_as(tmp_path, DATES[2], ";", "utf-8-sig")
    arguments = ["replay", str(log), "--date", DAY.isoformat(), "--rule", "rule-a", "--json"]
    assert run([*arguments, "--branch", "riverside"]) == 0
    assert json.loads(capsys.readouterr().out)["date"] == DAY.isoformat()
    assert run([*arguments, "--branch", "nowhere"]) != 0
    assert "There is no branch nowhere" in capsys.readouterr().err


def test_a_branch_without_a_rule_is_not_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = saved_as(tmp_path, DATES[0], ",", "utf-8")
    assert run(["replay", str(log), "--date", DAY.isoformat(), "--branch", "demo"]) != 0
    assert "--branch goes with --rule." in capsys.readouterr().err
