"""A customer for every state that a ticket can have, each with a page of their own."""

from dataclasses import dataclass, field

from lobby.queueing.commands.counter import (
    CallAgain,
    CallNext,
    Finish,
    Hold,
    MarkAbsent,
    StartServing,
)
from lobby.queueing.commands.floor import CallColleague
from lobby.queueing.commands.ticket import (
    CancelTicket,
    ConfirmMachineJob,
    Postpone,
    Rest,
    ReturnFromMachine,
    TakeTicket,
)
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.intake import ConfirmedBy
from lobby.queueing.model.rest import RestReason
from lobby.queueing.model.ticket import Ticket
from lobby.screens.advice import wait_of
from lobby.waits.words import wait_words
from tests.app.server import ServedApp


@dataclass
class Cast:
    """Whose page is whose: the secret behind each state of a ticket."""

    branch: ServedApp
    pages: dict[str, str] = field(default_factory=dict)

    def take(self, state: str, service: str = "A01", machine: str | None = None) -> str:
        """The number of a ticket taken for this page."""
        self.pages[state] = secret = f"secret-of-{state}"
        self.branch.perform_together(TakeTicket(service, "en", secret, machine=machine))
        return self.ticket(state).number

    def ticket(self, state: str) -> Ticket:
        tickets = self.branch.riverside.hall.tickets.values()
        return next(ticket for ticket in tickets if ticket.secret == self.pages[state])

    def wait_words(self, state: str) -> str:
        """What its page ought to say of the wait now."""
        branch = self.branch.riverside
        return wait_words(wait_of(self.branch.services, branch, self.ticket(state)), "en")

    def address(self, state: str, language: str = "en") -> str:
        return f"{self.branch.address}/t/{self.pages[state]}?language={language}"


def take_in_every_state(cast: Cast) -> None:
    perform = cast.branch.perform_together
    number = cast.take("finished")
    perform(CallNext("3"), StartServing("3", number), Finish("3", number))
    perform(CancelTicket(cast.take("cancelled")))
    perform(Rest(cast.take("resting"), RestReason.LATER, 20))
    number = cast.take("absent")
    perform(CallNext("3"), CallAgain("3", number))
    cast.branch.clock.advance(seconds=45)
    perform(MarkAbsent("3", number))
    number = cast.take("on-hold")
    perform(CallNext("3"), Hold("3", number, "a form"))
    cast.take("called")
    perform(CallNext("3"))
    number = cast.take("serving", "A02")
    perform(CallNext("2"), StartServing("2", number))
    number = cast.take("helped", "A04")
    perform(CallColleague(HelpKind.HELP, "phone", number))
    number = cast.take("postponed")
    cast.take("waiting", "A04")
    perform(Postpone(number))
    cast.take("unserved", "F01")
    cast.take("at-machine", machine="crs-2")
    perform(ConfirmMachineJob(cast.take("done", machine="crs-2"), ConfirmedBy.CUSTOMER))
    perform(ReturnFromMachine(cast.take("returned", machine="crs-2")))
