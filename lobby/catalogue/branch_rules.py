"""The calling rule and counter policy of a branch, read from its file: each holds from a day on."""

from collections.abc import Collection, Iterable
from dataclasses import astuple, fields
from datetime import date
from typing import Any

import msgspec

from lobby.catalogue.entries import CatalogueError, unread
from lobby.queueing.model.plan import CounterPolicy, LobbyPolicy
from lobby.queueing.model.priority import PROMISES, CallingRule, Priority, Promise
from lobby.store.branch_rules import SINCE_EVER, BranchRules

DATE = "valid_from"
IN_CALLING = frozenset(each.name for each in fields(CallingRule))
IN_POLICY = frozenset(each.name for each in fields(CounterPolicy))
IN_LOBBY = frozenset(each.name for each in fields(LobbyPolicy))
IN_PROMISE = frozenset(each.name for each in fields(Promise))


def read_branch_rules(content: dict[str, Any]) -> dict[date, BranchRules]:
    """Each `[[rules]]` by the day from which it holds; what one leaves out keeps the product's
    default. A file without any gives the defaults since ever. Raises `CatalogueError`."""
    sets = content.get("rules", [])
    dated = {_valid_from(entry): _rules(entry) for entry in sets}
    if len(dated) < len(sets):
        raise CatalogueError("Two sets of rules hold from the same day.")
    return dated or {SINCE_EVER: BranchRules()}


def _valid_from(entry: dict[str, Any]) -> date:
    day = entry.get(DATE, SINCE_EVER)
    if type(day) is not date:
        raise CatalogueError(f"The rules hold from {day!r}; that is no date like 2026-01-31.")
    return day


def _rules(entry: dict[str, Any]) -> BranchRules:
    _refuse_unknown("The rules have", entry, IN_CALLING | IN_POLICY | IN_LOBBY | {DATE})
    calling = {key: value for key, value in entry.items() if key in IN_CALLING}
    policy = {key: value for key, value in entry.items() if key in IN_POLICY}
    lobby = {key: value for key, value in entry.items() if key in IN_LOBBY}
    if "promises" in calling:
        _check_promises(calling["promises"])
        kept = {str(key): msgspec.to_builtins(value) for key, value in PROMISES.items()}
        calling["promises"] = {**kept, **calling["promises"]}
    try:
        rules = BranchRules(
            msgspec.convert(calling, CallingRule),
            msgspec.convert(policy, CounterPolicy),
            msgspec.convert(lobby, LobbyPolicy),
        )
    except msgspec.ValidationError as error:
        raise CatalogueError(f"The rules cannot be read: {error}.") from error
    return _sensible(rules)


def _check_promises(promises: Any) -> None:
    if not isinstance(promises, dict):
        raise CatalogueError(f"The promises are {promises!r}; they take a table of classes.")
    _refuse_unknown("The promises have", promises, {str(each) for each in Priority})
    for priority, promise in promises.items():
        if isinstance(promise, dict):
            _refuse_unknown(f"The promise to {priority} has", promise, IN_PROMISE)


def _refuse_unknown(whose: str, given: Iterable[str], known: Collection[str]) -> None:
    unknown = sorted(set(given) - set(known))
    if unknown:
        said = unread(unknown[0], known)
        raise CatalogueError(f"{whose} {said}{'' if said.endswith('?') else '.'}")


def _sensible(rules: BranchRules) -> BranchRules:
    for priority, promise in rules.calling.promises.items():
        if not _is_possible(promise):
            raise CatalogueError(f"The promise to {priority} takes minutes above none.")
    if rules.calling.overtakes_max < 0:
        raise CatalogueError("Nobody is passed less than never: overtakes_max is 0 or more.")
    if rules.counter_policy.grace_s < 0 or rules.counter_policy.calls_before_absent < 1:
        raise CatalogueError("A customer is called once at least before being marked absent.")
    if min(astuple(rules.lobby_policy)) <= 0:
        raise CatalogueError("Who takes a card has minutes above none for it.")
    return rules


def _is_possible(promise: Promise) -> bool:
    return promise.within_min > 0 and promise.head_start_min >= 0
