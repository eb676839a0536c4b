"""Another service for the customer at the counter, or one more: what protects them is answered
first, as at the kiosk."""

from counter.act_request import ActRequest, FollowedCommand, own_counter
from counter.words import place_of
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import AddService, Transfer
from lobby.queueing.model.help import HelpKind
from lobby.screens.service_change import NewService, answers_about, new_service, wants_help
from lobby.web.services import services_of


def add_service(act: ActRequest) -> FollowedCommand:
    """Whoever is served already is called by no class, and nobody need come to them for it."""
    counter, number = own_counter(act), act.number
    new = _new_service(act, act.text("service"))
    calls = new.help is not HelpKind.ARRIVAL
    command = AddService(counter, number, new.service, new.answered)
    return FollowedCommand(command, new.call(number, place_of(counter)) if calls else None)


def transfer(act: ActRequest) -> Command | FollowedCommand:
    """`to` is `counter:2` or `teller:7`; a script may name either field by itself. To the same
    service nothing is asked."""
    kind, _, whom = act.text("to").partition(":")
    to = {kind: whom}
    counter, number = own_counter(act), act.number
    ticket, service = act.hall.ticket(number), act.text("to_service")
    is_other = bool(service) and ticket is not None and service != ticket.service
    new = _new_service(act, service) if is_other else NewService(service)
    command = Transfer(
        counter,
        number,
        to_service=service or None,
        to_counter=to.get("counter") or act.text("to_counter") or None,
        note=act.text("note"),
        to_teller=to.get("teller") or act.text("to_teller") or None,
        come_back=act.text("come_back") == "yes",
        answered=new.answered,
        urgent=new.urgent,
    )
    return FollowedCommand(command, new.call(number, place_of(counter)))


def _new_service(act: ActRequest, service: str) -> NewService:
    """The answers of one service stand beside those of others: `A04.receiver`. A script may leave
    out the service. Raises `AnswerMissing`."""
    services, ticket = services_of(act.request), act.hall.ticket(act.number)
    answers = {**answers_about(act.form), **answers_about(act.form, f"{service}.")}
    return new_service(
        *(services, act.branch, service, answers, services.clock.now()),
        helped=ticket is not None and wants_help(ticket),
    )
