"""One step of the way from a service to advice: the next question, or all that was answered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kiosk.context import KioskContext
from kiosk.session import KioskSession
from lobby.i18n.texts import texts
from lobby.screens.today import hall_today
from lobby.screens.words import counter_label
from lobby.triage.answers import (
    STANDING,
    Answer,
    QuestionCode,
    answers_to,
    known_adviser,
    request_from,
)
from lobby.triage.catalogue import Catalogue, Service
from lobby.triage.errors import TriageError, UnknownAnswerError
from lobby.triage.profile import Profile
from lobby.triage.questions import Question, next_question
from lobby.triage.request import Request
from lobby.triage.staff_answers import is_of_staff

ADVISERS_MAX = 5
"""One answer of a screen is kept for nobody in particular."""

ICONS = {QuestionCode.HELP: "people", QuestionCode.PREFERENCE: "counter"}


class UnfinishedError(TriageError):
    """A question is still open: the rules changed on the way, or a field was lost."""


@dataclass(frozen=True, slots=True)
class Step:
    """`question` None means that all is known for advice. `number` of `of` says how far it is,
    as far as the likeliest answers lead."""

    service: Service
    request: Request
    question: Question | None
    number: int = 0
    of: int = 0


def step_of(kiosk: KioskContext, catalogue: Catalogue) -> Step:
    """With the limits that hold today. Raises `TriageError`: an unknown service, or answers that
    it does not have, or that only a colleague may give."""
    session, profile = kiosk.session, catalogue.profile_named(day=kiosk.day)
    service = catalogue.service(session.service)
    answers = dict(session.answers)
    if kiosk.stand_in is None and any(is_of_staff(*answer) for answer in session.answers):
        raise UnknownAnswerError("a kiosk asks nobody who they are")
    request = request_from(service, profile, answers)
    question = next_question(service, profile, answers, advisers_of(kiosk, service.code))
    request = replace(request, large_print=session.is_large)
    if question is None:
        return Step(service, request, None)
    number = 1 + sum(code not in STANDING for code in answers)
    return Step(service, request, question, number, number + _left(service, profile, answers))


def _left(service: Service, profile: Profile, answers: Mapping[str, str]) -> int:
    """How many questions follow the next one, if each is answered as most people do: first."""
    count, said = -1, dict(answers)
    while (question := next_question(service, profile, said)) is not None:
        said[question.code] = question.answers[0].code
        count += 1
    return count


def request_of(kiosk: KioskContext, catalogue: Catalogue) -> Request:
    """Raises `TriageError` also where a question is still open."""
    step = step_of(kiosk, catalogue)
    if step.question is not None:
        raise UnfinishedError(step.question.code)
    return step.request


def advisers_of(kiosk: KioskContext, service: str) -> tuple[Answer, ...]:
    """Who sits at a counter that serves this, by what stands on its sign."""
    plan = kiosk.branch.plan
    staffed = [
        known_adviser(counter.teller, counter_label(plan, counter.id))
        for counter in hall_today(kiosk.branch.hall, kiosk.services.clock.now()).counters.values()
        if counter.is_attended and counter.teller and service in counter.services
    ]
    return tuple(staffed[:ADVISERS_MAX])


def remarks(step: Step, session: KioskSession, profile: Profile) -> Iterator[tuple[Answer, str]]:
    """What may still be said of this, each with where it leads."""
    said = {QuestionCode(code) for code, _ in session.answers}
    papers, large = QuestionCode.PAPERS, QuestionCode.SENT_TODAY
    for code in (QuestionCode.LEAVES, papers, QuestionCode.CALLING, large):
        is_known = code is papers and step.request.documents_ready is False
        if code not in said and not is_known:
            for answer in answers_to(code, step.service, profile):
                yield answer, session.with_answer(code, answer.code).onward()


def standing_answers(step: Step, session: KioskSession) -> tuple[tuple[str, str, str], ...]:
    """The two wishes that may be said at any question: icon, label, address. Each but once, and
    not beside a question that asks the same."""
    asked = {QuestionCode(code) for code, _ in session.answers}
    if step.question is not None:
        asked.add(step.question.code)
    say = texts(session.language).gettext
    return tuple(
        (ICONS[code], say(answer.label), session.with_answer(code, answer.code).onward())
        for code, answer in STANDING.items()
        if code not in asked
    )
