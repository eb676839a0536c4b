"""What holds on a day: the first set-up that was kept, and the changes that have begun by then and
are not taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from lobby.catalogue.file_tree import Tree, canonical
from lobby.catalogue.reading import BranchFile, TreeError, read_branch_tree
from lobby.setup.changes import NoPlaceError, changed, from_text, path_of
from lobby.setup.refusals import Problem, SetUpRefusedError, Wrong, WrongSetUpError
from lobby.store.set_up import SetUpVersion


@dataclass(frozen=True, slots=True)
class Held:
    """`newest` is the id of the newest change that this rests on."""

    tree: Tree
    set_up: BranchFile
    newest: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which the same holds, from `first` to the day before `end`."""

    first: date
    end: date | None
    held: Held

    @property
    def rule_days(self) -> Iterator[date]:
        """The days within on which other rules begin, which have dates of their own."""
        for day in sorted(self.held.set_up.rules):
            if day > self.first and (self.end is None or day < self.end):
                yield day


def holding(versions: Sequence[SetUpVersion], day: date) -> list[SetUpVersion]:
    """In the order in which they are applied. The very first holds on every day."""
    begun = [each for each in versions if each.valid_from <= day or each == versions[0]]
    undone = taken_back(versions, day)
    return sorted(
        (each for each in begun if each.id not in undone),
        key=lambda each: (each.valid_from, each.id),
    )


def taken_back(versions: Sequence[SetUpVersion], day: date) -> set[int]:
    """The ids of those that do not hold on this day. What takes back may be taken back itself."""
    undone: set[int] = set()
    for each in reversed(versions):
        if each.takes_back is not None and each.valid_from <= day and each.id not in undone:
            undone.add(each.takes_back)
    return undone


def tree_on(versions: Sequence[SetUpVersion], day: date) -> Tree:
    """Raises `SetUpRefusedError` where a change has lost what it was about."""
    tree: Tree = {}
    for version in holding(versions, day):
        try:
            tree = changed(tree, from_text(version.changes))
        except NoPlaceError as error:
            raise SetUpRefusedError(Problem.NO_PLACE, day=f"{day}") from error
    return tree


def held_on(versions: Sequence[SetUpVersion], day: date) -> Held:
    """Raises `WrongSetUpError` with every mistake, or `SetUpRefusedError`."""
    tree = tree_on(versions, day)
    set_up = read(tree, day)
    return Held(canonical(tree, set_up), set_up, versions[-1].id)


def read(tree: Tree, day: date) -> BranchFile:
    """Raises `WrongSetUpError`."""
    try:
        return read_branch_tree(tree)
    except TreeError as error:
        mistakes = [Wrong(path_of(tree, each.place), each.sentence) for each in error.mistakes]
        raise WrongSetUpError(day, mistakes) from error


def stretches(versions: Sequence[SetUpVersion], first: date) -> Iterator[Stretch]:
    """From `first` to the end of time. Raises as `held_on`."""
    later = {each.valid_from for each in versions if each.valid_from > first}
    days: list[date | None] = [first, *sorted(later), None]
    for day, end in pairwise(days):
        assert day is not None, "only the last is none"
        yield Stretch(day, end, held_on(versions, day))
