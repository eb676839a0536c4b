"""Who is at which counter from when to when on a day of a file: customers, breaks, the sign-in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from tests.bench.kpi_file import CounterLine, DayCannotBePlayedError, DayFile, TicketLine

TRIES_MAX = 20_000
"""Ways to spread the calls without a counter that are looked at: a day of a file is small."""


@dataclass(frozen=True, slots=True, order=True)
class Stay:
    """From the first call to the moment at which the counter is free again; in minutes."""

    begin: Decimal
    end: Decimal
    label: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """A counter's day in the order of time; nothing overlaps, all lies between `begin` and `end`.
    A stay without a label is a break."""

    counter: str
    begin: Decimal
    end: Decimal
    stays: tuple[Stay, ...]


def shifts_of(day: DayFile) -> tuple[Shift, ...]:
    """Raises `DayCannotBePlayedError` where two would be at one counter at once, or a counter works
    longer than it is signed in."""
    lines = {counter.name: counter for counter in day.counters}
    stays: dict[str, list[Stay]] = {name: [] for name in lines}
    called = [ticket for ticket in day.tickets if ticket.calls]
    for ticket in called:
        if ticket.counter is not None:
            stays[ticket.counter].append(_stay(ticket))
    for name, line in lines.items():
        _require(line, stays[name])
    anywhere = sorted(_stay(ticket) for ticket in called if ticket.counter is None)
    _Spreading(lines.values(), stays).spread(anywhere)
    shifts = (_shift(line, sorted(stays[name])) for name, line in lines.items())
    return tuple(shift for shift in shifts if shift.stays or shift.end > 0)


def _stay(ticket: TicketLine) -> Stay:
    return Stay(ticket.calls[0], ticket.left_counter, ticket.label)


class _Spreading:
    """Finds a counter for each stay that names none: the first way that works."""

    def __init__(self, lines: Iterable[CounterLine], stays: dict[str, list[Stay]]) -> None:
        self._lines = tuple(lines)
        self._stays = stays
        self._tries = 0

    def spread(self, anywhere: Sequence[Stay]) -> None:
        """Goes back on a choice that leaves no counter for a later one."""
        chosen: list[int] = []
        first, deepest = 0, 0
        while len(chosen) < len(anywhere):
            stay = anywhere[len(chosen)]
            deepest = max(deepest, len(chosen))
            place = self._place(stay, first)
            if place is not None:
                self._stays[self._lines[place].name].append(stay)
                chosen.append(place)
                first = 0
                continue
            if not chosen or self._tries > TRIES_MAX:
                left = anywhere[deepest]
                raise DayCannotBePlayedError(
                    f"Ticket {left.label} names no counter, and none is free for it "
                    f"from minute {left.begin} to {left.end}."
                )
            first = chosen.pop() + 1
            self._stays[self._lines[first - 1].name].remove(anywhere[len(chosen)])

    def _place(self, stay: Stay, first: int) -> int | None:
        for place, line in enumerate(self._lines[first:], first):
            self._tries += 1
            if _why_not(line, [*self._stays[line.name], stay]) is None:
                return place
        return None


def _require(line: CounterLine, stays: Sequence[Stay]) -> None:
    why = _why_not(line, stays)
    if why is not None:
        raise DayCannotBePlayedError(why)


def _why_not(line: CounterLine, unordered: Sequence[Stay]) -> str | None:
    """None where the counter can have its day like this."""
    stays = sorted(unordered)
    for one, other in pairwise(stays):
        if other.begin < one.end:
            return (
                f"Ticket {other.label} is called at counter {line.name} at minute {other.begin}, "
                f"where ticket {one.label} is until minute {one.end}."
            )
    shift = _shift(line, stays, breaks=False)
    if stays and stays[0].begin < shift.begin:
        last = max(stays, key=lambda stay: stay.end)
        return (
            f"Counter {line.name} is signed in for {line.signed_in_min} minutes, but has ticket "
            f"{stays[0].label} from minute {stays[0].begin} and ticket {last.label} until minute "
            f"{last.end}."
        )
    free = line.signed_in_min - sum((stay.end - stay.begin for stay in stays), Decimal(0))
    if line.breaks_min > free:
        return (
            f"Counter {line.name} has {line.breaks_min} minutes of break, but only {free} of its "
            f"{line.signed_in_min} minutes are free of customers."
        )
    return None


def _shift(line: CounterLine, stays: Sequence[Stay], *, breaks: bool = True) -> Shift:
    """Signed in from the opening on; later where its customers come later."""
    last = max((stay.end for stay in stays), default=Decimal(0))
    begin = max(Decimal(0), last - line.signed_in_min)
    shift = Shift(line.name, begin, begin + line.signed_in_min, tuple(stays))
    if not breaks:
        return shift
    rests = _breaks(shift, line.breaks_min)
    return replace(shift, stays=tuple(sorted((*stays, *rests), key=lambda s: (s.begin, s.end))))


def _breaks(shift: Shift, left: Decimal) -> Iterable[Stay]:
    """So many minutes at the first times at which the counter has nobody."""
    begins = (shift.begin, *(stay.end for stay in shift.stays))
    ends = (*(stay.begin for stay in shift.stays), shift.end)
    for begin, end in zip(begins, ends, strict=True):
        length = min(left, end - begin)
        if length > 0:
            left -= length
            yield Stay(begin, begin + length)
