"""What a branch's file may change while the day goes on: nobody who waits is left without a
counter, and what has no date of its own in the file does not change before the file's day."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from lobby.catalogue.reading import BranchFile
from lobby.queueing.model.plan import Plan
from lobby.queueing.model.ticket import ENDED
from lobby.store.catalogue import load_plans
from lobby.store.history import read_history
from lobby.store.set_up import newest_set_up_version
from lobby.store.store import Connection

UNDATED = ("names", "time_zone", "language", "counters", "target_min", "dial", "machines")
"""Fields of a plan, as the file calls them too."""


class BranchChangeError(Exception):
    """Says what would happen, and what to do instead."""


def require_possible_now(connection: Connection, set_up: BranchFile, now: datetime) -> None:
    """Raises `BranchChangeError`. A branch that is new has nobody and nothing to lose."""
    if newest_set_up_version(connection, set_up.plan.id):
        raise BranchChangeError(
            "This branch has been changed while it ran, which stays in the record: "
            "`lobby config import` takes the file as one more change."
        )
    for known in load_plans(connection, only=set_up.plan.id):
        today = known.business_day(now)
        _require_its_day(known, set_up, today)
        _require_nobody_stranded(connection, known, set_up.plan, today)


def _require_its_day(known: Plan, set_up: BranchFile, today: date) -> None:
    starts = set_up.catalogue.valid_from
    changed = list(_changed(known, set_up.plan)) if starts > today else []
    if changed:
        raise BranchChangeError(
            f"This file holds from {starts}, but {', '.join(changed)} would change today: these "
            "have no date of their own here. `lobby config import` takes the file for its day."
        )


def _changed(before: Plan, after: Plan) -> Iterator[str]:
    yield from (name for name in UNDATED if getattr(before, name) != getattr(after, name))
    codes = sorted(
        code
        for code in {*before.services, *after.services}
        if before.services.get(code) != after.services.get(code)
    )
    if codes:
        yield f"services ({', '.join(codes)})"


def _require_nobody_stranded(connection: Connection, known: Plan, new: Plan, today: date) -> None:
    hall = read_history(connection, known).hall
    if hall.day != today:
        return
    here = Counter(
        ticket.service
        for ticket in hall.tickets.values()
        if ticket.state not in ENDED and ticket.service not in new.services
    )
    if here:
        people = ", ".join(f"{code}: {count}" for code, count in sorted(here.items()))
        raise BranchChangeError(
            f"People are here for services that this file no longer has ({people}). Serve them or "
            "change their service first, or load the file after closing."
        )
