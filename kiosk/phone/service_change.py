"""Another service, from the customer's own page: what protects them is asked first."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kiosk.phone.page import PRIVATE, unknown_page
from kiosk.phone.ticket import OwnTicket, find_own_ticket
from kiosk.wizard import answer_label
from lobby.branch import Outcome
from lobby.branch_work import ThenDo
from lobby.i18n.texts import texts
from lobby.queueing.commands.ticket import ChangeService
from lobby.queueing.refusals.ticket import AnswerMissing
from lobby.screens.advice import catalogue_of
from lobby.screens.service_change import (
    IN_THE_HALL,
    answers_about,
    new_service,
    open_question,
    wants_help,
)
from lobby.screens.words import service_named
from lobby.triage.answers import QuestionCode
from lobby.triage.questions import Question
from lobby.web.commands import FormFields, SentAct


class QuestionOpenError(Exception):
    """Nothing was changed; at `address` the customer is asked what must be known first."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


@dataclass(frozen=True, slots=True)
class _Wish:
    """Another service, and what was answered about it so far."""

    own: OwnTicket
    service: str
    answers: Mapping[str, str]

    @property
    def fields(self) -> dict[str, str]:
        return {"service": self.service, **self.answers}

    @property
    def address(self) -> str:
        return (
            f"{self.own.path}/questions?{urlencode(self.fields | {'language': self.own.language})}"
        )

    def question(self) -> Question | None:
        """Raises `AnswerMissing` for what is no answer."""
        own = self.own
        ticket = own.branch.hall.ticket(own.link.number)
        if ticket is None or not own.status().can_change_service:
            return None
        day = own.branch.plan.business_day(own.services.clock.now())
        catalogue = catalogue_of(own.services, own.branch)
        helped = wants_help(ticket)
        return open_question(catalogue, self.service, self.answers, day, helped=helped)


def _wish(own: OwnTicket, fields: FormFields) -> _Wish:
    return _Wish(own, fields.get("service", "").strip(), answers_about(fields))


async def change_service(own: OwnTicket, form: FormFields, sent: SentAct) -> Outcome:
    """To choose what one has already changes nothing, and is no reason for a refusal.

    Raises `QuestionOpenError`, and a `Refusal`.
    """
    wish, status = _wish(own, form), own.status()
    number, ticket = own.link.number, own.branch.hall.ticket(own.link.number)
    if ticket is None or not status.can_change_service:
        return await sent.perform(ChangeService(number, wish.service))
    if wish.service == status.service:
        return Outcome(own.branch.hall.version, ())
    if wish.question() is not None:
        raise QuestionOpenError(wish.address)
    now = own.services.clock.now()
    new = new_service(
        *(own.services, own.branch, wish.service, wish.answers, now), helped=wants_help(ticket)
    )
    command = ChangeService(number, wish.service, new.answered, new.urgent)
    return await sent.perform(command, ThenDo(new.call(number, IN_THE_HALL)))


async def question_page(request: Request) -> Response:
    """Where nothing is to be asked any more, the page of the ticket."""
    own = await find_own_ticket(request)
    if own is None:
        return unknown_page(request)
    wish = _wish(own, FormFields(request.query_params.multi_items()))
    try:
        question = wish.question()
    except AnswerMissing:
        question = None
    if question is None:
        return RedirectResponse(own.address, status_code=303)
    return _asking(request, wish, question)


def _asking(request: Request, wish: _Wish, question: Question) -> Response:
    own = wish.own
    return own.services.pages.page(
        request,
        "kiosk/phone/question.html",
        own.language,
        headers=PRIVATE,
        branch_name=own.branch.plan.name(own.language),
        path=f"{own.path}/questions",
        action=f"{own.path}/service?language={own.language}",
        asked=f"&{urlencode(wish.fields)}",
        number=own.link.number,
        service=service_named(own.branch.plan, wish.service).name(own.language),
        prompt=texts(own.language).gettext(question.prompt),
        code=QuestionCode(question.code).value,
        answers=[(answer.code, answer_label(answer, own.language)) for answer in question.answers],
        fields=wish.fields,
        back=own.address,
    )
