"""Every act of the front door, once: who does it, what has to be there, and what is sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lobby.queueing.commands.counter import (
    Finish,
    PauseCounter,
    PauseServing,
)
from lobby.queueing.commands.ticket import AcceptMachine, CancelTicket, OfferMachine, Rest
from lobby.queueing.model.rest import RestReason
from tests.app.app import App
from tests.halls_before_acts import (
    CASH,
    CONTACT,
    FOUND,
    GLASSES,
    WORDS,
    absent,
    at_machine,
    called,
    called_twice,
    done,
    help_taken,
    helped,
    left_open,
    lent,
    long_waits,
    nothing,
    noticed,
    on_duty,
    risky,
    seated,
    serving,
    waiting,
    walking,
    with_break,
    with_glasses,
    with_item,
    with_script,
)


@dataclass(frozen=True)
class Case:
    """`path` may name what there is by then: see `address`."""

    who: str
    path: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    ready: Callable[[App], None] = nothing
    method: str = "POST"


AT_1 = {"counter": "1"}
WITH_A001 = {"counter": "1", "number": "A001"}

CASES: Mapping[str, Case] = {
    "/kiosk/tickets": Case("kiosk", "/kiosk/tickets", {"service": "A01"}),
    "/kiosk/tickets/{number}/returns": Case(
        "kiosk", "/kiosk/tickets/S001/returns", ready=at_machine
    ),
    "/kiosk/tickets/{number}/slips": Case(
        "kiosk", "/kiosk/tickets/A001/slips?language=vi", ready=waiting
    ),
    "/kiosk/help": Case("kiosk", "/kiosk/help", {"ticket": "A001"}, waiting),
    "/t/{secret}/postponements": Case(
        "nobody", "/t/{secret}/postponements?language=vi", {}, waiting
    ),
    "/t/{secret}/service": Case(
        "nobody", "/t/{secret}/service?language=vi", {"service": "A02"}, waiting
    ),
    "/t/{secret}/cancellations": Case(
        "nobody", "/t/{secret}/cancellations?language=vi", {}, waiting
    ),
    "/t/{secret}/rests": Case("nobody", "/t/{secret}/rests?language=vi", {}, waiting),
    "/t/{secret}/rests/ends": Case(
        *("nobody", "/t/{secret}/rests/ends?language=vi", {}),
        done(Rest("A001", RestReason.LATER, 20), after=waiting),
    ),
    "/t/{secret}/stays": Case(
        *("nobody", "/t/{secret}/stays?language=vi", {}),
        done(CancelTicket("A001"), after=waiting),
    ),
    "/kiosk/rests": Case(
        *("kiosk", "/kiosk/rests", {"number": "A001"}),
        done(Rest("A001", RestReason.LATER, 20), after=waiting),
    ),
    "/t/{secret}/machine-jobs": Case(
        "nobody", "/t/{slip}/machine-jobs?language=vi", {}, at_machine
    ),
    "/t/{secret}/returns": Case("nobody", "/t/{slip}/returns?language=vi", {}, at_machine),
    "/t/{secret}/help": Case("nobody", "/t/{secret}/help?language=vi", {}, waiting),
    "/counter/day/comments": Case("thu", "/counter/day/comments", {"text": "A long queue."}),
    "/counter/openings": Case("thu", "/counter/openings", AT_1 | {"service": list(CASH)}),
    "/counter/calls": Case("thu", "/counter/calls", AT_1, waiting),
    "/counter/calls/{number}/repeats": Case(
        "thu", "/counter/calls/A001/repeats", WITH_A001, called
    ),
    "/counter/servings": Case("thu", "/counter/servings", WITH_A001, called),
    "/counter/interruptions": Case("thu", "/counter/interruptions", WITH_A001, serving),
    "/counter/continuations": Case(
        *("thu", "/counter/continuations", WITH_A001),
        done(PauseServing("1", "A001"), after=serving),
    ),
    "/counter/services": Case("thu", "/counter/services", WITH_A001 | {"service": "A02"}, serving),
    "/counter/finishes": Case("thu", "/counter/finishes", WITH_A001, serving),
    "/counter/absences": Case("thu", "/counter/absences", WITH_A001, called_twice),
    "/counter/returns": Case("thu", "/counter/returns", {"number": "A001"}, absent),
    "/counter/holds": Case("thu", "/counter/holds", WITH_A001 | {"reason": "Papers"}, serving),
    "/counter/transfers": Case(
        "thu", "/counter/transfers", WITH_A001 | {"to_service": "B01"}, serving
    ),
    "/counter/undo": Case(
        "thu", "/counter/undo", WITH_A001, done(Finish("1", "A001"), after=serving)
    ),
    "/counter/pauses": Case("thu", "/counter/pauses", AT_1 | {"reason": "Lunch"}, seated),
    "/counter/resumptions": Case(
        "thu", "/counter/resumptions", AT_1, done(PauseCounter("1", "Lunch"))
    ),
    "/counter/breaks": Case(
        "thu", "/counter/breaks", AT_1 | {"at": "12:00", "minutes": "15"}, seated
    ),
    "/counter/breaks/cancellations": Case("thu", "/counter/breaks/cancellations", AT_1, with_break),
    "/counter/colleagues": Case("thu", "/counter/colleagues", AT_1 | {"kind": "help"}, seated),
    "/counter/closings": Case("thu", "/counter/closings", AT_1, seated),
    "/floor/cards/{card}/answers": Case(
        "lan", "/floor/cards/wait-A001-critical/answers", {}, long_waits
    ),
    "/floor/calls/{help_id:int}/answers": Case("lan", "/floor/calls/{help}/answers", {}, helped),
    "/floor/calls/{help_id:int}/returns": Case(
        "lan", "/floor/calls/{help}/returns", {}, help_taken
    ),
    "/floor/calls/{help_id:int}/outcomes": Case(
        "lan", "/floor/calls/{help}/outcomes", {"outcome": "helped"}, help_taken
    ),
    "/floor/tickets": Case("lan", "/floor/tickets", {"service": "A01"}),
    "/floor/returns": Case("lan", "/floor/returns", {"number": "A001"}, absent),
    "/floor/waiting/{number}/priorities": Case(
        "lan", "/floor/waiting/A001/priorities", {"priority": "assistance"}, waiting
    ),
    "/floor/waiting/{number}/service": Case(
        "lan", "/floor/waiting/A001/service", {"service": "A02"}, waiting
    ),
    "/floor/waiting/{number}/rests": Case(
        "lan", "/floor/waiting/A001/rests", {"reason": "later"}, waiting
    ),
    "/floor/waiting/{number}/returns": Case(
        *("lan", "/floor/waiting/A001/returns", {"after": "rest"}),
        done(Rest("A001", RestReason.LATER, 20), after=waiting),
    ),
    "/floor/waiting/{number}/cancellations": Case(
        "lan", "/floor/waiting/A001/cancellations", {}, waiting
    ),
    "/floor/counters/{counter}/closings": Case("lan", "/floor/counters/1/closings", {}, left_open),
    "/floor/duty": Case("thu", "/floor/duty", {"state": "on_duty"}),
    "/floor/duty/ends": Case("lan", "/floor/duty/ends", {"note": "All quiet"}, on_duty),
    "/floor/help": Case("lan", "/floor/help", {"place": "seats", "number": "A001"}, waiting),
    "/floor/complaints": Case("lan", "/floor/complaints", {"place": "seats", "note": "Too slow"}),
    "/floor/machines/{machine}/reports": Case(
        "lan", "/floor/machines/atm-1/reports", {"state": "down"}
    ),
    "/floor/diversions/walks": Case(
        "lan", "/floor/diversions/walks", {"number": "S001"}, at_machine
    ),
    "/floor/offers": Case("lan", "/floor/offers", {"number": "A001", "machine": "atm-1"}, waiting),
    "/floor/offers/answers": Case(
        *("lan", "/floor/offers/answers", {"number": "A001", "answer": "accept"}),
        done(OfferMachine("A001", "atm-1"), after=waiting),
    ),
    "/floor/slips/confirmations": Case(
        *("lan", "/floor/slips/confirmations", {"number": "A001"}),
        done(OfferMachine("A001", "atm-1"), AcceptMachine("A001"), after=waiting),
    ),
    "/floor/slips/returns": Case("lan", "/floor/slips/returns", {"number": "S001"}, at_machine),
    "/floor/care/{number}/steps": Case(
        "lan", "/floor/care/A001/steps", {"step": "greeted"}, waiting
    ),
    "/floor/care/{number}/calls": Case("lan", "/floor/care/A001/calls", {"way": "quiet"}, waiting),
    "/floor/care/{number}/grace": Case("lan", "/floor/care/A001/grace", {}, waiting),
    "/floor/care/{number}/advisers": Case(
        "lan", "/floor/care/A001/advisers", {"teller": "{thu}"}, waiting
    ),
    "/floor/escorts": Case("lan", "/floor/escorts", {"from": "entrance", "to": "seats"}),
    "/floor/escorts/{escort_id:int}/outcomes": Case(
        "lan", "/floor/escorts/{escort}/outcomes", {"outcome": "seated"}, walking
    ),
    "/floor/amenities": Case("lan", "/floor/amenities", GLASSES),
    "/floor/amenities/loans": Case("lan", "/floor/amenities/loans", {"amenity": "1"}, with_glasses),
    "/floor/amenities/loans/{loan_id:int}/returns": Case(
        "lan", "/floor/amenities/loans/1/returns", {}, lent
    ),
    "/floor/risks": Case("thu", "/floor/risks", {"place": "seats", "note": "A voice on the phone"}),
    "/floor/risks/{help_id:int}/answers": Case("lan", "/floor/risks/{help}/answers", {}, risky),
    "/floor/risks/{help_id:int}/rooms": Case("lan", "/floor/risks/{help}/rooms", {}, risky),
    "/floor/risks/{help_id:int}/outcomes": Case(
        "lan", "/floor/risks/{help}/outcomes", {"outcome": "reassured"}, risky
    ),
    "/floor/scripts/{situation}/versions": Case(
        "lan", "/floor/scripts/greeting/versions", {"after": "0", **WORDS}
    ),
    "/floor/scripts/{situation}/votes": Case(
        *("lan", "/floor/scripts/greeting/votes", {"version": "1", "worked": "yes"}),
        with_script,
    ),
    "/floor/lost-items": Case("lan", "/floor/lost-items", FOUND | CONTACT),
    "/floor/lost-items/{item_id:int}/contacts": Case(
        "lan", "/floor/lost-items/1/contacts", CONTACT, with_item
    ),
    "/floor/lost-items/{item_id:int}/attempts": Case(
        "lan", "/floor/lost-items/1/attempts", {"way": "phone", "result": "comes"}, with_item
    ),
    "/floor/lost-items/{item_id:int}/outcomes": Case(
        "lan", "/floor/lost-items/1/outcomes", {"outcome": "police"}, with_item
    ),
    "/floor/notices": Case(
        "lan", "/floor/notices", {"notice": "delay/many_customers", "minutes": "30"}
    ),
    "/floor/notices/{notice_id:int}/withdrawals": Case(
        "lan", "/floor/notices/{notice}/withdrawals", {}, noticed
    ),
    "/api/v1/devices/{machine}": Case(
        *("machine", "/api/v1/devices/atm-1", {"state": "down", "authorisation": "true"}),
        method="PUT",
    ),
}
"""By the address of the route."""

WITHOUT_KEY: Mapping[str, str] = {
    "/language": "a choice of one's own, the same when it is made twice",
    "/sign-in": "each time a session of its own",
    "/sign-out": "the same when it is sent twice",
    "/sign-out-everywhere": "the same when it is sent twice",
    "/setup": "the second is told that nothing would change, or that it was changed meanwhile",
    "/setup/{version_id:int}/take-back": "the second finds that it was taken back already",
    "/setup/services": "the second is told that nothing would change",
    "/setup/services/{code}": "the second is told that nothing would change",
    "/setup/counters": "the second is told that nothing would change",
    "/setup/hours": "the second is told that nothing would change, or that a day is there already",
    "/setup/words": "the second is told that nothing would change",
    "/setup/hours/holidays": "looks at a file and keeps nothing of it",
    "/setup/hours/holidays/kept": "the second is told that nothing would change",
    "/people/imports": "the second finds that everybody is here, and imports nothing",
    "/people/new": "finds the person whom it added the first time, with another first password",
    "/people/{staff_id:int}": "the same when it is sent twice",
    "/people/{staff_id:int}/locks": "one lock",
    "/people/{staff_id:int}/unlocks": "the same when it is sent twice",
    "/people/{staff_id:int}/removals": "the same when it is sent twice",
    "/people/{staff_id:int}/returns": "here once, with another first password",
    "/people/{staff_id:int}/passwords": "each time another password; the last one is shown",
    "/account/password": "the second asks for the password that is no more",
    "/account/first-password": "the second finds a password of one's own",
    "/account/sessions/{handle}/ends": "the same when it is sent twice",
    "/account/sessions/others/ends": "the same when it is sent twice",
    "/pair": "a code is good for once",
    "/first-run": "each time a cookie of its own",
    "/first-run/language": "a choice of one's own, the same when it is made twice",
    "/first-run/country": "the same when it is sent twice",
    "/first-run/branch": "the same when it is sent twice",
    "/first-run/offer": "the same when it is sent twice",
    "/first-run/account": "the second finds that there is a branch",
    "/first-run/devices": "each time a new code for the same device, which ends the last one",
    "/display/voice": "a setting of one browser",
    "/floor/devices": "finds the device that it added the first time",
    "/floor/devices/{device_id:int}/codes": "each time a new code, which ends the last one",
    "/floor/devices/{device_id:int}/revocations": "the same when it is sent twice",
    "/floor/displays/{device_id:int}": "a whole form of settings",
    "/floor/kiosks/{device_id:int}": "a whole form of settings; each time a test slip of its own",
    "/kiosk/set-up": "a whole form of settings",
    "/floor/lost-items/{item_id:int}/reveals": "each look is kept by itself",
    "/staffing/answers": "the first answer counts, whoever gives it",
    "/reports/clock": "the first answer counts, whoever gives it",
}
"""What acts on no branch's hall, or says the same when it is sent twice; and why."""

BY_THEMSELVES = frozenset({"/reports/days/{day}/returns"})
"""Acts with a key that need more than one day before them: tests/days takes days back."""


def address(app: App, text: str) -> str:
    hall = app.hall
    known: dict[str, object] = {"thu": app.id_of("thu")}
    if "A001" in hall.tickets:
        known["secret"] = hall.tickets["A001"].secret
    if "S001" in hall.tickets:
        known["slip"] = hall.tickets["S001"].secret
    for name, found in (
        ("help", hall.help_calls),
        ("escort", hall.escorts),
        ("notice", hall.notices),
    ):
        if found:
            known[name] = found[0].id
    return text.format(**known)
