"""From a service to advice: one question per screen, each an address that changes nothing."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kiosk.cards import Card, card_of, way_of
from kiosk.context import KioskContext, kiosk_context
from kiosk.errors import KIOSK_ERRORS, ChangedMeanwhileError
from kiosk.hours import refuse_when_closed
from kiosk.message_page import error_page
from kiosk.speech import spoken_card, spoken_elsewhere, spoken_question
from kiosk.steps import Step, standing_answers, step_of
from lobby.i18n.formats import money
from lobby.i18n.texts import mark, texts
from lobby.screens.advice import advise_now
from lobby.triage.advice import Advice, ChoiceKind
from lobby.triage.answers import Answer
from lobby.triage.catalogue import Catalogue
from lobby.triage.questions import Question

PATH = "/kiosk/advice"

HOW = mark("Our staff can show you how.")
WAY = mark("Our staff can show you the way.")


async def advice_page(request: Request) -> Response:
    """The next question; after the last one, the advice."""
    kiosk = kiosk_context(request)
    catalogue, session = kiosk.catalogue, kiosk.session
    if catalogue is None or not session.service:
        return RedirectResponse(session.start(), 303)
    try:
        refuse_when_closed(kiosk, kiosk.services.clock.now())
        step = step_of(catalogue, session, kiosk.day)
        if step.question is not None:
            return _question_page(kiosk, step, step.question)
        return _advice_page(kiosk, catalogue, step)
    except KIOSK_ERRORS as error:
        return error_page(kiosk, error)


async def elsewhere_page(request: Request) -> Response:
    """A way that leads out of the hall: to a phone, or to another branch."""
    kiosk = kiosk_context(request)
    try:
        return _elsewhere_page(kiosk, request.path_params["kind"])
    except KIOSK_ERRORS as error:
        return error_page(kiosk, error)


def _question_page(kiosk: KioskContext, step: Step, question: Question) -> Response:
    session, language = kiosk.session, kiosk.language
    prompt = texts(language).gettext(question.prompt)
    answers = [
        (answer_label(answer, language), session.with_answer(question.code, answer.code).onward())
        for answer in question.answers
    ]
    standing = standing_answers(step, session)
    labels = [*(label for label, _ in answers), *(label for _, label, _ in standing)]
    return kiosk.page(
        "kiosk/question.html",
        PATH,
        service=step.service.names[language],
        step=step.number,
        steps=step.of,
        prompt=prompt,
        spoken=spoken_question(prompt, labels, language),
        answers=answers,
        standing=standing,
    )


def answer_label(answer: Answer, language: str) -> str:
    label = texts(language).gettext(answer.label)
    if answer.amount is None:
        return label
    return label % {"amount": money(answer.amount, answer.currency, language)}


def _advice_page(kiosk: KioskContext, catalogue: Catalogue, step: Step) -> Response:
    card, _ = _advised(kiosk, catalogue, step)
    spoken = spoken_card(card, kiosk.language)
    return kiosk.page("kiosk/advice.html", PATH, card=card, spoken=spoken)


def _elsewhere_page(kiosk: KioskContext, kind: str) -> Response:
    """Raises `ChangedMeanwhileError` where the advice has no such way any more."""
    catalogue = kiosk.catalogue
    if catalogue is None:
        raise ChangedMeanwhileError(kind)
    step = step_of(catalogue, kiosk.session, kiosk.day)
    card, advice = _advised(kiosk, catalogue, step)
    ways = [way for way in (*card.ways, *card.others) if way.kind == kind and way.href]
    if not ways:
        raise ChangedMeanwhileError(kind)
    how = texts(kiosk.language).gettext(HOW if kind == ChoiceKind.PHONE else WAY)
    counter = way_of(kiosk, step.service, advice.counter)
    return kiosk.page(
        "kiosk/elsewhere.html",
        f"{PATH}/{kind}",
        card=card,
        way=ways[0],
        how=how,
        spoken=spoken_elsewhere(ways[0], how, counter, kiosk.language),
        counter=counter,
    )


def _advised(kiosk: KioskContext, catalogue: Catalogue, step: Step) -> tuple[Card, Advice]:
    advice = advise_now(kiosk.services, kiosk.branch, step.request, kiosk.services.clock.now())
    return card_of(kiosk, catalogue, step.service, advice), advice
