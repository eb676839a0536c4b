"""Whole days through the real server, as `lobby replay` plays them."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from display import regions
from display.announcements import shown_calls
from lobby import branch, branch_work
from lobby.__main__ import run
from lobby.live.announcements import announcements
from lobby.live.changes import Announcement
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import StartServing
from lobby.queueing.decide.dispatch import decide
from lobby.queueing.events.event import Event
from lobby.queueing.model.hall import Hall
from lobby.replay import play
from tests.replay.logs import DAY, hung_up, served, write_log

TINY = (
    served(60, 90, 200),
    served(61, 95, 130, teller="S02"),
    served(62, 120, 150),  # while the same teller still serves: at a second counter
    served(63, 200, 200),  # called in the second in which the counter gets free
    served(64, 200, 260, service="PE"),
    served(65, 63, 64, teller="S02"),
    hung_up(66, 180),
    hung_up(67, None, service="NE"),
    hung_up(67, 67),
    served(86_390, 86_395, 86_460),  # over midnight
)
SLICE = 150


def replayed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, object]]:
    code = run(["replay", *arguments, "--json"])
    found: dict[str, object] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return code, found


def test_it_plays_a_small_day_and_finds_every_wait_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = write_log(tmp_path, TINY)
    code, found = replayed(capsys, str(log), "--date", DAY)
    assert code == 0
    assert found["tickets_taken"] == found["tickets_in_log"] == len(TINY)
    assert found["calls_announced"] == found["served_in_log"] == 7
    assert found["calls_received"] == [7, 7]
    assert found["displays_true"] == 2
    assert (found["lost"], found["doubled"], found["out_of_order"]) == (0, 0, 0)
    assert found["largest_difference_s"] == 0
    assert found["waits_in_report"] == found["waits_in_log"]
    accuracy = found["accuracy"]
    assert isinstance(accuracy, dict)
    assert accuracy["told_and_served"] > 0, "customers were told their waits on the way"


def test_it_prints_a_table_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = write_log(tmp_path, TINY[:2])
    assert run(["replay", str(log), "--date", DAY]) == 0
    said = capsys.readouterr()
    assert "largest difference of one wait" in said.out
    assert "Playing the day" in said.err


def test_it_keeps_a_pace_where_one_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = write_log(tmp_path, TINY[:2])
    code, found = replayed(capsys, str(log), "--date", DAY, "--speed", "200")
    assert code == 0
    assert isinstance(found["took_s"], float) and found["took_s"] >= 1.0  # 200 s of that day


def test_it_says_in_one_sentence_that_there_is_no_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["replay", str(tmp_path / "none.csv.gz"), "--date", DAY]) == 2
    assert "none.csv.gz cannot be read" in capsys.readouterr().err


def forgets_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """A house in which every second call is made but not announced."""
    turn = count()

    def broken(*told: Any) -> tuple[Announcement, ...]:
        calls = announcements(*told)
        return () if calls and next(turn) % 2 else calls

    monkeypatch.setattr(branch, "announcements", broken)


def says_everything_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """A house that announces each call twice, as if they were two."""

    def broken(*told: Any) -> tuple[Announcement, ...]:
        calls = announcements(*told)
        return (*calls, *(replace(call, id=f"again-{call.id}") for call in calls))

    monkeypatch.setattr(branch, "announcements", broken)


def starts_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """A house that writes down the start of each service two seconds late."""

    def late(hall: Hall, command: Command, now: datetime) -> tuple[Event, ...]:
        is_start = isinstance(command, StartServing)
        return decide(hall, command, now + timedelta(seconds=2) if is_start else now)

    monkeypatch.setattr(branch_work, "decide", late)


def hides_the_last_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """A house whose displays never list the newest call."""
    monkeypatch.setattr(regions, "shown_calls", lambda hall, zone: shown_calls(hall, zone)[1:])


def lost_on_displays(found: dict[str, Any]) -> int:
    """Without the pages that were too slow to tell their customer: the day goes by quickly."""
    pages: int = found["pages_called"] - found["pages_told"]
    return int(found["lost"]) - pages


BROKEN: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], Callable[[dict[str, Any]], bool]]] = {
    "forgets calls": (forgets_calls, lambda found: lost_on_displays(found) == 6),
    "says everything twice": (says_everything_twice, lambda found: found["doubled"] == 14),
    "starts late": (starts_late, lambda found: found["largest_difference_s"] == 2.0),
    "hides the last call": (hides_the_last_call, lambda found: found["displays_true"] == 0),
}


@pytest.mark.parametrize(("spoil", "is_betrayed"), BROKEN.values(), ids=BROKEN)
def test_a_broken_house_does_not_get_away_with_it(
    spoil: Callable[[pytest.MonkeyPatch], None],
    is_betrayed: Callable[[dict[str, Any]], bool],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(play, "HEARD_WITHIN_S", 0.5)
    spoil(monkeypatch)
    code, found = replayed(capsys, str(write_log(tmp_path, TINY)), "--date", DAY)
    assert code == 1
    assert is_betrayed(found)


def recorded_log() -> Path:
    named = os.environ.get("LOBBY_TEST_LOG")
    beside = Path(__file__).resolve().parents[2].parent / "shared" / "data"
    found = [Path(named)] if named else sorted(beside.glob("*.csv.gz"))
    if not found:
        pytest.skip("no recorded log: LOBBY_TEST_LOG names none and ../shared/data has none")
    return found[0]


def test_it_plays_the_morning_of_a_recorded_day(capsys: pytest.CaptureFixture[str]) -> None:
    log = recorded_log()
    code, found = replayed(capsys, str(log), "--date", "1999-03-08", "--first", str(SLICE))
    assert code == 0
    assert found["tickets_taken"] == SLICE
    assert (found["lost"], found["doubled"], found["out_of_order"]) == (0, 0, 0)
