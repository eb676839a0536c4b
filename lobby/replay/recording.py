"""A recorded day: who came, who was served by whom and when, read from a log of past days."""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

from lobby.queueing.model.priority import Priority
from lobby.replay import own_day
from lobby.replay.own_day import Row
from lobby.replay.sheet import rows_of

COLUMNS = frozenset(
    {
        *("date", "arrival_s", "queued", "queue_exit_s", "served"),
        *("service_start_s", "service_end_s", "type", "server"),
    }
)
PRIORITY = 2
"""From this class on."""

SECONDS_MAX = 2 * 24 * 3600
"""A service may end after midnight, but not after the next one."""


class RecordingError(Exception):
    """One sentence: what about the log cannot be played."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One customer. Times are seconds of the day; who was served has `started_s` and
    `finished_s`, who gave up has `left_s`. `row` is the row of the file; `priority` the class:
    premium where a log only says that somebody was served ahead of others."""

    row: int
    service: str
    teller: str
    taken_s: int
    started_s: int | None = None
    finished_s: int | None = None
    left_s: int | None = None
    priority: Priority = Priority.REGULAR

    @property
    def wait_s(self) -> int | None:
        return None if self.started_s is None else self.started_s - self.taken_s


def read_day(path: Path, day: date, most: int | None = None) -> tuple[Recorded, ...]:
    """The customers of one day in the order of the file, the first `most` of them if asked.

    Raises `RecordingError`.
    """
    try:
        recorded = tuple(islice(_customers(rows_of(path), day), most))
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise RecordingError(f"{path.name} cannot be read: {error}.") from error
    if not recorded:
        raise RecordingError(f"{path.name} has nobody on {day}.")
    return recorded


def _customers(rows: "csv.DictReader[str]", day: date) -> Iterable[Recorded]:
    missing = COLUMNS - set(rows.fieldnames or ())
    if own_day.is_own(rows.fieldnames or ()):
        yield from _sensible(rows, day, own_day.day_of_row, own_customer)
        return
    if missing:
        raise RecordingError(f"The log lacks the columns {', '.join(sorted(missing))}.")
    yield from _sensible(rows, day, lambda row: row["date"], customer)


def _sensible(
    rows: Iterable[Row],
    day: date,
    day_of: Callable[[Row], str],
    made_of: Callable[[int, Row], Recorded | None],
) -> Iterable[Recorded]:
    """The day's customers, without those who were in no line. Raises `RecordingError` at the first
    row without sense."""
    for number, row in enumerate(rows, start=2):
        try:
            is_of_day = day_of(row) == day.isoformat()
            made = made_of(number, row) if is_of_day else None
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            sentence = f"Row {number} of the log makes no sense: {error!r}."
            raise RecordingError(sentence) from error
        if made is not None:
            yield made


def customer(number: int, row: Mapping[str, str]) -> Recorded:
    """A log kept by people and machines is a second or two out here and there: nobody is served
    before coming, and nothing ends before it began."""
    taken_s = _seconds(row["arrival_s"])
    priority = Priority.PREMIUM if _is_priority(row) else Priority.REGULAR
    recorded = partial(Recorded, number, row["type"], row["server"], taken_s, priority=priority)
    if _truth(row["served"]):
        started_s = max(taken_s, _seconds(row["service_start_s"]))
        finished_s = max(started_s, _seconds(row["service_end_s"]))
        return recorded(started_s=started_s, finished_s=finished_s)
    left_s = max(taken_s, _seconds(row["queue_exit_s"])) if _truth(row["queued"]) else taken_s
    return recorded(left_s=left_s)


def own_customer(number: int, row: Row) -> Recorded | None:
    """A visit of the branch's own day: holds and pauses are no part of the job. None for who went
    to a machine and stayed there: no counter would have called them."""
    visit = own_day.visit_of(row)
    if visit.stayed_at_machine:
        return None
    started_s = visit.started_s
    return Recorded(
        *(number, visit.service, visit.counter, visit.taken_s, started_s),
        finished_s=None if started_s is None else started_s + visit.served_s,
        left_s=visit.ended_s if started_s is None else None,
        priority=visit.priority,
    )


def _is_priority(row: Mapping[str, str]) -> bool:
    """A log may do without classes."""
    return float(row.get("priority") or 0) >= PRIORITY


def _truth(text: str) -> bool:
    return {"True": True, "False": False}[text]


def _seconds(text: str) -> int:
    seconds = float(text)
    if not 0 <= seconds < SECONDS_MAX:
        raise ValueError(f"{text} is no second of a day")
    return round(seconds)
