"""Compares what the clients saw with the log: tickets lost or doubled, waits that differ."""

import math
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from lobby.queueing.evolve.ticket_in_hall import CALLS_KEPT
from lobby.replay.clients import ReportRow
from lobby.replay.listening import DisplayWatch
from lobby.replay.play import AnnouncedCall, Played
from lobby.replay.recording import Recorded
from lobby.replay.script import stays_past_midnight

WAIT_TOLERANCE_S = 1.0

SHOWN_CALL = re.compile(r'data-ticket="([^"]+)" data-counter="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Waits:
    """The median of an even count is the mean of the middle two; P90 is the nearest rank."""

    mean_s: float | None
    median_s: float | None
    p90_s: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Counts of what went missing, came twice or in the wrong order are 0 on a good day."""

    tickets_in_log: int
    served_in_log: int
    tickets_taken: int
    calls_announced: int
    calls_received: tuple[int, ...]
    displays_true: int
    pages_opened: int
    pages_called: int
    pages_told: int
    lost: int
    doubled: int
    out_of_order: int
    troubles: int
    waits_in_log: Waits
    waits_in_report: Waits
    largest_difference_s: float
    accuracy: Mapping[str, Any] | None = None
    """What the day's report says of the announced waits; None where none was announced."""

    @property
    def is_faithful(self) -> bool:
        wrong = self.lost + self.doubled + self.out_of_order + self.troubles
        all_true = self.displays_true == len(self.calls_received)
        return wrong == 0 and all_true and self.largest_difference_s <= WAIT_TOLERANCE_S


def compare(day: Sequence[Recorded], played: Played) -> Comparison:
    rows = played.report.rows if played.report else ()
    figures = played.report.figures if played.report else {}
    displays = played.displays
    return Comparison(
        tickets_in_log=len(day),
        served_in_log=sum(recorded.started_s is not None for recorded in day),
        tickets_taken=len(played.tickets),
        calls_announced=len(played.calls),
        calls_received=tuple(len(display.calls) for display in displays),
        displays_true=sum(shows_last_calls(display, played.calls) for display in displays),
        pages_opened=played.pages_opened,
        pages_called=played.pages_called,
        pages_told=played.pages_told,
        lost=lost_tickets(day, played.tickets, rows)
        + sum(lost_calls(display, played.calls) for display in displays)
        + played.pages_called
        - played.pages_told,
        doubled=doubled_tickets(played, rows)
        + sum(doubled_calls(display, played.calls) for display in displays),
        out_of_order=numbers_out_of_order(day, played.tickets)
        + sum(calls_out_of_order(display, played.calls) for display in displays),
        troubles=len(played.troubles),
        waits_in_log=waits_of(r.wait_s for r in day if r.wait_s is not None),
        waits_in_report=Waits(*(figures.get(f"wait_{name}_s") for name in FIGURES)),
        largest_difference_s=largest_difference_s(day, played.tickets, rows),
        accuracy=figures.get("accuracy"),
    )


FIGURES = ("mean", "median", "p90")


def waits_of(waits_s: Iterable[float]) -> Waits:
    ordered = sorted(waits_s)
    if not ordered:
        return Waits(None, None, None)
    ninth = math.ceil(len(ordered) * 9 / 10)
    return Waits(statistics.fmean(ordered), statistics.median(ordered), ordered[ninth - 1])


def lost_tickets(
    day: Iterable[Recorded], tickets: Mapping[int, str], rows: Iterable[ReportRow]
) -> int:
    """Customers without a ticket, tickets without a row, rows that do not tell what happened."""
    by_number = {row.number: row for row in rows}
    reported = ((recorded, by_number.get(tickets.get(recorded.row, ""))) for recorded in day)
    return sum(row is None or not tells(row, recorded) for recorded, row in reported)


def tells(row: ReportRow, recorded: Recorded) -> bool:
    if recorded.started_s is not None:
        return row.state == "finished" and row.wait_s is not None
    ends = {"lapsed", "waiting"} if stays_past_midnight(recorded) else {"cancelled"}
    return row.state in ends and row.wait_s is None


def doubled_tickets(played: Played, rows: Iterable[ReportRow]) -> int:
    """Numbers given out twice or listed twice, rows for no ticket, tickets called twice."""
    given = Counter(played.tickets.values())
    listed = Counter(row.number for row in rows)
    called = Counter(call.ticket for call in played.calls)
    strange = sum(number not in given for number in listed)
    return sum(map(_extra, (given, listed, called))) + strange


def lost_calls(display: DisplayWatch, calls: Iterable[AnnouncedCall]) -> int:
    return (_announced(calls) - _heard(display)).total()


def doubled_calls(display: DisplayWatch, calls: Iterable[AnnouncedCall]) -> int:
    """Calls heard more often than made, and calls that nobody made."""
    return (_heard(display) - _announced(calls)).total()


def numbers_out_of_order(day: Iterable[Recorded], tickets: Mapping[int, str]) -> int:
    """Customers whose number comes before that of somebody of an earlier second."""
    series: dict[str, list[tuple[int, int]]] = {}
    for recorded in day:
        number = tickets.get(recorded.row)
        if number is not None:
            series.setdefault(number[0], []).append((int(number[1:]), recorded.taken_s))
    return sum(_falls(taken_s for _, taken_s in sorted(own)) for own in series.values())


def calls_out_of_order(display: DisplayWatch, calls: Iterable[AnnouncedCall]) -> int:
    """Calls heard against the order of the branch's log or of the seconds in which they were
    made, and pictures older than the one before."""
    made_s = {(call.ticket, call.counter): call.at_s for call in calls}
    heard = [made_s.get((call.ticket, call.counter), call.at_s) for call in display.calls]
    versions = [call.version for call in display.calls]
    return _falls(versions) + _falls(heard) + display.backwards


def shows_last_calls(display: DisplayWatch, calls: Sequence[AnnouncedCall]) -> bool:
    """Whether the last picture lists the last calls. Within a second their order is free."""
    made_s = {(call.ticket, call.counter): call.at_s for call in calls}
    shown = SHOWN_CALL.findall(display.last_picture.get("calls", ""))
    newest = sorted(made_s.values(), reverse=True)[:CALLS_KEPT]
    return [made_s.get(call) for call in shown] == newest


def largest_difference_s(
    day: Iterable[Recorded], tickets: Mapping[int, str], rows: Iterable[ReportRow]
) -> float:
    told_s = {row.number: row.wait_s for row in rows}
    differences = [0.0]
    for recorded in day:
        wait_s, told = recorded.wait_s, told_s.get(tickets.get(recorded.row, ""))
        if wait_s is not None and told is not None:
            differences.append(abs(wait_s - told))
    return max(differences)


def _announced(calls: Iterable[AnnouncedCall]) -> Counter[tuple[str, str]]:
    return Counter((call.ticket, call.counter) for call in calls)


def _heard(display: DisplayWatch) -> Counter[tuple[str, str]]:
    return Counter((call.ticket, call.counter) for call in display.calls)


def _extra(counts: Counter[str]) -> int:
    return counts.total() - len(counts)


def _falls(values: Iterable[int]) -> int:
    return sum(later < earlier for earlier, later in pairwise(values))
