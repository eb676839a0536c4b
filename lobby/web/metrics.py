"""What is counted for whoever watches over the machine: acts here, the rest from who counts it."""

from collections.abc import Iterator
from functools import cache

from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    Metric,
    SummaryMetricFamily,
)
from prometheus_client.registry import Collector

from lobby.live.channels import Urgency
from lobby.waits import metrics as waits_metrics
from lobby.web.services import Services

COMMANDS = Counter(
    "lobby_commands",
    "Acts by kind and by what became of them: done, repeated, or the name of the refusal.",
    ("kind", "result"),
    registry=None,
)


@cache
def _counter(kind: str, result: str) -> Counter:
    """Bound once per pair of labels; both are names of classes, so there are few."""
    return COMMANDS.labels(kind, result)


def count_command(kind: str, result: str) -> None:
    _counter(kind, result).inc()


def exposition(services: Services) -> bytes:
    """Everything in the text format of Prometheus, as it stands now."""
    registry = CollectorRegistry(auto_describe=False)
    for counted in (COMMANDS, waits_metrics.SECONDS, waits_metrics.FAILURES):
        registry.register(counted)
    registry.register(ServiceMetrics(services))
    return generate_latest(registry)


class ServiceMetrics(Collector):
    """Reads the counters that each part of the application keeps itself."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def describe(self) -> list[Metric]:
        """Nothing is read when the registry is put together."""
        return []

    def collect(self) -> Iterator[Metric]:
        yield from self._store()
        yield from self._live()
        yield from self._branches()
        yield from self._waits()
        yield from self._parts()
        yield from self._connections()

    def _parts(self) -> Iterator[Metric]:
        health = self._services.store.writer.health
        yield CounterMetricFamily("lobby_write_failures", "Writes refused.", health.failures)
        is_ready = self._services.readiness.last.trouble is None
        yield GaugeMetricFamily("lobby_ready", "Whether acts can be done.", float(is_ready))
        supervisor = self._services.supervisor
        failures = CounterMetricFamily(
            "lobby_part_failures", "Times that a part of the house has failed.", labels=("part",)
        )
        failing = GaugeMetricFamily(
            "lobby_parts_failing", "Parts that do not work now.", labels=("part",)
        )
        for kind, count in supervisor.failures.items():
            now = sum(part.is_failing for part in supervisor.parts if part.kind is kind)
            failures.add_metric((kind.value,), count)
            failing.add_metric((kind.value,), now)
        yield failures
        yield failing

    def _connections(self) -> Iterator[Metric]:
        connections = self._services.connections
        yield GaugeMetricFamily(
            "lobby_connections_capacity", "How many there may be.", connections.capacity
        )
        now = GaugeMetricFamily("lobby_connections", "Open connections.", labels=("standing",))
        for standing, count in connections.counts.items():
            now.add_metric((standing.name.lower(),), count)
        yield now
        yield CounterMetricFamily(
            "lobby_connections_shed", "Strangers who went for others.", connections.shed
        )
        refused = CounterMetricFamily(
            "lobby_connections_refused", "Answered below the application.", labels=("status",)
        )
        for status, count in connections.refused.items():
            refused.add_metric((str(status),), count)
        yield refused

    def _store(self) -> Iterator[Metric]:
        figures = self._services.store.writer.figures
        yield SummaryMetricFamily(
            "lobby_commit_seconds",
            "Time from the first write of a batch to its durable commit.",
            count_value=figures.commits,
            sum_value=figures.commit_s,
        )
        yield CounterMetricFamily("lobby_writes", "Writes made durable.", figures.works)

    def _live(self) -> Iterator[Metric]:
        tally = self._services.hub.tally
        yield SummaryMetricFamily(
            "lobby_paint_seconds",
            "Time to paint one room's picture and hand it to its sockets.",
            count_value=tally.paints,
            sum_value=tally.paint_s,
        )
        yield CounterMetricFamily(
            "lobby_paint_failures", "Pictures that could not be painted.", tally.paint_failures
        )
        yield CounterMetricFamily("lobby_frames_sent", "Frames sent to sockets.", tally.frames_sent)
        yield CounterMetricFamily(
            "lobby_slow_sockets_cut", "Sockets cut for not reading.", tally.slow_sockets_cut
        )
        sockets = GaugeMetricFamily("lobby_sockets", "Open live sockets.", labels=("screen",))
        for urgency in Urgency:
            sockets.add_metric((urgency.name.lower(),), tally.sockets_open[urgency])
        yield sockets

    def _branches(self) -> Iterator[Metric]:
        version = GaugeMetricFamily("lobby_version", "Newest committed event.", labels=("branch",))
        waiting = GaugeMetricFamily("lobby_waiting", "Tickets waiting.", labels=("branch",))
        for branch in self._services.branches.values():
            version.add_metric((branch.id,), branch.hall.version)
            waiting.add_metric((branch.id,), branch.hall.waiting_count())
        yield version
        yield waiting

    def _waits(self) -> Iterator[Metric]:
        age = GaugeMetricFamily(
            "lobby_forecast_age_seconds", "Age of the newest board of waits.", labels=("branch",)
        )
        for branch_id, age_s in self._services.waits.ages_s().items():
            age.add_metric((branch_id,), age_s)
        yield age
