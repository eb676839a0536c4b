"""Who is next at this counter, and why: the one place that orders the people who wait.

Rule A: whoever has used up most of the promise, quick jobs counting more; nobody is called past
somebody who has been passed as often as may be, nor past who was shown as next.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec.structs import replace

from lobby.queueing.calling.score import Scoring
from lobby.queueing.model import overview
from lobby.queueing.model.choice import Choice, Rule, Score
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.priority import STRICT_ORDER, Order, Priority
from lobby.queueing.model.ticket import Place, Ticket
from lobby.queueing.model.value import Value

SCORED = (Rule.PROMISE, Rule.BUDGET, Rule.NEXT, Rule.RESERVED, Rule.CHOSEN)
"""Rules whose call is explained by the parts of its score."""


class _Candidate(Value, frozen=True):
    """Somebody whom the counter may call now, with all that the rule looks at."""

    ticket: Ticket
    priority: Priority
    score: Score


def next_ticket(hall: Hall, counter: Counter, now: datetime) -> Choice | None:
    """The branch's rule on those whom this counter can serve; None where nobody waits for it."""
    waiting = _candidates(hall, counter, now)
    if not waiting:
        return None
    best, rule = _best(hall, counter, waiting)
    return _choice(best, rule, waiting, now)


def chosen_ticket(
    hall: Hall, counter: Counter, ticket: Ticket, reason: str, now: datetime
) -> Choice:
    """A ticket that the teller picked, with those whom it passes."""
    chosen = _candidate(Scoring(hall, now), ticket)
    choice = _choice(chosen, Rule.CHOSEN, _candidates(hall, counter, now), now)
    return replace(choice, reason=reason)


def next_after(hall: Hall, counter: Counter, choice: Choice, now: datetime) -> str | None:
    """Who will be shown as next once `choice` is called: this counter's next by the same rule,
    given nobody else comes. None where nobody waits, or where the branch keeps no next."""
    rule = hall.plan.calling
    if rule.order is not Order.RULE_A or not rule.keeps_next:
        return None
    if any(each.is_next and each.number != choice.number for each in hall.waiting_tickets()):
        return None  # one at a time: more would fix the order of a whole line
    passed = dict(zip(choice.passed, choice.passed_times, strict=True))
    waiting = [
        replace(each, score=replace(each.score, overtakes=passed[each.ticket.number]))
        if each.ticket.number in passed
        else each
        for each in _candidates(hall, counter, now)
        if each.ticket.number != choice.number
    ]
    return _best(hall, counter, waiting)[0].ticket.number if waiting else None


def eligible_count(hall: Hall, counter: Counter) -> int:
    """How many wait whom this counter could call now, were it not for a pool of its own."""
    theirs, waiting = overview.reserved(hall), overview.lines(hall)
    free = sum(len(waiting.get(service, ())) for service in counter.services)
    free -= sum(ticket.service in counter.services for ticket in theirs)
    return free + sum(may_call(hall, counter, ticket) for ticket in theirs)


def eligible_tickets(hall: Hall, counter: Counter) -> list[Ticket]:
    """All whom this counter may call, service by service in the order of places."""
    return list(_eligible(hall, counter))


def _candidates(hall: Hall, counter: Counter, now: datetime) -> list[_Candidate]:
    scoring = Scoring(hall, now)
    return [_candidate(scoring, ticket) for ticket in eligible_tickets(hall, counter)]


def _candidate(scoring: Scoring, ticket: Ticket) -> _Candidate:
    return _Candidate(ticket, scoring.priority(ticket), scoring.score(ticket))


def _best(hall: Hall, counter: Counter, waiting: Sequence[_Candidate]) -> tuple[_Candidate, Rule]:
    match hall.plan.calling.order:
        case Order.FIRST_COME:
            best, rule = min(_own_or_all(hall, counter, waiting), key=_place), Rule.FIRST_COME
        case Order.STRICT:
            best, rule = min(_own_or_all(hall, counter, waiting), key=_rank), Rule.STRICT
        case Order.RULE_A:
            best, rule = _by_promise(hall, counter, waiting)
    return best, Rule.RESERVED if is_reserved(counter, best.ticket) else rule


