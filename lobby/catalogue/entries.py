"""Reads one table of the file: every value checked, every mistake a sentence with its place.

A reader takes the values that it knows and closes the entry; what is left is a slip of the pen.
Where a value is wrong, another stands in for it, so that the rest is read too (`Mistakes`).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from math import isfinite
from types import TracebackType
from typing import Any, Self, TypeVar

from lobby.catalogue.mistakes import CatalogueError as CatalogueError
from lobby.catalogue.mistakes import Mistakes, Place
from lobby.i18n.languages import LANGUAGES

Named = TypeVar("Named", bound=StrEnum)

TEXT_MAX = 400
"""Characters: a screen of large type has no room for a longer sentence."""
NUMBER_MAX = 1_000_000_000_000
"""As much as any amount of money here is; every column and every sum has room for it."""
YEARS = (1980, 2199)
"""A year outside of them is a slip of the pen."""
A_DAY = date(2000, 1, 1)
MISSING = object()


class Entry:
    """`what` names the entry in sentences: "service A01", "the profile VN"."""

    def __init__(self, content: Any, what: str, mistakes: Mistakes, place: Place = ()) -> None:
        self.what, self.mistakes, self.place = what, mistakes, place
        self.is_table = isinstance(content, dict)
        if not self.is_table and content is not MISSING:
            mistakes.add(place, f"{what} is {shown(content)}; it takes a table of values")
        self._content: dict[str, Any] = content if self.is_table else {}
        self._taken: set[str] = set()
        self._known: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if kind is None:
            for key in sorted(self._content.keys() - self._taken):
                self.wrong(f"has {unread(key, self._known)}", key)

    def wrong(self, sentence: str, *keys: str | int) -> None:
        """`keys` lead from this entry to the value that is meant."""
        if self.is_table:
            self.mistakes.add((*self.place, *keys), f"{self.what} {sentence}")

    def takes(self, key: str, found: object, allowed: str, *within: str | int) -> None:
        self.wrong(f"has {shown(found)} for {key!r}; it takes {allowed}", key, *within)

    @property
    def is_right(self) -> bool:
        """Whether nothing was wrong in it so far, so that its values may be compared."""
        return self.is_table and not self.mistakes.are_at(self.place)

    def has(self, key: str) -> bool:
        self._known.add(str(key))
        return key in self._content

    def own_keys(self) -> Iterator[str]:
        """Names that the file gives, where any will do."""
        yield from self._content

    def refuse(self, key: str, why: str) -> None:
        """A key that earlier files had: `why` says where what it meant stands now."""
        if key in self._content:
            self._taken.add(key)
            self.wrong(f"has {key!r}, which nobody reads: {why}", key)

    def take(self, key: str) -> Any:
        """`MISSING` where it is not there, which is a mistake."""
        self._taken.add(key)
        if not self.has(key):
            self.wrong(f"lacks {key!r}")
            return MISSING
        return self._content[key]

    def text(self, key: str, longest: int = TEXT_MAX) -> str:
        found = self.take(key)
        if found is MISSING:
            return ""
        if not isinstance(found, str):
            self.takes(key, found, 'a text in "quotation marks"')
        elif not found.strip():
            self.wrong(f"has no {key}", key)
        elif len(found) > longest or not found.isprintable():
            self.takes(key, found, f"one line of at most {longest} characters")
        else:
            return found
        return ""

    def number(self, key: str, least: float, most: float) -> float:
        found = self.take(key)
        if found is MISSING:
            return least
        if not _is_number(found) or not least <= found <= most:
            self.takes(key, found, f"a number from {least:,} to {most:,}")
            return least
        return float(found)

    def whole(self, key: str, least: int = 1, most: int = NUMBER_MAX) -> int:
        found = self.take(key)
        if found is MISSING:
            return least
        if not _is_number(found) or not least <= found <= most or found != int(found):
            self.takes(key, found, f"a whole number from {least:,} to {most:,}")
            return least
        return int(found)

    def flag(self, key: str, default: bool) -> bool:
        found = self.take(key) if self.has(key) else default
        if not isinstance(found, bool):
            self.wrong(f"has {shown(found)} for {key!r}; it is true or false", key)
            return default
        return found

    def day(self, key: str) -> date:
        found = self.take(key)
        if found is MISSING:
            return A_DAY
        if type(found) is not date or not YEARS[0] <= found.year <= YEARS[1]:
            self.takes(key, found, "a day such as 2026-01-01")
            return A_DAY
        return found

    def amounts(self, key: str) -> Mapping[str, Decimal]:
        """Amounts by profile; none may be below zero."""
        amounts = {}
        for profile, amount in self.parts(key):
            if _is_number(amount) and 0 <= amount <= NUMBER_MAX:
                amounts[profile] = Decimal(str(amount))
            else:
                allowed = f"an amount for each profile, from 0 to {NUMBER_MAX:,}"
                self.takes(key, {profile: amount}, allowed, profile)
        return amounts

    def name(self, key: str, kind: type[Named]) -> Named:
        found = self.take(key)
        return self._named(key, kind, found) if found is not MISSING else next(iter(kind))

    def names(self, key: str, kind: type[Named]) -> frozenset[Named]:
        return frozenset(
            self._named(key, kind, found, place) for place, found in enumerate(self.rows(key))
        )

    def rows(self, key: str) -> list[Any]:
        found = self.take(key)
        if isinstance(found, list):
            return found
        if found is not MISSING:
            self.takes(key, found, "a list")
        return []

    def entries(self, key: str, what: str) -> "Iterator[Entry]":
        """One for each table of a list."""
        for position, content in enumerate(self.rows(key)):
            yield Entry(content, what, self.mistakes, (*self.place, key, position))

    def lines(self, key: str) -> tuple[str, ...]:
        """A list of texts, without those that are none."""
        found = self.rows(key)
        for position, line in enumerate(found):
            if not isinstance(line, str) or not line.strip() or len(line) > TEXT_MAX:
                allowed = f"texts of at most {TEXT_MAX} characters"
                self.takes(key, line, allowed, position)
        return tuple(line for line in found if isinstance(line, str))

    def texts(self, key: str, noun: str) -> Mapping[str, str]:
        """One text in every language; `noun` names it where it is missing."""
        with self.part(key, f"{self.what}, {noun},", optional=True) as entry:
            return in_every_language(entry, f"{self.what} has no {noun}")

    def part(self, key: str, what: str, *, optional: bool = False) -> "Entry":
        """A table within; `optional`: an empty one in its place where it is not there."""
        content = {} if optional and not self.has(key) else self.take(key)
        return Entry(content, what, self.mistakes, (*self.place, key))

    def parts(self, key: str) -> Iterator[tuple[str, Any]]:
        found = self.take(key)
        if isinstance(found, dict):
            yield from found.items()
        elif found is not MISSING:
            self.takes(key, found, "a table of values")

    def _named(self, key: str, kind: type[Named], name: object, *within: int) -> Named:
        found = next((member for member in kind if member.value == name), None)
        if found is not None:
            return found
        known = ", ".join(member.value for member in kind)
        self.wrong(f"has {shown(name)} for {key!r}; it knows {known}", key, *within)
        return next(iter(kind))


def shown(found: object) -> str:
    """As much of a value as a sentence has room for."""
    text = str(found) if isinstance(found, date) else repr(found)
    return text if len(text) <= 60 else f"{text[:57]}..."


def nearest(name: str, known: Iterable[str]) -> str:
    """`; did you mean 'order'?`, or nothing where no known name is like it."""
    found = get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return f"; did you mean {found[0]!r}?" if found else ""


def unread(key: str, known: Iterable[str]) -> str:
    """An unknown key, and the known one that it is most like."""
    return f"{key!r}, which nobody reads{nearest(key, known)}"


def in_every_language(entry: Entry, otherwise: str) -> Mapping[str, str]:
    """`otherwise` is said with the languages that are missing."""
    missing = [code for code in LANGUAGES if not (entry.has(code) and entry.take(code))]
    if missing and entry.is_table:
        entry.mistakes.add(entry.place, f"{otherwise} in {', '.join(missing)}")
    return {code: "" if code in missing else entry.text(code) for code in LANGUAGES}


def _is_number(found: Any) -> bool:
    is_whole = isinstance(found, int) and not isinstance(found, bool)
    return is_whole or (isinstance(found, float) and isfinite(found))
