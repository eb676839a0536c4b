"""What the kiosk calls a machine, where it stands and whether it works."""

from lobby.i18n.texts import mark, texts
from lobby.machines import MachineState
from lobby.queueing.model.hall import Hall
from lobby.triage.machine import Machine


def machine_name(machine: Machine, language: str) -> str:
    """What stands on it in large figures; its kind is the bank's word, not the customer's."""
    return texts(language).gettext(mark("Machine %(number)s")) % {"number": machine.number}


def machine_place(machine: Machine, language: str) -> str:
    blanks = {"machine": machine_name(machine, language), "place": machine.places[language]}
    return texts(language).gettext(mark("%(machine)s: %(place)s")) % blanks


def machine_in_sentence(machine: Machine, sentence: str, language: str) -> str:
    """`sentence` names `%(number)s` and `%(place)s`: a place begins small where it does not begin
    the sentence."""
    place = machine.places[language]
    blanks = {"number": machine.number, "place": place[:1].lower() + place[1:]}
    return texts(language).gettext(sentence) % blanks


def works(hall: Hall, machine_id: str) -> bool:
    """One that nobody has reported yet is taken to work."""
    machine = hall.machines.get(machine_id)
    return machine is None or machine.state is not MachineState.DOWN
