"""Cut the power of a server's disk at any moment of a recorded day, and open what is left of it."""

import argparse
import asyncio
import random
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lobby.queueing.model.hall import Hall
from tests.app.process import Server, branch_plan
from tests.bench.cut_disk import CutDisk
from tests.bench.disk_record import NoCompilerError, Record, Recorder, What, compile_recorder
from tests.bench.figures import report
from tests.bench.hall_setup import prepare_hall
from tests.bench.mixed_load import MixedLoad
from tests.bench.recorded_branch import RecordedBranch
from tests.bench.wire import open_screen

DATABASE = "lobby.db"

CUTS_PER_RECORD = 1_000
"""Then another day is recorded."""

RECORDED_BYTES = 12 * 1024 * 1024
"""So much is written in a record: the log goes over into the database every four, and what is left
has to be read at every cut."""

KIOSKS, PHONES = 2, 1
"""Few, so that few acts share a commit."""

VERSION = re.compile(rb'"version":(\d+)')
"""What a server answers with and what it tells its screens: all up to this is promised."""


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cuts", type=int, default=1_000, help="power cuts (default: 1000)")
    parser.add_argument("--seed", type=int, default=1, help="draws the moments (default: 1)")


async def run(arguments: argparse.Namespace) -> None:
    try:
        tally = await powercut(arguments.cuts, seed=arguments.seed)
    except NoCompilerError as missing:
        raise SystemExit(str(missing)) from missing
    rows = {"cuts": tally.cuts, "lost": tally.lost, "corrupt": tally.corrupt}
    report("Power cuts of a recorded day", rows, arguments.json)


@dataclass(slots=True)
class Tally:
    """`lost` counts cuts after which something promised was missing, `corrupt` those after which
    SQLite or the rules could not make sense of what was left."""

    cuts: int = 0
    lost: int = 0
    corrupt: int = 0

    def has(self, wrong: str) -> bool:
        return bool(wrong) and getattr(self, wrong) > 0

    def note(self, left: int | None, promised: int) -> None:
        self.cuts += 1
        self.corrupt += left is None
        self.lost += left is not None and left < promised


async def powercut(
    cuts: int,
    program: Sequence[str] = ("-m", "lobby", "serve"),
    *,
    seed: int = 1,
    until: str = "",
) -> Tally:
    """With `until`, "lost" or "corrupt", the first one is enough. Raises `NoCompilerError`."""
    tally, chance = Tally(), random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        library = compile_recorder(Path(folder))
        while tally.cuts < cuts and not tally.has(until):
            wanted = min(CUTS_PER_RECORD, cuts - tally.cuts)
            with tempfile.TemporaryDirectory() as one:
                day = Path(one)
                await _cut_one_day(day, library, program, chance, wanted, tally, until)
    return tally


async def _cut_one_day(
    folder: Path,
    library: Path,
    program: Sequence[str],
    chance: random.Random,
    cuts: int,
    tally: Tally,
    until: str,
) -> None:
    recorder = Recorder(library, folder / "disk", folder / "record")
    before = await _record(recorder, program)
    branch = RecordedBranch(recorder.folder / DATABASE)
    disk, promised = CutDisk(before), 0
    records = recorder.records()
    moments = set(chance.sample(range(len(records)), min(cuts, len(records))))
    for number, record in enumerate(records):
        disk.play(record)
        promised = max(promised, _promised_by(record))
        if number in moments:
            tally.note(branch.open(disk.after_cut(chance), folder / "cut"), promised)
        if tally.has(until):
            return


async def _record(recorder: Recorder, program: Sequence[str]) -> dict[str, bytes]:
    """Let a server do its work until it is killed; what was in its folder before."""
    recorder.folder.mkdir()
    cookies = prepare_hall(recorder.folder / DATABASE)
    before = {path.name: path.read_bytes() for path in recorder.folder.iterdir()}
    server = Server(recorder.folder / DATABASE, program=program, environ=recorder.environ)
    server.output = recorder.record.with_suffix(".out")
    load = MixedLoad(cookies, kiosks=KIOSKS, phones=PHONES)
    server.start()
    load.begin(Hall.empty(branch_plan()))
    await open_screen(server.port, "/display/live", cookies.badges.display, lambda _frame: None)
    acting = load.start(server.port)
    while load.is_acting and recorder.record.stat().st_size < RECORDED_BYTES:
        await load.answers(1)
    server.kill()
    await asyncio.gather(*acting)
    return before


def _promised_by(record: Record) -> int:
    if record.what is not What.ANSWERED:
        return 0
    return max(map(int, VERSION.findall(record.data)), default=0)
