"""M1 to M5: what holds beside every rule, for those who need more time, papers or a way out."""

from lobby.triage.advice import Modifier
from lobby.triage.case import Case
from lobby.triage.catalogue import Job

ASSIST = "ASSIST"
URGENT = "URGENT"
PREMIUM = "PREMIUM"

KEPT_PLACE_MIN = 30
"""Long enough to fetch a paper from home nearby."""


def modifiers(case: Case) -> tuple[Modifier, ...]:
    holding = (
        (Modifier.HELP, case.request.help or case.request.priority is not None),
        (Modifier.DOCUMENT, case.request.documents_ready is False),
        (Modifier.DEADLINE, leaves_too_soon(case) or closes_too_soon(case)),
        (Modifier.CALLING, bool(case.request.call_modes)),
        (Modifier.RETURNED, case.request.returned_from_machine),
    )
    return tuple(modifier for modifier, holds in holding if holds)


def priority(case: Case) -> str | None:
    """The code of a priority class; a lost card outranks what a person declares."""
    if case.job is Job.LOSS:
        return URGENT
    if case.request.priority is not None:
        return case.request.priority
    if case.request.help:
        return ASSIST
    return PREMIUM if case.request.premium else None


def grace_s(case: Case) -> int | None:
    """How long a called customer has to appear, by the most patient of their classes; None: as
    long as everybody."""
    request, known = case.request, case.catalogue.priorities
    classes = {priority(case), request.priority, ASSIST if request.help else None}
    graces = (found.grace_s for code, found in known.items() if code in classes)
    return max(graces, default=None)


def leaves_too_soon(case: Case) -> bool:
    leaves_in_min = case.request.leaves_in_min
    return leaves_in_min is not None and leaves_in_min < case.situation.counter_wait_min


def closes_too_soon(case: Case) -> bool:
    closes_in_min = case.situation.minutes_to_closing
    return closes_in_min is not None and closes_in_min < case.situation.counter_wait_min


def lobby_should_know(case: Case) -> bool:
    """A card on the tablet: help, papers to look at, a deadline, or a machine that refused."""
    alerting = {Modifier.HELP, Modifier.DOCUMENT, Modifier.DEADLINE, Modifier.RETURNED}
    return case.job is Job.LOSS or bool(alerting & set(modifiers(case)))
