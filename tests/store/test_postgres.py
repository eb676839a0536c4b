"""PostgreSQL goes away in the worst moment, and comes back: nothing is lost, nothing done twice."""

import asyncio
import threading

import pytest
from sqlalchemy import Connection, text

from lobby.queueing.commands.ticket import TakeTicket
from lobby.settings import PostgresUrl
from lobby.store import postgres as dialect
from lobby.store import writer_connection
from lobby.store.engine import writing_engine
from lobby.store.errors import OutcomeUnknownError, StoreUnavailableError
from lobby.store.tables import VISITS
from tests.app.postgres import PostgresServer
from tests.app.postgres_line import Cut, Line
from tests.store.office import Office, check_log, in_office, number_of, until


def count_up(connection: Connection) -> None:
    """Whatever is not known by a key: twice is once too often."""
    connection.execute(text("UPDATE branches SET target_min = target_min + 1"))


def target_min(office: Office) -> float:
    query = text("SELECT target_min FROM branches WHERE id = 'riverside'")
    return float(office.store.read_now(lambda c: c.execute(query).scalar_one()))


@pytest.mark.parametrize("cut", list(Cut))
def test_it_does_each_thing_once_when_the_line_is_cut_in_a_commit(line: Line, cut: Cut) -> None:
    async def scenario(office: Office) -> None:
        await office.take()
        before = target_min(office)
        line.cut_at(cut, after=1)  # the first is that of whatever keeps the writer busy
        outcomes = await office.together(
            office.take("a"), office.store.write(count_up), office.take("b"), office.take("a")
        )
        assert line.cuts == 1
        assert [number_of(outcomes[n]) for n in (0, 2, 3)] == ["A002", "A003", "A002"]
        assert [outcomes[n].repeated for n in (0, 2, 3)] == [False, False, True]
        assert target_min(office) == before + 1
        check_log(office, ["A001", "A002", "A003"])

    in_office(line.url, scenario)


def test_it_would_notice_a_writer_that_takes_every_cut_commit_for_undone(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialect.DatabaseAccess, "has_kept", lambda *_arguments: False)
    with pytest.raises(AssertionError):
        test_it_does_each_thing_once_when_the_line_is_cut_in_a_commit(line, Cut.AFTER_COMMIT)


def test_it_would_notice_a_writer_that_takes_every_cut_commit_for_kept(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialect.DatabaseAccess, "has_kept", lambda *_arguments: True)
    with pytest.raises(AssertionError):
        test_it_does_each_thing_once_when_the_line_is_cut_in_a_commit(line, Cut.BEFORE_COMMIT)


@pytest.mark.parametrize(("cut", "kept"), [(Cut.BEFORE_COMMIT, False), (Cut.AFTER_COMMIT, True)])
def test_it_says_that_it_does_not_know_and_learns_it_from_the_log(
    line: Line, monkeypatch: pytest.MonkeyPatch, cut: Cut, kept: bool
) -> None:
    monkeypatch.setattr(writer_connection, "COMES_BACK_WITHIN_S", 0.3)

    async def scenario(office: Office) -> None:
        office.store.on_return = office.riverside.catch_up
        await office.take()
        line.cut_at(cut, stay_closed=True)
        with pytest.raises(OutcomeUnknownError):
            await office.take("unsure")
        with pytest.raises(StoreUnavailableError) as refused:
            await office.take("while away")
        assert not isinstance(refused.value, OutcomeUnknownError)
        with pytest.raises(StoreUnavailableError):
            await office.store.read(lambda c: c.execute(text("SELECT 1")))
        line.open()
        await until(lambda: office.store.sole_since == 2)
        if kept:
            await until(lambda: len(office.changes) == 2)
            assert "A002" in office.riverside.hall.tickets
        again = await office.take("unsure")
        assert (number_of(again), again.repeated) == ("A002", kept)
        assert number_of(await office.take()) == "A003"
        check_log(office, ["A001", "A002", "A003"])

    in_office(line.url, scenario)


def test_it_says_nothing_of_a_change_before_it_is_kept(line: Line) -> None:
    """Cut before anything was sent: the same again on a new connection, and nobody notices."""

    async def scenario(office: Office) -> None:
        await office.take()
        for _ in range(3):
            line.close()
            line.open()
            await office.take()
        check_log(office, ["A001", "A002", "A003", "A004"])

    in_office(line.url, scenario)


def test_it_gives_up_a_row_that_somebody_holds_and_goes_on_later(
    url: PostgresUrl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(dialect.WRITING, "lock_timeout", "200ms")

    async def scenario(office: Office) -> None:
        await office.take()
        engine = writing_engine(url)
        with engine.connect() as holder, holder.begin():
            holder.execute(text("LOCK TABLE visits IN ACCESS EXCLUSIVE MODE"))
            outcomes = await office.together(*(office.take(f"key-{n}") for n in range(3)))
            assert all(isinstance(o, StoreUnavailableError) for o in outcomes)
        engine.dispose()
        assert number_of(await office.take("key-1")) == "A002"
        check_log(office, ["A001", "A002"])

    in_office(url, scenario)


class Crashes:
    """Kills the server again and again, each time for a short while."""

    def __init__(self, server: PostgresServer, times: int) -> None:
        self._server, self._times = server, times
        self.over = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Crashes":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._thread.join()

    def _run(self) -> None:
        for _ in range(self._times):
            self.over.wait(0.05)
            self._server.crash()
            self._server.start()
        self.over.set()


def test_it_keeps_every_promise_when_the_server_is_killed(
    postgres: PostgresServer, url: PostgresUrl
) -> None:
    """Kiosks ask again under the same key until they have an answer."""
    promised: dict[str, str] = {}

    async def one(office: Office, key: str) -> None:
        while True:
            try:
                outcome = await office.act(TakeTicket("A01", "vi", f"secret {key}"), key)
            except StoreUnavailableError:
                await asyncio.sleep(0.02)
                continue
            promised[key] = number_of(outcome)
            return

    async def scenario(office: Office) -> None:
        number = 0
        with Crashes(postgres, 5) as crashes:
            while not crashes.over.is_set():
                batch = (one(office, f"{number}-{kiosk}") for kiosk in range(6))
                await asyncio.gather(*batch)
                number += 1
        kept = {row["number"] for row in office.rows(VISITS)}
        assert len(promised) == len(kept) == 6 * number
        assert set(promised.values()) == kept
        check_log(office, sorted(kept, key=lambda name: int(name[1:])))

    in_office(url, scenario)
