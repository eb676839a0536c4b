"""Sentences of a ticket's journey."""

from collections.abc import Mapping

from lobby.i18n.texts import mark
from lobby.queueing.events import care, ticket

DEEDS: Mapping[str, str] = {
    "taken": mark("Took the number for %(service)s; people ahead: %(ahead)s."),
    "answered": mark("Was asked, and answered: %(answers)s."),
    "advised": mark("Advised: %(why)s (rule %(rule)s, rule set %(version)s)."),
    "excluded": mark("No machine was offered: %(why)s."),
    "help_wanted": mark("Would like the help of a colleague."),
    "told": mark("Was told to wait %(wait)s; people ahead: %(ahead)s."),
    "called": mark("Called to counter %(counter)s. %(why)s."),
    "passed": mark("%(other)s was called first, to counter %(counter)s. %(why)s."),
    "renumbered": mark(
        "The turn of the day was taken back. The number is %(number)s from here on."
    ),
    "help": mark("A colleague was called: %(kind)s."),
    "offered": mark("Was offered %(machine)s."),
    "by_staff": mark("a colleague"),
    "by_customer": mark("the customer"),
    "by_house": mark("by itself"),
}

PLAIN: Mapping[type, str] = {
    ticket.TicketCalledAgain: mark("Called again to counter %(counter)s."),
    ticket.CustomerAbsent: mark("Did not come; marked absent at counter %(counter)s."),
    ticket.CustomerReturned: mark("Came back, and waits again."),
    ticket.ServingStarted: mark("Service began at counter %(counter)s."),
    ticket.ServingPaused: mark("Service paused at counter %(counter)s."),
    ticket.ServingResumed: mark("Service went on at counter %(counter)s."),
    ticket.ServiceAdded: mark("One thing more at counter %(counter)s: %(service)s."),
    ticket.ServingFinished: mark("Finished at counter %(counter)s. Done: %(services_done)s."),
    ticket.TicketSentBack: mark("Finished at counter %(counter)s, and sent back to the sender."),
    ticket.TicketHeld: mark("Put on hold at counter %(counter)s."),
    ticket.TicketUnheld: mark("Taken off hold."),
    ticket.TicketRested: mark("Away, the place is kept until %(until)s: %(reason)s."),
    ticket.RestEnded: mark("Waits again."),
    ticket.TicketTransferred: mark("Passed on from counter %(counter)s for %(to_service)s."),
    ticket.TicketCancelled: mark("Left the line."),
    ticket.TicketPostponed: mark("Let others go first."),
    ticket.TicketLapsed: mark("The day ended before anybody ended this number."),
    ticket.ServiceChanged: mark("Changed to %(service)s."),
    ticket.PriorityChanged: mark("Class changed: %(priority)s."),
    ticket.ActUndone: mark("Taken back at counter %(counter)s: %(act)s."),
    care.MachineAccepted: mark("Went to the machine."),
    care.MachineDeclined: mark("Preferred not to go to the machine."),
    care.CustomerAccompanied: mark("A colleague went along to the machine."),
    care.MachineJobDone: mark("Finished at the machine."),
    care.ReturnedFromMachine: mark("Came back from the machine; the wait counts from the start."),
    care.LongerGraceGiven: mark("Has longer to come after a call."),
    care.AdviserAsked: mark("Waits for one adviser."),
}
