"""The rules of a branch (how it calls, how counters wait, how the lobby works), each set holding
from a day on, and the medians that its own servings give."""

from collections.abc import Mapping
from datetime import date, timedelta
from statistics import median
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from lobby.queueing.model.plan import CounterPolicy, LobbyPolicy
from lobby.queueing.model.priority import CallingRule
from lobby.store.bulk_rows import write_rows
from lobby.store.tables_setup import SET_UP_DAYS
from lobby.store.tables_waits import CALLING_RULES, SERVINGS

SINCE_EVER = date(2000, 1, 1)
"""From when the set-up of a branch holds that names no day."""

MEASURED_OVER = timedelta(days=45)
ENOUGH_SERVINGS = 20
"""Fewer say less about a service than its configured minutes."""


class BranchRules(msgspec.Struct, frozen=True):
    """`counter_policy` is kept under the name that rows already written have for it."""

    calling: CallingRule = msgspec.field(default_factory=CallingRule)
    counter_policy: CounterPolicy = msgspec.field(name="customs", default_factory=CounterPolicy)
    lobby_policy: LobbyPolicy = msgspec.field(default_factory=LobbyPolicy)


def save_branch_rules(
    connection: Connection, branch_id: str, rules: BranchRules, valid_from: date = SINCE_EVER
) -> None:
    content = msgspec.json.encode(rules).decode()
    row = {"branch_id": branch_id, "valid_from": valid_from, "content": content}
    write_rows(connection, CALLING_RULES, [row], replacing=True)


def replace_branch_rules(
    connection: Connection, branch_id: str, dated: Mapping[date, BranchRules], today: date
) -> None:
    """From `today` on these sets hold. What held before stays as it was: past days ran by it, also
    where it is written otherwise now."""
    of_branch = CALLING_RULES.c.branch_id == branch_id
    connection.execute(CALLING_RULES.delete().where(of_branch, CALLING_RULES.c.valid_from >= today))
    has_past = connection.execute(select(CALLING_RULES.c.valid_from).where(of_branch)).first()
    to_come = {day: rules for day, rules in dated.items() if day > today or not has_past}
    begun = [day for day in dated if day not in to_come]
    now = dated[max(begun)] if begun else BranchRules()
    if has_past and branch_rules_on(connection, branch_id, today) != now:
        to_come[today] = now
    for day, rules in to_come.items():
        save_branch_rules(connection, branch_id, rules, day)


class _Ruled(msgspec.Struct, frozen=True):
    """As much as the rules need of what holds from a day on."""

    rules: BranchRules


def branch_rules_on(connection: Connection, branch_id: str, day: date) -> BranchRules:
    """What holds on `day`, by the changes of set-up since the first of them; the product's defaults
    for a branch that set nothing."""
    changed = (
        select(SET_UP_DAYS.c.content)
        .where(SET_UP_DAYS.c.branch_id == branch_id, SET_UP_DAYS.c.valid_from <= day)
        .order_by(SET_UP_DAYS.c.valid_from.desc(), SET_UP_DAYS.c.version_id.desc())
        .limit(1)
    )
    if content := connection.execute(changed).scalar():
        return msgspec.json.decode(content, type=_Ruled).rules
    query = (
        select(CALLING_RULES.c.content)
        .where(CALLING_RULES.c.branch_id == branch_id, CALLING_RULES.c.valid_from <= day)
        .order_by(CALLING_RULES.c.valid_from.desc())
        .limit(1)
    )
    content = connection.execute(query).scalar()
    return msgspec.json.decode(content, type=BranchRules) if content else BranchRules()


def rules_of(connection: Connection, branch_id: str) -> dict[date, BranchRules]:
    """As they were loaded from files, by the day from which they hold."""
    query = select(CALLING_RULES.c.valid_from, CALLING_RULES.c.content).where(
        CALLING_RULES.c.branch_id == branch_id
    )
    found = {
        row.valid_from: msgspec.json.decode(row.content, type=BranchRules)
        for row in connection.execute(query)
    }
    return found or {SINCE_EVER: BranchRules()}


def typical_minutes(connection: Connection, branch_id: str, before: date) -> dict[str, float]:
    """The median of one serving in minutes, by service, over the 45 days before `before`."""
    rows = connection.execute(
        select(SERVINGS.c.service, SERVINGS.c.started_at, SERVINGS.c.finished_at)
        .where(SERVINGS.c.branch_id == branch_id, SERVINGS.c.finished_at.is_not(None))
        .where(SERVINGS.c.business_day < before)
        .where(SERVINGS.c.business_day >= before - MEASURED_OVER)
    )
    minutes: dict[str, list[float]] = {}
    for row in rows:
        minutes.setdefault(row.service, []).append(_minutes(row))
    return {
        service: max(0.1, median(found))
        for service, found in minutes.items()
        if len(found) >= ENOUGH_SERVINGS
    }


def _minutes(row: Any) -> float:
    return max(0.0, float((row.finished_at - row.started_at).total_seconds())) / 60
