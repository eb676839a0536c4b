"""Durable tickets per second over HTTP with 1, 8 and 64 kiosks, beside raw SQLite commits."""

import argparse
import asyncio
import secrets
import sqlite3
import tempfile
import time
from pathlib import Path

from tests.bench.figures import report
from tests.bench.wire import Connection, post
from tests.serving import Server, prepare

SERVICES = ("A01", "B01", "C01", "F01", "L01", "W01")
"""One of each series: a day has 9,999 numbers in a series."""

KIOSKS = (1, 8, 64)


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seconds", type=float, default=4.0, help="how long each part lasts")


async def run(arguments: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as folder:
        raw = raw_commits_per_s(Path(folder) / "raw.db", arguments.seconds)
        rates = {}
        for kiosks in KIOSKS:
            database = Path(folder) / f"lobby-{kiosks}.db"
            rates[str(kiosks)] = await tickets_per_s(database, kiosks, arguments.seconds)
    rows = {
        "raw_commits_per_s": dict.fromkeys(rates, raw),
        "tickets_per_s": rates,
        "ratio": {kiosks: rate / raw for kiosks, rate in rates.items()},
    }
    report("Durable tickets per second", rows, arguments.json)


def raw_commits_per_s(database: Path, seconds: float) -> float:
    """One row per commit with the pragmas that Lobby uses, and nothing else in the way."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT)")
    count, began = 0, time.perf_counter()
    while (taken := time.perf_counter() - began) < seconds:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO rows (text) VALUES (?)", ("x" * 200,))
        connection.execute("COMMIT")
        count += 1
    connection.close()
    return count / taken


async def tickets_per_s(database: Path, kiosks: int, seconds: float) -> float:
    badges = prepare(database)
    with Server(database) as server:
        connections = [await Connection.open(server.port) for _ in range(kiosks)]
        await asyncio.gather(*(_take(c, badges.kiosk, until_s=0.5) for c in connections))
        began = time.perf_counter()
        counts = await asyncio.gather(
            *(_take(connection, badges.kiosk, until_s=seconds) for connection in connections)
        )
        taken = time.perf_counter() - began
        for connection in connections:
            connection.close()
    return sum(counts) / taken


async def _take(connection: Connection, cookie: str, until_s: float) -> int:
    """One kiosk that asks for the next ticket as soon as it has the last."""
    count, began, kiosk = 0, time.perf_counter(), secrets.token_hex(8)
    while time.perf_counter() - began < until_s:
        fields = {"service": SERVICES[count % len(SERVICES)], "language": "vi"}
        key = f"{kiosk}-{count}"
        status, body = await connection.send(post("/kiosk/tickets", fields, key, cookie))
        if status != 201:
            raise RuntimeError(f"{status}: {body.decode()}")
        count += 1
    return count
