"""Cards that come back by themselves: from who has signed out, was removed, or took too long."""

from lobby.branch import Actor, ActorKind, Branch
from lobby.clock import Clock
from lobby.queueing.commands.floor import ReturnUnfinished
from lobby.queueing.decide.unfinished import returned
from lobby.queueing.model.unfinished import takers
from lobby.store.people import who_is_gone
from lobby.store.store import Store

CARDS_TASK = Actor(ActorKind.SYSTEM, "cards")


class Unfinished:
    """Sign-ins go by the clock on the wall, cards by that of the branch."""

    def __init__(self, store: Store, clock: Clock, wall: Clock) -> None:
        self._store, self._clock, self._wall = store, clock, wall

    async def take_back(self, branch: Branch) -> None:
        """Nobody is asked for where nobody has anything."""
        concerned = takers(branch.hall)
        if not concerned:
            return
        at = self._wall.now()
        gone = await self._store.read(lambda connection: who_is_gone(connection, branch.id, at))
        command = ReturnUnfinished(gone.signed_out & concerned, gone.removed & concerned)
        hall, now = branch.hall, self._clock.now()
        if returned(hall, command, now):
            key = f"cards-{hall.version}-{now.timestamp():.3f}"
            await branch.perform(command, CARDS_TASK, key, asked=key)
