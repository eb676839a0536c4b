"""Counters as they were typed, made into the tree that is wished."""

from collections.abc import Iterable

from lobby.catalogue.file_tree import Tree
from lobby.catalogue.labels import LABEL_MAX, counter_label_of
from lobby.i18n.texts import mark
from lobby.setup.changes import Path
from lobby.setup.typed_counters import COUNTERS_MAX, labels_in
from lobby.setup_pages.counters.rows import Counter, counter_of, labels
from lobby.setup_pages.section import ON, Fields, Mistake, Mistakes
from lobby.triage.catalogue import BranchKind

NO_LABEL = mark(
    "A counter is called by at most %(most)s letters and digits, such as 3, 3-1 or VIP 1."
)
TWICE = mark("There is a counter %(label)s already.")
TOO_MANY = mark("A branch has at most %(most)s counters.")
NONE_LEFT = mark("A branch in which people are served keeps at least one counter.")


def changed(tree: Tree, fields: Fields) -> Tree | Mistakes:
    mistakes: dict[str, Mistake] = {}
    named = [*_kept(tree, fields), *_new(fields)]
    found = _labels([(field, text) for field, text, _ in named], mistakes)
    if len(found) > COUNTERS_MAX:
        mistakes["new"] = Mistake(TOO_MANY, {"most": COUNTERS_MAX})
    if not found and not mistakes and tree["branch"].get("kind") != BranchKind.MACHINES.value:
        mistakes["new"] = Mistake(NONE_LEFT)
    if mistakes:
        return Mistakes(mistakes)
    premium = [label for label, (_, _, first) in zip(found, named, strict=True) if first]
    branch = {**tree["branch"], "counters": found}
    if premium or "premium_counters" in branch:
        branch["premium_counters"] = premium
    return {**tree, "branch": branch}


def field_of(path: Path) -> str:
    return "new" if path[:2] == ("branch", "counters") else ""


def _kept(tree: Tree, fields: Fields) -> Iterable[tuple[str, str, bool]]:
    """The field, the label and whether it is for personal service, of those that stay."""
    for label in labels(tree):
        counter: Counter = counter_of(label)
        if fields[counter.gone] != ON:
            yield counter.name, fields[counter.name], fields[counter.premium] == ON


def _new(fields: Fields) -> Iterable[tuple[str, str, bool]]:
    """Several at once, with commas between them."""
    for part in labels_in(fields["new"]):
        yield "new", part, False


def _labels(named: Iterable[tuple[str, str]], mistakes: dict[str, Mistake]) -> list[str]:
    found: list[str] = []
    for field, text in named:
        label = counter_label_of(text)
        if label is None:
            mistakes[field] = Mistake(NO_LABEL, {"most": LABEL_MAX})
        elif label.casefold() in map(str.casefold, found):
            mistakes[field] = Mistake(TWICE, {"label": label})
        else:
            found.append(label)
    return found
