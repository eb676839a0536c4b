"""Why a range is another one than before. What the customer did is named as such; anything else
only where it was traced: the forecast is made again for the hall as it would be without it, by the
same chances, and at least half of the difference has to be gone."""

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from msgspec import structs

from lobby.forecast.wait_range import is_longer
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import Ticket
from lobby.waits.announced import AnnouncedWait, ChangeReason, OwnActs

Foresee = Callable[[Hall], Mapping[str, float]]
"""From a hall to the P90 of each wait in seconds, by number."""

FORECASTS_MAX = 6
"""Of one renewal: whoever's wait would need more of them is told that it was worked out anew."""


class Traces:
    """The forecasts that one renewal makes besides its own, of one hall."""

    def __init__(self, hall: Hall, foresee: Foresee | None) -> None:
        self._hall, self._foresee = hall, foresee
        self._ends_s: dict[object, Mapping[str, float]] = {}

    def reason(self, ticket: Ticket, old: AnnouncedWait, new: AnnouncedWait) -> ChangeReason | None:
        """A longer wait is never told without a word; of a shorter one only the good news."""
        if not is_longer(old.range, new.range):
            opened = frozenset(new.counters - old.counters)
            shut = self._with_counters(opened, _shut)
            is_good = bool(opened) and self._explains(ticket, ("shut", opened), shut, old, new)
            return ChangeReason.OPENED if is_good else None
        own = _own_act(old.own, new.own)
        if own is not None:
            return own
        return next(self._traced(ticket, old, new), ChangeReason.ANEW)

    def _traced(
        self, ticket: Ticket, old: AnnouncedWait, new: AnnouncedWait
    ) -> Iterator[ChangeReason]:
        hall, gone = self._hall, old.counters - new.counters
        known = {counter for counter in gone if counter in hall.counters}
        paused = frozenset(counter for counter in known if hall.counters[counter].is_paused)
        for counters, reason in (
            (paused, ChangeReason.PAUSED),
            (frozenset(known - paused), ChangeReason.CLOSED),
        ):
            back = self._with_counters(counters, _serving)
            if counters and self._explains(ticket, ("back", counters), back, old, new):
                yield reason
        came = new.ahead > old.ahead or new.may_pass > old.may_pass
        others = _without_newcomers(hall, ticket, old.at)
        if came and self._explains(ticket, ("came", old.at, ticket.number), others, old, new):
            yield ChangeReason.OTHERS_FIRST
        done = _without_long_jobs(hall, old.at)
        if self._explains(ticket, ("done", old.at), done, old, new):
            yield ChangeReason.SLOWER

    def _explains(
        self, ticket: Ticket, key: object, changed: Hall, old: AnnouncedWait, new: AnnouncedWait
    ) -> bool:
        if old.estimate is None or new.estimate is None or changed == self._hall:
            return False
        moved_s = new.estimate.p90_s - old.estimate.p90_s
        now_s = self._end_s("now", self._hall, ticket)
        without_s = self._end_s(key, changed, ticket)
        if now_s is None or without_s is None or (math.isinf(without_s) and math.isinf(now_s)):
            return False
        share = (now_s - without_s) / moved_s if math.isfinite(moved_s) and moved_s else 1.0
        return share >= 0.5

    def _end_s(self, key: object, hall: Hall, ticket: Ticket) -> float | None:
        if key not in self._ends_s:
            if self._foresee is None or len(self._ends_s) > FORECASTS_MAX:
                return None
            self._ends_s[key] = self._foresee(hall)
        return self._ends_s[key].get(ticket.number)

    def _with_counters(
        self, counters: frozenset[str], change: Callable[[Counter, Hall], Counter]
    ) -> Hall:
        hall = self._hall
        changed = {each: change(hall.counters[each], hall) for each in counters}
        return structs.replace(hall, counters={**hall.counters, **changed})


def _own_act(old: OwnActs, new: OwnActs) -> ChangeReason | None:
    """What the customer asked for between two announcements."""
    if new.postponements > old.postponements:
        return ChangeReason.MORE_TIME
    if new.service != old.service:
        return ChangeReason.SERVICE
    if new.adviser and new.adviser != old.adviser:
        return ChangeReason.ADVISER
    return None


def _serving(counter: Counter, _hall: Hall) -> Counter:
    """As if it had gone on, free for the next."""
    if counter.session is None:
        return counter
    session = structs.replace(
        counter.session, paused_at=None, paused_until=None, closed_at=None, unattended_since=None
    )
    return structs.replace(counter, session=session)


def _shut(counter: Counter, _hall: Hall) -> Counter:
    return Counter(counter.id)


def _without_newcomers(hall: Hall, ticket: Ticket, since: datetime) -> Hall:
    """Who came after `since` has not come."""
    came = [each for each in hall.waiting_tickets() if each.taken_at > since and each is not ticket]
    for each in came:
        hall = hall.left(each)
    return hall


def _without_long_jobs(hall: Hall, since: datetime) -> Hall:
    """Jobs that were in hand at `since` and still are have ended."""
    ended = {
        counter.id: structs.replace(counter, ticket=None)
        for counter in hall.counters.values()
        if counter.ticket and _is_in_hand_since(hall.tickets[counter.ticket], since)
    }
    return structs.replace(hall, counters={**hall.counters, **ended}) if ended else hall


def _is_in_hand_since(ticket: Ticket, since: datetime) -> bool:
    return bool(ticket.servings) and ticket.servings[-1].started_at <= since
