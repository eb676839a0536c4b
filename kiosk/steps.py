"""One step of the way from a service to advice: the next question, or all that was answered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from kiosk.session import KioskSession
from lobby.i18n.texts import texts
from lobby.triage.answers import STANDING, QuestionCode, request_from
from lobby.triage.catalogue import Catalogue, Service
from lobby.triage.errors import TriageError
from lobby.triage.profile import Profile
from lobby.triage.questions import Question, next_question
from lobby.triage.request import Request

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


def step_of(catalogue: Catalogue, session: KioskSession, day: date) -> Step:
    """With the limits that hold on `day`. Raises `TriageError`: an unknown service, or answers that
    it does not have."""
    service, profile = catalogue.service(session.service), catalogue.profile_named(day=day)
    answers = dict(session.answers)
    request = request_from(service, profile, answers)
    question = next_question(service, profile, answers)
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


def request_of(catalogue: Catalogue, session: KioskSession, day: date) -> Request:
    """Raises `TriageError` also where a question is still open."""
    step = step_of(catalogue, session, day)
    if step.question is not None:
        raise UnfinishedError(step.question.code)
    return step.request


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
