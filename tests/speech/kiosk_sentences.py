"""Every sentence that a kiosk may say aloud, from the shipped catalogue, the questions, the
reasons, the waits and the troubles: nothing here is written down twice."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from http import HTTPStatus
from itertools import product

from kiosk import (
    back_key,
    cards,
    errors,
    hours,
    message_page,
    notices,
    offers,
    rests,
    slips,
    speech,
    ticket_page,
    wizard,
)
from kiosk import help as help_page
from kiosk.formats import about, fee
from kiosk.machines import machine_in_sentence, machine_place
from kiosk.wizard import answer_label
from lobby.branch import KeyReusedError
from lobby.catalogue.reading import DEMO, read_catalogue
from lobby.forecast.estimate import Cause
from lobby.forecast.wait_range import OVER_MIN, STEP_MIN, WaitRange
from lobby.i18n.formats import duration, money, ticket_code, weekday_and_date
from lobby.i18n.texts import texts
from lobby.queueing.model.notices import NOTICE_REASONS, NoticeKind
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.floor import MachineNotWorking, TooManyCalls, UnknownMachine
from lobby.queueing.refusals.ticket import (
    LostInRestore,
    SeriesFull,
    TextTooLong,
    UnknownService,
    UnknownTicket,
    WrongState,
)
from lobby.screens.notices import SENTENCES
from lobby.store.errors import OutcomeUnknownError, StoreUnavailableError
from lobby.triage.answers import (
    FIRST_FREE,
    REMARKS,
    STANDING,
    QuestionCode,
    answers_to,
    known_adviser,
)
from lobby.triage.catalogue import Catalogue, Service
from lobby.triage.errors import TriageError, UnknownServiceError
from lobby.triage.profile import Profile
from lobby.triage.questions import PROMPTS, REMARK_PROMPT, next_question
from lobby.triage.words import CHOICES, MACHINE_ALONE, NOT_OFFERED, NOTICE, REASONS
from lobby.waits.announced import Basis, Wait
from lobby.waits.words import ahead_words, wait_words
from lobby.web.commands import BadFieldsError, KeyMissingError

NUMBERS = ("A001", "B012", "C205", "F399", "L047", "P110", "S068", "V999", "W150")
AMOUNTS = (1, 2, 10, 100, 105, 200, 999, 2_500, 12_345, 20_000, 22_000, 105_000, 1_500_000)
AMOUNTS_MORE = (10_000_000, 250_000_000, 1_000_000_005, 999_999_999_999)
SMALL_CHANGE = (Decimal("0.50"), Decimal("2.05"), Decimal("19.90"))
LONGEST_JOB_MIN = 130
MANY_AHEAD = 120
YEAR = 366
TROUBLES: tuple[errors.KioskError, ...] = (
    *(SeriesFull("A"), MachineNotWorking("m1"), UnknownMachine("m1"), UnknownService("A01")),
    *(UnknownTicket("A012"), TooManyCalls(), LostInRestore(), TextTooLong(40)),
    *(WrongState("A012", state) for state in TicketState),
    *(KeyReusedError(), KeyMissingError(), BadFieldsError(), UnknownServiceError("A01")),
    *(TriageError(), hours.ClosedError(), errors.ChangedMeanwhileError(), OutcomeUnknownError("-")),
    StoreUnavailableError("-"),
    errors.NotShownError(HTTPStatus.NOT_FOUND, ticket_page.NOT_TODAY),
    errors.NotShownError(HTTPStatus.GONE, ticket_page.SHOWN_BEFORE),
)
"""One of each that a kiosk's acts may raise."""


@cache
def shipped() -> Catalogue:
    return read_catalogue(DEMO)


def kiosk_sentences(language: str) -> Iterator[str]:
    groups = (offered, asked, advised, priced, waited, numbered, kept, noticed, refused, opened)
    for group in groups:
        yield from group(language)


def offered(language: str) -> Iterator[str]:
    say = texts(language).gettext
    groups = (name for _, name in (*offers.GROUPS.values(), offers.OTHER_GROUP))
    questions = (offers.FIRST_QUESTION, offers.NEXT_QUESTION, speech.MORE_SERVICES)
    yield from map(say, (*questions, *groups))
    yield from (service.names[language] for service in shipped().services.values())


def asked(language: str) -> Iterator[str]:
    """Every way through the questions of every service, in every country of the catalogue."""
    for service, profile in product(shipped().services.values(), shipped().profiles.values()):
        yield from _questions(service, profile, {}, language)
    for answer in STANDING.values():
        yield answer_label(answer, language)
    yield from map(texts(language).gettext, (*PROMPTS.values(), REMARK_PROMPT, wizard.SAY_MORE))
    for answer in (answer for some in REMARKS.values() for answer in some):
        yield answer_label(answer, language)
    yield answer_label(FIRST_FREE, language)
    yield from (answer_label(known_adviser("", str(n)), language) for n in range(1, 100))
    for service, profile in product(shipped().services.values(), shipped().profiles.values()):
        for answer in answers_to(QuestionCode.SENT_TODAY, service, profile):
            yield answer_label(answer, language)


def _questions(
    service: Service, profile: Profile, answers: dict[str, str], language: str
) -> Iterator[str]:
    question = next_question(service, profile, answers)
    if question is None:
        return
    yield texts(language).gettext(question.prompt)
    for answer in question.answers:
        yield answer_label(answer, language)
        yield from _questions(service, profile, {**answers, question.code: answer.code}, language)
    for code, wish in STANDING.items():
        if code not in answers and code != question.code:
            yield from _questions(service, profile, {**answers, code: wish.code}, language)


