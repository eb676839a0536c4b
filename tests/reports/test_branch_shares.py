"""Several branches side by side: shares of nobody and of few, and days without visits."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection

from lobby.reports.branch_sheets import COLUMNS, course_share
from lobby.store.kinds import RollupPart
from lobby.store.rollups import Rollup, Tally, keep_rollups
from tests.app.app import LocalApp, open_app, people
from tests.app.badges import Badge
from tests.reports.many_branches import FEBRUARY, keep_day

HOURS_9_US = 9 * 3600 * 1_000_000


def branches_in_trouble(connection: Connection) -> Mapping[str, Badge]:
    """Harbour serves nobody in time; at Riverside they sit for two days before anybody comes."""
    badges = people(connection)
    keep_day(connection, "harbour", date(2026, 2, 4), people=20, in_time=0)
    for day in (2, 3):
        idle = Rollup(RollupPart.DAY, "", figures={"signed_in_us": HOURS_9_US})
        keep_rollups(connection, "riverside", date(2026, 2, day), [idle])
    keep_day(connection, "riverside", date(2026, 2, 4), people=20, in_time=20)
    return badges


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalApp]:
    """Nothing here changes it."""
    with open_app(tmp_path_factory.mktemp("shares"), branches_in_trouble) as app:
        yield app


def test_nobody_in_time_is_a_share_too(app: LocalApp) -> None:
    told = app.get("ada", f"{FEBRUARY}.json").json()
    (harbour,) = [row for row in told["course"] if row["branch"].startswith("Harbour")]
    assert harbour["2026-02"] == 0
    assert app.get("ada", FEBRUARY).status_code == 200


def harbour_alone(connection: Connection) -> Mapping[str, Badge]:
    badges = people(connection)
    keep_day(connection, "harbour", date(2026, 2, 4), people=20, in_time=0)
    return badges


@pytest.fixture
def late(tmp_path: Path) -> Iterator[LocalApp]:
    """Nobody was served in time anywhere."""
    with open_app(tmp_path, harbour_alone) as app:
        yield app


def test_a_page_of_nobody_in_time_is_a_page(late: LocalApp) -> None:
    answer = late.get("ada", FEBRUARY)
    assert answer.status_code == 200
    assert answer.text.count('<svg class="course"') == 1


def test_counters_are_open_on_days_without_visits_as_well(app: LocalApp) -> None:
    told = app.get("ada", f"{FEBRUARY}.json").json()
    riverside = dict(zip(told["ids"], told["branches"], strict=True))["riverside"]
    assert (riverside["days"], riverside["open_s_a_day"]) == (1, 9 * 3600)


@pytest.mark.parametrize(
    ("key", "count", "of"),
    [
        *(("within_promise", "kept", "due"), ("left", "gave_up", "in_line")),
        *(("missed", "missed", "called"), ("diversion_rate", "completed", "eligible")),
        ("return_rate", "returned", "accepted"),
    ],
)
def test_a_share_of_fewer_than_five_is_left_out(key: str, count: str, of: str) -> None:
    tally = Tally()
    tally.figures.update({"tickets": 100, count: 1, of: 4})
    assert COLUMNS[key][2](tally) is None
    tally.figures[of] = 5
    assert COLUMNS[key][2](tally) == 0.2


def test_the_course_leaves_out_a_share_of_fewer_than_five() -> None:
    tally = Tally()
    tally.figures.update({"tickets": 100, "kept": 0, "due": 4})
    assert course_share(tally) is None
    tally.figures["due"] = 5
    assert course_share(tally) == 0
