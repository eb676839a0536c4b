"""The machine to which a self-service slip leads: what stands on it, and where it is."""

from dataclasses import dataclass

from lobby.i18n.texts import mark, texts
from lobby.queueing.model.plan import Plan
from lobby.triage.catalogue import Catalogue

NAMED = mark("%(machine)s %(number)s")


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Either may be empty: only a catalogue knows the name, only the branch the place."""

    name: str
    place: str


def whereabouts(
    plan: Plan, catalogue: Catalogue | None, machine_id: str, language: str
) -> Whereabouts:
    machine = plan.machines.get(machine_id)
    place = machine.place(language) if machine else ""
    named = catalogue.machines.get(machine_id) if catalogue else None
    if named is None:
        return Whereabouts("", place)
    blanks = {"machine": named.names[language], "number": named.number}
    return Whereabouts(texts(language).gettext(NAMED) % blanks, place)
