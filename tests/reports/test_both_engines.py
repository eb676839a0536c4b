"""Reports and the dated set-up on SQLite and on PostgreSQL: the same figures, the same days."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from lobby.control.messages import RebuildReports, Rebuilt
from lobby.queueing.commands.command import OpenDay
from lobby.settings import Database
from lobby.store.past_arrivals import PastRecord, past_record
from tests.app.app import LocalApp, open_app
from tests.app.people import MORNING
from tests.reports.test_rollups import DAY, kept, next_day, rebuild, rows, serve_one
from tests.setup.demo import CASH_LIMIT, change, demo_and_people, held, versions, wish
from tests.setup.test_versions import cash_limit, turn_of_the_day

TOMORROW = DAY + timedelta(days=1)


def two_days(app: LocalApp) -> None:
    """One served at each; on the first another is left at closing time, who took B01."""
    serve_one(app)
    app.take("B01")
    next_day(app)
    serve_one(app)
    app.clock.move_to(MORNING + timedelta(days=2))
    app.perform(OpenDay())


def test_days_are_rolled_up_and_rebuilt_as_they_were(tmp_path: Path, database: Database) -> None:
    with open_app(tmp_path, database=database) as app:
        two_days(app)
        known, before = kept(app), rows(app)
        assert {day: tally["tickets"] for day, tally in known.items()} == {DAY: 2, TOMORROW: 1}
        assert (known[DAY]["served"], known[DAY]["closed_out"]) == (1, 1)
        assert rebuild(app, RebuildReports("riverside", DAY)) == Rebuilt(1, TOMORROW)
        assert rebuild(app, RebuildReports("riverside")) == Rebuilt(2, TOMORROW)
        assert rows(app) == before


@pytest.mark.parametrize("address", ["weeks/2026-W10", "months/2026-03", "years/2026-03"])
def test_a_period_tells_the_same(tmp_path: Path, database: Database, address: str) -> None:
    with open_app(tmp_path, database=database) as app:
        two_days(app)
        told = app.get("minh", f"/reports/{address}.json").json()
        figures = {row["measure"]: row["value"] for row in told["summary"]}
        assert figures["Tickets"] == 3
        assert [row["tickets"] for row in told["services"]] == ["fewer than 5"] * 2
        assert app.get("minh", f"/reports/{address}?language=vi").status_code == 200
        assert app.get("minh", f"/reports/{address}.xlsx").status_code == 200


def test_the_past_is_read_for_days_to_come(tmp_path: Path, database: Database) -> None:
    with open_app(tmp_path, database=database) as app:
        two_days(app)

        def read(connection: Connection) -> PastRecord:
            return past_record(connection, "riverside", DAY + timedelta(days=2))

        past: PastRecord = app.run(app.services.store.read, read)
        assert sum(each.count for each in past.came) == 3
        assert [job.length_s for job in past.jobs] == [240.0, 240.0]
        assert {each.service: each.count for each in past.kinds} == {"A01": 2, "B01": 1}
        assert [day for day, _sitting in past.sittings] == [DAY, TOMORROW]


def test_a_change_of_the_set_up_holds_from_its_day(tmp_path: Path, database: Database) -> None:
    with open_app(tmp_path, demo_and_people, database=database) as app:
        change(app, wish((CASH_LIMIT, 30_000), day=TOMORROW))
        assert len(versions(app)) == 2
        for day, limit in ((DAY, 20_000), (TOMORROW, 30_000)):
            limits = held(app, day).tree["profiles"]["CN"]["limits"]
            assert [each["amount"] for each in limits if each["name"] == "cash"] == [limit]
        app.clock.move_to(MORNING + timedelta(days=1))
        turn_of_the_day(app)
        assert cash_limit(app) == 30_000
