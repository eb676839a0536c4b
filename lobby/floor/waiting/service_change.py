"""A service by a colleague's hand, of somebody in line or for a new ticket: what protects the
customer is asked first, as at the kiosk."""

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from lobby.branch import Outcome
from lobby.branch_work import ThenDo
from lobby.floor.tablet.act import TabletAct
from lobby.floor.tablet.request import TabletRequest
from lobby.queueing.commands.ticket import ChangeService
from lobby.queueing.refusals.refusal import Refusal
from lobby.queueing.refusals.ticket import AnswerMissing
from lobby.screens.advice import catalogue_of
from lobby.screens.service_change import (
    IN_THE_HALL,
    NewService,
    answers_about,
    new_service,
    open_question,
    wants_help,
)
from lobby.screens.words import service_named
from lobby.triage.questions import Question

SHEET = "/floor/waiting/{number}"
SERVICE = f"{SHEET}/service"


async def change_service(act: TabletAct) -> Outcome:
    """Raises `AnswerMissing` while a question is open."""
    number, ticket = act.path("number"), act.tablet.ticket_or_404()
    new = service_asked(act, helped=wants_help(ticket))
    command = ChangeService(number, new.service, new.answered, new.urgent)
    return await act.perform(command, ThenDo(new.call(number, IN_THE_HALL)))


def service_asked(act: TabletAct, *, helped: bool) -> NewService:
    """What follows from the service and the answers of a form. Raises `AnswerMissing`."""
    tablet = act.tablet
    return new_service(
        *(tablet.services, tablet.branch, act.text("service"), answers_about(act.form), tablet.now),
        helped=helped,
    )


def ask_about_change(act: TabletAct, refusal: Refusal) -> Response | None:
    helped = wants_help(act.tablet.ticket_or_404())
    return ask_first(act, refusal, SERVICE.format(number=act.path("number")), helped=helped)


def ask_first(act: TabletAct, refusal: Refusal, page: str, *, helped: bool) -> Response | None:
    """The question that is open, on a page of its own; None for what is no answer to it."""
    if not isinstance(refusal, AnswerMissing):
        return None
    if question_in(act.tablet, act.form, helped=helped) is None:
        return None
    return act.answer(f"{page}?{urlencode(_kept(act.form))}")


async def change_view(tablet: TabletRequest) -> Response:
    ticket = tablet.ticket_or_404()
    sheet, helped = SHEET.format(number=ticket.number), wants_help(ticket)
    return asking(tablet, f"{sheet}/service", sheet, helped=helped, number=ticket.number)


def asking(
    tablet: TabletRequest, action: str, back: str, *, helped: bool, number: str = ""
) -> Response:
    """One question; `back` where nothing is to be asked any more. `number` is whose service it is;
    empty before there is one."""
    fields = _kept(dict(tablet.connection.query_params))
    question = question_in(tablet, fields, helped=helped)
    if question is None:
        return RedirectResponse(back, status_code=303)
    return tablet.page(
        "floor/waiting/question.html",
        service=service_named(tablet.plan, fields["service"]),
        question=question,
        fields=fields,
        action=action,
        back=back,
        number=number,
    )


def question_in(
    tablet: TabletRequest, fields: Mapping[str, str], *, helped: bool
) -> Question | None:
    """None also for what is no answer: then the act is refused with a sentence."""
    day = tablet.plan.business_day(tablet.now)
    catalogue, answers = catalogue_of(tablet.services, tablet.branch), answers_about(fields)
    try:
        return open_question(catalogue, fields.get("service", ""), answers, day, helped=helped)
    except AnswerMissing:
        return None


def _kept(fields: Mapping[str, str]) -> dict[str, str]:
    """All but the key, for the next form: it gets one of its own."""
    return {name: value for name, value in fields.items() if name != "key"}
