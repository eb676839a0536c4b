"""Eight tellers press next at once for eight customers, two hundred times: none is called twice,
none is lost."""

import asyncio
import json
import secrets
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from lobby.settings import Database
from tests.app.process import Server, prepare
from tests.bench.wire import Connection, post

ROUNDS = 200
TELLERS = 8


def test_it_never_calls_one_customer_to_two_counters(database: Database) -> None:
    issued, called = asyncio.run(race(database, ROUNDS))
    assert len(issued) == ROUNDS * TELLERS
    assert sorted(called) == sorted(issued)


def test_a_server_that_decides_on_an_old_hall_is_caught(tmp_path: Path) -> None:
    program = ("-m", "tests.faults.variants", "decides_on_what_screens_show")
    issued, called = asyncio.run(race(tmp_path / "lobby.db", 40, program))
    assert max(Counter(called).values()) > 1 or sorted(called) != sorted(issued)


async def race(
    database: Database, rounds: int, program: Sequence[str] = ("-m", "lobby", "serve")
) -> tuple[list[str], list[str]]:
    """The numbers issued, and the numbers that tellers were given, in any order."""
    badges = prepare(database)
    issued: list[str] = []
    called: list[str] = []
    with Server(database, program=program) as server:
        desks = [await Connection.open(server.port) for _ in range(TELLERS)]
        for counter, (desk, cookie) in enumerate(zip(desks, badges.tellers, strict=True), 1):
            await _act(desk, "/counter/openings", cookie, counter=str(counter), service="A01")
        for _ in range(rounds):
            issued += await asyncio.gather(*(_take(desk, badges.kiosk) for desk in desks))
            turns = (
                _call_and_finish(desk, cookie, str(counter))
                for counter, (desk, cookie) in enumerate(zip(desks, badges.tellers, strict=True), 1)
            )
            called += [number for number in await asyncio.gather(*turns) if number]
    return issued, called


async def _take(desk: Connection, cookie: str) -> str:
    fields = {"service": "A01", "language": "en"}
    request = post("/kiosk/tickets", fields, secrets.token_hex(8), cookie)
    number: str = json.loads((await desk.send(request))[1])["number"]
    return number


async def _call_and_finish(desk: Connection, cookie: str, counter: str) -> str | None:
    status, body = await _act(desk, "/counter/calls", cookie, counter=counter)
    if status >= 400:
        return None
    number: str = json.loads(body)["tickets"][0]
    for path in ("/counter/servings", "/counter/finishes"):
        await _act(desk, path, cookie, counter=counter, number=number)
    return number


async def _act(desk: Connection, path: str, cookie: str, **fields: str) -> tuple[int, bytes]:
    return await desk.send(post(path, fields, secrets.token_hex(8), cookie))
