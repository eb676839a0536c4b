"""What the writer does with a batch of which the database will not take one part."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, TextClause, text
from sqlalchemy.exc import DBAPIError

from lobby.branch import Outcome
from lobby.queueing.model.hall import Hall
from lobby.settings import Database
from lobby.store.engine import writing_engine
from lobby.store.log import last_version, scoped_key
from lobby.store.store import Store
from lobby.store.tables import ACTS, EVENTS, VISITS
from lobby.store.writer import BATCH_MAX, StoreUnavailableError
from tests.store.office import KIOSK, Office, in_office, number_of, open_office

INTRUDER = text(
    "INSERT INTO events (branch_id, version, at, business_day, kind, payload_version, payload, "
    "actor_kind, actor_id, key) VALUES "
    "(:branch, :version, 0, '2026-03-02', 'DayOpened', 1, '', 'system', '', '')"
)
NO_EXCHANGE = {
    "sqlite": (
        "CREATE TRIGGER no_exchange BEFORE INSERT ON visits WHEN NEW.service = 'F01' "
        "BEGIN SELECT RAISE(ABORT, 'no exchange today'); END"
    ),
    "postgresql": (
        "CREATE FUNCTION no_exchange() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RAISE EXCEPTION ''no exchange today''; END'; "
        "CREATE TRIGGER no_exchange BEFORE INSERT ON visits FOR EACH ROW "
        "WHEN (NEW.service = 'F01') EXECUTE FUNCTION no_exchange()"
    ),
}
EXCHANGE = {
    "sqlite": "DROP TRIGGER no_exchange",
    "postgresql": "DROP TRIGGER no_exchange ON visits",
}


def behind_its_back(office: Office, statement: Any, **values: object) -> None:
    """As somebody would with the program `sqlite3` or `psql`."""
    engine = writing_engine(office.store.database)
    with engine.begin() as connection:
        one = statement if isinstance(statement, TextClause) else text(statement[engine.name])
        connection.execute(one, values)
    engine.dispose()


def kept(office: Office, branch: str = "riverside") -> tuple[Hall, list[Any], list[Any]]:
    return office.branches[branch].hall, office.rows(ACTS, branch), office.rows(EVENTS, branch)


def test_it_commits_the_others_when_one_work_raises(database: Database) -> None:
    def write_and_fail(connection: Connection) -> None:
        connection.execute(text("UPDATE branches SET language = 'xx'"))
        raise LookupError("changed my mind")

    def write(connection: Connection) -> int:
        return connection.execute(text("UPDATE branches SET target_min = 7")).rowcount

    async def scenario(office: Office) -> None:
        first, failed, second, rows = await office.together(
            office.take(),
            office.store.write(write_and_fail),
            office.take(),
            office.store.write(write),
        )
        assert isinstance(failed, LookupError)
        assert (number_of(first), number_of(second), rows) == ("A001", "A002", 2)
        found = office.store.read_now(
            lambda c: c.execute(text("SELECT DISTINCT language, target_min FROM branches")).all()
        )
        assert found == [("zh", 7.0)]

    in_office(database, scenario)


def test_it_commits_the_others_when_the_database_refuses_one_work(database: Database) -> None:
    def double(connection: Connection) -> None:
        connection.execute(text("INSERT INTO counters VALUES ('riverside', '1', 1)"))

    async def scenario(office: Office) -> None:
        first, failed, second = await office.together(
            office.take(), office.store.write(double), office.take()
        )
        assert isinstance(failed, StoreUnavailableError)
        assert (number_of(first), number_of(second)) == ("A001", "A002")
        assert [change.version for change in office.changes] == [2, 3]
        assert office.refolded() == office.riverside.hall

    in_office(database, scenario)


def test_it_tries_again_one_by_one_when_a_batch_is_refused_at_its_end(database: Database) -> None:
    async def scenario(office: Office) -> None:
        await office.take()
        behind_its_back(office, NO_EXCHANGE)
        services = ("A01", "F01", "A02", "B01", "F01", "A04")
        outcomes = await office.together(
            *(office.take(f"key-{n}", service=service) for n, service in enumerate(services)),
            office.take("key-0", service="A01"),
        )
        refused = [n for n, o in enumerate(outcomes) if isinstance(o, StoreUnavailableError)]
        assert refused == [1, 4]
        assert "no exchange today" in str(outcomes[1])
        taken = [number_of(o) for o in outcomes if isinstance(o, Outcome)]
        assert taken == ["A002", "A003", "B001", "A004", "A002"]
        assert outcomes[-1].repeated
        acts = {row["key"] for row in office.rows(ACTS)}
        kept = [scoped_key(KIOSK.kind, KIOSK.id, f"key-{n}") in acts for n in range(6)]
        assert kept == [True, False, True, True, False, True]
        assert [change.version for change in office.changes] == [2, 3, 4, 5, 6]
        assert office.refolded() == office.riverside.hall
        behind_its_back(office, EXCHANGE)
        again = await office.take("key-1", service="F01")
        assert (number_of(again), again.repeated) == ("F001", False)

    in_office(database, scenario)


def test_it_changes_nothing_of_a_branch_whose_log_somebody_else_wrote_to(
    database: Database,
) -> None:
    async def scenario(office: Office) -> None:
        await office.take()
        behind_its_back(office, INTRUDER, branch="riverside", version=3)
        before = kept(office)
        outcomes = await office.together(
            office.take("mine"), office.take("theirs", "harbour"), office.take("mine too")
        )
        assert [isinstance(o, StoreUnavailableError) for o in outcomes] == [True, False, True]
        assert kept(office) == before
        assert office.harbour.hall.version == 2
        behind_its_back(
            office, text("DELETE FROM events WHERE kind = 'DayOpened' AND payload = ''")
        )
        assert number_of(await office.take("mine")) == "A002"
        assert office.refolded() == office.riverside.hall

    in_office(database, scenario)


def test_it_takes_more_than_one_batch_holds(database: Database) -> None:
    async def scenario(office: Office) -> None:
        commits = office.store.writer.figures.commits
        count = BATCH_MAX + 50
        outcomes = await office.together(*(office.take(f"key-{n}") for n in range(count)))
        assert [outcome.version for outcome in outcomes] == list(range(2, count + 2))
        assert office.store.writer.figures.commits == commits + 3
        assert len(office.rows(VISITS)) == count

    in_office(database, scenario)


def test_it_goes_on_when_nobody_waits_for_the_answer_any_more(database: Database) -> None:
    async def scenario(office: Office) -> None:
        impatient = asyncio.ensure_future(office.take("gone"))
        await asyncio.sleep(0)
        impatient.cancel()
        await asyncio.gather(impatient, return_exceptions=True)
        again = await office.take("gone")
        assert (again.repeated, number_of(again)) == (True, "A001")

    in_office(database, scenario)


def test_it_finishes_what_waits_before_it_closes(database: Database) -> None:

    async def scenario() -> int:
        async with open_office(database) as office:
            busy, free = threading.Event(), threading.Event()

            def be_busy(_connection: Connection) -> None:
                busy.set()
                assert free.wait(30)

            holding = asyncio.ensure_future(office.store.write(be_busy))
            await asyncio.to_thread(busy.wait)
            waiting = [asyncio.ensure_future(office.take(f"key-{n}")) for n in range(5)]
            await asyncio.sleep(0)
            free.set()
            office.store.close()
            outcomes = await asyncio.gather(*waiting)
            await holding
            return max(outcome.version for outcome in outcomes)

    version = asyncio.run(scenario())
    reader = Store(database)
    assert reader.read_now(lambda connection: last_version(connection, "riverside")) == version == 6
    reader.close()


def test_it_leaves_one_file_behind_when_it_closes(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        await office.take()
        assert await office.store.read(lambda c: last_version(c, "riverside")) == 2

    in_office(tmp_path / "lobby.db", scenario)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lobby.db", "lobby.db.lock"]


def test_it_reads_on_connections_that_cannot_write(database: Database) -> None:
    async def scenario(office: Office) -> None:
        await office.take()
        with pytest.raises(DBAPIError, match="read-?only"):
            await office.store.read(lambda c: c.execute(text("DELETE FROM events")))
        assert office.refolded() == office.riverside.hall

    in_office(database, scenario)


def test_it_keeps_a_file_safe_from_a_power_cut_and_from_its_readers(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        with pytest.raises(DBAPIError, match="readonly database"):
            await office.store.read(lambda c: c.execute(text("PRAGMA user_version = 9")))
        pragmas = await office.store.write(
            lambda c: [
                c.execute(text(f"PRAGMA {p}")).scalar() for p in ("synchronous", "journal_mode")
            ]
        )
        assert pragmas == [2, "wal"]

    in_office(tmp_path / "lobby.db", scenario)
