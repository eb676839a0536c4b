"""A branch's set-up as the tree of tables in which its file has it: every value written out, in one
order, so that two of them can be compared value by value."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias, TypeVar

from lobby.catalogue.reading import BranchFile
from lobby.queueing.model.plan import Plan
from lobby.store.branch_rules import BranchRules
from lobby.triage.catalogue import BranchFacts, Catalogue, Fee, MachineRule, PriorityClass, Service
from lobby.triage.hours import WEEKDAYS, Hours, Spans, SpecialDay
from lobby.triage.machine import Machine
from lobby.triage.profile import Limit, Profile

Tree: TypeAlias = dict[str, Any]
"""Of texts, numbers, days, times, lists and tables, as TOML has them."""

Kept = TypeVar("Kept")

Source: TypeAlias = tuple[str, date]
"""Where a fee is written, and since when it holds."""


def tree_of(set_up: BranchFile) -> Tree:
    """What the one reader makes the same set-up of again."""
    catalogue = set_up.catalogue
    source, since = _tariff(catalogue)
    services = _ordered(catalogue.services, set_up.plan.services)
    machines = _ordered(catalogue.machines, set_up.plan.machines)
    return {
        "version": catalogue.version,
        "valid_from": catalogue.valid_from,
        "source": catalogue.source,
        "profile": catalogue.profile,
        "complaint_phone": catalogue.complaint_phone,
        "blocking_phone": catalogue.blocking_phone,
        "routine": list(catalogue.routine),
        "branch": _branch(set_up.plan, catalogue.branch),
        "rules": [_rules(day, set_up.rules[day]) for day in sorted(set_up.rules)],
        "hours": _hours(catalogue),
        "tariff": {"source": source, "valid_from": since},
        "profiles": {name: _profile(each) for name, each in catalogue.profiles.items()},
        "priorities": [_priority(each) for _, each in sorted(catalogue.priorities.items())],
        "machine_kinds": _machine_kinds(machines),
        "machines": _machines(machines),
        "services": [
            *(_service(each, offered=True) for each in services),
            *(_service(each, offered=False) for each in set_up.not_offered.values()),
        ],
    }


def canonical(tree: Tree, set_up: BranchFile) -> Tree:
    """The same tree as it was read, in our order and form. What means nothing now stays as it is
    written: kinds of machines of which there is none, services of the first screen that are not
    offered, the tariff where every fee names its own."""
    written = tree_of(set_up)
    services = {each["code"]: each for each in written["services"]}
    kinds = tree.get("machine_kinds", {})
    machines = [
        {**machine, "functions": sorted(given.get("functions", ()))}
        for machine, given in zip(written["machines"], tree.get("machines", ()), strict=True)
    ]
    named = {
        kind: {**kinds[kind], "functions": sorted(kinds[kind]["functions"])}
        for kind in sorted(kinds)
    }
    return {
        **written,
        "routine": list(tree["routine"]),
        "tariff": dict(tree["tariff"]),
        "machine_kinds": named,
        "machines": machines,
        "services": sorted(
            (services[each["code"]] for each in tree["services"]), key=_place_without_line
        ),
    }


def _ordered(known: Mapping[str, Kept], plan: Iterable[str]) -> list[Kept]:
    """The queue keeps the order of a file; what it does not know goes by name."""
    first = [name for name in plan if name in known]
    return [known[name] for name in (*first, *sorted(known.keys() - {*first}))]


def _place_without_line(service: Tree) -> tuple[bool, str]:
    has_line = "prefix" in service
    return not has_line, "" if has_line else service["code"]


def _number(value: float | Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def _branch(plan: Plan, facts: BranchFacts) -> Tree:
    counters = plan.counters.values()
    found: Tree = {
        "id": plan.id,
        "kind": facts.kind.value,
        "names": dict(plan.names),
        "time_zone": str(plan.time_zone),
        "language": plan.language,
        "target_min": _number(plan.target_min),
        "dial": str(plan.dial),
        "takes_bookings": facts.takes_bookings,
        "minutes_per_operation": _number(facts.minutes_per_operation),
        "counters": [each.label for each in counters],
        "premium_counters": [each.label for each in counters if each.premium],
    }
    if facts.per_operation_limit is not None:
        found["per_operation_limit"] = facts.per_operation_limit
    if facts.hub is not None:
        found["hub"] = {"id": facts.hub.id, "names": dict(facts.hub.names)}
    return found


def _rules(day: date, rules: BranchRules) -> Tree:
    """One `[[rules]]` has the values of all policies side by side."""
    policies = (rules.calling, rules.counter_policy, rules.lobby_policy)
    values = {
        each.name: getattr(policy, each.name) for policy in policies for each in fields(policy)
    }
    written = {name: _rule(value) for name, value in values.items()}
    return {"valid_from": day, **written}


def _rule(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _rule(each) for key, each in value.items()}
    if hasattr(value, "within_min"):
        return {
            "within_min": _number(value.within_min),
            "head_start_min": _number(value.head_start_min),
        }
    if isinstance(value, bool | str):
        return value if isinstance(value, bool) else str(value)
    return _number(value)


def _hours(catalogue: Catalogue) -> Tree:
    found: Tree = {"last_ticket_min": _number(catalogue.last_ticket_min)}
    found |= {whose: _week(hours) for whose, hours in catalogue.hours.items()}
    found["special_days"] = [_special_day(each) for each in catalogue.special_days]
    return found


def _week(hours: Hours) -> Tree:
    return {day.value: _spans(spans) for day, spans in zip(WEEKDAYS, hours.days, strict=True)}


def _spans(spans: Spans) -> list[Any]:
    return [[span.opens, span.closes] for span in spans]


def _special_day(special: SpecialDay) -> Tree:
    found: Tree = {"day": special.first, "until": special.last}
    if special.like is not None:
        found["like"] = special.like.value
    else:
        found["open"] = _spans(special.spans)
    if special.whose:
        found["whose"] = sorted(special.whose)
    if special.names:
        found["names"] = dict(special.names)
    return found


def _tariff(catalogue: Catalogue) -> Source:
    """Where most fees are written."""
    fees = (fee for service in catalogue.services.values() for fee in service.fees.values())
    sources = Counter((fee.source, fee.valid_from) for fee in fees)
    if not sources:
        return catalogue.source, catalogue.valid_from
    return min(sources, key=lambda source: (-sources[source], source))


def _profile(profile: Profile) -> Tree:
    return {"currency": profile.currency, "limits": [_limit(each) for each in profile.limits]}


def _limit(limit: Limit) -> Tree:
    found: Tree = {
        "name": limit.name.value,
        "amount": limit.amount,
        "valid_from": limit.valid_from,
        "source": limit.source,
    }
    if limit.valid_until is not None:
        found["valid_until"] = limit.valid_until
    return found


def _priority(priority: PriorityClass) -> Tree:
    return {
        "code": priority.code,
        "grace_s": priority.grace_s,
        "names": dict(priority.names),
        "proofs": dict(priority.proofs),
    }


def _machine_kinds(machines: Iterable[Machine]) -> Tree:
    """What all machines of a kind can do belongs to the kind."""
    kinds: dict[str, list[Machine]] = {}
    for machine in machines:
        kinds.setdefault(machine.kind.value, []).append(machine)
    return {
        kind: {"names": dict(those[0].names), "functions": _common(those)}
        for kind, those in sorted(kinds.items())
    }


def _common(machines: list[Machine]) -> list[str]:
    return sorted(frozenset.intersection(*(machine.functions for machine in machines)))


def _machines(machines: Iterable[Machine]) -> list[Tree]:
    every = list(machines)
    kinds = _machine_kinds(every)
    return [
        {
            "id": machine.id,
            "number": machine.number,
            "kind": machine.kind.value,
            "functions": sorted(machine.functions - {*kinds[machine.kind.value]["functions"]}),
            "places": dict(machine.places),
        }
        for machine in every
    ]


def _service(service: Service, *, offered: bool) -> Tree:
    found: Tree = {"code": service.code, "offered": offered, "job": service.job.value}
    found |= {"queue": False} if service.prefix is None else {"prefix": service.prefix}
    found |= {
        "pool": service.pool,
        "minutes": _number(service.minutes),
        "branches": sorted(service.branches),
        "names": dict(service.names),
        "documents": [{**each.names, "only_large": each.only_large} for each in service.documents],
        "steps": {language: list(lines) for language, lines in service.steps.items()},
        "fees": {channel.value: _fee(fee) for channel, fee in service.fees.items()},
    }
    if service.machine is not None:
        found["machine"] = _machine_rule(service.machine)
    return found


def _fee(fee: Fee) -> Tree:
    return {
        "amounts": {name: _number(each) for name, each in fee.amounts.items()},
        "source": fee.source,
        "valid_from": fee.valid_from,
        "notes": dict(fee.notes),
    }


def _machine_rule(rule: MachineRule) -> Tree:
    found: Tree = {
        "functions": sorted(rule.functions),
        "strength": rule.strength.value,
        "credentials": sorted(rule.credentials),
        "assisted": rule.assisted,
    }
    if rule.minutes is not None:
        found["minutes"] = _number(rule.minutes)
    return found
