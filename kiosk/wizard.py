"""From a service to advice: one question per screen, each an address that changes nothing."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kiosk.cards import card_of, way_of
from kiosk.context import KioskContext, kiosk_context
from kiosk.errors import KIOSK_ERRORS, ChangedMeanwhileError
from kiosk.formats import amount
from kiosk.hours import refuse_when_closed
from kiosk.message_page import error_page
from kiosk.speech import card_aloud, sentences
from kiosk.steps import Step, standing_answers, step_of
from lobby.i18n.texts import texts
from lobby.screens.advice import advise_now
from lobby.triage.answers import Answer
from lobby.triage.catalogue import Catalogue

PATH = "/kiosk/advice"


async def advice_page(request: Request) -> Response:
    """The next question; after the last one, the advice."""
    kiosk = kiosk_context(request)
    catalogue = kiosk.catalogue
    if catalogue is None or not kiosk.choices.service:
        return RedirectResponse(kiosk.choices.start(), 303)
    try:
        refuse_when_closed(kiosk, kiosk.services.clock.now())
        step = step_of(catalogue, kiosk.choices)
        if step.question is not None:
            return _question(request, kiosk, step)
        return _advice(request, kiosk, catalogue, step)
    except KIOSK_ERRORS as trouble:
        return error_page(request, kiosk, kiosk.choices.manner, trouble)


async def elsewhere_page(request: Request) -> Response:
    """A way that leads out of the hall: to a phone, or to another branch."""
    kiosk = kiosk_context(request)
    try:
        return _elsewhere(request, kiosk)
    except KIOSK_ERRORS as trouble:
        return error_page(request, kiosk, kiosk.choices.manner, trouble)


def _question(request: Request, kiosk: KioskContext, step: Step) -> Response:
    assert step.question is not None
    choices, question = kiosk.choices, step.question
    prompt = texts(choices.language).gettext(question.prompt)
    answers = [
        (label(answer, choices.language), choices.answering(question.code, answer.code).onward())
        for answer in question.answers
    ]
    return kiosk.services.pages.page(
        request,
        "kiosk/question.html",
        choices.language,
        kiosk=kiosk,
        choices=choices,
        path=PATH,
        service=step.service.names[choices.language],
        prompt=prompt,
        spoken=sentences((prompt, *(words for words, _ in answers)), choices.language),
        answers=answers,
        standing=standing_answers(step, choices),
    )


def label(answer: Answer, language: str) -> str:
    words = texts(language).gettext(answer.label)
    if answer.amount is None:
        return words
    return words % {"amount": amount(answer.amount, language)}


def _advice(request: Request, kiosk: KioskContext, catalogue: Catalogue, step: Step) -> Response:
    advice = advise_now(kiosk.services, kiosk.branch, step.request, kiosk.services.clock.now())
    card = card_of(kiosk, catalogue, step.service, advice)
    return kiosk.services.pages.page(
        request,
        "kiosk/advice.html",
        kiosk.choices.language,
        kiosk=kiosk,
        choices=kiosk.choices,
        path=PATH,
        card=card,
        spoken=card_aloud(card, kiosk.choices.language),
    )


def _elsewhere(request: Request, kiosk: KioskContext) -> Response:
    catalogue = kiosk.catalogue
    kind = request.path_params["kind"]
    if catalogue is None:
        raise ChangedMeanwhileError(kind)
    step = step_of(catalogue, kiosk.choices)
    advice = advise_now(kiosk.services, kiosk.branch, step.request, kiosk.services.clock.now())
    card = card_of(kiosk, catalogue, step.service, advice)
    ways = [way for way in (*card.ways, *card.others) if way.kind == kind and way.href]
    if not ways:
        raise ChangedMeanwhileError(kind)
    return kiosk.services.pages.page(
        request,
        "kiosk/elsewhere.html",
        kiosk.choices.language,
        kiosk=kiosk,
        choices=kiosk.choices,
        path=f"{PATH}/{kind}",
        card=card,
        way=ways[0],
        spoken=sentences((ways[0].title, ways[0].place), kiosk.choices.language),
        counter=way_of(kiosk, step.service, advice.counter),
    )
