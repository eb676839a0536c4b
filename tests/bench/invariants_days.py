"""Days: how one opens, is closed out, is corrected and taken back, and which numbers it gives."""

from collections.abc import Mapping
from copy import copy
from datetime import date, datetime, timedelta

from lobby.queueing.events.event import (
    ClockCorrected,
    DayClosedOut,
    DayOpened,
    DayTakenBack,
    NumbersReserved,
)
from lobby.queueing.model.ticket import TicketState
from tests.bench.invariants_model import (
    AT_A_COUNTER,
    OVER,
    RETURN_WITHIN,
    Desk,
    House,
    Spot,
    Turn,
    Visit,
    broken,
)

SAME_S = 1e-6
"""Waits closer than this are equal: shifts are rounded to microseconds."""


def split(number: str) -> tuple[str, int]:
    return number[0], int(number[1:])


def open_day(house: House, event: DayOpened, turn: Turn | None) -> None:
    """A later date, with nobody left over; `turn` is the house before what ended them."""
    if not house.is_new_day(event.at) or event.day != house.local_day(event.at):
        broken("day", event.day, "opens after", house.day, "at", event.at)
    if event.previous_day != house.day:
        broken("day", event.day, "comes after", house.day, "not", event.previous_day)
    left = [number for number, visit in house.visits.items() if visit.state not in OVER]
    sitting = [desk.id for desk in house.desks.values() if desk.is_open or desk.ticket]
    if left or sitting:
        broken("record", "the day opens and nobody ended", left, sitting)
    kept_from = house.day or event.day
    house.turn, house.refused = turn, None
    house.previous_day, house.day = house.day, event.day
    house.clear()
    house.latest_at = None
    for desk in house.desks.values():
        desk.last = None
    house.reserved = {day: up for day, up in house.reserved.items() if day >= kept_from}
    if {day: dict(up) for day, up in event.reserved.items()} != house.reserved:
        broken("numbers", "reserved were", house.reserved, "not", event.reserved)
    house.given = dict(house.reserved.get(event.day, {}))


def reserve(house: House, event: NumbersReserved) -> None:
    known = house.reserved.setdefault(event.day, {})
    known.update(event.up_to)
    if event.day == house.day:
        for prefix, ordinal in event.up_to.items():
            house.given[prefix] = max(ordinal, house.given.get(prefix, 0))


def close_out(house: House, event: DayClosedOut, before: Turn | None) -> None:
    """Whom it found, and everybody has been ended before its record."""
    if before is None:
        broken("record", "closed out before any day", event)
    open_desks = {desk.id for desk in before.desks.values() if desk.is_open}
    at_desks = {desk.ticket for desk in before.desks.values() if desk.ticket}
    left = {n for n, v in before.visits.items() if v.state not in OVER} - at_desks
    for found, said in ((open_desks, event.counters), (left, event.others)):
        if len(said) != len(found) or set(said) != found:
            broken("record", "closed out were", found, "not", said)
    if set(event.at_counters) != at_desks:
        broken("record", "at counters were", at_desks, "not", event.at_counters)
    some = [number for number, visit in house.visits.items() if visit.state not in OVER]
    if some or any(desk.is_open for desk in house.desks.values()):
        broken("record", "closed out, and still there:", some)


def correct(house: House, event: ClockCorrected, now: datetime) -> None:
    """Every wait stays what it was, and nobody passes anybody. Who had left stays as it was."""
    by = timedelta(seconds=event.shift_s)
    if abs((event.at - now - by).total_seconds()) > SAME_S:
        broken("time", event.at, "is not", now, "set by", event.shift_s)
    _check_corrected_day(house, event)
    order = [visit.number for visit in sorted(house.waiting(), key=lambda visit: visit.place)]
    right = [v.place[0] for v in house.visits.values() if v.place[1] <= event.right_until]
    right_at = max(right, default=None)
    here = [visit for visit in house.visits.values() if _is_here(visit, event, now)]
    for number in house.visits.keys() - {visit.number for visit in here}:
        house.visits[number].has_left = True
    undone = _before_last_acts(house)
    _correct_places([*here, *undone], event, by, right_at)
    for visit in here:
        wait_s = visit.wait_s(now)
        _correct_visit(house, visit, event, by)
        is_moved = visit.touched > event.right_until and visit.booked_at is None
        if is_moved and abs(visit.wait_s(event.at) - wait_s) > SAME_S:
            broken("waits", visit.number, "waited", wait_s, "and now", visit.wait_s(event.at))
    for visit in undone:
        _correct_visit(house, visit, event, by)
    if house.latest_at is not None:
        house.latest_at = _corrected_place(house.latest_at, event, by, right_at)
    house.day = event.day
    for prefix, ordinal in house.reserved.get(event.day, {}).items():
        house.given[prefix] = max(ordinal, house.given.get(prefix, 0))
    after = [visit.number for visit in sorted(house.waiting(), key=lambda visit: visit.place)]
    if after != order:
        broken("choice", "a clock was set, and", order, "became", after)


def _check_corrected_day(house: House, event: ClockCorrected) -> None:
    """Where the right clock is, but never back into a day that is over."""
    day = house.local_day(event.at)
    if house.previous_day is not None and day <= house.previous_day:
        assert house.day is not None
        day = house.day
    if event.day != day:
        broken("day", "the clock shows", day, "not", event.day)


