"""Who waits for one service, in order: a sequence of numbers whose change copies one page of it."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import overload

from lobby.queueing.model.ticket import Place

PAGE_MAX = 128
"""Numbers a page: neither a page nor the list of pages is long where 5,000 wait."""

PlaceOf = Callable[[str], Place]
"""The place of a number that stands in the line."""


class WaitingLine(Sequence[str]):
    """An immutable value: `joined` and `left` give another line. Pages are never empty."""

    __slots__ = ("_length", "_pages")

    def __init__(self, pages: tuple[tuple[str, ...], ...] = (), length: int = 0) -> None:
        self._pages = pages
        self._length = length

    def joined(self, number: str, place: Place, place_of: PlaceOf) -> "WaitingLine":
        """With one more, before whoever has a later place; nearly always at the end."""
        index = self._page_of(place, place_of)
        page = self._pages[index] if self._pages else ()
        at = bisect_right(page, place, key=place_of) if page else 0
        return self._with(index, (*page[:at], number, *page[at:]), self._length + 1)

    def left(self, number: str, place: Place, place_of: PlaceOf) -> "WaitingLine":
        """Without this one. Raises `ValueError` where it does not stand in the line."""
        index = self._page_of(place, place_of)
        page = self._pages[index] if self._pages else ()
        at = page.index(number)
        return self._with(index, (*page[:at], *page[at + 1 :]), self._length - 1)

    def count_before(self, place: Place, place_of: PlaceOf) -> int:
        """How many have an earlier place."""
        if not self._pages:
            return 0
        index = self._page_of(place, place_of)
        before = sum(map(len, self._pages[:index]))
        return before + bisect_left(self._pages[index], place, key=place_of)

    def _page_of(self, place: Place, place_of: PlaceOf) -> int:
        """The last page that begins at this place or before it, else the first."""
        begins = bisect_right(self._pages, place, key=lambda page: place_of(page[0]))
        return max(0, begins - 1)

    def _with(self, index: int, page: tuple[str, ...], length: int) -> "WaitingLine":
        half = len(page) // 2
        pages = (page[:half], page[half:]) if len(page) > PAGE_MAX else (page,) if page else ()
        return WaitingLine((*self._pages[:index], *pages, *self._pages[index + 1 :]), length)

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self._pages)

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        if index == 0 and self._pages:
            return self._pages[0][0]
        return tuple(self)[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WaitingLine) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"WaitingLine({list(self)})"
