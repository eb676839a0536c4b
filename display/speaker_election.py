"""Who speaks: of all displays that are heard in one room, one, and another when it falls silent."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

from display.announcements import Zone

READY_MAX = 200
"""More open walls than this in one branch are a mistake, and would only fill memory."""


@dataclass(eq=False, slots=True)
class Candidate:
    """One open display page. `is_ready` once its browser has told that it may sound."""

    id: str
    branch_id: str
    heard_in: str
    zone: Zone
    is_paired: bool
    order: int
    is_ready: bool = False


class SpeakerElection:
    """Event loop only. A paired display goes before a tablet that stands in for one, and who has
    been there longest stays."""

    def __init__(self) -> None:
        self._seats: dict[Candidate, None] = {}
        self._orders = count()

    @contextmanager
    def seated(
        self, seat_id: str, branch_id: str, heard_in: str, zone: Zone, *, is_paired: bool
    ) -> Iterator[Candidate]:
        """For as long as the socket of a display that is set to speak lives."""
        seat = Candidate(seat_id, branch_id, heard_in, zone, is_paired, next(self._orders))
        self._seats[seat] = None
        try:
            yield seat
        finally:
            del self._seats[seat]

    def tell(self, seat_id: str, branch_id: str, *, is_ready: bool) -> bool:
        """Whether that has changed anything."""
        told = [s for s in self._of(branch_id) if s.id == seat_id and s.is_ready != is_ready]
        for seat in told:
            seat.is_ready = is_ready
        return bool(told)

    def ready(self, branch_id: str, heard_in: str) -> tuple[str, ...]:
        """The announcer first, then those who would take over."""
        seats = [s for s in self._of(branch_id) if s.heard_in == heard_in and s.is_ready]
        seats.sort(key=lambda seat: (not seat.is_paired, seat.order))
        return tuple(dict.fromkeys(seat.id for seat in seats))[:READY_MAX]

    def speaks_of(self, branch_id: str, heard_in: str, counter: str, service: str) -> bool:
        """The one who speaks in a room says the calls of every display that is heard there."""
        room = (s for s in self._of(branch_id) if s.heard_in == heard_in)
        return any(seat.zone.holds(counter, service) for seat in room)

    def _of(self, branch_id: str) -> list[Candidate]:
        return [seat for seat in self._seats if seat.branch_id == branch_id]
