"""How a call for a colleague may end, as codes that reports can count; words are the screens'."""

from collections.abc import Mapping

from lobby.queueing.model.help import HelpKind

OUTCOMES: Mapping[HelpKind, tuple[str, ...]] = {
    HelpKind.RISK: ("reassured", "stopped_in_time", "police_called", "went_on", "nobody_there"),
    HelpKind.HELP: ("helped", "brought_to_counter", "nobody_there"),
    HelpKind.CARE: ("cared_for", "brought_to_counter", "nobody_there"),
    HelpKind.ARRIVAL: ("welcomed", "brought_to_counter", "nobody_there"),
    HelpKind.PREMIUM: ("welcomed", "to_adviser", "nobody_there"),
    HelpKind.WAIT: ("spoke_with_them", "counter_opened", "went_to_machine", "left"),
    HelpKind.FAULT: ("repaired", "notes_put_in", "service_called"),
    HelpKind.AUTHORISATION: ("authorised", "not_authorised", "nobody_there"),
    HelpKind.COMPLAINT: ("settled", "written_down", "passed_on"),
    HelpKind.LOST_ITEM: ("given_back", "written_down", "not_found"),
    HelpKind.HOME_SERVICE: ("written_down", "not_possible"),
    HelpKind.STUCK: ("helped", "ticket_taken", "nobody_there"),
    HelpKind.PRINTER: ("paper_put_in", "repaired", "service_called"),
    HelpKind.FEEDBACK: ("reached", "not_reached", "passed_on"),
}
"""The usual one first. `went_on`: the customer went on although a colleague warned."""
