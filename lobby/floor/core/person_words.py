"""What the tablet calls steps of care, ways of being called, places of the hall and endings."""

from collections.abc import Iterator

from lobby.i18n.texts import mark, texts
from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.care import CareStep
from lobby.queueing.model.plan import Plan
from lobby.screens.words import counter_label

STEPS = {
    CareStep.GREETED: mark("Greeted"),
    CareStep.GLASSES: mark("Reading glasses"),
    CareStep.WATER: mark("Water"),
    CareStep.FORM_HELP: mark("Help with the form"),
    CareStep.FAREWELL: mark("Seen off"),
}

STEP_ICONS = {
    CareStep.GREETED: "person",
    CareStep.GLASSES: "glasses",
    CareStep.WATER: "water",
    CareStep.FORM_HELP: "document",
    CareStep.FAREWELL: "door",
}

WAYS = {
    "usual": (CallMode.VOICE, CallMode.DISPLAY),
    "quiet": (CallMode.DISPLAY,),
    "flash": (CallMode.DISPLAY, CallMode.FLASH),
    "fetch": (CallMode.FETCH,),
    "pager": (CallMode.DISPLAY, CallMode.PAGER),
}
"""The few ways that a colleague chooses from, each with the modes that it stands for."""

WAY_WORDS = {
    "usual": mark("Aloud and on the display"),
    "quiet": mark("On the display only"),
    "flash": mark("The display flashes"),
    "fetch": mark("Fetch in person"),
    "pager": mark("By pager"),
}

WAY_ICONS = {"usual": "bell", "quiet": "device", "flash": "warning", "fetch": "people"}

PLACES = {
    "entrance": mark("Entrance"),
    "seats": mark("Seats"),
    "kiosk": mark("Kiosk"),
    "writing_desk": mark("Writing desk"),
    "quiet_room": mark("Quiet room"),
    "door": mark("The way out"),
}

COUNTER, MACHINE = "counter", "machine"

ESCORT_OUTCOMES = {
    "arrived": mark("Arrived there"),
    "seated": mark("Found a seat"),
    "handed_over": mark("A colleague took over"),
    "left": mark("Left the branch"),
}


def way_of(modes: tuple[CallMode, ...]) -> str:
    """Which of the ways these modes are; a mixture that is none of them is the usual one."""
    return next((way for way, own in WAYS.items() if set(own) == set(modes)), "usual")


def places_of(plan: Plan) -> tuple[str, ...]:
    """Every place of this branch to which somebody may be brought."""
    counters = (f"{COUNTER}/{counter}" for counter in plan.counters)
    machines = (f"{MACHINE}/{machine}" for machine in plan.machines)
    return (
        "entrance",
        "seats",
        "kiosk",
        "writing_desk",
        *counters,
        *machines,
        "quiet_room",
        "door",
    )


def place_words(plan: Plan, place: str, language: str) -> str:
    """A place as people say it; one that somebody typed is said as it was typed."""
    text = texts(language)
    kind, _stroke, name = place.partition("/")
    if kind == COUNTER and name in plan.counters:
        label = counter_label(plan, name)
        return text.gettext(mark("Counter %(number)s")) % {"number": label}
    if kind == MACHINE and name in plan.machines:
        machine = plan.machines[name]
        where = machine.places.get(language) or machine.places["en"]
        return text.gettext(mark("Machine %(place)s")) % {"place": where}
    return text.gettext(PLACES[place]) if place in PLACES else place


def choices(plan: Plan, language: str) -> Iterator[tuple[str, str]]:
    """Places with their words, for a form."""
    return ((place, place_words(plan, place, language)) for place in places_of(plan))
