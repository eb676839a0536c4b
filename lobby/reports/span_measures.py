"""The measures of a span from its sums: the same definitions as the day's, sums first."""

from lobby.reports.measures import Rate, Spread
from lobby.store.histograms import Counts, median_s, p90_s
from lobby.store.rollups import Tally

MICROSECONDS = 1_000_000

HIDDEN_BELOW = 5
"""Of a smaller group nothing is told in a long period: one could tell who it was."""


def kept(tally: Tally) -> Rate:
    return Rate(tally["kept"], tally["due"])


def no_shows(tally: Tally) -> Rate:
    return Rate(tally["missed"], tally["called"])


def abandonments(tally: Tally) -> Rate:
    return Rate(tally["gave_up"], tally["in_line"])


def inside(tally: Tally) -> Rate:
    """Of those told a wait and served: within the range that they were told."""
    return Rate(tally["inside"], tally["told"])


def diversion(tally: Tally) -> Rate:
    return Rate(tally["completed"], tally["eligible"])


def returns(tally: Tally) -> Rate:
    return Rate(tally["returned"], tally["accepted"])


def waits(tally: Tally) -> Spread:
    """The mean is exact; median and P90 are read from the histogram."""
    return _spread(tally["wait_us"], tally.waits)


def service_times(tally: Tally) -> Spread:
    return _spread(tally["service_us"], tally.service_times)


def utilisation(tally: Tally) -> float | None:
    """Serving time by signed-in time without breaks."""
    at_work_us = tally["signed_in_us"] - tally["breaks_us"]
    return tally["serving_us"] / at_work_us if at_work_us > 0 else None


def seconds(microseconds: int) -> float:
    return microseconds / MICROSECONDS


def _spread(total_us: int, counts: Counts) -> Spread:
    of = int(counts.sum())
    mean_s = total_us / of / MICROSECONDS if of else None
    return Spread(of, mean_s, median_s(counts), p90_s(counts))
