"""What the tablet calls machines, calls for help and their endings, duty and priorities."""

from lobby.i18n.texts import mark
from lobby.machines import MachineKind, MachineState
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.help import HandBackReason, HelpKind
from lobby.queueing.model.machine import MachinePlan
from lobby.queueing.model.outcomes import OUTCOMES
from lobby.queueing.model.plan import Plan
from lobby.screens.words import PRIORITIES, REST_REASONS
from lobby.waits.words import cause_words, short_wait, wait_words
from lobby.web.refusals import STATES

MACHINE_KINDS = {
    MachineKind.ATM: mark("Cash machine"),
    MachineKind.CRS: mark("Cash and deposit machine"),
    MachineKind.STM: mark("Smart machine"),
    MachineKind.PASSBOOK_PRINTER: mark("Passbook printer"),
}

MACHINE_STATES = {
    MachineState.UP: mark("Working"),
    MachineState.OUT_OF_NOTES: mark("Out of cash"),
    MachineState.DOWN: mark("Out of order"),
}

HELP_KINDS = {
    HelpKind.RISK: mark("Possible fraud: speak with the customer first"),
    HelpKind.HELP: mark("Needs help"),
    HelpKind.COMPLAINT: mark("Complaint or suggestion"),
    HelpKind.ARRIVAL: mark("Has arrived and would like somebody to go along"),
    HelpKind.PREMIUM: mark("Has arrived for an adviser"),
    HelpKind.AUTHORISATION: mark("The machine waits for your approval"),
    HelpKind.STUCK: mark("Is stuck at the kiosk"),
    HelpKind.CARE: mark("Would like some care"),
    HelpKind.WAIT: mark("Has waited longer than promised"),
    HelpKind.LOST_ITEM: mark("Lost something here"),
    HelpKind.HOME_SERVICE: mark("Asks for a visit at home"),
    HelpKind.FAULT: mark("A machine is not working"),
    HelpKind.PRINTER: mark("The printer needs checking"),
    HelpKind.FEEDBACK: mark("A reply to a customer is due"),
}

OUTCOME_WORDS = {
    "reassured": mark("Spoke with them: all is well"),
    "stopped_in_time": mark("Stopped it in time"),
    "police_called": mark("Called the police"),
    "went_on": mark("Went ahead despite the warning"),
    "helped": mark("Helped"),
    "brought_to_counter": mark("Brought to a counter"),
    "nobody_there": mark("Nobody was there"),
    "cared_for": mark("Cared for"),
    "welcomed": mark("Welcomed and seated"),
    "to_adviser": mark("Brought to an adviser"),
    "spoke_with_them": mark("Explained the wait"),
    "counter_opened": mark("Another counter opened"),
    "went_to_machine": mark("Went to a machine"),
    "left": mark("Left the branch"),
    "repaired": mark("Repaired"),
    "notes_put_in": mark("Cash refilled"),
    "paper_put_in": mark("Paper refilled"),
    "service_called": mark("Service has been called"),
    "authorised": mark("Approved"),
    "not_authorised": mark("Not approved, explained why"),
    "settled": mark("Settled on the spot"),
    "written_down": mark("Recorded"),
    "passed_on": mark("Passed to the branch head"),
    "given_back": mark("Found and given back"),
    "not_found": mark("Not found"),
    "not_possible": mark("Not possible, explained why"),
    "ticket_taken": mark("Took the ticket for them"),
    "reached": mark("Reached the customer"),
    "not_reached": mark("Could not reach the customer"),
}
"""An ending is kept as a code that reports can count."""

SIGNS = {
    HelpKind.RISK: "warning",
    HelpKind.HELP: "help",
    HelpKind.COMPLAINT: "bell",
    HelpKind.ARRIVAL: "people",
    HelpKind.PREMIUM: "person",
    HelpKind.AUTHORISATION: "check",
    HelpKind.STUCK: "device",
    HelpKind.CARE: "person",
    HelpKind.WAIT: "clock",
    HelpKind.LOST_ITEM: "more",
    HelpKind.HOME_SERVICE: "home",
    HelpKind.FAULT: "close",
    HelpKind.PRINTER: "printer",
    HelpKind.FEEDBACK: "phone",
}

BACK_REASONS = {
    HandBackReason.GIVEN_BACK: mark("%(name)s had it since %(time)s and gave it back"),
    HandBackReason.OFF_DUTY: mark("%(name)s had it since %(time)s and has left lobby duty"),
    HandBackReason.SIGNED_OUT: mark("%(name)s had it since %(time)s and has signed out"),
    HandBackReason.REMOVED: mark("%(name)s had it since %(time)s and no longer works here"),
    HandBackReason.NO_OUTCOME: mark("%(name)s had it since %(time)s, without an outcome"),
}
"""Who had a card before, and why it is open again."""

CARD_WORDS = {
    "back_reasons": BACK_REASONS,
    "help_kinds": HELP_KINDS,
    "outcomes": OUTCOMES,
    "outcome_words": OUTCOME_WORDS,
    "signs": SIGNS,
    "machine_kinds": MACHINE_KINDS,
    "machine_states": MACHINE_STATES,
}
"""What every template that draws cards speaks with."""

DUTY_STATES = {
    DutyState.ON_DUTY: mark("On duty"),
    DutyState.PATROLLING: mark("Walking the hall"),
    DutyState.WITH_CUSTOMER: mark("With a customer"),
    DutyState.AWAY: mark("Away"),
}

DUTY_SIGNS = {
    DutyState.ON_DUTY: "check",
    DutyState.PATROLLING: "swap",
    DutyState.WITH_CUSTOMER: "people",
    DutyState.AWAY: "pause",
}

HALL_WORDS = {
    "duty_words": DUTY_STATES,
    "duty_signs": DUTY_SIGNS,
    "priorities": PRIORITIES,
    "rest_reasons": REST_REASONS,
    "machine_kinds": MACHINE_KINDS,
    "machine_states": MACHINE_STATES,
    "ticket_states": STATES,
    "wait_words": wait_words,
    "short_wait": short_wait,
    "cause_words": cause_words,
}
"""What the templates of lists and sheets speak with."""


def machine_named(plan: Plan, machine_id: str) -> MachinePlan:
    """A machine taken out of the plan during the day keeps its id as its place."""
    known = plan.machines.get(machine_id)
    places = {"en": machine_id}
    return known or MachinePlan(machine_id, MachineKind.STM, frozenset(), places)
