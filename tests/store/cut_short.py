"""A command that is cut short, by kill -9 or by the mains, and what it leaves behind."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.cut_disk import CutDisk
from tests.bench.disk_record import Recorder
from tests.bench.recorded_branch import lay_out

CUTS = int(os.environ.get("LOBBY_TEST_CUTS", "40"))


def cut_short(recorder: Recorder, arguments: Sequence[str], **environ: str) -> Iterator[Path]:
    """Python runs with these arguments to its end. Then, for moments drawn by chance, the database
    as it stands after a cut."""
    disk = CutDisk({path.name: path.read_bytes() for path in recorder.folder.iterdir()})
    whole = {**os.environ, **recorder.environ, **environ}
    subprocess.run([sys.executable, *arguments], env=whole, check=True, capture_output=True)
    records, chance = recorder.records(), random.Random(1)
    moments = set(chance.sample(range(len(records)), min(CUTS, len(records))))
    for number, record in enumerate(records):
        disk.play(record)
        if number in moments:
            yield lay_out(disk.after_cut(chance), recorder.record.with_name("cut"))
