"""The kiosk's next question: only what can still change the advice, and never more than four.

With the screen of services that is at most five screens to a ticket; the six routine services
take at most two questions, so the choice comes after three taps. What is not asked is taken as
`Request` has it: transfers by machine are by card, which the machine's button says. Help and the
counter are no questions: two buttons on every screen answer them (`answers.STANDING`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lobby.triage.answers import ASKED, Answer, QuestionCode, answers_to, request_from
from lobby.triage.catalogue import Job, Service, Strength
from lobby.triage.conditions import LEAVES_THE_BANK
from lobby.triage.profile import LimitName, Profile
from lobby.triage.request import Preference, Request
from lobby.triage.words import mark

PROMPTS: Mapping[QuestionCode, str] = {
    QuestionCode.RECEIVER: mark("Who will receive the money?"),
    QuestionCode.PURPOSE: mark("What would you like to do?"),
    QuestionCode.AMOUNT: mark("How much money is it?"),
    QuestionCode.URGENT: mark("Do you need the money today?"),
    QuestionCode.PREFERENCE: mark("Where would you like to do this?"),
    QuestionCode.CREDENTIAL: mark("What do you have with you?"),
    QuestionCode.OWN_ID: mark("Do you have your ID card with you?"),
    QuestionCode.OLD_PIN: mark("Do you know your current PIN?"),
    QuestionCode.BIOMETRIC: mark("Has the bank checked your chip ID before?"),
    QuestionCode.ADVISER: mark("Do you know an adviser here?"),
}
REMARK_PROMPT = mark("What else should we know?")
PROMPTS_OF_JOBS: Mapping[tuple[QuestionCode, Job], str] = {
    (QuestionCode.AMOUNT, Job.CASH_OUT): mark("How much would you like to take out?"),
    (QuestionCode.AMOUNT, Job.CASH_IN): mark("How much would you like to pay in?"),
    (QuestionCode.AMOUNT, Job.TRANSFER): mark("How much would you like to send?"),
    (QuestionCode.AMOUNT, Job.TERM_DEPOSIT): mark("How much would you like to deposit?"),
    (QuestionCode.CREDENTIAL, Job.BILLS): mark("How would you like to pay?"),
    (QuestionCode.OWN_ID, Job.ACCOUNT): mark("Who is the account for?"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One screen. `prompt` and the labels of `answers` are to be translated."""

    code: QuestionCode
    prompt: str
    answers: tuple[Answer, ...]


def next_question(
    service: Service,
    profile: Profile,
    answers: Mapping[str, str],
    advisers: tuple[Answer, ...] = (),
) -> Question | None:
    """The question to ask after these answers (question code to answer code); none: advise now.

    The profile is today's: `catalogue.profile_named(day=today)`. Of `advisers` one is asked for
    only where there are two at least.

    Raises `UnknownAnswerError`, as `request_from` does.
    """
    request = request_from(service, profile, answers)
    state = _State(service, profile, request, answers, len(advisers))
    for code in ASKED.get(service.job, ()):
        if code not in answers and state.matters(code):
            job = service.job
            prompt = PROMPTS_OF_JOBS.get((code, job), PROMPTS[code])
            return Question(code, prompt, answers_to(code, service, profile, advisers))
    return None


@dataclass(frozen=True, slots=True)
class _State:
    service: Service
    profile: Profile
    request: Request
    answers: Mapping[str, str]
    advisers: int

    def matters(self, code: QuestionCode) -> bool:
        """Whether an answer could still lead to another advice."""
        request = self.request
        if request.asked_by_phone or not request.receiver_known:
            return False
        if request.help and request.urgent_today:
            return False
        match code:
            case QuestionCode.RECEIVER | QuestionCode.PURPOSE:
                return True
            case QuestionCode.ADVISER:
                return self.advisers > 1 and request.preference is None
            case QuestionCode.AMOUNT:
                return self._leans_to_machine() or self._amount_protects()
            case QuestionCode.URGENT:
                return self._urgency_protects()
            case QuestionCode.PREFERENCE:
                return self._wish_decides()
            case QuestionCode.BIOMETRIC:
                return self._leans_to_machine() and self._wants_chip_id()
            case _:
                return self._leans_to_machine()

    def _leans_to_machine(self) -> bool:
        """Whether a machine is still thinkable, given wishes and answers."""
        request, rule = self.request, self.service.machine
        if rule is None or self._is_ruled_out():
            return False
        by_wish = request.help or rule.strength is Strength.NONE
        wished = request.preference is Preference.MACHINE
        return (request.preference is None and not by_wish) or wished

    def _wish_decides(self) -> bool:
        """A machine comes into question only where the customer says so."""
        request, rule = self.request, self.service.machine
        if rule is None or request.preference is not None or self._is_ruled_out():
            return False
        return request.help or rule.strength is Strength.NONE

    def _amount_protects(self) -> bool:
        return self.request.help and self.service.job in LEAVES_THE_BANK

    def _urgency_protects(self) -> bool:
        """Help wanted, and much money or a deposit taken out early."""
        request, job = self.request, self.service.job
        large = self.profile.amounts[LimitName.LARGE]
        much = job in LEAVES_THE_BANK and request.reaches(large)
        return request.help and (much or job is Job.LARGE_CASH or request.early_withdrawal)

    def _wants_chip_id(self) -> bool:
        return self._exceeds(LimitName.BIOMETRIC) or self.request.sent_today > 0

    def _is_ruled_out(self) -> bool:
        request, job = self.request, self.service.job
        cash = job in {Job.CASH_OUT, Job.CASH_IN} and self._exceeds(LimitName.CASH)
        other = job in {Job.TRANSFER, Job.TERM_DEPOSIT} and self._exceeds(LimitName.TRANSFER)
        return request.coins or request.notes_unfit or request.early_withdrawal or cash or other

    def _exceeds(self, name: LimitName) -> bool:
        limit = self.profile.amounts.get(name)
        return limit is not None and self.request.exceeds(limit)
