"""What a starting process needs to know of a branch: its hall, and the keys already used."""

from dataclasses import dataclass

from sqlalchemy import Connection

from lobby.queueing.evolve.dispatch import fold
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Plan
from lobby.store.log import Act, events_of_last_day, recent_acts


@dataclass(frozen=True, slots=True)
class History:
    """`acts` is the branch's own copy to add to."""

    hall: Hall
    acts: dict[str, Act]


def read_history(connection: Connection, plan: Plan) -> History:
    """Fold the newest business day's events: the one path from the log to a hall."""
    before, events = events_of_last_day(connection, plan.id)
    return History(fold(Hall.empty(plan, before), events), recent_acts(connection, plan.id))
