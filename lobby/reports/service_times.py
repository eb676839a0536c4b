"""How long each service took: the time of a visit of several services is booked on each of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from lobby.queueing.model.ticket import TicketState
from lobby.store.visits import Stretch, Visit


def times_by_service(
    visits: Sequence[Visit], stretches: Sequence[Stretch]
) -> Mapping[str, Sequence[float]]:
    """Seconds, one figure for each finished visit in which the service was done: the sum of its
    stretches. Of a visit without stretches the whole time, unless it was sent on to another
    service: then nobody knows the parts."""
    by_number: dict[str, list[Stretch]] = defaultdict(list)
    for stretch in stretches:
        by_number[stretch.number].append(stretch)
    times: dict[str, list[float]] = defaultdict(list)
    for visit in visits:
        if visit.state is TicketState.FINISHED:
            for service, served_s in _parts(visit, by_number[visit.number]).items():
                times[service].append(served_s)
    return times


def _parts(visit: Visit, stretches: Sequence[Stretch]) -> Mapping[str, float]:
    if not stretches:
        return {visit.service: visit.served_s} if visit.service == visit.last_service else {}
    parts: dict[str, float] = defaultdict(float)
    for stretch in stretches:
        parts[stretch.service] += stretch.served_s
    return parts
