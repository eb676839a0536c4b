"""A branch's set-up as people write it: a TOML file, checked whole and read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from lobby.catalogue.assemble import read_catalogue_of
from lobby.catalogue.branch_facts import read_branch_facts
from lobby.catalogue.branch_plan import read_plan_of
from lobby.catalogue.branch_rules import read_branch_rules
from lobby.catalogue.entries import Entry
from lobby.catalogue.mistakes import CatalogueError as CatalogueError
from lobby.catalogue.mistakes import Mistake, Mistakes
from lobby.catalogue.toml_file import read_toml
from lobby.queueing.model.plan import Plan
from lobby.store.branch_rules import BranchRules
from lobby.triage.catalogue import BranchKind, Catalogue, Service

DEMO = Path(__file__).parent / "demo.toml"


@dataclass(frozen=True, slots=True)
class BranchFile:
    """`rules` by the day from which they hold; `not_offered` the services that are set aside."""

    plan: Plan
    catalogue: Catalogue
    rules: Mapping[date, BranchRules]
    not_offered: Mapping[str, Service] = field(default_factory=dict)


class TreeError(CatalogueError):
    """A tree with mistakes: one sentence for each, with the place in the tree."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(each.sentence for each in mistakes))
        self.mistakes = tuple(mistakes)


def read_branch_file(path: Path) -> BranchFile:
    """Raises `CatalogueError` with every mistake: a branch is set up whole or not at all."""
    file, mistakes = read_toml(path), Mistakes()
    made = _made_of(Entry(file.content, "the catalogue", mistakes))
    mistakes.require_none(file.name, file.line_of)
    return made


def read_branch_tree(tree: dict[str, Any]) -> BranchFile:
    """The same for tables that come from no file. Raises `TreeError` with every mistake."""
    mistakes = Mistakes()
    made = _made_of(Entry(tree, "the set-up", mistakes))
    if mistakes.all:
        raise TreeError(mistakes.all)
    return made


def read_plan(path: Path) -> Plan:
    """What the queue needs: the branch, its counters and machines, and the services with a line.

    Raises `CatalogueError`.
    """
    return read_branch_file(path).plan


def read_rules(path: Path) -> Mapping[date, BranchRules]:
    """Calling rule and policies by the day from which they hold. Raises `CatalogueError`."""
    return read_branch_file(path).rules


def read_catalogue(path: Path) -> Catalogue:
    """What advice needs: every service whole, with fees, documents and steps in every language.

    Raises `CatalogueError`.
    """
    return read_branch_file(path).catalogue


def _made_of(content: Entry) -> BranchFile:
    with content as file:
        rules = read_branch_rules(file)
        with file.part("branch", "the branch") as branch:
            catalogue, not_offered = read_catalogue_of(file, read_branch_facts(branch))
            newest = rules[max(rules)]
            plan = read_plan_of(branch, catalogue.services, catalogue.machines, newest)
        needs_line = catalogue.branch.kind is not BranchKind.MACHINES
        if file.is_right and needs_line and not plan.services:
            file.wrong("has no service that people wait for", "services")
        return BranchFile(plan, catalogue, rules, not_offered)
