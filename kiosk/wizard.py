"""From a service to advice: one question per screen, each an address that changes nothing."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kiosk.advised import advise_here
from kiosk.cards import Card, card_of, way_of
from kiosk.context import KioskContext, kiosk_context
from kiosk.errors import KIOSK_ERRORS, ChangedMeanwhileError
from kiosk.hours import refuse_when_closed
from kiosk.message_page import error_page
from kiosk.session import ANSWERS_PER_SCREEN
from kiosk.speech import spoken_card, spoken_elsewhere, spoken_question
from kiosk.steps import Step, UnfinishedError, remarks, standing_answers, step_of
from lobby.i18n.formats import money
from lobby.i18n.texts import mark, texts
from lobby.triage.advice import Advice, Channel, ChoiceKind
from lobby.triage.answers import Answer, QuestionCode
from lobby.triage.catalogue import Catalogue
from lobby.triage.questions import REMARK_PROMPT, Question

PATH, MORE, CUSTOMER = "/kiosk/advice", "/kiosk/more", "/kiosk/customer"

SAY_MORE = mark("Say more")
WHO = mark("Who is the customer? What shows it?")

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
        step = step_of(kiosk, catalogue)
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
        back=session.back(),
        takes_exact=kiosk.stand_in is not None and question.code is QuestionCode.AMOUNT,
    )


def answer_label(answer: Answer, language: str) -> str:
    label = texts(language).gettext(answer.label)
    if answer.amount is not None:
        return label % {"amount": money(answer.amount, answer.currency, language)}
    return label % {"counter": answer.counter} if answer.counter else label


def _advice_page(kiosk: KioskContext, catalogue: Catalogue, step: Step) -> Response:
    card, advice = _advised(kiosk, catalogue, step)
    profile = catalogue.profile_named(day=kiosk.day)
    has_more = step.service.has_line and any(remarks(step, kiosk.session, profile))
    more = texts(kiosk.language).gettext(SAY_MORE) if has_more and can_wait(advice) else ""
    spoken = spoken_card(card, kiosk.language, more)
    return kiosk.page("kiosk/advice.html", PATH, card=card, spoken=spoken, more=more)


def can_wait(advice: Advice) -> bool:
    """Whether it leads to a wait, of which there is more to say: protection is not talked over."""
    return advice.channel not in {Channel.LOBBY_FIRST, Channel.BOOKING, Channel.OTHER_BRANCH}


async def remarks_page(request: Request) -> Response:
    """What nobody was asked and may matter: said once the questions are over."""
    kiosk = kiosk_context(request)
    try:
        catalogue, step = _finished(kiosk)
        profile = catalogue.profile_named(day=kiosk.day)
        found = remarks(step, kiosk.session, profile)
        said = [(answer_label(answer, kiosk.language), href) for answer, href in found]
        return _list_page(kiosk, step, REMARK_PROMPT, said, MORE)
    except KIOSK_ERRORS as error:
        return error_page(kiosk, error)


async def customer_page(request: Request) -> Response:
    """For a colleague with a tablet: who the customer is, and what shows it."""
    kiosk = kiosk_context(request)
    try:
        if kiosk.stand_in is None:
            raise ChangedMeanwhileError(CUSTOMER)
        catalogue, step = _finished(kiosk)
        language, session = kiosk.language, kiosk.session
        said = [
            (
                f"{each.names[language]}: {each.proofs[language]}",
                session.with_answer(QuestionCode.CUSTOMER, each.code).onward(),
            )
            for each in catalogue.priorities.values()
        ]
        return _list_page(kiosk, step, WHO, said[:ANSWERS_PER_SCREEN], CUSTOMER)
    except KIOSK_ERRORS as error:
        return error_page(kiosk, error)


def _finished(kiosk: KioskContext) -> tuple[Catalogue, Step]:
    """Raises `UnfinishedError` where a question is still open."""
    if kiosk.catalogue is None:
        raise ChangedMeanwhileError(kiosk.session.service)
    refuse_when_closed(kiosk, kiosk.services.clock.now())
    step = step_of(kiosk, kiosk.catalogue)
    if step.question is not None:
        raise UnfinishedError(step.question.code)
    return kiosk.catalogue, step


def _list_page(
    kiosk: KioskContext, step: Step, prompt: str, said: list[tuple[str, str]], path: str
) -> Response:
    words = texts(kiosk.language).gettext(prompt)
    labels = [label for label, _ in said]
    return kiosk.page(
        "kiosk/question.html",
        path,
        service=step.service.names[kiosk.language],
        step=0,
        steps=0,
        prompt=words,
        spoken=spoken_question(words, labels, kiosk.language),
        answers=said,
        standing=(),
        back=kiosk.session.onward(),
        takes_exact=False,
    )


def _elsewhere_page(kiosk: KioskContext, kind: str) -> Response:
    """Raises `ChangedMeanwhileError` where the advice has no such way any more."""
    catalogue = kiosk.catalogue
    if catalogue is None:
        raise ChangedMeanwhileError(kind)
    step = step_of(kiosk, catalogue)
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
    advice = advise_here(kiosk, step.request)
    return card_of(kiosk, catalogue, step.service, advice), advice
