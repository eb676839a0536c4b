"""Keeps what holds from which day on as the day itself will need it: its plan and catalogue."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from lobby.catalogue.reading import BranchFile
from lobby.catalogue.serialise import to_json
from lobby.queueing.model.plan import Plan
from lobby.setup.holding import Stretch
from lobby.store.branch_rules import BranchRules
from lobby.store.catalogues import catalogue_text, save_catalogue
from lobby.store.day_plans import KeptPlan, kept_plan
from lobby.store.set_up import write_set_up_days
from lobby.store.store import Connection

NAME_LETTERS_MAX = 24
"""Of a catalogue's version in the name of what follows from it; the column has room for 40."""


def keep_days(
    connection: Connection, branch_id: str, version_id: int, held: Iterable[Stretch]
) -> None:
    days: list[tuple[date, KeptPlan]] = []
    for number, stretch in enumerate(held):
        name = _keep_catalogue(connection, branch_id, version_id, number, stretch)
        days += _days(stretch, name)
    write_set_up_days(connection, branch_id, version_id, days)


def _keep_catalogue(
    connection: Connection, branch_id: str, version_id: int, number: int, stretch: Stretch
) -> str:
    """The name under which tickets know it: a file's own, where it is new, or that one with the
    number of the change."""
    catalogue = stretch.held.set_up.catalogue
    name = catalogue.version
    if catalogue_text(connection, branch_id, name) is not None:
        change = f"{version_id}.{number}" if number else f"{version_id}"
        name = f"{catalogue.version[:NAME_LETTERS_MAX]}+{change}"
    text = to_json(replace(catalogue, version=name))
    save_catalogue(
        *(connection, branch_id, name, stretch.first, catalogue.source, text),
        set_up_version=version_id,
    )
    return name


def _days(stretch: Stretch, catalogue: str) -> Iterator[tuple[date, KeptPlan]]:
    for day in (stretch.first, *stretch.rule_days):
        yield day, kept_plan(_plan_on(stretch.held.set_up, day), catalogue)


def _plan_on(set_up: BranchFile, day: date) -> Plan:
    """Before the first rules the product's own hold."""
    begun = [since for since in set_up.rules if since <= day]
    rules = set_up.rules[max(begun)] if begun else BranchRules()
    return replace(
        set_up.plan,
        calling=rules.calling,
        counter_policy=rules.counter_policy,
        lobby_policy=rules.lobby_policy,
    )
