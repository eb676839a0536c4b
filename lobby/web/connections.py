"""Who is connected, and who has to go when there is no more room.

A process has only so many descriptors. Everybody who comes is let in as long as somebody can go
for them: a stranger, of the address that has most of them, the one that has been silent longest.
A connection is a stranger's until its first request of somebody who is signed in or of a paired
device; such a one never goes for another. A customer's live page stays as well, as long as
customers leave room for staff.
"""

import resource
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from enum import IntEnum

FILES_KEPT = 128
"""Descriptors for what is no connection: the database's readers and writer, printers, and those who
have been accepted and not been looked at yet."""

FILES_EACH = 2
"""Its own, and the static file that it is being sent, as slowly as it likes to take it."""

CAPACITY_LEAST = 16
CAPACITY_MOST = 20_000
"""A socket takes 24 KB; more screens than this stand before no branch."""

STAFF_SHARE = 8
"""Of so many places one is kept from customers' pages, for staff and for whoever watches."""

CONNECTION = "lobby.connection"
"""Under this name a request's scope holds its `Connection`."""


class Standing(IntEnum):
    STRANGER = 0
    CUSTOMER = 1
    STAFF = 2


class Connection:
    """`go` closes it at once, as politely as that allows."""

    __slots__ = ("address", "among", "go", "is_in", "standing")

    def __init__(self, address: str, go: Callable[[], None]) -> None:
        self.address, self.go = address, go
        self.standing = Standing.STRANGER
        self.is_in = False
        self.among: Connections | None = None

    def is_known(self, standing: Standing) -> None:
        if self.among is not None:
            self.among.is_known(self, standing)


class Connections:
    """Event loop only."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.customers_max = capacity - max(1, capacity // STAFF_SHARE)
        self.counts = dict.fromkeys(Standing, 0)
        self.shed = 0
        self.refused: Counter[int] = Counter()
        """By the status of the answer."""
        self._strangers: dict[str, dict[Connection, None]] = {}
        self._by_address: Counter[str] = Counter()

    @property
    def count(self) -> int:
        return sum(self.counts.values())

    def admit(self, connection: Connection) -> bool:
        """False where nobody can go for it."""
        if self.count >= self.capacity and not self._shed_one():
            return False
        connection.is_in, connection.among = True, self
        self._by_address[connection.address] += 1
        self._enter(connection)
        return True

    def of_address(self, address: str) -> int:
        return self._by_address[address]

    def was_heard(self, connection: Connection) -> None:
        """It has said something whole: those that are silent go before it."""
        if connection.is_in and connection.standing is Standing.STRANGER:
            mine = self._strangers[connection.address]
            del mine[connection]
            mine[connection] = None

    def is_known(self, connection: Connection, standing: Standing) -> None:
        """From now on, unless it was more before, or there are customers enough."""
        is_full = standing is Standing.CUSTOMER and self.counts[standing] >= self.customers_max
        if connection.is_in and standing > connection.standing and not is_full:
            self._leave_standing(connection)
            connection.standing = standing
            self._enter(connection)

    def leave(self, connection: Connection) -> None:
        """May be called again."""
        if not connection.is_in:
            return
        connection.is_in = False
        self._leave_standing(connection)
        self._by_address[connection.address] -= 1
        if not self._by_address[connection.address]:
            del self._by_address[connection.address]

    def _shed_one(self) -> bool:
        crowd = max(self._strangers.values(), key=len, default=None)
        if not crowd:
            return False
        silent = next(iter(crowd))
        self.leave(silent)
        self.shed += 1
        silent.go()
        return True

    def _enter(self, connection: Connection) -> None:
        self.counts[connection.standing] += 1
        if connection.standing is Standing.STRANGER:
            self._strangers.setdefault(connection.address, {})[connection] = None

    def _leave_standing(self, connection: Connection) -> None:
        self.counts[connection.standing] -= 1
        if connection.standing is Standing.STRANGER:
            mine = self._strangers[connection.address]
            del mine[connection]
            if not mine:
                del self._strangers[connection.address]


def capacity_of_process() -> int:
    """As many as the system lets this process have; what it may have more for the asking is asked
    for."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CAPACITY_MOST * FILES_EACH + FILES_KEPT
    most = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
    if soft != resource.RLIM_INFINITY and soft < most:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
            soft = most
    files = most if soft == resource.RLIM_INFINITY else min(soft, most)
    return max(CAPACITY_LEAST, (files - FILES_KEPT) // FILES_EACH)
