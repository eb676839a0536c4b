"""Back up and restore at random moments under load, kills in between: nothing kept is lost, no
number comes twice, and nobody who was let go is let in again."""

import argparse
import asyncio
import json
import random
import secrets
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection as SqlConnection

from lobby.store import restore as restoring
from lobby.store.backups import back_up
from lobby.store.devices import DeviceKind, revoke
from lobby.store.engine import writing_engine
from lobby.store.people import Role, deactivate
from tests.app.badges import employ, pair_device, sign_in
from tests.app.preloaded import Preloaded
from tests.app.process import Server, branch_plan, prepare
from tests.bench.figures import report
from tests.bench.hall_setup import SERVICES
from tests.bench.wire import Connection, get, post
from tests.store.killed import killed_at

ROUNDS_PER_DATABASE = 25
"""A series has 9,999 numbers a day, and where only the mark is left a hundred are passed over."""

KIOSKS = 4
MORE_MAX = 40
ANSWERS_WITHIN_S = 60.0
KILLED_WITHIN_STEPS = 90
"""A restore takes about so many."""


@dataclass(slots=True)
class Tally:
    """All but the first three are 0 where nothing is wrong. `revived` counts people, devices and
    sign-ins that had ended and were let in again."""

    rounds: int = 0
    acknowledged: int = 0
    killed_restores: int = 0
    lost_acknowledged_before_backup: int = 0
    reused_numbers: int = 0
    revived: int = 0

    @property
    def is_clean(self) -> bool:
        return not (self.lost_acknowledged_before_backup or self.reused_numbers or self.revived)


@dataclass(slots=True)
class Branch:
    """One branch through its rounds. `given` are all numbers that customers hold."""

    folder: Path
    server: Server
    kiosk: str
    teller: str
    tally: Tally
    given: dict[str, int] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)
    dismissed: list[int] = field(default_factory=list)
    switched_off: list[int] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)

    @property
    def database(self) -> Path:
        return self.folder / "lobby.db"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=20, help="how often to back up and restore")


async def run(arguments: argparse.Namespace) -> None:
    tally = await restore_rounds(arguments.rounds)
    names = ("rounds", "acknowledged", "killed_restores")
    wrong = ("lost_acknowledged_before_backup", "reused_numbers", "revived")
    rows = {name: getattr(tally, name) for name in (*names, *wrong)}
    report("Backup and restore under load", rows, arguments.json)


async def restore_rounds(rounds: int, aside: str | None = None) -> Tally:
    """What becomes of the database put aside is drawn by lot, or as asked."""
    tally = Tally()
    with Preloaded() as program:
        while tally.rounds < rounds:
            with tempfile.TemporaryDirectory() as folder:
                count = min(ROUNDS_PER_DATABASE, rounds - tally.rounds)
                branch = _branch(Path(folder), program, tally)
                await _one_branch(branch, count, aside)
    return tally


def _branch(folder: Path, program: Preloaded, tally: Tally) -> Branch:
    badges = prepare(folder / "lobby.db")
    server = Server(folder / "lobby.db", preloaded=program)
    return Branch(folder, server, badges.kiosk, badges.tellers[0], tally)


async def _one_branch(branch: Branch, rounds: int, aside: str | None) -> None:
    branch.server.start()
    for number in range(rounds):
        copy = branch.folder / f"backup-{number}.db"
        await _round(branch, copy, aside or random.choice(list(ASIDE)))
        branch.tally.rounds += 1
    branch.server.stop()


async def _round(branch: Branch, copy: Path, aside: str) -> None:
    """Load, a backup under it, more load, a kill; people and devices go; then the restore."""
    load = [asyncio.create_task(_take(branch)) for _ in range(KIOSKS)]
    load.append(asyncio.create_task(_call(branch)))
    await _some_more(branch)
    before = list(branch.secrets)
    await asyncio.to_thread(back_up, branch.database, copy)
    await _some_more(branch)
    branch.server.kill()
    await asyncio.gather(*load)
    if aside != "without_log":  # it would be folded into the file
        _let_go(branch)
    ASIDE[aside](branch.database)
    _restore(branch, copy)
    _look_for_lost(branch, before)
    _look_for_revived(branch, aside)
    _let_in(branch)
    branch.server.start()
    await _look_for_ended(branch)
    copy.unlink()


async def _some_more(branch: Branch) -> None:
    """Customers, on a busy machine too, and then at any moment."""
    wanted = branch.tally.acknowledged + random.randrange(MORE_MAX)
    async with asyncio.timeout(ANSWERS_WITHIN_S):
        while branch.tally.acknowledged < wanted:  # noqa: ASYNC110 - by tasks that may have ended
            await asyncio.sleep(0.002)
    await asyncio.sleep(random.uniform(0.0, 0.02))


async def _take(branch: Branch) -> None:
    try:
        kiosk = await Connection.open(branch.server.port)
        while True:
            fields = {"service": random.choice(SERVICES), "language": "zh"}
            request = post("/kiosk/tickets", fields, secrets.token_hex(8), branch.kiosk)
            status, body = await kiosk.send(request)
            if status != 201:
                raise RuntimeError(f"{status}: {body.decode()}")
            _note(branch, body)
    except OSError:
        return


