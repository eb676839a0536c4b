"""The answers a kiosk offers, what each says about the request, and a request made of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from lobby.triage.catalogue import Credential, FeeChannel, Job, Service
from lobby.triage.errors import UnknownAnswerError
from lobby.triage.profile import LimitName, Profile
from lobby.triage.request import AmountBand, CallMode, LastAdviser, Preference, Request
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
    ADVISER = "adviser"
    HELP = "help"
    LEAVES = "leaves"
    PAPERS = "papers"
    CALLING = "calling"
    SENT_TODAY = "sent_today"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Answer:
    """`code` is stable and goes into addresses; `amount`, of this currency, fills the label's
    `%(amount)s`, and `counter`, what stands on its sign, its `%(counter)s`."""

    code: str
    label: str
    changes: Mapping[str, Any]
    amount: int | None = None
    currency: str = ""
    counter: str = ""


HELP = Answer("yes", mark("I would like help"), {"help": True})
COUNTER = Answer("counter", mark("I prefer the counter"), {"preference": Preference.COUNTER})
STANDING: Mapping[QuestionCode, Answer] = {
    QuestionCode.HELP: HELP,
    QuestionCode.PREFERENCE: COUNTER,
}
"""The two buttons that stand on every screen beside its answers."""

FETCHED = frozenset({CallMode.FETCH})
SEEN = frozenset({CallMode.DISPLAY, CallMode.FLASH})
FIRST_TIME = {"preference": Preference.MACHINE, "first_time": True}
WORN_PASSBOOK = {"credential": Credential.PASSBOOK, "passbook_readable": False}

REMARKS: Mapping[QuestionCode, tuple[Answer, ...]] = {
    QuestionCode.LEAVES: (
        Answer("within_15", mark("I have to leave within 15 minutes"), {"leaves_in_min": 15}),
        Answer("within_30", mark("I have to leave within 30 minutes"), {"leaves_in_min": 30}),
    ),
    QuestionCode.PAPERS: (
        Answer("missing", mark("I do not have all the papers"), {"documents_ready": False}),
    ),
    QuestionCode.CALLING: (
        Answer("fetch", mark("Please come and fetch me"), {"call_modes": FETCHED}),
        Answer("flash", mark("I may not hear the call"), {"call_modes": SEEN}),
    ),
}
"""What nobody is asked, and everybody may say once the questions are over: one of each kind."""

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
        Answer("first", mark("At the machine, for the first time"), FIRST_TIME),
    ),
    QuestionCode.CREDENTIAL: (
        Answer("card", mark("A bank card"), {"credential": Credential.CARD}),
        Answer("passbook", mark("A passbook"), {"credential": Credential.PASSBOOK}),
        Answer("worn", mark("A worn passbook"), WORN_PASSBOOK),
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
PHONE = Answer("phone", mark("On my phone"), {"preference": Preference.PHONE})
"""An answer to where, for what our app can do."""

FIRST_FREE = Answer("first", mark("The first adviser who is free"), {})
KNOWN_ADVISER = mark("The adviser at counter %(counter)s")
PREMIUM = "PREMIUM"
EXACT = "exact_"
"""Staff may type the amount: `exact_20100`. It is kept with no ticket, see `without_amount`."""

EXACT_DIGITS_MAX = 12

UP_TO = mark("Up to %(amount)s")
MORE_THAN = mark("More than %(amount)s")
EXACTLY = mark("Exactly %(amount)s")
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
    Job.LOAN: (QuestionCode.ADVISER,),
    Job.WEALTH: (QuestionCode.ADVISER,),
    Job.PIN: (QuestionCode.PREFERENCE, QuestionCode.OLD_PIN),
    Job.DIGITAL_BANKING: (QuestionCode.PREFERENCE, QuestionCode.OWN_ID),
    Job.PERSONAL_DATA: (QuestionCode.PREFERENCE, QuestionCode.OWN_ID),
    Job.TERM_DEPOSIT: (
        *(QuestionCode.PURPOSE, QuestionCode.URGENT),
        *(QuestionCode.PREFERENCE, QuestionCode.AMOUNT),
    ),
}
"""In the order of asking. A job that is not named has no questions."""

BESIDE = (QuestionCode.SENT_TODAY, QuestionCode.CUSTOMER)
"""Said like a remark, where there is such a limit; and what staff add to a customer's answers."""


