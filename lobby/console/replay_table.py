"""The result of a replayed day, as a table or as one JSON object."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from rich.table import Table

from lobby.replay.comparing import Comparison, Waits


def table_of(comparison: Comparison, day: date, took_s: float) -> Table:
    received = ", ".join(map(str, comparison.calls_received))
    table = Table(title=f"{day}, replayed in {took_s:.1f} s")
    for name in ("", "replayed", "in the log"):
        table.add_column(name, justify="right" if name else "left")
    rows = (
        ("tickets given out", comparison.tickets_taken, comparison.tickets_in_log),
        ("calls announced", comparison.calls_announced, comparison.served_in_log),
        ("calls received by each display", received, ""),
        ("displays that end with the last calls", comparison.displays_true, ""),
        ("customers' pages that followed the wait", comparison.pages_opened, ""),
        ("of these called, and told so", _told(comparison), ""),
        ("lost", comparison.lost, ""),
        ("doubled", comparison.doubled, ""),
        ("out of order", comparison.out_of_order, ""),
        ("acts not done", comparison.troubles, ""),
        *_wait_rows(comparison.waits_in_report, comparison.waits_in_log),
        ("largest difference of one wait, s", f"{comparison.largest_difference_s:.1f}", ""),
        *_accuracy_rows(comparison.accuracy),
    )
    for name, replayed, logged in rows:
        table.add_row(name, str(replayed), str(logged))
    return table


def as_json(comparison: Comparison, day: date, took_s: float) -> dict[str, Any]:
    return {
        "date": day.isoformat(),
        **asdict(comparison),
        "faithful": comparison.is_faithful,
        "took_s": round(took_s, 3),
    }


def _told(comparison: Comparison) -> str:
    return f"{comparison.pages_called}, {comparison.pages_told}"


def _wait_rows(report: Waits, log: Waits) -> tuple[tuple[str, str, str], ...]:
    return (
        ("mean wait, s", _seconds(report.mean_s), _seconds(log.mean_s)),
        ("median wait, s", _seconds(report.median_s), _seconds(log.median_s)),
        ("P90 of waits, s", _seconds(report.p90_s), _seconds(log.p90_s)),
    )


def _accuracy_rows(accuracy: Mapping[str, Any] | None) -> tuple[tuple[str, str, str], ...]:
    """What customers were told on the way, by the report of the replayed day."""
    if not accuracy or not accuracy["told_and_served"]:
        return ()
    told = accuracy["told_and_served"]
    return (
        ("told a wait and served", str(told), ""),
        ("inside the range they were told", f"{accuracy['inside']['count'] / told:.1%}", ""),
        ("later than they were told", f"{accuracy['late']['count'] / told:.1%}", ""),
        ("median error, s", _seconds(accuracy["median_error_s"]), ""),
        ("median error of a naive estimate, s", _seconds(accuracy["naive_median_error_s"]), ""),
    )


def _seconds(value: float | None) -> str:
    return "none" if value is None else f"{value:.1f}"
