"""Who may be called, and who is passed by it: the promises of each order, checked at each call."""

from datetime import datetime

from lobby.queueing.events.ticket import TicketCalled
from lobby.queueing.model.choice import Rule
from lobby.queueing.model.priority import STRICT_ORDER, Order, Priority
from tests.bench.invariants_model import Desk, House, Spot, Visit, broken

SAME = 1e-9
"""Seconds closer than this are equal: they are made of the same floats."""


def check_call(house: House, event: TicketCalled, visit: Visit) -> None:
    """Before the call takes effect. Counts whom it passes."""
    desk, choice = house.desks[event.counter], event.choice
    found = house.reachable(desk)
    passed = [each for each in found if each.place < visit.place]
    check_waited(visit, event.at, choice.waited_s)
    if {each.number for each in passed} != set(choice.passed) or len(passed) != len(choice.passed):
        broken("overtakes", event, "passes", sorted(each.number for each in passed))
    is_by_hand = choice.rule is Rule.CHOSEN
    if not is_by_hand:
        check_rule(house, desk, visit, found, event.at)
    for each in passed:
        if is_by_hand:
            each.by_hand += 1
        else:
            each.by_rule += 1
    counted = {each.number: each.passed for each in passed}
    if counted != dict(zip(choice.passed, choice.passed_times, strict=True)):
        broken("overtakes", event, "has passed", counted)
    check_shown(house, event, visit, found)


def check_waited(visit: Visit, now: datetime, said_s: float) -> None:
    """The wait ends at the first call, whatever comes after it."""
    wait_s = visit.wait_s(now)
    if abs(wait_s - said_s) > SAME:
        broken("waits", visit.number, "waited", wait_s, "not", said_s)
    if visit.first_called_at is not None and abs(visit.waited_s - said_s) > SAME:
        broken("waits", visit.number, "had waited", visit.waited_s, "and now", said_s)


def check_rule(house: House, desk: Desk, visit: Visit, found: list[Visit], now: datetime) -> None:
    if visit not in found:
        broken("choice", visit.number, "is not for counter", desk.id)
    match house.plan.calling.order:
        case Order.FIRST_COME:
            own = _own_or_all(house, desk, found)
            if visit is not min(own, key=lambda each: each.place):
                broken("choice", visit.number, "was not the first at counter", desk.id)
        case Order.STRICT:
            own = _own_or_all(house, desk, found)
            if visit is not min(own, key=lambda each: (_rank(house, each), each.place)):
                broken("choice", visit.number, "was not of the first class at", desk.id)
        case Order.RULE_A:
            _check_rule_a(house, desk, visit, found, now)


def _check_rule_a(
    house: House, desk: Desk, visit: Visit, found: list[Visit], now: datetime
) -> None:
    """The bound first, then who was shown, then premium's own counter, then the promise."""
    rule = house.plan.calling
    passed = [each for each in found if each.place < visit.place]
    for each in passed:
        if each.passed >= rule.overtakes_max:
            broken("overtakes", each.number, "is passed by", visit.number, "after", each.passed)
        if rule.keeps_next and each.is_next:
            broken("choice", each.number, "was shown as next, and", visit.number, "is called")
    spent = [each for each in found if each.passed >= rule.overtakes_max]
    bound = min((each.place for each in spent), default=None)
    if rule.keeps_next:
        shown = min((each for each in found if each.is_next), key=_place, default=None)
        if shown is not None and (bound is None or shown.place < bound):
            if visit is not shown:
                broken("choice", shown.number, "was shown, not", visit.number)
            return
    allowed = [each for each in found if bound is None or each.place <= bound]
    allowed = _own_or_all(house, desk, allowed)
    if visit not in allowed:
        broken("choice", visit.number, "is not premium's own at counter", desk.id)
    best = _pressing(house, allowed, now)
    if _priority(house, best) is Priority.PREMIUM:
        helped = [each for each in allowed if _priority(house, each) is Priority.ASSISTANCE]
        best = _pressing(house, helped, now) if helped else best
    if best is not visit:
        broken("choice", best.number, "presses more than", visit.number, "at counter", desk.id)


def check_shown(house: House, event: TicketCalled, visit: Visit, found: list[Visit]) -> None:
    """One ticket of the house at a time, of those whom this counter can call."""
    rule = house.plan.calling
    others = [each for each in found if each is not visit]
    is_shown = any(each.is_next and each is not visit for each in house.waiting())
    expects = rule.order is Order.RULE_A and rule.keeps_next and not is_shown and others != []
    if expects != (event.next is not None):
        broken("choice", "shown as next:", event.next, "of", [each.number for each in others])
    if event.next is not None and event.next not in {each.number for each in others}:
        broken("choice", event.next, "is shown and cannot be called at", event.counter)


def _place(visit: Visit) -> Spot:
    return visit.place


def _priority(house: House, visit: Visit) -> Priority:
    if visit.priority is Priority.PREMIUM and not house.premium_counts():
        return Priority.REGULAR
    return visit.priority


def _rank(house: House, visit: Visit) -> int:
    return STRICT_ORDER.index(_priority(house, visit))


def _own_or_all(house: House, desk: Desk, found: list[Visit]) -> list[Visit]:
    """At a premium counter those of premium, while there are any."""
    if not desk.is_premium:
        return found
    return [each for each in found if _priority(house, each) is Priority.PREMIUM] or found


def _pressing(house: House, found: list[Visit], now: datetime) -> Visit:
    """Whose promise is used up most, quick jobs counting more; of equals the earlier place."""
    counts, rule = house.premium_counts(), house.plan.calling
    shortest = min(house.minutes.values())

    def pressing(visit: Visit) -> float:
        is_regular = visit.priority is Priority.PREMIUM and not counts
        promise = rule.promise(Priority.REGULAR if is_regular else visit.priority)
        since = visit.place[0]
        if visit.booked_at is not None and visit.booked_at > since:
            since = visit.booked_at
        waited_min = max(0.0, (now - since).total_seconds() / 60)
        used = min(rule.used_max, (waited_min + promise.head_start_min) / promise.within_min)
        return used * min(1.0, shortest / house.minutes[visit.service])

    values = [pressing(visit) for visit in found]
    most = max(values)
    equal = (v for v, value in zip(found, values, strict=True) if value == most)
    return min(equal, key=lambda visit: visit.place)
