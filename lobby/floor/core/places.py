"""The places of a branch to which somebody is called or brought, and their words."""

from lobby.i18n.texts import mark, texts
from lobby.queueing.model.plan import Plan
from lobby.screens.words import counter_label

PLACES = {
    "entrance": mark("Entrance"),
    "seats": mark("Seats"),
    "kiosk": mark("Kiosk"),
    "writing_desk": mark("Writing desk"),
    "quiet_room": mark("Quiet room"),
    "door": mark("Exit"),
    "phone": mark("Somewhere in the hall"),
}
"""From a phone somebody calls who may be anywhere."""

COUNTER, MACHINE = "counter", "machine"


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
        return text.gettext(mark("Machine: %(place)s")) % {"place": where}
    return text.gettext(PLACES[place]) if place in PLACES else place


def place_choices(plan: Plan, language: str) -> tuple[tuple[str, str], ...]:
    """Places with their words, for a form."""
    return tuple((place, place_words(plan, place, language)) for place in places_of(plan))
