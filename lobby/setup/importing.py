"""A branch's file, taken as one change: all that it says otherwise than what holds on its day."""

import tomllib
from dataclasses import dataclass
from datetime import date

from lobby.catalogue.file_tree import Tree, canonical
from lobby.queueing.model.plan import Plan
from lobby.setup.changes import differences
from lobby.setup.holding import read
from lobby.setup.refusals import Problem, SetUpRefusedError
from lobby.setup.service import SetUp, Wish


@dataclass(frozen=True, slots=True)
class Imported:
    """From which day it holds, and how many values are others than before."""

    valid_from: date
    values: int


async def import_set_up(
    set_up: SetUp, plan: Plan, text: str, *, day: date, reason: str, actor: str
) -> Imported:
    """Raises as `SetUp.change`."""
    file: Tree = tomllib.loads(text)
    tree = canonical(file, read(file, day))
    if tree["branch"]["id"] != plan.id:
        raise SetUpRefusedError(Problem.OTHER_BRANCH, branch=tree["branch"]["id"])
    held = await set_up.held(plan, day)
    found = differences(held.tree, tree)
    changes = tuple(each.change for each in found)
    await set_up.change(Wish(plan.id, day, changes, reason, seen=held.newest, about=((),)), actor)
    return Imported(day, len(changes))
