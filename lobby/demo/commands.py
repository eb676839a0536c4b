"""The commands of simulated people, performed through the branch like everybody's."""

import secrets
from dataclasses import dataclass

import structlog

from lobby.branch import Actor, Branch, Outcome
from lobby.queueing.commands.command import Command
from lobby.queueing.model.ticket import Ticket
from lobby.queueing.refusals.refusal import Refusal

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class DemoCommands:
    """A visitor may have done it before, or something else: then a refusal is only a no."""

    branch: Branch
    actor: Actor

    async def do(self, command: Command) -> Outcome | None:
        """None where the branch refused."""
        try:
            return await self.branch.perform(command, self.actor, secrets.token_urlsafe(18))
        except Refusal as refusal:
            log.debug("refused", command=command, refusal=repr(refusal))
            return None

    def ticket(self, number: str) -> Ticket | None:
        return self.branch.hall.ticket(number)
