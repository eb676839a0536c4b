"""Small logs made by hand, in the columns of the recorded one."""

import gzip
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from lobby.replay.recording import Recorded, read_day

HEADER = (
    "date,arrival_s,queued,queue_exit_s,served,service_start_s,service_end_s,wait_s,type,"
    "priority,server,outcome"
)
DAY = "1999-03-08"


def served(
    taken_s: int, started_s: int, finished_s: int, teller: str = "S01", service: str = "PS"
) -> str:
    wait = f"{started_s - taken_s}.0"
    return (
        f"{DAY},{taken_s}.0,True,{started_s}.0,True,{started_s}.0,{finished_s}.0,{wait},{service},"
        f"0.0,{teller},AGENT"
    )


def hung_up(taken_s: int, left_s: int | None, service: str = "PS") -> str:
    """`left_s` None: before joining a queue."""
    queue = "False," if left_s is None else f"True,{left_s}.0"
    return f"{DAY},{taken_s}.0,{queue},False,,,0.0,{service},0.0,NO_SERVER,HANG"


def write_log(folder: Path, rows: Iterable[str]) -> Path:
    path = folder / "log.csv.gz"
    path.write_bytes(gzip.compress("\n".join([HEADER, *rows, ""]).encode()))
    return path


def recorded(folder: Path, rows: Iterable[str]) -> tuple[Recorded, ...]:
    return read_day(write_log(folder, rows), date.fromisoformat(DAY))
