"""A change to another service, by whatever door: it asks what protects the customer, as the kiosk
does, and what was answered calls a colleague and makes a ticket urgent by the same rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from lobby.branch import Branch
from lobby.queueing.commands.floor import CallColleague
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.intake import NO_INTAKE, Intake
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Ticket
from lobby.queueing.refusals.ticket import AnswerMissing
from lobby.screens.advice import advise_now, catalogue_of, intake_of
from lobby.triage.advice import Reason
from lobby.triage.answers import ASKED as BY_JOB
from lobby.triage.answers import COUNTER, HELP, QuestionCode, request_from
from lobby.triage.catalogue import Catalogue
from lobby.triage.errors import TriageError
from lobby.triage.questions import Question, next_question
from lobby.triage.rules import RULES, Group
from lobby.triage.staff_answers import is_of_staff
from lobby.web.services import Services

IN_THE_HALL = "phone"
"""Where somebody is looked for of whom no machine or counter is known to be near."""

ASKED = (QuestionCode.RECEIVER, QuestionCode.PURPOSE, QuestionCode.AMOUNT, QuestionCode.URGENT)
"""What the rules that protect ask about; whoever waits already has chosen where to."""

TOLD = frozenset(rule.id for rule in RULES if rule.group in {Group.PROTECTION, Group.CARE})
"""The rules that decide whatever else is true: of a change only these are kept and counted."""

HELP_BY_REASON = {
    Reason.RISK: HelpKind.RISK,
    Reason.RISK_SOFT: HelpKind.RISK,
    Reason.COMPLAINT: HelpKind.COMPLAINT,
}


@dataclass(frozen=True, slots=True)
class NewService:
    """What follows from a change to `service`. `help` is who is to come; None: nobody."""

    service: str
    answered: Intake = NO_INTAKE
    urgent: bool = False
    help: HelpKind | None = None

    def call(self, number: str, place: str) -> CallColleague | None:
        if self.help is None:
            return None
        return CallColleague(self.help, place, number, service=self.service, intake=self.answered)


def answers_about(fields: Mapping[str, str], prefix: str = "") -> Mapping[str, str]:
    """Those of a form; a select that was left alone answers nothing."""
    given = ((code, fields.get(f"{prefix}{code}", "")) for code in ASKED)
    return {code.value: answer for code, answer in given if answer}


def open_question(
    catalogue: Catalogue | None,
    code: str,
    answers: Mapping[str, str],
    day: date,
    *,
    helped: bool,
) -> Question | None:
    """The kiosk's next question about this service that protects; None: nothing is open.

    Raises `AnswerMissing` for what is no answer to it.
    """
    service = catalogue.services.get(code) if catalogue else None
    if catalogue is None or service is None:
        return None
    profile = catalogue.profile_named(day=day)
    standing: dict[str, str] = {QuestionCode.PREFERENCE: COUNTER.code, **_help(helped)}
    if any(is_of_staff(*answer) for answer in answers.items()):
        raise AnswerMissing
    try:
        question = next_question(service, profile, {**standing, **answers})
    except TriageError:
        raise AnswerMissing from None
    asks_in_vain = question is not None and question.code is QuestionCode.PURPOSE and not helped
    return None if asks_in_vain else question


def questions_about(
    catalogue: Catalogue | None, codes: Iterable[str], day: date, *, helped: bool
) -> Mapping[str, tuple[Question, ...]]:
    """By service: each question that may come, for a form that shows them all at once."""
    services = catalogue.services if catalogue else {}
    wanted = ASKED if helped else (QuestionCode.RECEIVER,)
    asking = (c for c in codes if c in services and {*wanted} & {*BY_JOB.get(services[c].job, ())})
    each = {code: _all(catalogue, code, day, helped=helped) for code in asking}
    return {code: questions for code, questions in each.items() if questions}


class AskedQuestions:
    """Those about all of a branch's services, worked out once while catalogue and day stay: a
    terminal is drawn anew with each change of its hall."""

    def __init__(self) -> None:
        self._catalogue: Catalogue | None = None
        self._found: dict[tuple[date, bool], Mapping[str, tuple[Question, ...]]] = {}

    def about(
        self, catalogue: Catalogue | None, day: date, *, helped: bool
    ) -> Mapping[str, tuple[Question, ...]]:
        if self._catalogue is not catalogue or (day, helped) not in self._found:
            self._catalogue = catalogue
            codes = catalogue.services if catalogue else ()
            self._found = {(day, helped): questions_about(catalogue, codes, day, helped=helped)}
        return self._found[day, helped]


def _all(
    catalogue: Catalogue | None, code: str, day: date, *, helped: bool
) -> tuple[Question, ...]:
    """As the most cautious answers lead: the last of an amount, and the first of all others."""
    found: list[Question] = []
    said: dict[str, str] = {}
    while (question := open_question(catalogue, code, said, day, helped=helped)) is not None:
        found.append(question)
        bounded = [answer for answer in question.answers if "band" in answer.changes]
        early = [answer for answer in question.answers if "early_withdrawal" in answer.changes]
        said[question.code] = [*question.answers[:1], *bounded[-1:], *early][-1].code
    return tuple(found)


def new_service(
    services: Services,
    branch: Branch,
    code: str,
    answers: Mapping[str, str],
    now: datetime,
    *,
    helped: bool,
) -> NewService:
    """Raises `AnswerMissing` where a question is open. A service that nobody knows is refused by
    the branch itself."""
    catalogue = catalogue_of(services, branch)
    day = branch.plan.business_day(now)
    if open_question(catalogue, code, answers, day, helped=helped) is not None:
        raise AnswerMissing
    if catalogue is None or code not in catalogue.services:
        return NewService(code)
    service, profile = catalogue.services[code], catalogue.profile_named(day=day)
    request = request_from(service, profile, {**_help(helped), **answers})
    advice = advise_now(services, branch, request, now)
    said = tuple(answers.items())
    if advice.rule not in TOLD:
        return NewService(code, Intake(answers=said) if said else NO_INTAKE)
    answered = intake_of(advice, said, help_wanted=helped)
    called = HELP_BY_REASON.get(advice.reasons[0], HelpKind.ARRIVAL)
    return NewService(code, answered, advice.urgent, called)


def wants_help(ticket: Ticket) -> bool:
    return ticket.intake.help_wanted or ticket.priority is Priority.ASSISTANCE


def _help(helped: bool) -> Mapping[str, str]:
    return {QuestionCode.HELP: HELP.code} if helped else {}
