"""The report as CSV (a table of visits) and as JSON (its figures)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lobby.queueing.model.plan import Plan
from lobby.reports.day import DayReport
from lobby.reports.export_accuracy import accuracy_figures, order_figures
from lobby.reports.export_machines import instant, machine_figures, rate
from lobby.reports.export_promises import promise_figures
from lobby.reports.given_advice import GivenAdvice
from lobby.reports.measures import CounterUse, Spread
from lobby.reports.periods import Period
from lobby.spreadsheets.csv_file import csv_of
from lobby.store.visits import Visit

COLUMNS = (
    *("number", "service", "service_name", "last_service", "state", "language"),
    *("taken_at", "first_called_at", "started_at", "ended_at", "wait_s", "served_s"),
    *("calls", "absences", "transfers", "counter"),
    *("rule", "rule_set", "eligible", "exclusion", "help_wanted"),
    *("offered_by", "offered_at", "accepted_at", "declined_at", "machine"),
    *("machine_done_at", "confirmed_by", "returned_at"),
    *("priority", "overtakes", "by_hand", "hand_reason", "rested_s"),
)
"""Names for programs, the same in every language. No secret of a ticket, no name of a person."""


def as_csv(report: DayReport, plan: Plan, language: str) -> str:
    """One row per ticket in the order of taking; times on the branch's clock."""
    return csv_of([COLUMNS, *(_cells(visit, plan, language) for visit in report.visits)])


def _cells(visit: Visit, plan: Plan, language: str) -> Iterator[object]:
    service = plan.services.get(visit.service)
    counter = plan.counters.get(visit.counter or "")
    yield from (visit.number, visit.service, service.name(language) if service else "")
    yield from (visit.last_service, visit.state.value, visit.language)
    for at in (visit.taken_at, visit.first_called_at, visit.started_at, visit.ended_at):
        yield _on_the_wall(at, plan)
    yield from ("" if visit.wait_s is None else visit.wait_s, visit.served_s)
    yield from (visit.calls, visit.absences, visit.transfers)
    yield counter.label if counter else visit.counter or ""
    yield from _way_to_machine(visit, plan)
    yield from (visit.priority.value, visit.overtakes, int(visit.by_hand), visit.hand_reason)
    yield visit.rested_s + visit.rested_on_way_s


def _way_to_machine(visit: Visit, plan: Plan) -> Iterator[object]:
    """Who offered is kiosk or staff here, never a person."""
    yield from (visit.rule, visit.rule_set, int(visit.eligible), visit.exclusion)
    yield from (int(visit.help_wanted), visit.offered_by.value if visit.offered_by else "")
    for at in (visit.offered_at, visit.accepted_at, visit.declined_at):
        yield _on_the_wall(at, plan)
    yield from (visit.machine or "", _on_the_wall(visit.machine_done_at, plan))
    yield visit.confirmed_by.value if visit.confirmed_by else ""
    yield _on_the_wall(visit.returned_at, plan)


def _on_the_wall(at: datetime | None, plan: Plan) -> str:
    return "" if at is None else plan.local(at).strftime("%Y-%m-%d %H:%M:%S")


def as_json(report: DayReport, *, with_people: bool = False) -> dict[str, Any]:
    """Everything the page tells, unrounded; durations in seconds, times in UTC."""
    return {
        "branch": report.branch_id,
        "day": report.day.isoformat(),
        "until": instant(report.until),
        "running": report.is_running,
        "target_min": report.target_min,
        "tickets": len(report.visits),
        "served": report.waits.count,
        **_spread("wait", report.waits),
        **_spread("to_call", report.waits_to_call),
        **_spread("to_counter", report.ways_to_counter),
        **_spread("service", report.service),
        "within_target": rate(report.within),
        **promise_figures(report.promises),
        "no_shows": rate(report.no_shows),
        "abandonments": rate(report.abandonments),
        "closed_out": report.absences.left_at_end,
        "waiting_now": report.waiting_now,
        "longest_now_s": report.longest_now_s,
        "resting_now": report.resting_now,
        "utilisation": report.all_counters.utilisation,
        "counters": [_counter(use) for use in report.counters],
        "services": [
            {
                "service": line.code,
                "tickets": line.tickets,
                "served": line.waits.count,
                **_spread("wait", line.waits),
                "times_done": line.service.count,
                **_spread("service", line.service),
                "within_target": rate(line.within),
                "within_promise": rate(line.kept),
            }
            for line in report.services
        ],
        "half_hours": [_period(period) for period in report.half_hours],
        "hours": [_period(period) for period in report.hours],
        "waits": [_wait(visit) for visit in report.visits if visit.wait_s is not None],
        "staffing_advice": [_given(line) for line in report.given_advice],
        "accuracy": accuracy_figures(report.accuracy),
        "order": order_figures(report.fairness),
        **machine_figures(report.machines, with_people=with_people),
    }


def _spread(name: str, spread: Spread) -> dict[str, Any]:
    return {
        f"{name}_mean_s": spread.mean_s,
        f"{name}_median_s": spread.median_s,
        f"{name}_p90_s": spread.p90_s,
    }


def _counter(use: CounterUse) -> dict[str, Any]:
    return {
        "counter": use.counter,
        "served": use.served,
        "served_s": use.served_s,
        "signed_in_s": use.signed_in_s,
        "breaks_s": use.breaks_s,
        "utilisation": use.utilisation,
        "assumed": use.is_assumed,
    }


def _period(period: Period) -> dict[str, Any]:
    return {
        "start": instant(period.start),
        "end": instant(period.end),
        "arrivals": period.arrivals,
        "served": period.waits.count,
        **_spread("wait", period.waits),
        "counters_open": period.counters_open,
        "most_waiting": period.most_waiting,
        "beyond_promise": rate(period.late),
    }


def _given(line: GivenAdvice) -> dict[str, Any]:
    """Who answered is between colleagues."""
    advice = line.advice
    return {
        "at": instant(advice.at),
        "kind": advice.kind.value,
        "counter": advice.counter,
        "outcome": advice.outcome.value if advice.outcome else None,
        "decided_at": instant(advice.decided_at) if advice.decided_at else None,
        "forecast_without": line.without,
        "forecast_with": line.with_it,
        "within_promise": rate(line.kept),
        "is_over": line.is_over,
    }


def _wait(visit: Visit) -> dict[str, Any]:
    return {"number": visit.number, "taken_at": instant(visit.taken_at), "wait_s": visit.wait_s}