def _is_here(visit: Visit, event: ClockCorrected, now: datetime) -> bool:
    """Also who missed a call or left the line, and may still come back."""
    if visit.state not in OVER or visit.touched > event.since:
        return True
    is_gone = visit.state in (TicketState.ABSENT, TicketState.CANCELLED)
    if not is_gone or visit.gone_at is None or visit.returns:
        return False
    return now - visit.gone_at <= RETURN_WITHIN


def _before_last_acts(house: House) -> list[Visit]:
    """Each a copy of its own: as the visit was, should the last act of its counter be undone."""
    found = []
    for desk in house.desks.values():
        if desk.is_open and desk.last is not None:
            desk.last = copy(desk.last[0]), desk.last[1]
            found.append(desk.last[0])
    return found


def _correct_places(
    visits: list[Visit], event: ClockCorrected, by: timedelta, right_at: datetime | None
) -> None:
    """One after the other as they stood; where two meet, the later one stands behind."""
    last: Spot | None = None
    stood: Spot | None = None
    for visit in sorted(visits, key=lambda each: each.place):
        at, ordinal, turn = visit.place
        if min(ordinal, visit.touched) <= event.right_until:
            continue
        if visit.place == stood:
            assert last is not None
            visit.place = last
            continue
        stood = visit.place
        visit.place = (_corrected_place(at, event, by, right_at), ordinal, turn)
        if last is not None and visit.place <= last:
            visit.place = (last[0], last[1], last[2] + 1)
        last = visit.place


def _correct_visit(house: House, visit: Visit, event: ClockCorrected, by: timedelta) -> None:
    visit.day = event.day
    if visit.touched <= event.right_until:
        return
    house.shift(visit, by)
    if visit.booked_at is not None:
        visit.waited_s = visit.wait_s(event.at)


def _corrected_place(
    at: datetime, event: ClockCorrected, by: timedelta, right_at: datetime | None
) -> datetime:
    """Never later than now, nor before one that was right."""
    if event.shift_s < 0 and event.right_until:
        return at
    moved = min(at + by, event.at)
    return moved if right_at is None else max(moved, right_at)


def take_back(house: House, event: DayTakenBack, by: str) -> None:
    """The day before goes on with all it had; who came on the false day joins behind them, with
    numbers that nobody else holds."""
    turn = house.turn
    if turn is None or event.false_day != house.day or event.day != turn.day or event.by != by:
        broken("day", "taken back is", event.false_day, "while", house.day, "is open")
    names = _names(house, turn, event.renumbered)
    if event.previous_day != turn.previous_day:
        broken("day", event.day, "came after", turn.previous_day, "not", event.previous_day)
    came = [visit for _, visit in sorted(house.visits.items())]
    house.clear()
    _restore_desks(house, turn, names)
    seated = {desk.ticket for desk in house.desks.values()}
    for visit in turn.visits.values():
        if visit.state in AT_A_COUNTER and visit.number not in seated:
            visit.state, visit.counter = TicketState.WAITING, None
        house.put(visit)
    last = max((visit.place for visit in house.waiting()), default=None)
    for visit in came:
        visit.number, visit.day = names[visit.number], event.day
        at, ordinal, part = visit.place
        visit.place = (max(at, turn.latest_at or at), ordinal, part)
        house.put(visit)
        if last is not None and visit.place < last:
            broken("choice", visit.number, "came on the false day and stands before", last)
    if {ticket.number for ticket in event.tickets} != set(house.visits):
        broken("numbers", "taken back were", sorted(t.number for t in event.tickets))
    _reckon_numbers(house, turn, event.day)
    house.previous_day, house.day, house.turn = turn.previous_day, turn.day, None
    house.refused = (event.false_day, event.at)
    places = [visit.place[0] for visit in house.visits.values()]
    house.latest_at = max(places, default=house.latest_at)


def _names(house: House, turn: Turn, renumbered: Mapping[str, str]) -> dict[str, str]:
    """First holders keep theirs; a new number was on nobody's slip of either day."""
    names = {number: renumbered.get(number, number) for number in house.visits}
    held = [*names.values(), *turn.visits]
    if len(set(held)) != len(held) or not renumbered.keys() <= house.visits.keys():
        broken("numbers", "two hold one number:", sorted(held))
    for old, new in names.items():
        prefix, ordinal = split(new)
        if prefix != old[0] or ordinal <= turn.given.get(prefix, 0):
            broken("numbers", old, "became", new, "after", turn.given)
        if new != old and ordinal <= house.given.get(prefix, 0):
            broken("numbers", old, "became", new, "that was given out already")
    return names


def _restore_desks(house: House, turn: Turn, names: Mapping[str, str]) -> None:
    """As they are where somebody sits; else as before, unless that teller sits elsewhere now."""
    seated = {desk.teller for desk in house.desks.values() if desk.is_open}
    for key, desk in list(house.desks.items()):
        was: Desk = turn.desks[key]
        if not desk.is_open and was.is_open and was.teller not in seated:
            house.desks[key] = was
        elif desk.ticket is not None:
            desk.ticket = names[desk.ticket]
        house.desks[key].last = None


def _reckon_numbers(house: House, turn: Turn, day: date) -> None:
    given: dict[str, int] = dict(turn.given)
    for prefix, ordinal in house.reserved.get(day, {}).items():
        given[prefix] = max(ordinal, given.get(prefix, 0))
    for number in house.visits:
        prefix, ordinal = split(number)
        given[prefix] = max(ordinal, given.get(prefix, 0))
    house.given = given
