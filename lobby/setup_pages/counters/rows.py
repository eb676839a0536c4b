"""What the page of counters shows of a branch: each counter, and which services share a queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lobby.catalogue.file_tree import Tree
from lobby.catalogue.labels import counter_id
from lobby.i18n.texts import mark, texts
from lobby.setup.changes import ABSENT, Change, value_at
from lobby.triage.catalogue import BranchKind

COUNTERS = ("branch", "counters")
PREMIUM = ("branch", "premium_counters")
LABEL_COUNTERS = mark("Counters")
LABEL_PREMIUM = mark("Counters that call personal service first")
NONE = mark("none")


@dataclass(frozen=True, slots=True)
class Counter:
    """The names of its fields, and its label as it stands now."""

    label: str
    name: str
    premium: str
    gone: str


@dataclass(frozen=True, slots=True)
class Queue:
    """Services that the same counters serve, one after the other."""

    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    counters: tuple[Counter, ...]
    queues: tuple[Queue, ...]
    has_counters: bool


def rows(tree: Tree, language: str) -> View:
    return View(
        counters=tuple(counter_of(label) for label in labels(tree)),
        queues=tuple(_queues(tree, language)),
        has_counters=tree["branch"].get("kind") != BranchKind.MACHINES.value,
    )


def typed(tree: Tree) -> dict[str, str]:
    premium = {str(label) for label in tree["branch"].get("premium_counters", [])}
    found = {"new": ""}
    for label in labels(tree):
        counter = counter_of(label)
        found |= {
            counter.name: label,
            counter.premium: "on" if label in premium else "",
            counter.gone: "",
        }
    return found


def labels(tree: Tree) -> Sequence[str]:
    """Of all counters, in the order in which they are listed everywhere."""
    return [str(label) for label in tree["branch"]["counters"]]


def counter_of(label: str) -> Counter:
    known = counter_id(label)
    return Counter(label, f"label_{known}", f"is_premium_{known}", f"is_gone_{known}")


def told(change: Change, before: Tree, language: str) -> str | None:
    say = texts(language).gettext
    known = {COUNTERS: LABEL_COUNTERS, PREMIUM: LABEL_PREMIUM}
    label = known.get(change.path[:2]) if len(change.path) == 2 else None
    if label is None:
        return None
    was, now = (_listed(each, language) for each in (value_at(before, change.path), change.value))
    return f"{say(label)}: {was} → {now}"


def _listed(found: Any, language: str) -> str:
    if found is ABSENT or not found:
        return texts(language).gettext(NONE)
    return ", ".join(map(str, found))


def _queues(tree: Tree, language: str) -> list[Queue]:
    """Of the services that are offered and have a line, in the order of the file."""
    pools: dict[str, list[str]] = {}
    for service in tree["services"]:
        if service.get("offered", True) and service.get("queue", True):
            pools.setdefault(service["pool"], []).append(service["names"][language])
    return [Queue(tuple(names)) for names in pools.values()]
