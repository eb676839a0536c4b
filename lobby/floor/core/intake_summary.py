"""A customer's answers on the way in and the advice given, as the tablet tells them in one line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lobby.i18n.texts import mark
from lobby.queueing.model.intake import Intake
from lobby.queueing.model.ticket import Ticket
from lobby.triage.advice import Channel
from lobby.triage.answers import QuestionCode, answer_named
from lobby.triage.catalogue import Catalogue

CHANNELS = {
    Channel.COUNTER: mark("Counter"),
    Channel.SELF_SERVICE: mark("Machine"),
    Channel.ASSISTED_SELF: mark("Machine, with a colleague"),
    Channel.LOBBY_FIRST: mark("Speak with the customer first"),
    Channel.ADVISER: mark("Adviser"),
    Channel.BOOKING: mark("Booking"),
    Channel.OTHER_BRANCH: mark("Another branch"),
    Channel.DIGITAL: mark("Phone"),
}

REASONS = {
    "RISK": mark("Somebody may be deceiving the customer"),
    "RISK_SOFT": mark("A large amount, in a hurry, with help wanted"),
    "URGENT": mark("Lost card or passbook"),
    "COMPLAINT": mark("Complaint or suggestion"),
    "PREF_COUNTER": mark("The customer prefers the counter"),
    "PREF_MACHINE": mark("The customer prefers the machine or the phone"),
    "PREF_PHONE": mark("The customer prefers the machine or the phone"),
    "NOT_HERE": mark("Not offered in this branch"),
    "ADVISER": mark("A case for an adviser"),
    "CORPORATE": mark("Corporate customer"),
    "KEEP_PREMIUM": mark("Premium customer"),
    "ASSIST": mark("The customer wants help"),
    "LOOSE_CHANGE": mark("Coins or small notes"),
    "NOTE_UNIT": mark("The amount is not in whole notes"),
    "NOTES": mark("Too many notes, or damaged ones"),
    "OVER_LIMIT": mark("A larger amount than the machine may handle"),
    "BIOMETRIC": mark("Chip ID to be checked"),
    "CREDENTIAL": mark("No card or passbook that the machine takes"),
    "DEVICE_DOWN": mark("No machine was working"),
    "NO_QUEUE": mark("A counter was free"),
    "NOT_FASTER": mark("The machine would not have been quicker"),
    "SMALL_CASH_OUT": mark("A machine can do this"),
    "SMALL_CASH_IN": mark("A machine can do this"),
    "SMALL_TRANSFER": mark("A machine can do this"),
    "ROUTINE": mark("A machine can do this"),
    "ASSISTED": mark("A machine can do this, with a colleague"),
    "DEFAULT": mark("A case for a counter"),
    "LOBBY": mark("A case for a colleague in the hall"),
    "RETURNED": mark("Came back from a machine, kept the place"),
}
"""The reasons of the rules; whatever else comes in addition is not told in one line."""

PREFERENCES = {
    "counter": mark("Prefers the counter"),
    "machine": mark("Prefers the machine"),
    "any": mark("No preference"),
}


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """An answer: a label to be translated, and the amount that fills it."""

    label: str
    amount: int | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class IntakeSummary:
    """`papers_ready` None: nobody asked. `channel` and `reason` are words to be translated, empty
    for a ticket that was given without advice."""

    amount: AnsweredQuestion | None
    preference: str
    help_wanted: bool
    papers_ready: bool | None
    channel: str
    reason: str
    answers: tuple[AnsweredQuestion, ...] = ()


def intake_summary(ticket: Ticket, catalogue: Catalogue | None) -> IntakeSummary:
    return summary_of(ticket.intake, ticket.asked_service, ticket.day, catalogue)


def answered_summary(ticket: Ticket, catalogue: Catalogue | None) -> IntakeSummary | None:
    """What was answered about the service that was changed to; None: nothing was asked."""
    if not ticket.answered.answers:
        return None
    service = ticket.service
    if ticket.services_done and ticket.serving is not None:
        service = ticket.serving.service
    return summary_of(ticket.answered, service, ticket.day, catalogue)


def summary_of(
    intake: Intake, service: str, day: date, catalogue: Catalogue | None
) -> IntakeSummary:
    """The same of somebody who took no number: `service` is what they came for."""
    asked = _Asked(service, day, catalogue)
    given = dict(intake.answers)
    reason = next((REASONS[r] for r in intake.reasons if r in REASONS), "")
    return IntakeSummary(
        amount=asked.answer(given, QuestionCode.AMOUNT),
        preference=PREFERENCES.get(given.get(QuestionCode.PREFERENCE, ""), ""),
        help_wanted=intake.help_wanted,
        papers_ready=_papers_ready(given),
        channel=_channel(intake),
        reason=reason,
        answers=tuple(
            answer for code in given if (answer := asked.answer(given, code)) is not None
        ),
    )


def _papers_ready(given: Mapping[str, str]) -> bool | None:
    if QuestionCode.PAPERS in given:
        return False
    own_id = given.get(QuestionCode.OWN_ID)
    return None if own_id is None else own_id != "no"


def _channel(intake: Intake) -> str:
    return CHANNELS.get(Channel(intake.channel), "") if intake.channel else ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The questions of one service on one day."""

    service: str
    day: date
    catalogue: Catalogue | None

    def answer(self, given: Mapping[str, str], code: str) -> AnsweredQuestion | None:
        """None where it was not asked, or where the questions have changed since."""
        known = self.catalogue.services.get(self.service) if self.catalogue else None
        if code not in given or known is None or self.catalogue is None:
            return None
        if code not in list(QuestionCode):
            return None
        profile = self.catalogue.profile_named(day=self.day)
        chosen = answer_named(QuestionCode(code), given[code], known, profile)
        if chosen is None:
            return None
        return AnsweredQuestion(chosen.label, chosen.amount, chosen.currency)
