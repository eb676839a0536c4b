"""What the kiosk's first screens offer: the routine six, then groups of services, then services."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.context import KioskContext
from kiosk.session import KioskSession
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Service as PlainService
from lobby.triage.catalogue import Catalogue, Service

ALL = "all"
"""The group of groups, where "More services" leads."""

ICONS = {
    "A01": "cash-out",
    "A02": "cash-in",
    "A03": "coins",
    "A04": "transfer",
    "A05": "document",
    "A06": "bill",
    "A07": "cash-out",
    "A08": "cash-out",
    "B01": "card",
    "B02": "card",
    "B03": "card",
    "B04": "phone",
    "B05": "person",
    "B06": "document",
    "B07": "close",
    "B08": "document",
    "C01": "building",
    "C02": "building",
    "F01": "exchange",
    "L01": "home",
    "W01": "report",
    "H01": "warning",
    "H02": "help",
    "H03": "bell",
    "H04": "home",
}

GROUPS = {
    "cash": ("coins", mark("More with cash")),
    "service": ("card", mark("Accounts and cards")),
    "adviser": ("report", mark("Loans, savings, inheritance")),
    "corporate": ("building", mark("For companies")),
    "exchange": ("exchange", mark("Foreign currency")),
    "lobby": ("help", mark("Help, lost items, complaints")),
}
"""By the pool of the services, each with its icon and what customers call it."""

OTHERS = "others"
REST = ("counter", mark("Other services"))


@dataclass(frozen=True, slots=True)
class Offer:
    """One answer to touch. It leads on by `href`, or by taking a ticket where that is None;
    `waiting` counts those who wait for the same counters, None where nobody queues."""

    code: str
    name: str
    icon: str
    waiting: int | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """One list of offers as far as it fits; `more` and `back` lead on where there is anything."""

    question: str
    offers: tuple[Offer, ...]
    more: str | None = None
    back: str | None = None


FIRST_QUESTION = mark("What would you like to do today?")
NEXT_QUESTION = mark("What is it about?")


def screen_of(kiosk: KioskContext, hall: Hall) -> Screen:
    choices, catalogue = kiosk.choices, kiosk.catalogue
    say = texts(choices.language).gettext
    if catalogue is None:
        plan = hall.plan.services.values()
        offers = tuple(_taking(hall, service, choices) for service in plan)
        return _cut(say(FIRST_QUESTION), offers, choices)
    if not choices.group:
        routine = (catalogue.service(code) for code in catalogue.routine)
        offers = tuple(_leading_on(hall, service, choices) for service in routine)
        more = choices.manner.to("/kiosk", group=ALL)
        return _cut(say(FIRST_QUESTION), offers, choices, more=more)
    groups = groups_of(catalogue)
    if choices.group not in groups:
        offers = tuple(_group(pool, choices) for pool in groups)
        return _cut(say(NEXT_QUESTION), offers, choices, back=choices.start())
    services = groups[choices.group]
    offers = tuple(_leading_on(hall, service, choices) for service in services)
    back = choices.manner.to("/kiosk", group=ALL)
    name = GROUPS.get(choices.group, REST)[1]
    return _cut(say(name), offers, choices, back=back)


def groups_of(catalogue: Catalogue) -> Mapping[str, list[Service]]:
    """What the first screen does not show, by pool, in the order of the groups."""
    found: dict[str, list[Service]] = {}
    for service in catalogue.services.values():
        if service.code not in catalogue.routine:
            pool = service.pool if service.pool in GROUPS else OTHERS
            found.setdefault(pool, []).append(service)
    return {pool: found[pool] for pool in (*GROUPS, OTHERS) if pool in found}


def _cut(
    question: str,
    offers: tuple[Offer, ...],
    choices: KioskSession,
    more: str | None = None,
    back: str | None = None,
) -> Screen:
    """The page asked for, or the last one where it is beyond; what follows the last is `more`."""
    pages = max(1, -(-len(offers) // choices.fit))
    page = min(choices.page, pages)
    first = (page - 1) * choices.fit
    return Screen(
        question,
        offers[first : first + choices.fit],
        more=choices.to("/kiosk", page=page + 1) if page < pages else more,
        back=choices.to("/kiosk", page=page - 1) if page > 1 else back,
    )


def _taking(hall: Hall, service: PlainService, choices: KioskSession) -> Offer:
    waiting = hall.waiting_in_pool(service.pool)
    return Offer(service.code, service.name(choices.language), _icon(service.code), waiting)


def _leading_on(hall: Hall, service: Service, choices: KioskSession) -> Offer:
    return Offer(
        service.code,
        service.names[choices.language],
        _icon(service.code),
        hall.waiting_in_pool(service.pool) if service.has_line else None,
        choices.choosing(service.code).onward(),
    )


def _group(pool: str, choices: KioskSession) -> Offer:
    icon, name = GROUPS.get(pool, REST)
    href = choices.manner.to("/kiosk", group=pool)
    return Offer(pool, texts(choices.language).gettext(name), icon, href=href)


def _icon(code: str) -> str:
    return ICONS.get(code, "counter")
