"""What the tablet calls steps of care and ways of being called."""

from lobby.i18n.texts import mark
from lobby.queueing.model.call_modes import HELPED_MODES, CallMode
from lobby.queueing.model.care import CareStep

STEPS = {
    CareStep.GREETED: mark("Greeted"),
    CareStep.GLASSES: mark("Reading glasses"),
    CareStep.WATER: mark("Water"),
    CareStep.FORM_HELP: mark("Help with the form"),
    CareStep.FAREWELL: mark("Said goodbye"),
}

STEP_ICONS = {
    CareStep.GREETED: "person",
    CareStep.GLASSES: "glasses",
    CareStep.WATER: "water",
    CareStep.FORM_HELP: "document",
    CareStep.FAREWELL: "door",
}

CALL_WAYS = {
    "usual": (CallMode.VOICE, CallMode.DISPLAY),
    "quiet": (CallMode.DISPLAY,),
    "flash": (CallMode.DISPLAY, CallMode.FLASH),
    "fetch": (CallMode.FETCH,),
    "helped": HELPED_MODES,
    "pager": (CallMode.DISPLAY, CallMode.PAGER),
}
"""The few ways that a colleague chooses from, each with the modes that it stands for."""

CALL_WAY_WORDS = {
    "usual": mark("Aloud and on the display"),
    "quiet": mark("On the display only"),
    "flash": mark("The display flashes"),
    "fetch": mark("Fetch in person"),
    "helped": mark("Aloud, and fetch in person"),
    "pager": mark("By pager"),
}

CALL_WAY_ICONS = {
    "usual": "bell",
    "quiet": "device",
    "flash": "warning",
    "fetch": "people",
    "helped": "people",
}


def call_way(modes: tuple[CallMode, ...]) -> str:
    """Which of the ways these modes are; a mixture that is none of them is the usual one."""
    return next((way for way, its in CALL_WAYS.items() if set(its) == set(modes)), "usual")
