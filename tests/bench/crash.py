"""Kill -9 under the load of a whole branch, start again, and look for whatever was promised and is
not so: acts, numbers, keys, the hall on the screens, rows for reports, calls that nobody heard."""

import argparse
import asyncio
import random
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

from lobby.settings import Database
from tests.app.postgres import KINDS, place_for
from tests.app.preloaded import Preloaded
from tests.app.process import Server
from tests.bench.crash_displays import Displays
from tests.bench.figures import report
from tests.bench.hall_setup import Cookies, prepare_hall
from tests.bench.mixed_load import MixedLoad, ask_again
from tests.faults.asked_acts import Asked
from tests.faults.ledger import Findings, Ledger
from tests.faults.served_hall import Seen, on_tablet

KILLS_PER_DATABASE = 40
"""Then a new branch takes over: the audit at the end reads the whole log of a branch."""

ANSWERS = (0, 250)
"""After how many answers the server is killed, drawn anew each time."""

A_LITTLE_S = 0.01
"""And so much later at most: it is killed anywhere in its work."""

REPEATED = 8
"""So many acts that had their answer are asked for once more after each start."""


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
        **asdict(tally.findings),
    }
    report("Kill -9 under the load of a whole branch", rows, arguments.json)


@dataclass(slots=True)
class Tally:
    kills: int = 0
    acknowledged: int = 0
    findings: Findings = field(default_factory=Findings)


async def crash(kills: int, variant: str = "", kind: str = "sqlite") -> Tally:
    """`variant` names a server that is broken on purpose."""
    tally = Tally()
    with Preloaded(variant) as program:
        while tally.kills < kills:
            rounds = min(KILLS_PER_DATABASE, kills - tally.kills)
            with tempfile.TemporaryDirectory() as folder, place_for(kind, Path(folder)) as database:
                branch = CrashedBranch(database, program)
                tally.findings.add(await branch.run(rounds))
            tally.kills += rounds
            tally.acknowledged += branch.ledger.acknowledged
    return tally


class CrashedBranch:
    """One branch, killed again and again. `findings` are what is seen while it goes on."""

    def __init__(self, database: Database, program: Preloaded) -> None:
        self.cookies: Cookies = prepare_hall(database)
        self.ledger = Ledger.of(database)
        self.findings = Findings()
        self._server = Server(database, preloaded=program)
        self._load = MixedLoad(self.cookies)
        self._displays = Displays(self.cookies.badges.display)
        self._last_round: list[Asked] = []

    async def run(self, rounds: int) -> Findings:
        try:
            for _ in range(rounds):
                await self._start()
                await self._load_until_killed()
            await self._start()
        finally:
            self._server.stop()
        self.findings.doubled += self._displays.spoken_twice()
        self.findings.add(self.ledger.audit())
        return self.findings

    async def _start(self) -> None:
        """And look whether all is there, before anybody acts."""
        self._server.start()
        calls = self.ledger.log.read_on()
        await self._displays.connect(self._server.port)
        self.findings.calls_unheard += await self._displays.unheard(calls)
        await self._look_at_hall()
        await self._ask_again()
        self.ledger.log.read_on()

    async def _look_at_hall(self) -> None:
        seen = await on_tablet(self._server.port, self.cookies.tablets[0])
        self.ledger.log.read_on()
        wanted = Seen.of(self.ledger.log.hall)
        if seen != wanted:
            self.findings.hall_differs += 1
            self.findings.examples.append(f"{seen} and not {wanted}")

    async def _ask_again(self) -> None:
        """Twice: whoever had no answer asks under the same key, and once more to be sure; and some
        of those who had one. Not so customers' own wishes: a ticket that is over has none."""
        unanswered = [asked for asked in self._last_round if not asked.is_answered]
        done = [asked for asked in self._last_round if asked.is_acknowledged and asked.cookie]
        twice = [asked for asked in unanswered if asked.cookie]
        repeated = random.sample(done, min(REPEATED, len(done)))
        await ask_again(self._server.port, [*unanswered, *twice, *repeated])

    async def _load_until_killed(self) -> None:
        self._load.begin(self.ledger.log.hall)
        roles = self._load.start(self._server.port)
        await self._load.answers(random.randint(*ANSWERS))
        await asyncio.sleep(random.random() * A_LITTLE_S)
        self._server.kill()
        self._last_round = [asked for acts in await asyncio.gather(*roles) for asked in acts]
        self.ledger.asked += self._last_round
