"""The calling rule and the policies of a branch, read from its file: each set holds from a day."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from lobby.catalogue.entries import Entry
from lobby.queueing.model.plan import CounterPolicy, LobbyPolicy
from lobby.queueing.model.priority import PROMISES, CallingRule, Order, Priority, Promise
from lobby.store.branch_rules import SINCE_EVER, BranchRules

DATE = "valid_from"
MINUTES = (0.1, 480)
"""To a working day; none at all would be over before it began."""

Policy = TypeVar("Policy")
Read = Callable[[Entry, str], Any]


def read_branch_rules(file: Entry) -> dict[date, BranchRules]:
    """Each `[[rules]]` by the day from which it holds; what one leaves out keeps the product's
    default. A file without any gives the defaults since ever."""
    dated: dict[date, BranchRules] = {}
    for entry in file.entries("rules", "a set of rules") if file.has("rules") else ():
        day = entry.day(DATE) if entry.has(DATE) else SINCE_EVER
        if day in dated and entry.is_right:
            entry.wrong(f"holds from {day}, and another holds from the same day", DATE)
        dated[day] = _rules(entry)
    return dated or {SINCE_EVER: BranchRules()}


def _rules(entry: Entry) -> BranchRules:
    with entry:
        return BranchRules(
            _read(entry, CallingRule), _read(entry, CounterPolicy), _read(entry, LobbyPolicy)
        )


def _read(entry: Entry, kind: type[Policy]) -> Policy:
    names = _names(kind)
    return kind(**{name: READERS[name](entry, name) for name in names if entry.has(name)})


def _names(kind: type[Any]) -> frozenset[str]:
    return frozenset(each.name for each in fields(kind))


def _number(least: float, most: float) -> Read:
    return lambda entry, key: entry.number(key, least, most)


def _whole(least: int, most: int) -> Read:
    return lambda entry, key: entry.whole(key, least, most)


def _promises(entry: Entry, key: str) -> dict[Priority, Promise]:
    """Those that are named; the others keep the product's."""
    with entry.part(key, "the table of promises") as promises:
        named = [priority for priority in Priority if promises.has(priority)]
        return {**PROMISES, **{each: _promise(promises, each) for each in named}}


def _promise(promises: Entry, priority: Priority) -> Promise:
    with promises.part(priority, f"the promise to {priority}") as entry:
        return Promise(entry.number("within_min", *MINUTES), entry.number("head_start_min", 0, 480))


def _typical_min(entry: Entry, key: str) -> dict[str, float]:
    with entry.part(key, "the table of typical minutes") as table:
        return {code: table.number(code, *MINUTES) for code in table.own_keys()}


READERS: Mapping[str, Read] = {
    "order": lambda entry, key: entry.name(key, Order),
    "overtakes_max": _whole(0, 1_000),
    "promises": _promises,
    "typical_min": _typical_min,
    "used_max": _number(0.1, 10),
    "keeps_next": lambda entry, key: entry.flag(key, default=False),
    "premium_needs_counters": _whole(0, 1_000),
    "premium_off_machines_down": _number(0, 1),
    "grace_s": _number(0, 3_600),
    "calls_before_absent": _whole(1, 20),
    "auto_call": lambda entry, key: entry.flag(key, default=False),
    "help_outcome_min": _number(*MINUTES),
    "wait_outcome_min": _number(*MINUTES),
    "stuck_outcome_min": _number(*MINUTES),
    "risk_outcome_min": _number(*MINUTES),
    "fetch_outcome_min": _number(*MINUTES),
    "counter_left_after_min": _number(*MINUTES),
}
IN_RULES = _names(CallingRule) | _names(CounterPolicy) | _names(LobbyPolicy)
