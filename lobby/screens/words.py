"""Words that several staff screens share: pools, priorities, reasons, counters and services."""

from collections.abc import Callable, Sequence

from lobby.i18n.texts import mark, texts
from lobby.queueing.model.choice import Rule
from lobby.queueing.model.counter import UndoableAct
from lobby.queueing.model.plan import Plan, Service
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.rest import RestReason

POOLS = {
    "cash": mark("Cash and transfers"),
    "service": mark("Accounts and cards"),
    "corporate": mark("Companies"),
    "exchange": mark("Foreign currency"),
    "adviser": mark("Advice"),
    "lobby": mark("Lobby"),
}

RULES = {
    Rule.FIRST_COME: mark("First come"),
    Rule.RESERVED: mark("Sent to this counter"),
    Rule.CHOSEN: mark("Chosen by hand"),
}

PRIORITIES = {
    Priority.REGULAR: mark("Regular"),
    Priority.URGENT: mark("Urgent"),
    Priority.ASSISTANCE: mark("Would like help"),
    Priority.PREMIUM: mark("Premium"),
    Priority.APPOINTMENT: mark("Has a booking"),
}

ACTS_TO_UNDO = {
    UndoableAct.ABSENCE: mark("absent"),
    UndoableAct.FINISH: mark("finished"),
    UndoableAct.TRANSFER: mark("transferred"),
}

REST_REASONS = {
    RestReason.PAPERS: mark("Fetching papers"),
    RestReason.LATER: mark("Comes back later"),
}

PAUSE_REASONS = (mark("Lunch"), mark("Short break"), mark("Consultation"), mark("Cash run"))
HOLD_REASONS = (mark("Filling in a form"), mark("Fetching papers"), mark("Waiting for approval"))
CHOICE_REASONS = (mark("Needs help"), mark("Quick question"), mark("Was here before"))
"""A reason is kept as it was given. The ready-made ones are kept in English, and so each reader
sees them in a language of their own; other words stay as they were typed."""


def speaker(language: str) -> Callable[[str], str]:
    """Translates words that a template knows only by value. A person's own words pass through
    unchanged and stay plain text, which a template's `_` would take for markup."""
    text = texts(language)
    return lambda words: text.gettext(words) if words else ""


def pool_name(pool: str) -> str:
    return POOLS.get(pool, pool)


def pool_label(plan: Plan, pool: str, services: Sequence[str], language: str) -> str:
    """What customers call these services of one pool: by the service's own name where it is the
    only one, and one after the other where the pool has no name."""
    names = [service_named(plan, code).name(language) for code in services]
    if len(names) > 1 and pool in POOLS:
        return texts(language).gettext(POOLS[pool])
    return " · ".join(names)


def service_named(plan: Plan, code: str) -> Service:
    """A service taken out of the catalogue during the day is still asked for by who waits."""
    return plan.services.get(code) or Service(code, "", code, 0, {"en": code})


def counter_label(plan: Plan, counter_id: str) -> str:
    """What displays and voices call this counter; one taken out of the plan keeps its id."""
    known = plan.counters.get(counter_id)
    return known.label if known else counter_id
