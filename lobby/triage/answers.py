"""The answers a kiosk offers, what each says about the request, and a request made of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from lobby.triage.catalogue import Credential, Job, Service
from lobby.triage.errors import UnknownAnswerError
from lobby.triage.profile import LimitName, Profile
from lobby.triage.request import AmountBand, Preference, Request
from lobby.triage.words import mark


class QuestionCode(StrEnum):
    RECEIVER = "receiver"
    PURPOSE = "purpose"
    AMOUNT = "amount"
    URGENT = "urgent"
    PREFERENCE = "preference"
    CREDENTIAL = "credential"
    OWN_ID = "own_id"
    OLD_PIN = "old_pin"
    BIOMETRIC = "biometric"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Answer:
    """`code` is stable and goes into addresses; `amount`, of this currency, fills the label's
    `%(amount)s`."""

    code: str
    label: str
    changes: Mapping[str, Any]
    amount: int | None = None
    currency: str = ""


HELP = Answer("yes", mark("I would like help"), {"help": True})
COUNTER = Answer("counter", mark("I prefer the counter"), {"preference": Preference.COUNTER})
STANDING: Mapping[QuestionCode, Answer] = {
    QuestionCode.HELP: HELP,
    QuestionCode.PREFERENCE: COUNTER,
}
"""The two buttons that stand on every screen beside its answers."""

NO_ID = {"own_id": False, "documents_ready": False}
FIXED: Mapping[QuestionCode, tuple[Answer, ...]] = {
    QuestionCode.HELP: (HELP,),
    QuestionCode.RECEIVER: (
        Answer("known", mark("Someone I know in person"), {}),
        Answer("myself", mark("Myself, to another account"), {}),
        Answer("unknown", mark("Someone I have not met"), {"receiver_known": False}),
        Answer("asked", mark("I was asked by phone or chat"), {"asked_by_phone": True}),
    ),
    QuestionCode.PURPOSE: (
        Answer("new", mark("Open a new term deposit"), {}),
        Answer("early", mark("Withdraw early"), {"early_withdrawal": True}),
        Answer("other", mark("Something else"), {"preference": Preference.COUNTER}),
    ),
    QuestionCode.URGENT: (
        Answer("yes", mark("Yes, today"), {"urgent_today": True}),
        Answer("no", mark("It can wait"), {}),
    ),
    QuestionCode.PREFERENCE: (
        Answer("counter", mark("At the counter"), {"preference": Preference.COUNTER}),
        Answer("machine", mark("At the machine"), {"preference": Preference.MACHINE}),
        Answer("any", mark("No preference"), {}),
    ),
    QuestionCode.CREDENTIAL: (
        Answer("card", mark("A bank card"), {"credential": Credential.CARD}),
        Answer("passbook", mark("A passbook"), {"credential": Credential.PASSBOOK}),
        Answer("neither", mark("Neither"), {"credential": Credential.ID}),
    ),
    QuestionCode.OWN_ID: (
        Answer("yes", mark("Yes, I have it here"), {}),
        Answer("no", mark("No, not with me"), NO_ID),
    ),
    QuestionCode.OLD_PIN: (
        Answer("yes", mark("Yes, I know it"), {"old_pin_known": True}),
        Answer("no", mark("No, not any more"), {}),
    ),
    QuestionCode.BIOMETRIC: (
        Answer("yes", mark("Yes, it has"), {}),
        Answer("no", mark("No, or I am not sure"), {"biometric_enrolled": False}),
    ),
}
UP_TO = mark("Up to %(amount)s")
MORE_THAN = mark("More than %(amount)s")
PAYMENT = (
    Answer("card", mark("By card"), {"credential": Credential.CARD}),
    Answer("cash", mark("In cash"), {"credential": Credential.CASH}),
)
HOLDER = (
    Answer("yes", mark("For me, and I have my ID card"), {}),
    Answer("no", mark("For me, my ID card is not here"), NO_ID),
    Answer("other", mark("For a child or someone else"), {"adult": False}),
)

ASKED: Mapping[Job, tuple[QuestionCode, ...]] = {
    Job.CASH_OUT: (
        *(QuestionCode.AMOUNT, QuestionCode.URGENT),
        *(QuestionCode.PREFERENCE, QuestionCode.CREDENTIAL),
    ),
    Job.CASH_IN: (QuestionCode.PREFERENCE, QuestionCode.AMOUNT, QuestionCode.CREDENTIAL),
    Job.TRANSFER: (
        *(QuestionCode.RECEIVER, QuestionCode.AMOUNT, QuestionCode.URGENT),
        *(QuestionCode.PREFERENCE, QuestionCode.BIOMETRIC),
    ),
    Job.LARGE_CASH: (QuestionCode.URGENT,),
    Job.INQUIRY: (QuestionCode.PREFERENCE, QuestionCode.CREDENTIAL),
    Job.BILLS: (QuestionCode.PREFERENCE, QuestionCode.CREDENTIAL),
    Job.PENSION: (QuestionCode.PREFERENCE, QuestionCode.CREDENTIAL),
    Job.ACCOUNT: (QuestionCode.PREFERENCE, QuestionCode.OWN_ID),
    Job.PIN: (QuestionCode.PREFERENCE, QuestionCode.OLD_PIN),
    Job.DIGITAL_BANKING: (QuestionCode.PREFERENCE, QuestionCode.OWN_ID),
    Job.PERSONAL_DATA: (QuestionCode.PREFERENCE, QuestionCode.OWN_ID),
    Job.TERM_DEPOSIT: (
        *(QuestionCode.PURPOSE, QuestionCode.URGENT),
        *(QuestionCode.PREFERENCE, QuestionCode.AMOUNT),
    ),
}
"""In the order of asking. A job that is not named has no questions."""


def answers_to(code: QuestionCode, service: Service, profile: Profile) -> tuple[Answer, ...]:
    """At most six; the amounts are those of the limits in force."""
    match code, service.job:
        case QuestionCode.AMOUNT, Job.CASH_OUT | Job.CASH_IN:
            return (*_bands(profile.cash_bands(), profile.currency), _coins(profile))
        case QuestionCode.AMOUNT, _:
            return _bands(profile.transfer_bands(), profile.currency)
        case QuestionCode.CREDENTIAL, Job.BILLS:
            return PAYMENT
        case QuestionCode.OWN_ID, Job.ACCOUNT:
            return HOLDER
        case _:
            return FIXED[code]


def request_from(service: Service, profile: Profile, answers: Mapping[str, str]) -> Request:
    """What the answers, question code to answer code, say in all.

    Raises `UnknownAnswerError` for a question this service does not have or an answer that is
    none of its own: a stale step, or an address typed by hand.
    """
    request = Request(service.code)
    asked = (*ASKED.get(service.job, ()), *STANDING)
    for code, given in answers.items():
        offered = answers_to(QuestionCode(code), service, profile) if code in asked else ()
        chosen = next((answer for answer in offered if answer.code == given), None)
        if chosen is None:
            raise UnknownAnswerError(f"{code}={given}")
        request = replace(request, **chosen.changes)
    return request


def _bands(ends: tuple[int, ...], currency: str) -> tuple[Answer, ...]:
    """`up_to_5000` and so on, and one for all above the last end."""
    starts = (0, *ends[:-1])
    bands = (AmountBand(above, up_to) for above, up_to in zip(starts, ends, strict=True))
    upper = (
        Answer(f"up_to_{band.up_to}", UP_TO, {"band": band}, band.up_to, currency) for band in bands
    )
    more = AmountBand(ends[-1], None)
    return (*upper, Answer("more", MORE_THAN, {"band": more}, more.above, currency))


def _coins(profile: Profile) -> Answer:
    """Counted at the counter whatever the amount, so it stands in place of a band."""
    unit = profile.amounts[LimitName.NOTE_UNIT]
    label = mark("Coins or notes under %(amount)s")
    return Answer("coins", label, {"coins": True}, unit, profile.currency)
