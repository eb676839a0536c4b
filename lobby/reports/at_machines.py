"""The report's part about machines: offers, funnel, rules, faults and calls for help."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.plan import Plan
from lobby.reports.funnel import Diversion, diversion_of
from lobby.reports.help_times import HelpLine, help_lines
from lobby.reports.machine_hours import MachineLine, Repairs, Span, machine_lines, repairs
from lobby.reports.risk_outcomes import OutcomeLine, risk_outcomes
from lobby.reports.rule_hits import RuleHits, rule_hits
from lobby.store.faults import Fault
from lobby.store.help_calls import KeptCall
from lobby.store.visits import Visit


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What the day's visits do not tell: faults that lasted in it, calls for a colleague."""

    faults: tuple[Fault, ...] = ()
    help_calls: tuple[KeptCall, ...] = ()


@dataclass(frozen=True, slots=True)
class AtMachines:
    has_machines: bool
    diversion: Diversion
    rules: RuleHits
    machines: tuple[MachineLine, ...]
    faults: tuple[Fault, ...]
    repairs: Repairs
    help: tuple[HelpLine, ...]
    outcomes: tuple[OutcomeLine, ...] = ()


def at_machines(
    plan: Plan,
    visits: Sequence[Visit],
    upkeep: Upkeep,
    open_span: Span | None,
    *,
    until: datetime,
    is_running: bool,
    times: Mapping[str, Sequence[float]],
) -> AtMachines | None:
    """`times` are the seconds that each service took at the counters. None for a branch that has
    neither machines nor rules: its report has nothing to add."""
    advised = any(map(was_advised, visits)) or any(call.rule for call in upkeep.help_calls)
    if not (visits or advised) or not (plan.machines or upkeep.faults or advised):
        return None
    complaints = (call for call in upkeep.help_calls if call.kind is HelpKind.COMPLAINT)
    complained = frozenset(call.ticket for call in complaints if call.ticket)
    faults = tuple(told_until(fault, until) for fault in upkeep.faults if fault.opened_at <= until)
    lines = machine_lines(plan, visits, faults, open_span, is_running=is_running)
    return AtMachines(
        has_machines=bool(lines),
        diversion=diversion_of(
            *(visits, plan, times, upkeep.help_calls),
            is_running=is_running,
            complained=complained,
        ),
        rules=rule_hits(visits, upkeep.help_calls),
        machines=lines,
        faults=faults,
        repairs=repairs(faults, until),
        help=help_lines(upkeep.help_calls, until),
        outcomes=risk_outcomes(upkeep.help_calls),
    )


def was_advised(visit: Visit) -> bool:
    return bool(visit.rule or visit.eligible or visit.exclusion) or visit.offered_at is not None


def told_until(fault: Fault, until: datetime) -> Fault:
    """An older day tells what it could know: a fault closed on a later day was open on this one."""
    if fault.closed_at is None or fault.closed_at <= until:
        return fault
    return Fault(fault.machine, fault.state, fault.opened_at, None)
