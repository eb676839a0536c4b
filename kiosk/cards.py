"""Advice as the customer reads it: one card, or two equal ones, and what else is possible."""

import math
from dataclasses import dataclass, replace

from kiosk.back_key import THEN_BACK
from kiosk.context import KioskContext
from kiosk.formats import about, fee
from kiosk.machines import machine_place
from lobby.i18n.formats import clock_time, duration, money
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.plan import Plan
from lobby.queueing.model.priority import Priority
from lobby.screens.advice import wait_now
from lobby.screens.opening import outlook
from lobby.triage.advice import Advice, Choice, ChoiceKind, FeeLine, Reason
from lobby.triage.catalogue import Catalogue, Service
from lobby.triage.words import (
    CHOICES,
    MACHINE_ALONE,
    MACHINE_OR_COUNTER,
    NOT_OFFERED,
    NOTICE,
    REASONS,
)
from lobby.waits.words import wait_words

MAIN_WAYS = 2
"""The advised way and the person beside it are equals; whatever else is possible stands below."""

ELSEWHERE = frozenset({ChoiceKind.PHONE, ChoiceKind.OTHER_BRANCH})
"""Ways that lead to words, not to a ticket."""

WAITING = frozenset({ChoiceKind.COUNTER, ChoiceKind.FIRST_FREE, ChoiceKind.SAME_ADVISER})

NOBODY_SERVES = frozenset({Reason.NO_COUNTER, Reason.NOT_HERE})
TRUE_WITHOUT_COUNTER = frozenset(
    {Reason.RISK, Reason.RISK_SOFT, Reason.URGENT, Reason.DEVICE_DOWN, Reason.RETURNED}
)

ICONS = {
    ChoiceKind.COUNTER: "counter",
    ChoiceKind.MACHINE: "device",
    ChoiceKind.MACHINE_WITH_HELP: "people",
    ChoiceKind.PHONE: "phone",
    ChoiceKind.COLLEAGUE: "person",
    ChoiceKind.SAME_ADVISER: "person",
    ChoiceKind.FIRST_FREE: "people",
    ChoiceKind.OTHER_BRANCH: "building",
    ChoiceKind.BOOKING: "clock",
}
TAKE_NUMBER = mark("Take a number")
CALL = mark("Ask somebody to come")
SEAT = mark("Please take a seat. We will call your number.")
LATER = mark("We will call your number when a counter opens.")
OPENS_AT = mark("A counter opens at %(time)s. We will call your number then.")
WAIT_THERE = mark("Wait there now: %(time)s")
URGENT_AIM = mark("We aim to call you within %(within)s.")
COMES = mark("Please stay here. Our staff will come to you.")


@dataclass(frozen=True, slots=True)
class Way:
    """One choice. `href` leads to words; without it the choice is an act. Empty texts are not
    shown; `place` is where to go; `waits`: the time is a wait, not the job's."""

    kind: str
    icon: str
    title: str
    time: str = ""
    fee: str = ""
    fee_note: str = ""
    is_cheapest: bool = False
    place: str = ""
    waits: bool = False
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """All of one advice screen, in words."""

    service: str
    sentences: tuple[str, ...]
    ways: tuple[Way, ...]
    others: tuple[Way, ...]
    documents: tuple[str, ...]
    steps: tuple[str, ...]

    @property
    def is_single(self) -> bool:
        return len(self.ways) == 1


def card_of(kiosk: KioskContext, catalogue: Catalogue, service: Service, advice: Advice) -> Card:
    language = kiosk.language
    ways = tuple(_told(way_of(kiosk, service, each), advice, language) for each in advice.choices)
    if advice.urgent:
        ways = tuple(replace(way, time="") if way.waits else way for way in ways)
    split = MAIN_WAYS if _are_equals(advice) else 1
    main = ways[:split]
    return Card(
        service=service.names[language],
        sentences=sentences_of(catalogue, kiosk.branch.plan, advice, language),
        ways=main if len(main) > 1 else (_alone(main[0], language),),
        others=ways[split:],
        documents=tuple(document.names[language] for document in advice.documents),
        steps=service.steps.get(language, ()),
    )


def sentences_of(
    catalogue: Catalogue, plan: Plan, advice: Advice, language: str
) -> tuple[str, ...]:
    """Why, with the numbers in it; and the notice where the branch says no more of machines."""
    say = texts(language).gettext
    blanks = {
        "phone": catalogue.blocking_phone,
        "amount": money(advice.over_limit or 0, catalogue.profile_named().currency, language),
        "minutes": advice.keeps_place_min,
    }
    reasons = (reason for reason in _true_reasons(advice) if _holds(advice, reason))
    spoken = [say(_sentence(reason, advice)) % blanks for reason in reasons]
    if advice.urgent and advice.counter.kind is ChoiceKind.COUNTER:
        spoken.append(urgent_aim(plan, language))
    if advice.notice:
        spoken = [say(REASONS[Reason.DEFAULT]), say(NOTICE), *spoken[1:]]
    return tuple(spoken)


