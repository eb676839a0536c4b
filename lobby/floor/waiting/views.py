"""The view of everybody who is here: waiting, missed, on hold, at a machine, at a counter."""

from dataclasses import dataclass
from datetime import datetime

from lobby.floor.core.words import CARD_WORDS, HALL_WORDS
from lobby.floor.devices.machine_views import Slip, slips
from lobby.floor.tablet.frame import LivePart
from lobby.floor.tablet.request import FLOOR_ROLES, TabletRequest
from lobby.floor.waiting.counters import Call, CounterRow, counter_rows, last_calls
from lobby.floor.waiting.pools import WaitingPool, waiting_pools
from lobby.queueing.model.hall import Hall
from lobby.screens.lists import Absent, Away, Person, absents, held, left, resting

REGIONS = {
    "waiting": "floor/waiting/_pools.html",
    "returns": "floor/waiting/_returns.html",
    "slips": "floor/devices/_slips.html",
    "counters": "floor/waiting/_counters.html",
    "calls": "floor/waiting/_calls.html",
}


@dataclass(frozen=True, slots=True)
class WaitingView:
    pools: tuple[WaitingPool, ...]
    held: tuple[Person, ...]
    absents: tuple[Absent, ...]
    resting: tuple[Away, ...]
    left: tuple[Absent, ...]
    slips: tuple[Slip, ...]
    counters: tuple[CounterRow, ...]
    calls: tuple[Call, ...]


def waiting_part(tablet: TabletRequest) -> LivePart:
    viewer, may_close = tablet.viewer, tablet.staff.role in FLOOR_ROLES

    def present(hall: Hall, now: datetime) -> WaitingView:
        return WaitingView(
            pools=waiting_pools(viewer, hall, now),
            held=held(hall, now),
            absents=absents(hall, now),
            resting=resting(hall),
            left=left(hall, now),
            slips=slips(hall, now),
            counters=counter_rows(hall, viewer.name_of, now, may_close=may_close),
            calls=last_calls(hall),
        )

    words = {**CARD_WORDS, **HALL_WORDS}
    return LivePart("waiting", "/floor/waiting/live", REGIONS, present, words)