def advised(language: str) -> Iterator[str]:
    """Each reason with each phone and limit, each way, each place and paper."""
    say = texts(language).gettext
    limits = {(limit.amount, p.currency) for p in shipped().profiles.values() for limit in p.limits}
    for reason, (amount, currency) in product(REASONS.values(), sorted(limits)):
        blanks = {
            "phone": shipped().blocking_phone,
            "amount": money(amount, currency, language),
            "minutes": 15,
        }
        yield say(reason) % blanks
    words = (cards.TAKE_NUMBER, cards.CALL, cards.SEAT, cards.LATER, cards.COMES)
    ways = (
        *CHOICES.values(),
        NOTICE,
        MACHINE_ALONE,
        NOT_OFFERED,
        speech.READY,
        speech.LOWEST_FEE,
        wizard.HOW,
        wizard.WAY,
    )
    yield from map(say, (*words, *ways))
    aim = say(cards.URGENT_AIM)
    yield from (aim % {"within": duration(n, language)} for n in range(1, LONGEST_JOB_MIN))
    for machine in shipped().machines.values():
        yield machine_place(machine, language)
        yield machine_in_sentence(machine, ticket_page.TO_MACHINE, language)
    for service in shipped().services.values():
        yield from (document.names[language] for document in service.documents)


def priced(language: str) -> Iterator[str]:
    """Every fee of the tariff, and amounts that a bank may set instead."""
    services, profiles = shipped().services.values(), shipped().profiles.values()
    for service, profile in product(services, profiles):
        for known in service.fees.values():
            amount, note = known.amounts[profile.name], known.notes[language]
            words = fee(amount, profile.currency, language)
            yield words
            yield f"{words} {note}" if amount else note
    amounts: tuple[Decimal | int, ...] = (*AMOUNTS, *AMOUNTS_MORE, *SMALL_CHANGE)
    for value, currency in product(amounts, ("CNY", "VND")):
        yield money(value, currency, language)


def waited(language: str) -> Iterator[str]:
    yield from (about(minutes, language) for minutes in range(1, LONGEST_JOB_MIN))
    there = texts(language).gettext(cards.WAIT_THERE)
    yield from (there % {"time": about(n, language)} for n in range(1, LONGEST_JOB_MIN))
    steps = range(0, OVER_MIN + 1, STEP_MIN)
    ends = product(steps, (*steps, None))
    ranges = [WaitRange(low, high) for low, high in ends if high is None or high > low]
    waits = [Wait(3, counters=2, range=shown) for shown in ranges]
    unknown = [Wait(ahead, counters=n) for ahead, n in product(range(MANY_AHEAD), (0, 2))]
    for wait in (*waits, *unknown, *alone(), Wait(0, counters=2, is_next=True)):
        words, ahead = wait_words(wait, language), ahead_words(wait, language)
        yield words
        yield texts(language).gettext(ticket_page.AHEAD_AND_WAIT) % {"ahead": ahead, "wait": words}


def alone() -> Iterator[Wait]:
    """Nobody is before them: it is soon, or there is a reason why not."""
    rests = (
        *(Basis(cause, 4, counter="3", at="12:10") for cause in (Cause.BREAK, Cause.PAUSED)),
        Basis(Cause.PAUSED, 4, counter="3"),
    )
    ranges = (WaitRange(0, 5), WaitRange(0, 30), WaitRange(5, 15), WaitRange(30, None))
    for shown, cause, counters in product(ranges, (None, *rests), (1, 2)):
        yield Wait(0, counters, shown, cause)


def numbered(language: str) -> Iterator[str]:
    say = texts(language).gettext
    yield from (f"{say('Your number')} {ticket_code(number)}" for number in NUMBERS)
    yield from (say(ticket_page.TO_COUNTER) % {"counter": n} for n in range(1, 100))
    yield say(speech.NOT_PRINTED)


def kept(language: str) -> Iterator[str]:
    """Places of those who are away, until any minute of the day."""
    say = texts(language).gettext
    asked = (back_key.BACK, rests.WHICH, rests.AGAIN)
    yield from map(say, (*asked, back_key.THEN_BACK))
    for hour, minute in product(range(24), range(60)):
        yield say(slips.KEPT) % {"time": f"{hour:02}:{minute:02}"}


def noticed(language: str) -> Iterator[str]:
    said = (notices.MORE_TIME, notices.STARTS_OVER, notices.NO_HURRY, notices.NEED_TIME)
    helped = (help_page.COMES, help_page.GOES, help_page.GO_ON)
    yield from map(texts(language).gettext, (*said, *notices.AWAY, *helped))


def refused(language: str) -> Iterator[str]:
    yield texts(language).gettext(message_page.THEN)
    yield from (errors.error_text(trouble, language)[1] for trouble in TROUBLES)


def opened(language: str) -> Iterator[str]:
    """Each day of a leap year, at any time of the day."""
    say = texts(language).gettext
    closed = (hours.CLOSED, hours.CLOSED_NOW)
    yield from map(say, (*closed, hours.STOPPED, speech.MACHINES_WORK))
    for reason in NOTICE_REASONS[NoticeKind.KIOSK_STOPPED]:
        yield say(SENTENCES[NoticeKind.KIOSK_STOPPED, reason])
    times = [f"{hour:02}:{minute:02}" for hour, minute in product(range(24), (0, 5, 15, 30, 45))]
    for words in (hours.OPENS_TODAY, hours.AGAIN_FROM):
        yield from (say(words) % {"time": time} for time in times)
    yield from (say(cards.OPENS_AT) % {"time": time} for time in times)
    for number in range(YEAR):
        day = weekday_and_date(date(2028, 1, 1) + timedelta(days=number), language)
        yield say(hours.OPENS_ON) % {"day": day, "time": times[number % len(times)]}
