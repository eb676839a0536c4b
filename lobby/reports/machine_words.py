"""Words of the report for rules, reasons, machines and calls for help."""

from collections.abc import Mapping

from lobby.i18n.texts import mark
from lobby.machines import MachineKind, MachineState
from lobby.queueing.model.help import HelpKind

RULES: Mapping[str, str] = {
    "R01": mark("Somebody may be deceiving the customer"),
    "R02": mark("A large amount, in a hurry, with help wanted"),
    "R03": mark("Lost card or passbook"),
    "R04": mark("Complaint or suggestion"),
    "R05": mark("The customer prefers the counter"),
    "R06": mark("The customer prefers the machine or the phone"),
    "R07": mark("Not offered in this branch"),
    "R08": mark("A case for an adviser"),
    "R09": mark("Corporate customer"),
    "R10": mark("Premium customer"),
    "R11": mark("The customer wants help"),
    "R12": mark("Coins or small notes"),
    "R13": mark("The amount is not in whole notes"),
    "R14": mark("Too many notes, or damaged ones"),
    "R15": mark("More cash than the machine may handle"),
    "R16": mark("A larger transfer than the machine may make"),
    "R17": mark("Chip ID to be checked"),
    "R18": mark("No card or passbook that the machine takes"),
    "R19": mark("No machine was working"),
    "R20": mark("A counter was free"),
    "R21": mark("The machine would not have been quicker"),
    "R22": mark("Cash withdrawal at the machine"),
    "R23": mark("Cash deposit at the machine"),
    "R24": mark("Transfer at the machine"),
    "R25": mark("Balance, statement or passbook at the machine"),
    "R26": mark("Bills at the machine"),
    "R27": mark("PIN change at the machine"),
    "R28": mark("New account at the machine, with a colleague"),
    "R29": mark("Mobile banking or personal data at the machine, with a colleague"),
    "R30": mark("Term deposit at the machine"),
    "R31": mark("A case for a counter or a colleague"),
    "R32": mark("Offered by a colleague during the wait"),
    "R33": mark("Came back from a machine, kept the place"),
}

REASONS: Mapping[str, str] = {
    "": mark("No questions were asked"),
    "RISK": RULES["R01"],
    "RISK_SOFT": RULES["R02"],
    "URGENT": RULES["R03"],
    "COMPLAINT": RULES["R04"],
    "PREF_COUNTER": RULES["R05"],
    "PREFERENCE": RULES["R05"],
    "NOT_HERE": RULES["R07"],
    "ADVISER": RULES["R08"],
    "CORPORATE": RULES["R09"],
    "KEEP_PREMIUM": RULES["R10"],
    "PREMIUM": RULES["R10"],
    "ASSIST": RULES["R11"],
    "LOOSE_CHANGE": RULES["R12"],
    "NOTE_UNIT": RULES["R13"],
    "NOTES": RULES["R14"],
    "OVER_LIMIT": mark("A larger amount than the machine may handle"),
    "BIOMETRIC": RULES["R17"],
    "CREDENTIAL": RULES["R18"],
    "DEVICE_DOWN": RULES["R19"],
    "NO_QUEUE": RULES["R20"],
    "NOT_FASTER": RULES["R21"],
    "DEFAULT": mark("A case for a counter"),
    "LOBBY": mark("A case for a colleague in the hall"),
}

RISK_OUTCOMES: Mapping[str, str] = {
    "reassured": mark("Spoke with them: all is well"),
    "stopped_in_time": mark("Stopped it in time"),
    "police_called": mark("Called the police"),
    "went_on": mark("Went ahead despite the warning"),
    "": mark("Not ended yet"),
}

MACHINE_KINDS: Mapping[str, str] = {
    MachineKind.ATM: mark("Cash machine"),
    MachineKind.CRS: mark("Cash and deposit machine"),
    MachineKind.STM: mark("Smart machine"),
    MachineKind.PASSBOOK_PRINTER: mark("Passbook printer"),
}

MACHINE_STATES: Mapping[str, str] = {
    MachineState.UP: mark("working"),
    MachineState.DOWN: mark("out of order"),
    MachineState.OUT_OF_NOTES: mark("out of cash"),
}

HELP_KINDS: Mapping[str, str] = {
    HelpKind.RISK: mark("Possible fraud"),
    HelpKind.HELP: mark("Help wanted"),
    HelpKind.COMPLAINT: RULES["R04"],
    HelpKind.LOST_ITEM: mark("Lost item"),
    HelpKind.HOME_SERVICE: mark("Service at home"),
    HelpKind.ARRIVAL: mark("Arrival"),
    HelpKind.PREMIUM: mark("Arrival for an adviser"),
    HelpKind.AUTHORISATION: mark("Approval at a machine"),
    HelpKind.STUCK: mark("Stuck at the kiosk"),
    HelpKind.CARE: mark("Care for a customer"),
    HelpKind.WAIT: mark("Long wait"),
    HelpKind.FAULT: mark("Machine fault"),
    HelpKind.PRINTER: mark("Ticket printer"),
    HelpKind.FEEDBACK: mark("Reply to a customer"),
}
