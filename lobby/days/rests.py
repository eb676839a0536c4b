"""Places that were kept long enough: whoever was away waits again, whether or not they are back."""

from datetime import datetime

from lobby.branch import Actor, ActorKind, Branch
from lobby.queueing.commands.ticket import EndRest
from lobby.queueing.model.overview import over_now

RESTS_TASK = Actor(ActorKind.SYSTEM, "rests")


async def wake(branch: Branch, now: datetime) -> None:
    """One by one, so that an idle counter may call each of them."""
    for number in over_now(branch.hall, now):
        key = f"rest-{branch.hall.version}-{number}"
        await branch.perform(EndRest(number), RESTS_TASK, key)
