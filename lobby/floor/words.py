"""What the tablet calls machines and calls for help, and how a call may end."""

from lobby.i18n.texts import mark
from lobby.queueing.help import HelpKind
from lobby.queueing.machine import MachineKind, MachinePlan, MachineState
from lobby.queueing.plan import Plan

MACHINE_KINDS = {
    MachineKind.ATM: mark("Cash machine"),
    MachineKind.CRS: mark("Cash and deposit machine"),
    MachineKind.STM: mark("Smart machine"),
    MachineKind.PASSBOOK_PRINTER: mark("Passbook printer"),
}

MACHINE_STATES = {
    MachineState.UP: mark("Working"),
    MachineState.OUT_OF_NOTES: mark("Out of notes"),
    MachineState.DOWN: mark("Out of order"),
}

HELP_KINDS = {
    HelpKind.RISK: mark("Perhaps a fraud: speak with the customer first"),
    HelpKind.HELP: mark("Needs help"),
    HelpKind.COMPLAINT: mark("Complaint or suggestion"),
    HelpKind.LOST_ITEM: mark("Lost something"),
    HelpKind.HOME_SERVICE: mark("Asks for a visit at home"),
    HelpKind.ARRIVAL: mark("Has arrived, would like company"),
    HelpKind.STUCK: mark("Is stuck at the kiosk"),
    HelpKind.PRINTER: mark("The printer needs a look"),
}

OUTCOMES = {
    HelpKind.RISK: (
        mark("Spoke with them, all is well"),
        mark("Stopped it in time"),
        mark("Called the police"),
    ),
    HelpKind.HELP: (mark("Helped"), mark("Brought to a counter"), mark("Nobody was there")),
    HelpKind.COMPLAINT: (
        mark("Settled on the spot"),
        mark("Written down"),
        mark("Handed to the branch head"),
    ),
    HelpKind.LOST_ITEM: (mark("Found and given back"), mark("Written down")),
    HelpKind.HOME_SERVICE: (mark("Written down"), mark("Not possible, explained why")),
    HelpKind.ARRIVAL: (mark("Welcomed and seated"), mark("Brought to a counter")),
    HelpKind.STUCK: (mark("Helped"), mark("Took the ticket for them"), mark("Nobody was there")),
    HelpKind.PRINTER: (mark("Paper put in"), mark("Repaired"), mark("Service is called")),
}
"""An ending is kept in English, like every ready-made reason, and read in any language."""


def machine_named(plan: Plan, machine_id: str) -> MachinePlan:
    """A machine taken out of the plan during the day keeps its id as its place."""
    known = plan.machines.get(machine_id)
    places = {"en": machine_id}
    return known or MachinePlan(machine_id, MachineKind.STM, frozenset(), places)
