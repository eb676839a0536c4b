"""The hall as today sees it: a day turns with the first ticket or counter of a new date, and until
then no screen in the hall shows what yesterday has left behind."""

from datetime import date, datetime

from lobby.queueing.decide.day import has_new_date, new_day
from lobby.queueing.evolve.dispatch import fold
from lobby.queueing.model.hall import Hall

_TURNED: dict[str, tuple[Hall, date, Hall]] = {}
"""By branch: the newest hall that was looked at on a later date, that date, and what it becomes."""


def hall_today(hall: Hall, now: datetime) -> Hall:
    """The hall itself on its own day; after midnight what the turn of the day will make of it."""
    if hall.day is None or not has_new_date(hall, now):
        return hall
    today = hall.plan.business_day(now)
    known = _TURNED.get(hall.plan.id)
    if known is None or known[0] is not hall or known[1] != today:
        known = _TURNED[hall.plan.id] = hall, today, fold(hall, new_day(hall, now))
    return known[2]
