"""Kill -9 in the middle of the load, start again, and look for whatever was promised and lost."""

import argparse
import asyncio
import random
import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lobby.settings import Database
from tests.app.postgres import KINDS, place_for
from tests.app.process import Server, prepare
from tests.bench.figures import report
from tests.bench.wire import Connection, post
from tests.faults.ledger import Findings, Ledger

KIOSKS = 6
SERVICES = ("A01", "B01", "C01", "F01", "L01", "W01")
KILLS_PER_DATABASE = 200
"""A series has 9,999 numbers a day: after so many rounds a new branch takes over."""


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kills", type=int, default=50, help="how often to kill the server")
    parser.add_argument(
        "--database", choices=KINDS, default="sqlite", help="where the record is kept"
    )


async def run(arguments: argparse.Namespace) -> None:
    tally = await crash(arguments.kills, kind=arguments.database)
    rows = {
        "database": arguments.database,
        "kills": tally.kills,
        "acknowledged": tally.acknowledged,
        "lost": tally.findings.lost,
        "doubled": tally.findings.doubled,
        "gaps": tally.findings.gaps,
        "differences": tally.findings.differences,
    }
    report("Kill -9 in the middle of the load", rows, arguments.json)


@dataclass(slots=True)
class Tally:
    kills: int
    acknowledged: int
    findings: Findings


async def crash(
    kills: int, program: Sequence[str] = ("-m", "lobby", "serve"), kind: str = "sqlite"
) -> Tally:
    tally = Tally(0, 0, Findings())
    while tally.kills < kills:
        rounds = min(KILLS_PER_DATABASE, kills - tally.kills)
        with tempfile.TemporaryDirectory() as folder, place_for(kind, Path(folder)) as database:
            ledger, findings = await _one_branch(database, rounds, program)
        tally.kills += rounds
        tally.acknowledged += len(ledger.promised)
        tally.findings.add(findings)
    return tally


async def _one_branch(
    database: Database, rounds: int, program: Sequence[str]
) -> tuple[Ledger, Findings]:
    """The audit is made once all is over: what is missing then went missing in some round."""
    badges = prepare(database)
    ledger = Ledger()
    server = Server(database, program=program)
    unknown: list[tuple[str, str]] = []
    for _ in range(rounds):
        server.start()
        await _ask_again(server.port, badges.kiosk, unknown, ledger)
        unknown = await _load_until_killed(server, badges.kiosk, ledger)
    server.start()
    await _ask_again(server.port, badges.kiosk, unknown, ledger)
    findings = ledger.audit(database)
    server.stop()
    return ledger, findings


async def _load_until_killed(server: Server, cookie: str, ledger: Ledger) -> list[tuple[str, str]]:
    """The keys and services of those who were left without an answer."""
    kiosks = [asyncio.create_task(_take(server.port, cookie, ledger)) for _ in range(KIOSKS)]
    await asyncio.sleep(random.uniform(0.005, 0.120))
    server.kill()
    left = await asyncio.gather(*kiosks)
    return [asked for asked in left if asked is not None]


async def _take(port: int, cookie: str, ledger: Ledger) -> tuple[str, str] | None:
    try:
        connection = await Connection.open(port)
    except OSError:
        return None
    while True:
        key, service = secrets.token_hex(8), random.choice(SERVICES)
        try:
            await _ask(connection, cookie, key, service, ledger)
        except ConnectionError:
            return key, service


async def _ask_again(
    port: int, cookie: str, unknown: list[tuple[str, str]], ledger: Ledger
) -> None:
    """Twice: whoever had no answer asks under the same key, and once more to be sure."""
    connection = await Connection.open(port)
    for key, service in unknown * 2:
        await _ask(connection, cookie, key, service, ledger)
    connection.close()


async def _ask(connection: Connection, cookie: str, key: str, service: str, ledger: Ledger) -> None:
    fields = {"service": service, "language": "zh"}
    status, body = await connection.send(post("/kiosk/tickets", fields, key, cookie))
    if status != 201:
        raise RuntimeError(f"{status}: {body.decode()}")
    ledger.note(key, number_in(body))


def number_in(body: bytes) -> str:
    return body.split(b'"number":"', 1)[1].split(b'"', 1)[0].decode()
