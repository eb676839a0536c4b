"""Who speaks: of all displays that are heard in one room, one, and another when it falls silent."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

from display.announcements import Zone

READY_MAX = 200
"""More open displays than this in one branch are a mistake, and would only fill memory."""


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
        self._candidates: dict[Candidate, None] = {}
        self._orders = count()

    @contextmanager
    def candidate(
        self, candidate_id: str, branch_id: str, heard_in: str, zone: Zone, *, is_paired: bool
    ) -> Iterator[Candidate]:
        """For as long as the socket of a display that is set to speak lives."""
        candidate = Candidate(
            candidate_id, branch_id, heard_in, zone, is_paired, next(self._orders)
        )
        self._candidates[candidate] = None
        try:
            yield candidate
        finally:
            del self._candidates[candidate]

    def set_ready(self, candidate_id: str, branch_id: str, *, is_ready: bool) -> bool:
        """Whether that has changed anything."""
        same_page = (c for c in self._of(branch_id) if c.id == candidate_id)
        changed = [candidate for candidate in same_page if candidate.is_ready != is_ready]
        for candidate in changed:
            candidate.is_ready = is_ready
        return bool(changed)

    def ready(self, branch_id: str, heard_in: str) -> tuple[str, ...]:
        """The speaker first, then those who would take over."""
        ready = [c for c in self._of(branch_id) if c.heard_in == heard_in and c.is_ready]
        ready.sort(key=lambda candidate: (not candidate.is_paired, candidate.order))
        return tuple(dict.fromkeys(candidate.id for candidate in ready))[:READY_MAX]

    def speaks_of(self, branch_id: str, heard_in: str, counter: str, service: str) -> bool:
        """The one who speaks in a room says the calls of every display that is heard there."""
        room = (c for c in self._of(branch_id) if c.heard_in == heard_in)
        return any(candidate.zone.holds(counter, service) for candidate in room)

    def _of(self, branch_id: str) -> list[Candidate]:
        return [c for c in self._candidates if c.branch_id == branch_id]
