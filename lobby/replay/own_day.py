"""Reads a day from the report's own CSV of visits."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lobby.queueing.model.priority import Priority
from lobby.replay.sheet import moment, number

Row = Mapping[str, str]

COLUMNS = frozenset(
    {"number", "service", "taken_at", "started_at", "ended_at", "served_s", "counter", "priority"}
)


@dataclass(frozen=True, slots=True)
class OwnVisit:
    """Times are seconds of the day on the branch's clock; `served_s` is 0 for who was not. Who
    stayed at a machine never stood in line for a counter."""

    service: str
    counter: str
    priority: Priority
    taken_s: int
    started_s: int | None
    ended_s: int
    served_s: int
    stayed_at_machine: bool


def is_own(columns: Collection[str]) -> bool:
    return set(columns) >= COLUMNS


def day_of_row(row: Row) -> str:
    """Raises `ValueError` where the time of taking cannot be read."""
    return moment(row["taken_at"]).date().isoformat()


def visit_of(row: Row) -> OwnVisit:
    """Raises `ValueError` where a time or a length cannot be read. A visit without an end lasts
    as long as is known of it."""
    taken_s, started_s = _second(row["taken_at"]), _later(row["started_at"], row["taken_at"])
    ended_s = _later(row["ended_at"], row["taken_at"])
    return OwnVisit(
        row["service"],
        row["counter"],
        Priority(row["priority"]),
        taken_s,
        started_s,
        ended_s=taken_s if ended_s is None else ended_s,
        served_s=max(0, round(number(row["served_s"]))),
        stayed_at_machine=bool(row.get("accepted_at")) and not row.get("returned_at"),
    )


def _later(text: str, taken: str) -> int | None:
    """After midnight the seconds run on; never before the ticket was taken."""
    if not text:
        return None
    begin = _second(taken)
    return max(begin, begin + round((moment(text) - moment(taken)).total_seconds()))


def _second(text: str) -> int:
    at = moment(text)
    return at.hour * 3600 + at.minute * 60 + at.second
