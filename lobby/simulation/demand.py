"""The arrival rate of a simulated branch that makes its counters as busy as asked."""

from lobby.simulation.parameters import BIN_S, MINUTE_S, World


def shares(world: World) -> dict[str, float]:
    """Service -> share of customers: what is quickly done is asked for more often."""
    weights = {code: s.minutes**-world.short_jobs for code, s in world.plan.services.items()}
    total = sum(weights.values())
    return {code: weight / total for code, weight in weights.items()}


def work(world: World) -> dict[str, float]:
    """Service -> minutes of teller's time that one customer in the door stands for."""
    services = world.plan.services
    return {code: share * services[code].minutes for code, share in shares(world).items()}


def customers_a_day(world: World) -> float:
    """On an ordinary day. The time at the counters is the opening hours less breaks."""
    away_s = world.lunch_s + world.pauses_a_day * world.pause_mean_s
    at_counters_s = len(world.plan.counters) * (world.open_s - away_s)
    return world.load * at_counters_s / _each_s(world)


def _each_s(world: World) -> float:
    """What one customer takes of a counter's time: the way, the job, the tidying, and what a
    transfer adds."""
    job_s = MINUTE_S * sum(work(world).values())
    between_s = world.walk_mean_s + world.tidy_mean_s
    return (job_s + between_s) * (1 + world.onward_share)


def arrivals_by_bin(world: World, weekday: int) -> list[float]:
    """Expected arrivals in each quarter of an hour from opening to closing."""
    bins = max(1, round(world.open_s / BIN_S))
    profile = [world.profile[i * len(world.profile) // bins] for i in range(bins)]
    factor = world.weekdays[weekday % len(world.weekdays)]
    return [customers_a_day(world) * factor * part / sum(profile) for part in profile]
