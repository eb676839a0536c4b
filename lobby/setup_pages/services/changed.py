"""The services that were ticked, made into the tree that is wished."""

from lobby.catalogue.file_tree import Tree
from lobby.i18n.texts import mark
from lobby.setup.changes import Path
from lobby.setup_pages.section import ON, Fields, Mistake, Mistakes
from lobby.setup_pages.services.rows import every, typed
from lobby.triage.catalogue import ROUTINE_MOST, BranchKind

NONE_LEFT = mark("A branch in which people are served offers at least one service with a line.")


def changed(tree: Tree, fields: Fields) -> Tree | Mistakes:
    """What is not ticked keeps its texts and its fees, and is offered again by a tick."""
    shown = typed(tree)
    known = {each["code"] for each in tree["services"]}
    services = []
    for each in every(tree):
        tick = f"is_offered_{each['code']}"
        wanted = fields[tick] == ON
        if fields[tick] == shown[tick]:
            services += [each] if each["code"] in known else []
        else:
            services.append({**each, "offered": wanted})
    offered = [each["code"] for each in services if each.get("offered", True)]
    lines = [each for each in services if each["code"] in offered and each.get("queue", True)]
    if not lines and tree["branch"].get("kind") != BranchKind.MACHINES.value:
        return Mistakes({"services": Mistake(NONE_LEFT)})
    return {**tree, "services": services, "routine": _routine(tree, offered)}


def field_of(path: Path) -> str:
    return f"is_offered_{path[1]}" if path[:1] == ("services",) and len(path) > 1 else ""


def _routine(tree: Tree, offered: list[str]) -> list[str]:
    """The kiosk's first screen, which is filled anew only where nothing of it is offered."""
    kept: list[str] = list(tree["routine"])
    return kept if {*kept} & {*offered} else offered[:ROUTINE_MOST]
