"""Reads one table of the file: every value checked, every mistake a sentence with its place.

A reader takes the values it knows and closes the entry; what is left is a slip of the pen.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from types import TracebackType
from typing import Any, Self, TypeVar

from lobby.i18n.languages import LANGUAGES

Named = TypeVar("Named", bound=StrEnum)


class CatalogueError(Exception):
    """One sentence: which entry is wrong and what is missing."""


class Entry:
    """`what` names the entry in sentences: "service A01", "the profile VN"."""

    def __init__(self, content: Any, what: str) -> None:
        if not isinstance(content, dict):
            raise CatalogueError(f"{what} is {content!r}; it takes a table of values.")
        self.what = what
        self._content: dict[str, Any] = content
        self._taken: set[str] = set()
        self._known: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        unknown = sorted(self._content.keys() - self._taken)
        if kind is None and unknown:
            raise self.wrong(f"has {unread(unknown[0], self._known)}")

    def wrong(self, sentence: str) -> CatalogueError:
        end = "" if sentence.endswith("?") else "."
        return CatalogueError(f"{self.what} {sentence}{end}")

    def has(self, key: str) -> bool:
        self._known.add(key)
        return key in self._content

    def refuse(self, key: str, why: str) -> None:
        """A key that earlier files had: `why` says where what it meant stands now."""
        if key in self._content:
            raise self.wrong(f"has {key!r}, which nobody reads: {why}")

    def skip(self, *keys: str) -> None:
        """Read by someone else."""
        self._taken |= set(keys)
        self._known |= set(keys)

    def take(self, key: str) -> Any:
        self._taken.add(key)
        self._known.add(key)
        if key not in self._content:
            raise self.wrong(f"lacks {key!r}")
        return self._content[key]

    def text(self, key: str) -> str:
        found = self.take(key)
        if not isinstance(found, str) or not found.strip():
            raise self.wrong(f"has no {key}")
        return found

    def number(self, key: str) -> float:
        """More than none."""
        found = self.take(key)
        if isinstance(found, bool) or not isinstance(found, int | float) or found <= 0:
            raise self.wrong(f"has {found!r} {key}; it takes more than none")
        return float(found)

    def whole(self, key: str) -> int:
        """A whole number, more than none."""
        found = self.number(key)
        if not found.is_integer():
            raise self.wrong(f"has {found!r} {key}; it takes a whole number")
        return int(found)

    def flag(self, key: str, default: bool) -> bool:
        found = self.take(key) if self.has(key) else default
        if not isinstance(found, bool):
            raise self.wrong(f"has {found!r} for {key!r}; it is true or false")
        return found

    def day(self, key: str) -> date:
        return _day(self, key, self.take(key))

    def moments(self, key: str) -> tuple[time, time] | None:
        """Two times of a day, the later one last; none where there is no such line."""
        if not self.has(key):
            return None
        match self.take(key):
            case [time() as first, time() as last] if first < last:
                return first, last
            case found:
                raise self.wrong(
                    f"has {found!r} for {key!r}; it takes two times, the earlier first"
                )

    def amounts(self, key: str) -> Mapping[str, Decimal]:
        """Amounts by profile; none may be below zero."""
        found = self.take(key)
        right = isinstance(found, dict) and all(_is_amount(amount) for amount in found.values())
        if not right:
            raise self.wrong(f"has {found!r} for {key!r}; it takes an amount for each profile")
        return {profile: Decimal(str(amount)) for profile, amount in found.items()}

    def name(self, key: str, kind: type[Named]) -> Named:
        return _named(self, key, kind, self.take(key))

    def names(self, key: str, kind: type[Named]) -> frozenset[Named]:
        return frozenset(_named(self, key, kind, name) for name in self.rows(key))

    def rows(self, key: str) -> list[Any]:
        found = self.take(key)
        if not isinstance(found, list):
            raise self.wrong(f"has {found!r} for {key!r}; it takes a list")
        return found

    def texts(self, key: str, noun: str) -> Mapping[str, str]:
        """One text in every language; `noun` names it where it is missing."""
        with Entry(self.take(key) if self.has(key) else {}, f"{self.what}, {noun},") as entry:
            return in_every_language(entry, f"{self.what} has no {noun}")

    def part(self, key: str, what: str) -> "Entry":
        return Entry(self.take(key), what)

    def parts(self, key: str) -> Iterator[tuple[str, Any]]:
        found = self.take(key)
        if not isinstance(found, dict):
            raise self.wrong(f"has {found!r} for {key!r}; it takes a table of values")
        yield from found.items()


def unread(key: str, known: Iterable[str]) -> str:
    """An unknown key, and the known one that it is most like."""
    nearest = get_close_matches(key, sorted(known), n=1, cutoff=0.5)
    meant = f"; did you mean {nearest[0]!r}?" if nearest else ""
    return f"{key!r}, which nobody reads{meant}"


def in_every_language(entry: Entry, otherwise: str) -> Mapping[str, str]:
    """Raises `CatalogueError` with `otherwise` and the languages that are missing."""
    missing = [
        language for language in LANGUAGES if not (entry.has(language) and entry.take(language))
    ]
    if missing:
        raise CatalogueError(f"{otherwise} in {', '.join(missing)}.")
    return {language: entry.text(language) for language in LANGUAGES}


def _named(entry: Entry, key: str, kind: type[Named], name: object) -> Named:
    found = next((member for member in kind if member.value == name), None)
    if found is None:
        known = ", ".join(member.value for member in kind)
        raise entry.wrong(f"has {name!r} for {key!r}; it knows {known}")
    return found


def _day(entry: Entry, key: str, found: object) -> date:
    if type(found) is not date:
        raise entry.wrong(f"has {found!r} for {key!r}; it takes a day such as 2026-01-01")
    return found


def _is_amount(amount: object) -> bool:
    known = isinstance(amount, int | float | Decimal) and not isinstance(amount, bool)
    return known and amount >= 0  # type: ignore[operator]