def answers_to(
    code: QuestionCode,
    service: Service,
    profile: Profile,
    advisers: tuple[Answer, ...] = (),
) -> tuple[Answer, ...]:
    """At most six; the amounts are those of the limits in force. `advisers` as `known_adviser`
    makes them, for whoever sits at a counter now."""
    match code, service.job:
        case QuestionCode.AMOUNT, Job.CASH_OUT:
            return (*_bands(profile.cash_bands(), profile.currency), _coins(profile))
        case QuestionCode.AMOUNT, Job.CASH_IN:
            bands = _bands(profile.cash_bands(), profile.currency)
            return (*bands, _coins(profile), _many_notes(profile))
        case QuestionCode.AMOUNT, _:
            return _bands(profile.transfer_bands(), profile.currency)
        case QuestionCode.CREDENTIAL, Job.BILLS:
            return PAYMENT
        case QuestionCode.OWN_ID, Job.ACCOUNT:
            return HOLDER
        case QuestionCode.PREFERENCE, _ if FeeChannel.PHONE in service.fees:
            return (*FIXED[code], PHONE)
        case QuestionCode.ADVISER, _:
            return (*advisers, FIRST_FREE)
        case QuestionCode.SENT_TODAY, Job.TRANSFER:
            return _sent_today(profile)
        case ((QuestionCode.SENT_TODAY | QuestionCode.CUSTOMER), _):
            return ()
        case _:
            return REMARKS.get(code) or FIXED[code]


def known_adviser(teller: str, counter: str) -> Answer:
    """Whom the customer may want to see again."""
    return Answer(teller, KNOWN_ADVISER, {"last_adviser": LastAdviser.BUSY}, counter=counter)


def answer_named(
    code: QuestionCode, given: str, service: Service, profile: Profile
) -> Answer | None:
    """What was said by this code. Of an adviser and of what staff add there is no list to choose
    from; a wrong class is refused by the rules themselves."""
    offered = answers_to(code, service, profile)
    found = next((answer for answer in offered if answer.code == given), None)
    if found is not None or not given:
        return found
    match code:
        case QuestionCode.ADVISER:
            return known_adviser(given, "")
        case QuestionCode.CUSTOMER:
            return Answer(given, "", _of_class(given))
        case QuestionCode.AMOUNT if service.job in ASKED:
            return _exactly(given, profile)
        case _:
            return None


def request_from(service: Service, profile: Profile, answers: Mapping[str, str]) -> Request:
    """What the answers, question code to answer code, say in all.

    Raises `UnknownAnswerError` for a question this service does not have or an answer that is
    none of its own: a stale step, or an address typed by hand.
    """
    request = Request(service.code)
    asked = (*ASKED.get(service.job, ()), *STANDING, *REMARKS, *BESIDE)
    for code, given in answers.items():
        known = code in asked
        chosen = answer_named(QuestionCode(code), given, service, profile) if known else None
        if chosen is None:
            raise UnknownAnswerError(f"{code}={given}")
        request = replace(request, **chosen.changes)
    return request


def _exactly(given: str, profile: Profile) -> Answer | None:
    digits = given.removeprefix(EXACT)
    is_amount = given.startswith(EXACT) and digits.isascii() and digits.isdecimal()
    if not is_amount or len(digits) > EXACT_DIGITS_MAX or not int(digits):
        return None
    amount = int(digits)
    return Answer(given, EXACTLY, {"amount": amount}, amount, profile.currency)


def _of_class(code: str) -> Mapping[str, Any]:
    return {"premium": True} if code == PREMIUM else {"priority": code}


def _many_notes(profile: Profile) -> Answer:
    """More than a machine takes in so many goes, or notes that it refuses."""
    limits = profile.amounts
    most = limits[LimitName.BATCH] * limits[LimitName.BATCHES]
    label = mark("Very many notes, or torn ones")
    return Answer("notes", label, {"notes": most + 1, "notes_unfit": True})


def _sent_today(profile: Profile) -> tuple[Answer, ...]:
    """Where the country has a limit for all transfers of one day."""
    limit = profile.amounts.get(LimitName.BIOMETRIC_DAY)
    if limit is None:
        return ()
    label = mark("With this, more than %(amount)s today")
    return (Answer("more", label, {"sent_today": limit}, limit, profile.currency),)


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
