"""The day at the machines in the report's JSON, unrounded."""

from datetime import datetime
from typing import Any

from lobby.reports.at_machines import AtMachines
from lobby.reports.funnel import Diversion, Funnel
from lobby.reports.help_times import HelpLine
from lobby.reports.machine_hours import MachineLine
from lobby.reports.measures import Rate
from lobby.reports.offers import Offers
from lobby.store.faults import Fault


def machine_figures(told: AtMachines | None, *, with_people: bool) -> dict[str, Any]:
    """Nothing at all for a branch without machines and rules. Who offered is told by id, and only
    to whom it is to be told."""
    if told is None:
        return {}
    diversion = _diversion(told.diversion)
    if with_people:
        people = told.diversion.colleagues
        diversion["colleagues"] = [{"staff": p.staff, **_offers(p.offers)} for p in people]
    rules = (*told.rules.protection, *told.rules.others)
    return {
        "diversion": diversion,
        "rules": [{"rule": r.rule, "rule_set": r.rule_set, "hits": r.hits} for r in rules],
        "machines": [_machine(line) for line in told.machines],
        "faults": [_fault(fault) for fault in told.faults],
        "repairs": {"count": told.repairs.count, "mean_s": told.repairs.mean_s},
        "help_calls": [_help(line) for line in told.help],
        "risk_outcomes": {line.outcome or "open": line.calls for line in told.outcomes},
    }


def rate(of: Rate) -> dict[str, Any]:
    return {"count": of.count, "of": of.of, "share": of.share}


def instant(at: datetime) -> str:
    """To the microsecond: `2026-03-05T01:00:00.000000+00:00`."""
    return at.isoformat(timespec="microseconds")


def _diversion(diversion: Diversion) -> dict[str, Any]:
    return {
        **_funnel(diversion.funnel),
        "return_alert": diversion.funnel.offers.return_alert,
        "off_target": rate(diversion.off_target),
        "saved_s": diversion.saved.seconds,
        "saved_at_counters_s": diversion.saved.counter_s,
        "lobby_s": diversion.saved.lobby_s,
        "first": _offers(diversion.first),
        "second": _offers(diversion.second),
        "exclusions": {line.reason: line.tickets for line in diversion.exclusions},
        "services": [{"service": s.code, **_funnel(s.funnel)} for s in diversion.services],
    }


def _funnel(funnel: Funnel) -> dict[str, Any]:
    """The diversion rate never goes out without the return rate."""
    return {
        "eligible": funnel.eligible,
        **_offers(funnel.offers),
        "offer_rate": rate(funnel.offering),
        "diversion_rate": rate(funnel.diversion),
    }


def _offers(offers: Offers) -> dict[str, Any]:
    return {
        "offered": offers.offered,
        "accepted": offers.accepted,
        "declined": offers.declined,
        "unanswered": offers.unanswered,
        "completed": offers.completed,
        "returned": offers.returned,
        "unconfirmed": offers.unconfirmed,
        "at_machine": offers.at_machine,
        "acceptance_rate": rate(offers.acceptance),
        "completion_rate": rate(offers.completion),
        "return_rate": rate(offers.returns),
        "targeting": rate(offers.targeting),
    }


def _machine(line: MachineLine) -> dict[str, Any]:
    return {
        "machine": line.machine,
        "accepted": line.offers.accepted,
        "completed": line.offers.completed,
        "returned": line.offers.returned,
        "faults": line.faults,
        "open_s": line.open_s,
        "down_s": line.down_s,
        "available": line.available,
        "used_s": line.used_s,
        "used": line.used,
    }


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "machine": fault.machine,
        "state": fault.state.value,
        "opened_at": instant(fault.opened_at),
        "closed_at": instant(fault.closed_at) if fault.closed_at else None,
    }


def _help(line: HelpLine) -> dict[str, Any]:
    return {
        "kind": line.kind.value if line.kind else "all",
        "calls": line.calls,
        "contact_median_s": line.contact.median_s,
        "within_60_s": rate(line.prompt),
    }
