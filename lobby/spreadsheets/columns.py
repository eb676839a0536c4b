"""Which column of a table is which, by its title in any of the languages that people write."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Mapped = Mapping[str, int | None]
"""The position of each column by its key; None where it is not in the table."""


@dataclass(frozen=True, slots=True)
class Column:
    """`title` is a msgid; `titles` are those it is known by, plain as `plain` makes them."""

    key: str
    title: str
    titles: frozenset[str]


def mapped(columns: Sequence[Column], titles: Sequence[str]) -> Mapped:
    """Of two columns with one meaning the first counts."""
    plain_titles = [plain(title) for title in titles]
    return {
        column.key: next(
            (place for place, title in enumerate(plain_titles) if title in column.titles), None
        )
        for column in columns
    }


def titles_of(*titles: str) -> frozenset[str]:
    return frozenset(plain(title) for title in titles)


def plain(title: str) -> str:
    """Letters and digits only, small, without accents: `Họ và tên *` is `hovaten`."""
    parts = unicodedata.normalize("NFKD", title.casefold().replace("đ", "d"))
    return "".join(letter for letter in parts if letter.isalnum())
