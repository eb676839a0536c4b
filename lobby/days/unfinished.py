"""Cards that come back by themselves: from who has signed out, was removed, or took too long."""

from datetime import datetime

from lobby.branch import Actor, ActorKind, Branch
from lobby.queueing.commands.floor import ReturnUnfinished
from lobby.queueing.decide.unfinished import returned
from lobby.queueing.model.unfinished import takers
from lobby.store.people import Gone

CARDS_TASK = Actor(ActorKind.SYSTEM, "cards")


async def take_back(branch: Branch, gone: Gone, now: datetime) -> None:
    hall = branch.hall
    concerned = takers(hall)
    command = ReturnUnfinished(gone.signed_out & concerned, gone.removed & concerned)
    if returned(hall, command, now):
        key = f"cards-{hall.version}-{now.timestamp():.3f}"
        await branch.perform(command, CARDS_TASK, key, asked=key)
