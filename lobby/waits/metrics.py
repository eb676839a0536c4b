"""What is counted of forecasts: how long snapshots take, and how many could not be made."""

from prometheus_client import Counter, Histogram

SECONDS = Histogram(
    "lobby_forecast_seconds",
    "Time to make one branch's snapshot of waits, in its own thread.",
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0),
    registry=None,
)
FAILURES = Counter(
    "lobby_forecast_failures",
    "Boards that could not be made: people ahead were told instead.",
    registry=None,
)