def _note(branch: Branch, body: bytes) -> None:
    ticket = json.loads(body)
    number: str = ticket["number"]
    branch.tally.acknowledged += 1
    branch.tally.reused_numbers += number in branch.given
    branch.given[number] = branch.tally.rounds
    branch.secrets.append(ticket["secret"])


async def _call(branch: Branch) -> None:
    """One teller, for the log to have more than tickets in it."""
    try:
        desk = await Connection.open(branch.server.port)
        fields = {"counter": "1", "service": "A01"}
        await _act(desk, branch, "/counter/openings", fields)
        while True:
            status, body = await _act(desk, branch, "/counter/calls", {"counter": "1"})
            if status < 400:
                number = body.split(b'"tickets":["', 1)[1].split(b'"', 1)[0].decode()
                for path in ("/counter/servings", "/counter/finishes"):
                    await _act(desk, branch, path, {"counter": "1", "number": number})
            await asyncio.sleep(0.01)
    except OSError:
        return


async def _act(
    desk: Connection, branch: Branch, path: str, fields: dict[str, str]
) -> tuple[int, bytes]:
    return await desk.send(post(path, fields, secrets.token_hex(8), branch.teller))


def _write(branch: Branch, work: Callable[[SqlConnection], None]) -> None:
    engine = writing_engine(branch.database)
    with engine.begin() as connection:
        work(connection)
    engine.dispose()


def _let_go(branch: Branch) -> None:
    """After the backup: whoever came with the last round leaves, their device is switched off."""

    def work(connection: SqlConnection) -> None:
        for staff_id in branch.dismissed:
            deactivate(connection, staff_id)
        for device_id in branch.switched_off:
            revoke(connection, device_id, datetime.now(UTC))

    _write(branch, work)


def _let_in(branch: Branch) -> None:
    """Somebody new and a new device, to be let go after the next backup; and sign-ins anew."""
    branch.ended.append(branch.teller)
    plan = branch_plan()

    def work(connection: SqlConnection) -> None:
        somebody = employ(connection, f"guest-{secrets.token_hex(4)}", Role.TELLER, plan.id)
        device = pair_device(connection, DeviceKind.DISPLAY, plan.id)
        branch.dismissed, branch.switched_off = [int(somebody.id)], [int(device.id)]
        branch.kiosk = pair_device(connection, DeviceKind.KIOSK, plan.id).header
        branch.teller = sign_in(connection, 1).header

    _write(branch, work)


def _intact(_database: Path) -> None:
    """It can be read to the last act."""


def _unreadable(database: Path) -> None:
    with database.open("r+b") as file:
        file.write(b"no database any more")


def _without_log(database: Path) -> None:
    database.with_name("lobby.db-wal").unlink(missing_ok=True)


def _gone(database: Path) -> None:
    """Only the mark is left."""
    for ending in ("", "-wal", "-shm"):
        database.with_name(f"lobby.db{ending}").unlink(missing_ok=True)


ASIDE: dict[str, Callable[[Path], None]] = {
    "intact": _intact,
    "unreadable": _unreadable,
    "without_log": _without_log,
    "gone": _gone,
}


def _restore(branch: Branch, copy: Path) -> None:
    """Half of the time killed on its way, and done once more."""
    put_back = partial(restoring.restore, copy, branch.database, datetime.now(UTC), replace=True)
    if random.random() < 0.5:
        step = random.randrange(KILLED_WITHIN_STEPS)
        branch.tally.killed_restores += killed_at(step, branch.folder, put_back)
    restoring.restore(copy, branch.database, datetime.now(UTC), replace=True)
    for kept in branch.folder.glob("lobby.db.before-*"):
        kept.unlink()


def _look_for_lost(branch: Branch, before: list[str]) -> None:
    with closing(sqlite3.connect(branch.database)) as connection:
        kept = {secret for (secret,) in connection.execute("SELECT secret FROM visits")}
    known = [secret for secret in before if secret not in kept]
    branch.tally.lost_acknowledged_before_backup += len(known)
    branch.secrets = [secret for secret in branch.secrets if secret in kept]


def _look_for_revived(branch: Branch, aside: str) -> None:
    """Whether somebody was let go cannot be known where that database is gone; then no device is
    let in at all, and the operator is told to remove people again."""
    with closing(sqlite3.connect(branch.database)) as connection:
        paired = {i for (i,) in connection.execute("SELECT id FROM devices WHERE token_hash > ''")}
        active = {i for (i,) in connection.execute("SELECT id FROM staff WHERE active")}
    if aside != "without_log":
        branch.tally.revived += len(paired & set(branch.switched_off))
    if aside == "intact":
        branch.tally.revived += len(active & set(branch.dismissed))


async def _look_for_ended(branch: Branch) -> None:
    visitor = await Connection.open(branch.server.port)
    for cookie in branch.ended[-3:]:
        status, _ = await visitor.send(get("/counter", cookie))
        branch.tally.revived += status == 200
    visitor.close()
