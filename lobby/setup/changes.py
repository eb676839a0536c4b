"""What differs between two set-ups, value by value: a change is a path of keys and the new value.

Lists of things that have a name of their own (services, machines, limits, days) are addressed by
that name and not by position, so that two changes of different services never meet.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, Final, TypeAlias

from lobby.catalogue.file_tree import Tree
from lobby.catalogue.mistakes import Place
from lobby.catalogue.toml_text import to_toml

Path: TypeAlias = tuple[str, ...]
"""From the root of the tree; empty for all of it."""

WHOLE_LETTERS = 8_000
"""A longer text is a whole set-up; few of them are remembered, and many short ones."""


class Absent(Enum):
    """There is no such value: nothing stood there before, or nothing stands there now."""

    VALUE = "absent"


ABSENT: Final = Absent.VALUE


@dataclass(frozen=True, slots=True)
class Change:
    path: Path
    value: Any

    def touches(self, path: Path) -> bool:
        """Whether one of the two lies within the other."""
        shorter = min(len(path), len(self.path))
        return path[:shorter] == self.path[:shorter]


@dataclass(frozen=True, slots=True)
class Difference:
    path: Path
    before: Any
    after: Any

    @property
    def change(self) -> Change:
        return Change(self.path, self.after)


class NoPlaceError(Exception):
    """A change is about something that is not there any more. The text is its path."""


KEYS: Mapping[str, tuple[str, ...]] = {
    "services": ("code",),
    "machines": ("id",),
    "priorities": ("code",),
    "rules": ("valid_from",),
    "limits": ("name", "valid_from"),
    "special_days": ("day", "whose"),
}
"""What names an element of such a list; what is left out is no part of the name."""


def name_of(key: str, element: Mapping[str, Any]) -> str:
    """Of an element of the list `key`."""
    parts = (element.get(part) for part in KEYS[key])
    return " ".join(_word(part) for part in parts if part is not None)


def value_at(tree: Tree, path: Path) -> Any:
    """`ABSENT` where there is none."""
    found: Any = tree
    for key, inside in _steps(path):
        found = _inner(found, key, inside)
        if found is ABSENT:
            return ABSENT
    return found


def changed(tree: Tree, changes: Iterable[Change]) -> Tree:
    """Another tree, which shares with the first all that is the same in both: a tree that was made
    is never changed. Raises `NoPlaceError`."""
    for change in changes:
        try:
            tree = _put(tree, change.path, "", change.value)
        except KeyError as error:
            raise NoPlaceError(" / ".join(change.path)) from error
    return tree


def differences(before: Tree, after: Tree) -> list[Difference]:
    """All that leads from one tree to the other, in the order of the second."""
    return list(_between(before, after, ()))


def path_of(tree: Tree, place: Place) -> Path:
    """Where a reader's mistake stands, with names in place of positions, as far as it has any."""
    path: list[str] = []
    found: Any = tree
    for key in place:
        is_named = isinstance(key, int) and bool(path) and path[-1] in KEYS
        if isinstance(key, int) and not is_named:
            break
        try:
            inner = found[key]
        except (KeyError, IndexError, TypeError):
            path.append(str(key))
            break
        path.append(name_of(path[-1], inner) if is_named else str(key))
        found = inner
    return tuple(path)


def to_text(changes: Sequence[Change]) -> str:
    """As the store keeps them: TOML, which knows days and times."""
    rows = [
        {"path": list(each.path)} | ({} if each.value is ABSENT else {"value": each.value})
        for each in changes
    ]
    return to_toml({"changes": rows})


def from_text(text: str) -> tuple[Change, ...]:
    """Nobody may change what is in their values, for the next who asks is given the same."""
    return _whole_in(text) if len(text) > WHOLE_LETTERS else _few_in(text)


@lru_cache(maxsize=16)
def _whole_in(text: str) -> tuple[Change, ...]:
    return _parsed(text)


@lru_cache(maxsize=4_096)
def _few_in(text: str) -> tuple[Change, ...]:
    return _parsed(text)


def _parsed(text: str) -> tuple[Change, ...]:
    rows = tomllib.loads(text)["changes"]
    return tuple(Change(tuple(row["path"]), row.get("value", ABSENT)) for row in rows)


def _word(part: Any) -> str:
    return "+".join(map(str, part)) if isinstance(part, list) else str(part)


def _steps(path: Path) -> Iterator[tuple[str, str]]:
    """Each key with the one before it, which names the list that it may be in."""
    yield from zip(path, ("", *path), strict=False)


def _inner(found: Any, key: str, inside: str) -> Any:
    if isinstance(found, dict):
        return found.get(key, ABSENT)
    if isinstance(found, list) and inside in KEYS:
        return next((each for each in found if name_of(inside, each) == key), ABSENT)
    return ABSENT


def _put(found: Any, path: Path, inside: str, value: Any) -> Any:
    """What stands in the place of `found`, whose key is `inside`. Raises `KeyError`."""
    if not path:
        return value
    key, *rest = path
    if isinstance(found, dict):
        return _put_in_table(found, key, tuple(rest), value)
    if isinstance(found, list) and inside in KEYS:
        return _put_in_list(found, inside, path, value)
    raise KeyError(key)


def _put_in_table(table: Mapping[str, Any], key: str, rest: Path, value: Any) -> Tree:
    put = _put(table.get(key, ABSENT), rest, key, value)
    if put is ABSENT:
        return {name: each for name, each in table.items() if name != key}
    return {**table, key: put}


def _put_in_list(rows: list[Any], inside: str, path: Path, value: Any) -> list[Any]:
    name, *rest = path
    names = [name_of(inside, each) for each in rows]
    at = names.index(name) if name in names else len(rows)
    put = _put(rows[at] if at < len(rows) else ABSENT, tuple(rest), name, value)
    return [*rows[:at], *([] if put is ABSENT else [put]), *rows[at + 1 :]]


def _between(before: Any, after: Any, path: Path) -> Iterator[Difference]:
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _of_tables(before, after, path)
    elif path and path[-1] in KEYS and isinstance(before, list) and isinstance(after, list):
        yield from _of_lists(before, after, path)
    elif before != after:
        yield Difference(path, before, after)


def _of_tables(
    before: Mapping[str, Any], after: Mapping[str, Any], path: Path
) -> Iterator[Difference]:
    for key in (*after, *(key for key in before if key not in after)):
        one, other = before.get(key, ABSENT), after.get(key, ABSENT)
        yield from _between(one, other, (*path, key))


def _of_lists(before: list[Any], after: list[Any], path: Path) -> Iterator[Difference]:
    """Where the order of what both have is another one, or something new stands between them, the
    whole list differs: order is shown to people."""
    ours = {name_of(path[-1], each): each for each in before}
    theirs = {name_of(path[-1], each): each for each in after}
    stay = [name for name in ours if name in theirs]
    if list(theirs)[: len(stay)] != stay:
        yield Difference(path, before, after)
    else:
        yield from _of_tables(ours, theirs, path)
