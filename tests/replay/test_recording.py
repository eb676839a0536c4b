from datetime import date
from pathlib import Path

import pytest

from lobby.replay.recording import RecordingError, read_day
from tests.replay.logs import DAY, HEADER, hung_up, recorded, served, write_log


def test_it_takes_the_wait_from_coming_to_the_start_of_service(tmp_path: Path) -> None:
    (customer,) = recorded(tmp_path, [served(100, 130, 200)])
    assert (customer.taken_s, customer.started_s, customer.finished_s) == (100, 130, 200)
    assert customer.wait_s == 30
    assert customer.left_s is None


def test_it_serves_nobody_before_they_came(tmp_path: Path) -> None:
    (customer,) = recorded(tmp_path, [served(100, 98, 99)])
    assert (customer.started_s, customer.finished_s, customer.wait_s) == (100, 100, 0)


def test_it_lets_who_never_joined_a_line_leave_at_once(tmp_path: Path) -> None:
    waited, never = recorded(tmp_path, [hung_up(100, 160), hung_up(200, None)])
    assert (waited.left_s, never.left_s) == (160, 200)
    assert waited.wait_s is None


def test_it_reads_only_the_day_that_is_asked_for(tmp_path: Path) -> None:
    rows = [served(1, 2, 3), served(4, 5, 6).replace(DAY, "1999-03-09")]
    assert len(recorded(tmp_path, rows)) == 1
    log = write_log(tmp_path, rows)
    with pytest.raises(RecordingError, match="nobody on 1999-03-10"):
        read_day(log, date(1999, 3, 10))


def test_it_reads_no_more_customers_than_wanted(tmp_path: Path) -> None:
    log = write_log(tmp_path, [served(n, n, n) for n in range(10)])
    assert [one.taken_s for one in read_day(log, date.fromisoformat(DAY), 3)] == [0, 1, 2]


@pytest.mark.parametrize("content", [b"nothing of the kind", b""])
def test_it_says_that_a_file_is_no_log(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "log.csv.gz"
    path.write_bytes(content)
    with pytest.raises(RecordingError, match=r"log\.csv\.gz|lacks the columns"):
        read_day(path, date.fromisoformat(DAY))


def test_it_says_which_columns_are_missing(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("date,arrival_s\n", encoding="utf-8")
    with pytest.raises(RecordingError, match=r"lacks the columns .*service_start_s"):
        read_day(path, date.fromisoformat(DAY))


def test_it_says_which_row_makes_no_sense(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(f"{HEADER}\n{served(1, 2, 3)}\n{served(1, 2, 3)[:12]}\n", encoding="utf-8")
    with pytest.raises(RecordingError, match="Row 3"):
        read_day(path, date.fromisoformat(DAY))
