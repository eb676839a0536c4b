"""The words of a slip: the same on the screen, from the browser's printer and on thermal paper."""

from kiosk.context import KioskContext
from kiosk.machines import machine_place
from kiosk.papers import Cost, Papers, papers_of
from kiosk.ticket_status import SlipLink, TicketStatus, ticket_status
from lobby.i18n.texts import mark, texts
from lobby.printing.slip import Slip, SlipKind
from lobby.queueing.model.ticket import Ticket, TicketState
from lobby.screens.advice import wait_now
from lobby.screens.call_reasons import order_in_words
from lobby.screens.words import service_named
from lobby.triage.machine import Machine
from lobby.waits.words import ahead_words, wait_words

AT_COUNTER = mark("At the counter now: %(time)s")
BACK = mark("Back to the counter: your place is kept.")
KEPT = mark("We keep your place until %(time)s.")
NO_PAPERS = Papers((), ())


def slip_of(kiosk: KioskContext, ticket: Ticket, address: str, language: str) -> Slip:
    say = texts(language).gettext
    plan, catalogue = kiosk.branch.plan, kiosk.catalogue
    status = status_of(kiosk, ticket)
    papers = papers_of(catalogue, ticket, language) or NO_PAPERS
    machine = machine_on_slip(kiosk, ticket, language)
    return Slip(
        kind=SlipKind.SELF_SERVICE if machine else SlipKind.TICKET,
        language=language,
        branch=plan.name(language),
        number=ticket.number,
        service=service_named(plan, ticket.service).name(language),
        issued_at=plan.local(ticket.taken_at),
        address=address,
        ahead=ahead_words(status.wait, language) if status.wait else "",
        wait=wait_on_slip(kiosk, ticket, status, language),
        kept=kept_words(status, language),
        machine=machine,
        back_to_counter=say(BACK) if machine else None,
        documents=papers.documents,
        fee=fee_words(papers, is_machine=machine is not None),
        fairness=order_in_words(kiosk.branch.hall, language),
        complaint_phone=catalogue.complaint_phone if catalogue else None,
    )


def status_of(kiosk: KioskContext, ticket: Ticket) -> TicketStatus:
    link = SlipLink(ticket.secret, kiosk.branch.id, ticket.day, ticket.number)
    announced = kiosk.services.waits.announced(kiosk.branch.id)
    return ticket_status(kiosk.branch.hall, link, kiosk.services.clock.now(), announced)


def kept_words(status: TicketStatus, language: str) -> str | None:
    """For who fetches a paper first: the time at which the rest ends by itself."""
    if status.kept_until is None:
        return None
    return texts(language).gettext(KEPT) % {"time": status.kept_until}


def wait_on_slip(
    kiosk: KioskContext, ticket: Ticket, status: TicketStatus, language: str
) -> str | None:
    """The range as it was announced; of a slip for a machine, what would wait at the counter.
    None where only the people ahead are known: they stand on every slip."""
    is_at_machine = ticket.state is TicketState.AT_MACHINE
    at_counter = wait_now(kiosk.services, kiosk.branch, ticket.service) if is_at_machine else None
    wait = at_counter or status.wait
    if wait is None or wait.range is None:
        return None
    words = wait_words(wait, language)
    return texts(language).gettext(AT_COUNTER) % {"time": words} if at_counter else words


def machine_on_slip(kiosk: KioskContext, ticket: Ticket, language: str) -> str | None:
    """Where to go, for as long as the customer is on the way to a machine."""
    if ticket.state is not TicketState.AT_MACHINE or ticket.diversion is None:
        return None
    machine_id = ticket.diversion.machine or ""
    known, planned = machine_of(kiosk, machine_id), kiosk.branch.plan.machines.get(machine_id)
    if known is not None:
        return machine_place(known, language)
    return planned.place(language) if planned else machine_id


def machine_of(kiosk: KioskContext, machine_id: str) -> Machine | None:
    """None for a machine that the catalogue does not number."""
    return kiosk.catalogue.machines.get(machine_id) if kiosk.catalogue else None


def fee_words(papers: Papers, *, is_machine: bool) -> str | None:
    """What it costs where the customer goes now."""
    at = 1 if is_machine and len(papers.costs) > 1 else 0
    return cost_words(papers.costs[at]) if papers.costs else None


def cost_words(cost: Cost) -> str:
    return f"{cost.amount} {cost.note}".strip()
