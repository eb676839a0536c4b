"""What the kiosk's first screens offer: the routine six, then groups of services, then services."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.context import KioskContext
from kiosk.session import KioskSession
from lobby.i18n.formats import clock_time
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Service as PlainService
from lobby.screens.opening import outlook
from lobby.screens.today import hall_today
from lobby.triage.catalogue import BranchKind, Catalogue, Service
from lobby.waits.announced import wait_for_service
from lobby.waits.words import short_wait

ALL_GROUPS = "all"
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

OTHER_SERVICES = "others"
OTHER_GROUP = ("counter", mark("Other services"))


@dataclass(frozen=True, slots=True)
class Offer:
    """One answer to touch. It leads on by `href`, or by taking a ticket where that is None; `wait`
    is how long somebody waits who takes a ticket now, empty where nobody queues or can say."""

    code: str
    name: str
    icon: str
    wait: str = ""
    href: str | None = None


@dataclass(frozen=True, slots=True)
class OfferScreen:
    """One list of offers as far as it fits; `more` and `back` lead on where there is anything.
    `title` is the group that was chosen."""

    question: str
    offers: tuple[Offer, ...]
    title: str = ""
    more: str | None = None
    back: str | None = None


FIRST_QUESTION = mark("What would you like to do today?")
NEXT_QUESTION = mark("What would you like to do?")


def offer_screen(kiosk: KioskContext, hall: Hall) -> OfferScreen:
    session, catalogue = kiosk.session, kiosk.catalogue
    say = texts(session.language).gettext
    if catalogue is None:
        plan = hall.plan.services.values()
        offers = tuple(_ticket_offer(kiosk, hall, service) for service in plan)
        return _page_of(say(FIRST_QUESTION), offers, session)
    if not session.group:
        routine = (catalogue.service(code) for code in catalogue.routine)
        offers = tuple(_question_offer(kiosk, hall, service) for service in routine)
        more = session.cleared.to("/kiosk", group=ALL_GROUPS)
        return _page_of(say(FIRST_QUESTION), offers, session, more=more)
    groups = groups_of(catalogue)
    if session.group not in groups:
        offers = tuple(_group_offer(pool, session) for pool in groups)
        return _page_of(say(NEXT_QUESTION), offers, session, back=session.start())
    services = groups[session.group]
    offers = tuple(_question_offer(kiosk, hall, service) for service in services)
    back = session.cleared.to("/kiosk", group=ALL_GROUPS)
    name = GROUPS.get(session.group, OTHER_GROUP)[1]
    return _page_of(say(NEXT_QUESTION), offers, session, back=back, title=say(name))


def groups_of(catalogue: Catalogue) -> Mapping[str, list[Service]]:
    """What the first screen does not show, by pool, in the order of the groups."""
    groups: dict[str, list[Service]] = {}
    for service in catalogue.services.values():
        if service.code not in catalogue.routine:
            pool = service.pool if service.pool in GROUPS else OTHER_SERVICES
            groups.setdefault(pool, []).append(service)
    return {pool: groups[pool] for pool in (*GROUPS, OTHER_SERVICES) if pool in groups}


def _page_of(
    question: str,
    offers: tuple[Offer, ...],
    session: KioskSession,
    *,
    more: str | None = None,
    back: str | None = None,
    title: str = "",
) -> OfferScreen:
    """The page asked for, or the last one where it is beyond; what follows the last is `more`."""
    pages = max(1, -(-len(offers) // session.answers_per_screen))
    page = min(session.page, pages)
    first = (page - 1) * session.answers_per_screen
    return OfferScreen(
        question,
        offers[first : first + session.answers_per_screen],
        title,
        more=session.to("/kiosk", page=page + 1) if page < pages else more,
        back=session.to("/kiosk", page=page - 1) if page > 1 else back,
    )


def _ticket_offer(kiosk: KioskContext, hall: Hall, service: PlainService) -> Offer:
    wait = _wait(kiosk, hall, service.code)
    return Offer(service.code, service.name(kiosk.language), _icon(service.code), wait)


def _question_offer(kiosk: KioskContext, hall: Hall, service: Service) -> Offer:
    session = kiosk.session
    return Offer(
        service.code,
        service.names[session.language],
        _icon(service.code),
        _wait(kiosk, hall, service.code) if service.has_line else "",
        session.with_service(service.code).onward(),
    )


def _wait(kiosk: KioskContext, hall: Hall, service: str) -> str:
    """Each service's own: a count of those who wait for the same counters would stand on several
    services, as if there were so many more people."""
    announced = kiosk.services.waits.announced(kiosk.branch.id)
    today = hall_today(hall, kiosk.services.clock.now())
    wait = wait_for_service(today, service, announced)
    say = texts(kiosk.language).gettext
    if wait.range is not None:
        return say(mark("Wait: %(time)s")) % {"time": short_wait(wait, kiosk.language)}
    if not wait.is_served:
        return _unserved(kiosk, service)
    if not wait.ahead:
        return say(mark("nobody before you"))
    return say(mark("%(num)s before you")) % {"num": wait.ahead}


def _unserved(kiosk: KioskContext, code: str) -> str:
    """Whether somebody will still serve it today, and from when; a branch without counters need
    not say that of each service."""
    say, catalogue = texts(kiosk.language).gettext, kiosk.catalogue
    service = catalogue.services.get(code) if catalogue else None
    if catalogue is None or service is None:
        return say(mark("No counter open yet"))
    if catalogue.branch.kind is BranchKind.MACHINES:
        return ""
    later = outlook(catalogue, kiosk.branch, service, kiosk.services.clock.now())
    if later.at is not None:
        return say(mark("Counter from %(time)s")) % {
            "time": clock_time(later.at, kiosk.branch.plan)
        }
    return say(mark("No counter open yet") if later.opens_later else mark("No counter today"))


def _group_offer(pool: str, session: KioskSession) -> Offer:
    icon, name = GROUPS.get(pool, OTHER_GROUP)
    href = session.cleared.to("/kiosk", group=pool)
    return Offer(pool, texts(session.language).gettext(name), icon, href=href)


def _icon(code: str) -> str:
    return ICONS.get(code, "counter")
