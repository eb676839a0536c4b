"""One Lobby at a time writes to a PostgreSQL database, and who was cut off reads on first."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import Connection, text

from lobby.settings import PostgresUrl
from lobby.store.engine import writing_engine
from lobby.store.errors import StoreInUseError, StoreUnavailableError
from lobby.store.store import Store
from tests.app.postgres_line import Line
from tests.store.office import Office, check_log, in_office, number_of, open_office, until


def test_it_reads_on_what_another_lobby_wrote_while_it_was_cut_off(
    url: PostgresUrl, line: Line
) -> None:
    async def scenario(office: Office) -> None:
        await office.take("mine")
        line.close()
        async with open_office(url) as other:
            assert number_of(await other.take("theirs")) == "A002"
        line.open()
        assert number_of(await office.take("mine too")) == "A003"
        again = await office.take("theirs")
        assert (number_of(again), again.repeated) == ("A002", True)
        check_log(office, ["A001", "A002", "A003"])

    in_office(line.url, scenario)


def test_it_writes_nothing_while_another_lobby_has_taken_over(url: PostgresUrl, line: Line) -> None:
    async def scenario(office: Office) -> None:
        await office.take()
        line.close()
        async with open_office(url) as other:
            line.open()
            with pytest.raises(StoreUnavailableError, match="Another Lobby is running on"):
                await office.take("mine")
            await other.take()
        await until(lambda: office.store.sole_since == 2)
        assert number_of(await office.take("mine")) == "A003"

    in_office(line.url, scenario)


def test_it_refuses_a_second_process_with_a_sentence_without_the_password(url: PostgresUrl) -> None:
    secret = PostgresUrl(url.text.replace("lobby@", "lobby:very-secret@"))

    async def scenario(office: Office) -> None:
        with pytest.raises(StoreInUseError) as refused:
            Store(secret).open()
        name = url.text.rsplit("/", maxsplit=1)[1]
        assert str(refused.value).startswith("Another Lobby is running on postgresql://lobby@127")
        assert str(refused.value).endswith(f"/{name}: stop it first, or name another database.")
        assert number_of(await office.take()) == "A001"

    in_office(url, scenario)
    in_office(url, lambda office: office.take())


def test_it_says_where_no_server_answers() -> None:
    async def opened() -> None:
        Store(PostgresUrl("postgresql+psycopg://lobby:very-secret@127.0.0.1:1/none")).open()

    with pytest.raises(StoreUnavailableError) as refused:
        asyncio.run(opened())
    assert str(refused.value).startswith(
        "The database postgresql://lobby@127.0.0.1:1/none cannot be reached: connection failed"
    )
    assert "very-secret" not in str(refused.value)


def test_it_locks_the_branches_of_a_batch_until_it_is_committed(url: PostgresUrl) -> None:
    async def scenario(office: Office) -> None:
        def held(connection: Connection) -> list[int]:
            query = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
            return list(connection.execute(text(query)).scalars())

        before, _one, _two, inside = await office.together(
            office.store.write(held),
            office.take("", "riverside"),
            office.take("", "harbour"),
            office.store.write(held),
        )
        assert (before, inside) == ([3], [3])
        assert await office.store.write(held) == [1]

    in_office(url, scenario)


def test_it_keeps_commits_durable_whatever_the_server_is_set_to(url: PostgresUrl) -> None:
    def setting(connection: Connection) -> Any:
        return connection.execute(text("SHOW synchronous_commit")).scalar()

    async def scenario(office: Office) -> Any:
        return await office.store.write(setting)

    name = url.text.rsplit("/", maxsplit=1)[1]
    engine = writing_engine(url)
    for given, kept in (("off", "on"), ("remote_write", "remote_write")):
        with engine.begin() as connection:
            connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = '{given}'"))
        assert in_office(url, scenario) == kept
    engine.dispose()
