"""Reads what the queue needs of [branch]: its name, its clock, its counters, its target."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from lobby.catalogue.entries import Entry, nearest
from lobby.catalogue.labels import COUNTER_LABELS, counter_id, counter_label_of, read_id
from lobby.i18n.languages import LANGUAGES
from lobby.queueing.model.machine import MachinePlan
from lobby.queueing.model.plan import CounterPlan, Plan, Service
from lobby.store.branch_rules import BranchRules
from lobby.triage.catalogue import Service as CatalogueService
from lobby.triage.machine import Machine
from lobby.triage.situation import Dial

TARGET_MIN = (1, 480)
"""Minutes, at most a working day."""


def read_plan_of(
    branch: Entry,
    services: Mapping[str, CatalogueService],
    machines: Mapping[str, Machine],
    rules: BranchRules,
) -> Plan:
    """A service without a line has no number, so it is none of the plan's."""
    return Plan(
        id=read_id(branch, "id"),
        names=branch.texts("names", "name"),
        time_zone=_time_zone(branch),
        language=_language(branch),
        target_min=branch.number("target_min", *TARGET_MIN),
        services={code: _service(each) for code, each in services.items() if each.has_line},
        counters=_counters(branch),
        machines={machine.id: _machine(machine) for machine in machines.values()},
        dial=branch.name("dial", Dial) if branch.has("dial") else Dial.SUGGEST,
        calling=rules.calling,
        counter_policy=rules.counter_policy,
        lobby_policy=rules.lobby_policy,
    )


def _service(service: CatalogueService) -> Service:
    return Service(service.code, service.prefix or "", service.pool, service.minutes, service.names)


def _machine(machine: Machine) -> MachinePlan:
    functions = frozenset(function.value for function in machine.functions)
    return MachinePlan(machine.id, machine.kind, functions, machine.places)


def _language(branch: Entry) -> str:
    found = branch.text("language")
    if found and found not in LANGUAGES:
        branch.wrong(f"has {found!r} for 'language'; it knows {', '.join(LANGUAGES)}", "language")
    return found


def _time_zone(branch: Entry) -> ZoneInfo:
    name = branch.text("time_zone")
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        meant = nearest(name, available_timezones())
        said = f"has {name!r} for 'time_zone'; there is no time zone {name!r}{meant}"
        branch.wrong(said, "time_zone")
    return ZoneInfo("UTC")


def _counters(branch: Entry) -> dict[str, CounterPlan]:
    """Premium counters are named among the others: they call premium customers first. A branch
    of machines alone has none."""
    labels = _labels(branch, "counters")
    premium = _labels(branch, "premium_counters") if branch.has("premium_counters") else []
    for label in premium:
        if label not in labels:
            branch.wrong(f"has no counter {label} to be a premium counter", "premium_counters")
    counters = (CounterPlan(counter_id(label), label, label in premium) for label in labels)
    return {counter.id: counter for counter in counters}


def _labels(branch: Entry, key: str) -> list[str]:
    """Each once; what is wrong is left out."""
    labels: list[str] = []
    for position, found in enumerate(branch.rows(key)):
        label = counter_label_of(found)
        if label is None:
            branch.takes(key, found, COUNTER_LABELS, position)
        elif label.casefold() in map(str.casefold, labels):
            branch.wrong(f"has the counter {label} twice in {key!r}", key, position)
        else:
            labels.append(label)
    return labels
