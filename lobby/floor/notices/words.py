"""Words of the ready-made notices as the tablet offers them; displays say them in full."""

from lobby.i18n.texts import mark
from lobby.queueing.model.notices import NoticeKind

KINDS = {
    NoticeKind.DELAY: mark("It takes longer"),
    NoticeKind.COUNTER_CLOSED: mark("A counter is closed"),
    NoticeKind.MACHINE_DOWN: mark("Machines do not work"),
    NoticeKind.CASH_LIMIT: mark("Cash is limited"),
    NoticeKind.EARLY_CLOSING: mark("We close earlier today"),
    NoticeKind.CUSTOM: mark("Our own words"),
}

ICONS = {
    NoticeKind.DELAY: "clock",
    NoticeKind.COUNTER_CLOSED: "counter",
    NoticeKind.MACHINE_DOWN: "device",
    NoticeKind.CASH_LIMIT: "cash-out",
    NoticeKind.EARLY_CLOSING: "home",
    NoticeKind.CUSTOM: "document",
}

REASONS = {
    "many_customers": mark("Many customers"),
    "few_counters": mark("Few counters open"),
    "system_slow": mark("The system is slow"),
    "long_transaction": mark("A long transaction"),
    "break": mark("A colleague is on a break"),
    "staff_short": mark("Colleagues are missing"),
    "training": mark("Training"),
    "repair": mark("Being repaired"),
    "out_of_notes": mark("Out of notes"),
    "network": mark("No connection"),
    "large_sums_by_appointment": mark("Large sums by appointment"),
    "notes_short": mark("Few notes in stock"),
    "holiday": mark("Holiday"),
    "weather": mark("Weather"),
    "works": mark("Building works"),
}

MINUTES = (15, 30, 60, 120)
USUAL_MINUTES = 30
"""Long enough to pass, short enough that nobody needs to remember to take it down."""
