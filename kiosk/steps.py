"""One step of the way from a service to advice: the next question, or all that was answered."""

from dataclasses import dataclass, replace

from kiosk.session import KioskSession
from lobby.i18n.texts import texts
from lobby.triage.answers import STANDING, QuestionCode, request_from
from lobby.triage.catalogue import Catalogue, Service
from lobby.triage.errors import TriageError
from lobby.triage.questions import Question, next_question
from lobby.triage.request import Request


class UnfinishedError(TriageError):
    """A question is still open: the rules changed on the way, or a field was lost."""


@dataclass(frozen=True, slots=True)
class Step:
    """`question` None means that all is known for advice."""

    service: Service
    request: Request
    question: Question | None


def step_of(catalogue: Catalogue, choices: KioskSession) -> Step:
    """Raises `TriageError`: an unknown service, or answers that it does not have."""
    service, profile = catalogue.service(choices.service), catalogue.profile_named()
    answers = dict(choices.answers)
    request = request_from(service, profile, answers)
    question = next_question(service, profile, answers)
    return Step(service, replace(request, large_print=choices.is_large), question)


def request_of(catalogue: Catalogue, choices: KioskSession) -> Request:
    """Raises `TriageError` also where a question is still open."""
    step = step_of(catalogue, choices)
    if step.question is not None:
        raise UnfinishedError(step.question.code)
    return step.request


def standing_answers(step: Step, choices: KioskSession) -> tuple[tuple[str, str, str], ...]:
    """The two wishes that may be said at any question: icon, label, address. Each but once, and
    not beside a question that asks the same."""
    said = {QuestionCode(code) for code, _ in choices.answers}
    if step.question is not None:
        said.add(step.question.code)
    say = texts(choices.language).gettext
    return tuple(
        (ICONS[code], say(answer.label), choices.answering(code, answer.code).onward())
        for code, answer in STANDING.items()
        if code not in said
    )


ICONS = {QuestionCode.HELP: "people", QuestionCode.PREFERENCE: "counter"}
