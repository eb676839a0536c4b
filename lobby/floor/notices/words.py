"""Words of the ready-made notices as the tablet offers them; displays say them in full."""

from lobby.i18n.texts import mark
from lobby.queueing.model.notices import NoticeKind

KINDS = {
    NoticeKind.DELAY: mark("Longer waits"),
    NoticeKind.COUNTER_CLOSED: mark("A counter is closed"),
    NoticeKind.MACHINE_DOWN: mark("Machines not working"),
    NoticeKind.CASH_LIMIT: mark("Cash is limited"),
    NoticeKind.EARLY_CLOSING: mark("We close earlier today"),
    NoticeKind.KIOSK_STOPPED: mark("Stop the kiosks"),
    NoticeKind.CUSTOM: mark("Your own text"),
}

ICONS = {
    NoticeKind.DELAY: "clock",
    NoticeKind.COUNTER_CLOSED: "counter",
    NoticeKind.MACHINE_DOWN: "device",
    NoticeKind.CASH_LIMIT: "cash-out",
    NoticeKind.EARLY_CLOSING: "home",
    NoticeKind.KIOSK_STOPPED: "pause",
    NoticeKind.CUSTOM: "document",
}

REASONS = {
    "many_customers": mark("Many customers"),
    "few_counters": mark("Few counters open"),
    "system_slow": mark("The system is slow"),
    "long_transaction": mark("A long transaction"),
    "break": mark("A colleague is on a break"),
    "staff_short": mark("Short-staffed"),
    "training": mark("Training"),
    "repair": mark("Being repaired"),
    "out_of_notes": mark("Out of cash"),
    "network": mark("No connection"),
    "large_sums_by_appointment": mark("Large amounts by appointment"),
    "notes_short": mark("Little cash in stock"),
    "holiday": mark("Holiday"),
    "weather": mark("Weather"),
    "works": mark("Building work"),
    "power_cut": mark("Power cut"),
    "crowd": mark("Too many people"),
    "drill": mark("A drill"),
    "fault": mark("Out of order"),
}

MINUTES = (15, 30, 60, 120)
USUAL_MINUTES = 30
"""Long enough to pass, short enough that nobody needs to remember to take it down."""
