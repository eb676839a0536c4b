"""A day in a file: what became of each ticket, in minutes after opening, and perhaps the answers.

Minutes are read as they are written, in decimal digits: how many of them an answer has tells how
exactly it was given.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeAlias, TypeVar

import msgspec

T = TypeVar("T")

Name: TypeAlias = Annotated[str, msgspec.Meta(min_length=1)]

ALL = "all"
"""Under this name the answers tell of all counters together."""

LONGEST_MIN = 14 * 60
"""A day opens at nine in the morning and has to be over before midnight."""


class DayCannotBePlayedError(Exception):
    """One sentence that names the ticket or the counter."""


class FileLine(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """One object of the file; a key that is not known here is refused."""


class CounterLine(FileLine, frozen=True):
    name: Name
    signed_in_min: Decimal
    breaks_min: Decimal = Decimal(0)


class TicketLine(FileLine, frozen=True):
    """`calls` are all calls of it, in order; without `counter` any that is free will do."""

    label: Name
    issued: Decimal
    priority: str | None = None
    eligible: bool = False
    exclusion: str | None = None
    offered: Decimal | None = None
    accepted: Decimal | None = None
    declined: Decimal | None = None
    self_completed: Decimal | None = None
    returned: Decimal | None = None
    calls: tuple[Decimal, ...] = ()
    started: Decimal | None = None
    finished: Decimal | None = None
    no_show: Decimal | None = None
    cancelled: Decimal | None = None
    counter: str | None = None

    @property
    def steps(self) -> list[tuple[str, Decimal]]:
        """What became of it, each step with its minute, in the order in which it can happen."""
        return [
            (name, minute)
            for name in STEPS
            for minute in (self.calls if name == "called" else [getattr(self, name)])
            if minute is not None
        ]

    @property
    def left_counter(self) -> Decimal:
        """When the counter that called it was free again."""
        return self.steps[-1][1]


STEPS = (
    *("issued", "offered", "accepted", "declined", "self_completed", "returned"),
    *("called", "started", "finished", "no_show", "cancelled"),
)
NEEDS = {
    "accepted": ("offered",),
    "declined": ("offered",),
    "self_completed": ("accepted",),
    "returned": ("accepted",),
    "called": ("started", "no_show", "cancelled"),
    "started": ("called",),
    "finished": ("started",),
    "no_show": ("called",),
}
"""Each step with those of which one has to be there, too."""
EXCLUDE = (
    ("accepted", "declined"),
    ("self_completed", "returned"),
    ("self_completed", "called"),
    ("finished", "no_show"),
    ("finished", "cancelled"),
    ("no_show", "cancelled"),
    ("started", "no_show"),
    ("started", "cancelled"),
    ("self_completed", "cancelled"),
)


class DayFile(FileLine, frozen=True):
    target_min: Decimal
    counters: tuple[CounterLine, ...]
    tickets: tuple[TicketLine, ...]
    expect: Mapping[str, Any] = {}


def read_day_file(path: Path) -> DayFile:
    try:
        return day_of(json.loads(path.read_text("utf-8"), parse_float=Decimal))
    except (OSError, ValueError) as error:
        _cannot(f"{path} cannot be read as JSON: {error}.")


def day_of(told: Any) -> DayFile:
    """Raises `DayCannotBePlayedError`. `told` is the file's object with decimals for fractions."""
    if not isinstance(told, Mapping):
        _cannot("The file does not hold an object.")
    lines = {
        "counters": [
            _line(CounterLine, each, "name", "counter") for each in _list(told, "counters")
        ],
        "tickets": [_line(TicketLine, each, "label", "ticket") for each in _list(told, "tickets")],
    }
    day = _line(DayFile, {**told, **lines}, "", "file")
    _check_minutes("The target", [("target_min", day.target_min)])
    _check_names("counter", [counter.name for counter in day.counters])
    _check_names("ticket", [ticket.label for ticket in day.tickets])
    for counter in day.counters:
        _check_counter(counter)
    for ticket in day.tickets:
        _check_ticket(ticket, {counter.name for counter in day.counters})
    return day


def _list(told: Mapping[str, Any], key: str) -> Sequence[Any]:
    value = told.get(key, [])
    return value if isinstance(value, list) else _cannot(f"{key} of the file is not a list.")


def _line(kind: type[T], told: Any, naming: str, what: str) -> T:
    name = told.get(naming) if isinstance(told, Mapping) else None
    whose = f"{what} {name}" if name else f"a {what}" if naming else f"the {what}"
    try:
        return msgspec.convert(told, kind)
    except msgspec.ValidationError as error:
        _cannot(f"{whose[0].upper()}{whose[1:]} cannot be read: {error}.")


def _check_names(what: str, names: Iterable[str]) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            _cannot(f"There are {times} lines of {what} {name}.")


def _check_minutes(whose: str, minutes: Iterable[tuple[str, Decimal]]) -> None:
    for name, minute in minutes:
        if not (minute.is_finite() and 0 <= minute <= LONGEST_MIN):
            _cannot(f"{whose}: {name} is {minute}, not a minute from 0 to {LONGEST_MIN}.")


def _check_counter(counter: CounterLine) -> None:
    if counter.name == ALL:
        _cannot(f"No counter can be called {ALL}: so the answers name all of them together.")
    told = (("signed_in_min", counter.signed_in_min), ("breaks_min", counter.breaks_min))
    _check_minutes(f"Counter {counter.name}", told)


def _check_ticket(ticket: TicketLine, counters: set[str]) -> None:
    label, steps = ticket.label, ticket.steps
    _check_minutes(f"Ticket {label}", steps)
    if ticket.counter is not None and ticket.counter not in counters:
        _cannot(f"Ticket {label} names counter {ticket.counter}, which the file does not have.")
    if ticket.eligible and ticket.exclusion:
        _cannot(f"Ticket {label} is eligible and excluded ({ticket.exclusion}) at once.")
    _check_steps(label, {name for name, _minute in steps})
    if ticket.accepted is not None and ticket.calls and ticket.returned is None:
        _cannot(f"Ticket {label} is called, but never returned from the machine.")
    for (earlier, before), (later, after) in pairwise(steps):
        if after < before:
            _cannot(
                f"Ticket {label} is {_said(later)} at minute {after}, "
                f"before it is {_said(earlier)} at minute {before}."
            )


def _check_steps(label: str, there: set[str]) -> None:
    for step, needed in NEEDS.items():
        if step in there and not there.intersection(needed):
            _cannot(f"Ticket {label} is {_said(step)}, but never {_either(needed)}.")
    if "started" in there and "finished" not in there:
        _cannot(f"Ticket {label} is started, but never finished.")
    for one, other in EXCLUDE:
        if {one, other} <= there:
            _cannot(f"Ticket {label} is both {_said(one)} and {_said(other)}.")


def _either(steps: Sequence[str]) -> str:
    return " or ".join(_said(step) for step in steps)


def _said(step: str) -> str:
    return {"no_show": "missed", "self_completed": "completed at the machine"}.get(step, step)


def _cannot(why: str) -> NoReturn:
    raise DayCannotBePlayedError(why)
