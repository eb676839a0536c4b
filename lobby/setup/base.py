"""The first version of a branch's set-up: what was loaded from files before anything was changed
while it ran."""

from collections.abc import Iterator
from datetime import date, datetime

from lobby.catalogue.file_tree import tree_of
from lobby.catalogue.reading import BranchFile
from lobby.catalogue.serialise import from_json
from lobby.queueing.model.plan import Plan
from lobby.setup.changes import Change, to_text
from lobby.setup.refusals import Problem, SetUpRefusedError
from lobby.store.branch_rules import rules_of
from lobby.store.catalogue import load_plans
from lobby.store.catalogues import catalogue_on, catalogues_of
from lobby.store.set_up import (
    NewSetUpVersion,
    SetUpVersion,
    set_up_versions,
    write_set_up_version,
)
from lobby.store.store import Connection

LOADED = "system/lobby"
"""Who is named for what stood in the database before."""


def versions_of(
    connection: Connection, branch_id: str, today: date, now: datetime
) -> list[SetUpVersion]:
    """Those that are kept; where there are none, the ones that the database gives, with the ids
    that they will have among themselves. Raises `SetUpRefusedError`."""
    kept = set_up_versions(connection, branch_id)
    if kept:
        return kept
    return [
        SetUpVersion(
            *(number, new.branch_id, new.valid_from, new.at, new.actor, new.reason, new.changes),
            takes_back=None,
        )
        for number, new in enumerate(_loaded(connection, branch_id, today, now), start=-1_000)
    ]


def keep_base(connection: Connection, branch_id: str, today: date, now: datetime) -> None:
    """Before the first change. Raises `SetUpRefusedError`."""
    if not set_up_versions(connection, branch_id):
        for new in _loaded(connection, branch_id, today, now):
            write_set_up_version(connection, new)


def _loaded(
    connection: Connection, branch_id: str, today: date, now: datetime
) -> Iterator[NewSetUpVersion]:
    """Today's, and catalogues that were loaded for days to come."""
    (plan,) = load_plans(connection, only=branch_id)
    later = {each.valid_from for each in catalogues_of(connection, branch_id)}
    for day in (today, *sorted(day for day in later if day > today)):
        set_up = _set_up_on(connection, plan, day)
        whole = to_text([Change((), tree_of(set_up))])
        yield NewSetUpVersion(branch_id, day, now, LOADED, "", whole)


def _set_up_on(connection: Connection, plan: Plan, day: date) -> BranchFile:
    text = catalogue_on(connection, plan.id, day)
    if text is None:
        raise SetUpRefusedError(Problem.NO_CATALOGUE)
    return BranchFile(plan, from_json(text), rules_of(connection, plan.id))