def urgent_aim(plan: Plan, language: str) -> str:
    """What the calling rule promises to who has lost a card: a class of its own."""
    within_min = plan.calling.promise(Priority.URGENT).within_min
    blanks = {"within": duration(math.ceil(within_min), language)}
    return texts(language).gettext(URGENT_AIM) % blanks


def _true_reasons(advice: Advice) -> tuple[Reason, ...]:
    """Without a counter nothing is said that promises one: why there is none stands first."""
    first, *others = advice.reasons
    has_nobody = not NOBODY_SERVES.isdisjoint(others)
    return tuple(others) if has_nobody and first not in TRUE_WITHOUT_COUNTER else advice.reasons


def _sentence(reason: Reason, advice: Advice) -> str:
    kinds = {choice.kind for choice in advice.choices}
    if REASONS[reason] == MACHINE_OR_COUNTER and ChoiceKind.COUNTER not in kinds:
        return MACHINE_ALONE
    if reason is Reason.NOT_HERE and ChoiceKind.OTHER_BRANCH not in kinds:
        return NOT_OFFERED
    return REASONS[reason]


def _holds(advice: Advice, reason: Reason) -> bool:
    """A place is kept only where a number for a counter is given."""
    waits = advice.then_counter or any(choice.kind in WAITING for choice in advice.choices)
    return reason is not Reason.MISSING_DOCUMENT or waits


def _told(way: Way, advice: Advice, language: str) -> Way:
    """Whoever fetches a paper first does not take a seat."""
    if not (way.waits and advice.keeps_place_min):
        return way
    return replace(way, place=texts(language).gettext(THEN_BACK))


def _are_equals(advice: Advice) -> bool:
    """A counter first needs no second card; every other way stands beside a person's."""
    return advice.choices[0].kind not in (ChoiceKind.COUNTER, ChoiceKind.FIRST_FREE)


def way_of(kiosk: KioskContext, service: Service, choice: Choice) -> Way:
    language = kiosk.language
    line = choice.fee
    return Way(
        kind=choice.kind.value,
        icon=ICONS[choice.kind],
        title=texts(language).gettext(CHOICES[choice.kind]),
        time=_time(kiosk, service, choice),
        fee=_fee(line, language),
        fee_note=line.notes[language] if line and line.amount else "",
        is_cheapest=line.is_cheapest if line else False,
        place=_place(kiosk, service, choice),
        waits=choice.kind in WAITING,
        href=_leads_to(kiosk, choice),
    )


def _fee(line: FeeLine | None, language: str) -> str:
    """Of what costs nothing the note says all there is to say."""
    if line is None:
        return ""
    if not line.amount:
        return line.notes[language] or fee(line.amount, line.currency, language)
    return fee(line.amount, line.currency, language)


def _alone(way: Way, language: str) -> Way:
    """The only way is not chosen, it is taken."""
    say = texts(language).gettext
    titles = {
        ChoiceKind.COLLEAGUE.value: CALL,
        ChoiceKind.BOOKING.value: CHOICES[ChoiceKind.BOOKING],
    }
    return replace(way, title=say(titles.get(way.kind, TAKE_NUMBER)), is_cheapest=False)


def _time(kiosk: KioskContext, service: Service, choice: Choice) -> str:
    language = kiosk.language
    match choice.kind:
        case ChoiceKind.COUNTER | ChoiceKind.FIRST_FREE:
            return wait_words(wait_now(kiosk.services, kiosk.branch, service.code), language)
        case ChoiceKind.PHONE | ChoiceKind.COLLEAGUE | ChoiceKind.BOOKING:
            return ""
        case ChoiceKind.OTHER_BRANCH if choice.minutes is not None:
            there = {"time": about(choice.minutes, language)}
            return texts(language).gettext(WAIT_THERE) % there
        case _:
            return about(choice.minutes, language) if choice.minutes is not None else ""


def _place(kiosk: KioskContext, service: Service, choice: Choice) -> str:
    language = kiosk.language
    say = texts(language).gettext
    if choice.machine is not None:
        machine = choice.machine.machine
        return machine_place(machine, language)
    match choice.kind:
        case kind if kind in WAITING:
            return _seat(kiosk, service)
        case ChoiceKind.COLLEAGUE:
            return say(COMES)
        case ChoiceKind.OTHER_BRANCH if choice.branch is not None:
            return choice.branch.names.get(language, "")
        case _:
            return ""


def _seat(kiosk: KioskContext, service: Service) -> str:
    """Where nobody serves it yet, when that begins: as far as somebody can say."""
    say, catalogue = texts(kiosk.language).gettext, kiosk.catalogue
    if wait_now(kiosk.services, kiosk.branch, service.code).is_served or catalogue is None:
        return say(SEAT)
    opens_at = outlook(catalogue, kiosk.branch, service, kiosk.services.clock.now()).at
    if opens_at is None:
        return say(LATER)
    return say(OPENS_AT) % {"time": clock_time(opens_at, kiosk.branch.plan)}


def _leads_to(kiosk: KioskContext, choice: Choice) -> str | None:
    if choice.kind not in ELSEWHERE:
        return None
    return kiosk.session.to(f"/kiosk/advice/{choice.kind.value}")