def _own_or_all(
    hall: Hall, counter: Counter, waiting: Sequence[_Candidate]
) -> Sequence[_Candidate]:
    """At a counter of the premium pool those of that pool alone while any of them waits."""
    plan = hall.plan.counters.get(counter.id)
    if plan is None or not plan.premium:
        return waiting
    return [each for each in waiting if each.priority is Priority.PREMIUM] or waiting


def is_reserved(counter: Counter, ticket: Ticket) -> bool:
    """Sent to this counter, or to the teller who sits here."""
    asked = ticket.reserved_teller
    return ticket.reserved_counter == counter.id or (asked is not None and asked == counter.teller)


def _by_promise(
    hall: Hall, counter: Counter, waiting: Sequence[_Candidate]
) -> tuple[_Candidate, Rule]:
    """The bound comes before the pool: a premium counter too calls nobody past whom it may not."""
    rule = hall.plan.calling
    spent = [each for each in waiting if each.score.overtakes >= rule.overtakes_max]
    shown = [each for each in waiting if each.ticket.is_next] if rule.keeps_next else []
    first_spent = min(spent, key=_place, default=None)
    first_shown = min(shown, key=_place, default=None)
    if first_shown and (first_spent is None or _place(first_shown) < _place(first_spent)):
        return first_shown, Rule.NEXT
    if first_spent:
        # Nobody later may pass; who came earlier still can, for that passes nobody.
        waiting = [each for each in waiting if _place(each) <= _place(first_spent)]
    waiting = _own_or_all(hall, counter, waiting)
    best = _most_pressing(waiting)
    if best.priority is Priority.PREMIUM:
        helped = [each for each in waiting if each.priority is Priority.ASSISTANCE]
        best = _most_pressing(helped) if helped else best
    return best, Rule.BUDGET if best is first_spent else Rule.PROMISE


def _most_pressing(waiting: Sequence[_Candidate]) -> _Candidate:
    """The largest score; of equal scores the earlier place."""
    values = [each.score.value for each in waiting]
    largest = max(values)
    equal = (each for each, value in zip(waiting, values, strict=True) if value == largest)
    return min(equal, key=_place)


def _place(candidate: _Candidate) -> Place:
    return candidate.ticket.place


def _rank(candidate: _Candidate) -> tuple[int, Place]:
    return STRICT_ORDER.index(candidate.priority), candidate.ticket.place


def _choice(best: _Candidate, rule: Rule, waiting: Sequence[_Candidate], now: datetime) -> Choice:
    """Whoever has an earlier place and could have been called is passed once more."""
    place = best.ticket.place
    passed = [each.ticket for each in waiting if each.ticket.place < place]
    return Choice(
        best.ticket.number,
        rule,
        waited_s=_waited_s(best.ticket, now),
        passed=tuple(ticket.number for ticket in passed),
        passed_times=tuple(ticket.overtakes + 1 for ticket in passed),
        score=best.score if rule in SCORED else None,
    )


def _waited_s(ticket: Ticket, now: datetime) -> float:
    return max(0.0, (ticket.waits_until(now) - ticket.waits_from).total_seconds())


def _eligible(hall: Hall, counter: Counter) -> Iterator[Ticket]:
    """As `may_call` says, asked only of whom somebody is reserved for."""
    services = counter.services
    for ticket in hall.waiting_tickets():
        if ticket.reserved_counter or ticket.reserved_teller:
            if may_call(hall, counter, ticket):
                yield ticket
        elif ticket.service in services:
            yield ticket


def may_call(hall: Hall, counter: Counter, ticket: Ticket) -> bool:
    """A ticket sent to one counter or teller is theirs, unless nobody sits there any more."""
    if ticket.reserved_counter == counter.id:
        return True
    if ticket.reserved_counter and hall.counters[ticket.reserved_counter].is_attended:
        return False
    if is_reserved(counter, ticket):
        return True
    sits_at = hall.counter_of(ticket.reserved_teller) if ticket.reserved_teller else None
    if sits_at is not None and sits_at.is_attended:
        return False
    return ticket.service in counter.services
