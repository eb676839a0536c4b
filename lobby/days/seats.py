"""Open counters at which nobody sits: by who has signed out or was removed, and by silence.

What is seen here is no event: a counter whose terminal is shown somewhere is attended, however long
nobody comes. Without a terminal it is left once nothing has changed there for the branch's minutes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from msgspec.structs import replace

from lobby.branch import Actor, ActorKind, Branch
from lobby.queueing.commands.counter import LeftSeat, MarkSeats
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import TicketState
from lobby.store.people import Gone

SEATS_TASK = Actor(ActorKind.SYSTEM, "seats")

BUSY_AT_MOST = timedelta(minutes=60)
"""A serving, or a pause without an end, is silent by itself; longer ones are rare."""

HasTerminal = Callable[[str, str], bool]
"""Whether the terminal of this branch's teller is shown on some screen now."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """How a counter looked when it last changed, and when that was."""

    looks: object
    at: datetime


class Seats:
    """Event loop only. Who was never seen signed in is not taken for signed out: a counter may be
    worked by a program."""

    def __init__(self, has_terminal: HasTerminal) -> None:
        self._has_terminal = has_terminal
        self._seen: dict[tuple[str, str], _Seen] = {}
        self._were_signed_in: set[tuple[str, str]] = set()

    async def watch(self, branch: Branch, gone: Gone, now: datetime) -> None:
        """Mark what has been left since the last look, and what is attended again."""
        hall = branch.hall
        command = self._looked(hall, gone, now)
        if command.left or command.back:
            key = f"seats-{hall.version}-{now.timestamp():.3f}"
            await branch.perform(command, SEATS_TASK, key, asked=key)

    def _looked(self, hall: Hall, gone: Gone, now: datetime) -> MarkSeats:
        left, back = [], []
        for counter in hall.counters.values():
            if counter.teller is None:
                continue
            since = self._left_since(hall, counter, counter.teller, gone, now)
            if since is None and self._has_terminal(hall.plan.id, counter.teller):
                back += [] if counter.is_attended else [counter.id]
            elif since is not None and counter.is_attended:
                left.append(LeftSeat(counter.id, counter.teller, since))
        return MarkSeats(tuple(left), tuple(back))

    def _left_since(
        self, hall: Hall, counter: Counter, teller: str, gone: Gone, now: datetime
    ) -> datetime | None:
        """None: somebody may well be there."""
        changed_at = self._changed_at(hall, counter, now)
        if self._has_gone(hall.plan.id, teller, gone):
            return changed_at
        if self._has_terminal(hall.plan.id, teller):
            self._seen[hall.plan.id, counter.id] = _Seen(_looks(hall, counter), now)
            return None
        silent_since = max(changed_at, _busy_until(hall, counter) or changed_at)
        within = timedelta(minutes=hall.plan.lobby_policy.counter_left_after_min)
        return silent_since if now - silent_since >= within else None

    def _has_gone(self, branch_id: str, teller: str, gone: Gone) -> bool:
        person = (branch_id, teller)
        if teller in gone.removed:
            return True
        if teller in gone.signed_out:
            return person in self._were_signed_in
        self._were_signed_in.add(person)
        return False

    def _changed_at(self, hall: Hall, counter: Counter, now: datetime) -> datetime:
        looks, key = _looks(hall, counter), (hall.plan.id, counter.id)
        seen = self._seen.get(key)
        if seen is None or seen.looks != looks:
            seen = self._seen[key] = _Seen(looks, now)
        return seen.at


def _looks(hall: Hall, counter: Counter) -> object:
    """What any act at the counter changes."""
    ticket = hall.ticket_at(counter)
    session = counter.session
    assert session is not None, "an open counter"
    unmarked = replace(session, unattended_since=None)
    return unmarked, counter.ticket, ticket.touched if ticket else None, counter.last_act


def _busy_until(hall: Hall, counter: Counter) -> datetime | None:
    """Until when silence says nothing."""
    session, ticket = counter.session, hall.ticket_at(counter)
    if session is not None and session.paused_at is not None:
        return session.paused_until or session.paused_at + BUSY_AT_MOST
    if ticket is not None and ticket.state is TicketState.SERVING:
        return ticket.servings[-1].started_at + BUSY_AT_MOST
    return None
