"""Reads the recorded log of a call centre into days of calls, and a day into ordered moments."""

import csv
import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from pathlib import Path

NO_SERVER = "NO_SERVER"


@dataclass(frozen=True, slots=True)
class Call:
    """One call; times are seconds of the day. `high` is served as if it had come earlier."""

    key: int
    arrival_s: float
    queued: bool
    exit_s: float
    served: bool
    start_s: float
    end_s: float
    kind: str
    high: bool
    server: str

    @property
    def wait_s(self) -> float:
        return self.exit_s - self.arrival_s


class Moment(IntEnum):
    """What happens to a call; at equal times in this order."""

    END = 0
    LEAVE = 1
    START = 2
    JOIN = 3


@dataclass(frozen=True, slots=True, order=True)
class Happening:
    at_s: float
    moment: Moment
    key: int


def read_days(paths: Iterable[Path]) -> list[tuple[date, list[Call]]]:
    """Days in order, from one or several files."""
    days: dict[date, list[Call]] = {}
    for path in paths:
        with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
            for row in csv.DictReader(lines):
                day = days.setdefault(date.fromisoformat(row["date"]), [])
                call = _call(len(day), row)
                if call is not None:
                    day.append(call)
    return sorted(days.items())


def _call(key: int, row: dict[str, str]) -> Call | None:
    """None for a row whose times run backwards."""
    arrival_s, queued = float(row["arrival_s"]), row["queued"] == "True"
    exit_s = float(row["queue_exit_s"] or arrival_s) if queued else arrival_s
    queued = queued and exit_s != arrival_s
    served = row["served"] == "True"
    start_s = max(exit_s, float(row["service_start_s"] or exit_s))
    end_s = max(start_s + 1.0, float(row["service_end_s"] or start_s))
    if exit_s < arrival_s:
        return None
    high = float(row["priority"] or 0) >= 2
    kind, server = row["type"], row["server"]
    return Call(key, arrival_s, queued, exit_s, served, start_s, end_s, kind, high, server)


def happenings(calls: Iterable[Call]) -> Iterator[Happening]:
    """The day's moments in order of time. A caller who never queues only starts and ends."""
    found: list[Happening] = []
    for call in calls:
        if call.queued:
            found.append(Happening(call.arrival_s, Moment.JOIN, call.key))
            moment = Moment.START if call.served else Moment.LEAVE
            found.append(Happening(call.exit_s, moment, call.key))
        elif call.served:
            found.append(Happening(call.start_s, Moment.START, call.key))
        if call.served:
            found.append(Happening(call.end_s, Moment.END, call.key))
    return iter(sorted(found))
