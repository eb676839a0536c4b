"""A branch's own day, as its report wrote it down, is called anew by two rules."""

from datetime import date
from pathlib import Path

import pytest

from lobby.__main__ import run
from lobby.queueing.model.priority import Priority
from lobby.replay.recording import RecordingError, read_day
from lobby.reports.export import as_csv
from tests.reports.kpi_day import DAY, VISITS
from tests.reports.test_day import PLAN, worked_day


def export(folder: Path) -> Path:
    path = folder / f"visits-riverside-{DAY}.csv"
    path.write_text(as_csv(worked_day(), PLAN, "vi"), encoding="utf-8")
    return path


def test_it_reads_the_report_s_own_table(tmp_path: Path) -> None:
    found = read_day(export(tmp_path), DAY)
    in_line = [v for v in VISITS if v.accepted_at is None or v.returned_at is not None]
    assert len(found) == len(in_line) == len(VISITS) - 2
    first = next(one for one in found if one.started_s is not None)
    visit = next(visit for visit in VISITS if visit.started_at is not None)
    assert (first.service, first.wait_s) == (visit.service, visit.wait_s)
    assert first.finished_s == first.started_s + visit.served_s  # type: ignore[operator]
    assert first.priority is Priority.REGULAR
    assert all(one.left_s is not None for one in found if one.started_s is None)


def test_another_day_and_a_row_without_sense_are_said(tmp_path: Path) -> None:
    path = export(tmp_path)
    with pytest.raises(RecordingError, match="has nobody on 2026-03-06"):
        read_day(path, date(2026, 3, 6))
    text = path.read_text(encoding="utf-8").replace(",regular,", ",loudest,", 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RecordingError, match="Row 2 of the log makes no sense"):
        read_day(path, DAY)


def test_a_branch_head_tries_a_rule_on_yesterday(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["replay", str(export(tmp_path)), "--date", DAY.isoformat(), "--rule", "rule-a"]
    assert run([*arguments, "--against", "first-come"]) == 0
    told = capsys.readouterr().out
    assert "2026-03-05" in told
    assert "First come" in told or "first-come" in told or "first come" in told
