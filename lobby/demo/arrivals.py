"""Arrivals of the demo's day, drawn from a seed and the same each time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from lobby.demo import hours
from lobby.queueing.model.plan import Plan

BUSY_BY_HOUR = {8: 3.0, 9: 1.5, 10: 1.1, 11: 0.7, 12: 0.6, 13: 0.8, 14: 1.0, 15: 1.0, 16: 0.7}
"""Against the mean of the day: many stand at the door when it opens, so that 15 to 30 wait at
the peak of the morning, most of them for 15 to 40 min; a dip at noon."""

WORK_SHARE = 0.9
"""How much of the tellers' time the customers fill: queues form and dissolve."""

BETWEEN_CUSTOMERS_MIN = 1.0
SHORTENED = 0.65
"""A practised teller against the catalogue's minutes, on average."""

LANGUAGE_SHARES = {"zh": 0.5, "vi": 0.3, "en": 0.2}
HAS_PATIENCE_FOR = timedelta(minutes=35)
IMPATIENT_SHARE = 0.12


@dataclass(frozen=True, slots=True)
class Arrival:
    """`leaves_at` is when the customer gives up where nobody has called by then, or None."""

    at: datetime
    service: str
    language: str
    leaves_at: datetime | None


def arrivals(plan: Plan, day: date, tellers: float, seed: int) -> Iterator[Arrival]:
    """In the order of time, at random but busier at busier hours; as many as fill the time of so
    many tellers."""
    draw = Random(f"{seed} arrivals {day}")  # noqa: S311 - a play, not a secret
    now, end = hours.at(plan, day, hours.OPENS), hours.at(plan, day, hours.GIVES_NO_MORE)
    per_hour = customers_per_hour(plan, tellers)
    while True:
        rate = per_hour * BUSY_BY_HOUR[plan.local(now).hour]
        now += timedelta(hours=draw.expovariate(rate))
        if now >= end:
            return
        yield _arrival(plan, now, draw)


def customers_per_hour(plan: Plan, tellers: float) -> float:
    weights = _weights(plan)
    usual_min = sum(plan.services[code].minutes * weight for code, weight in weights.items())
    mean_min = usual_min / sum(weights.values()) * SHORTENED + BETWEEN_CUSTOMERS_MIN
    return WORK_SHARE * tellers * 60 / mean_min


def _arrival(plan: Plan, at: datetime, draw: Random) -> Arrival:
    weights = _weights(plan)
    (service,) = draw.choices(list(weights), list(weights.values()))
    (language,) = draw.choices(list(LANGUAGE_SHARES), list(LANGUAGE_SHARES.values()))
    is_impatient = draw.random() < IMPATIENT_SHARE
    patience = HAS_PATIENCE_FOR * draw.uniform(0.4, 1.2)
    return Arrival(at, service, language, at + patience if is_impatient else None)


def _weights(plan: Plan) -> dict[str, float]:
    """What takes long is asked for rarely."""
    return {service.code: 1 / service.minutes for service in plan.services.values()}
