"""The day's tickets as an immutable map whose change copies one page, not the whole day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lobby.queueing.model.limits import SERIES_MAX
from lobby.queueing.model.ticket import Ticket

PAGE = 64
"""Tickets a page: a change copies one page and the list of pages of its series."""

DIGITS_MAX = len(str(SERIES_MAX))
"""What is typed into an address may be any text; no more than this is read as a number."""

Page = tuple[Ticket | None, ...]
Pages = tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class TicketRegister(Mapping[str, Ticket]):
    """Number -> ticket. Numbers of a series run 1, 2, 3... so arithmetic finds the page. Numbers
    that were passed over have a place too, and no ticket in it."""

    series: Mapping[str, Pages] = field(default_factory=dict)

    def __getitem__(self, number: str) -> Ticket:
        prefix, page, slot = _place(number)
        try:
            ticket = self.series[prefix][page][slot]
        except (KeyError, IndexError):
            raise KeyError(number) from None
        if ticket is None:
            raise KeyError(number)
        return ticket

    def __iter__(self) -> Iterator[str]:
        return (ticket.number for ticket in self.values_in_order())

    def __len__(self) -> int:
        pages = (page for pages in self.series.values() for page in pages)
        return sum(len(page) - page.count(None) for page in pages)

    def count(self, prefix: str) -> int:
        """How many numbers the series has given out or passed over today."""
        pages = self.series.get(prefix)
        return (len(pages) - 1) * PAGE + len(pages[-1]) if pages else 0

    def values_in_order(self) -> Iterator[Ticket]:
        for pages in self.series.values():
            for page in pages:
                yield from filter(None, page)

    def latest(self, prefix: str) -> Iterator[Ticket]:
        """Of one series, from its end."""
        for page in reversed(self.series.get(prefix, ())):
            yield from filter(None, reversed(page))

    def passing_over(self, prefix: str, ordinal: int) -> "TicketRegister":
        """A copy whose next number of this series is above `ordinal`."""
        missing = ordinal - self.count(prefix)
        if missing <= 0:
            return self
        places = [ticket for page in self.series.get(prefix, ()) for ticket in page]
        places += [None] * missing
        pages = (tuple(places[at : at + PAGE]) for at in range(0, len(places), PAGE))
        return TicketRegister({**self.series, prefix: tuple(pages)})

    def put(self, ticket: Ticket) -> "TicketRegister":
        """A copy in which this ticket stands: the next of its series, or one already there."""
        prefix, page_index, slot = _place(ticket.number)
        pages = self.series.get(prefix, ())
        page = pages[page_index] if page_index < len(pages) else ()
        assert slot <= len(page) and page_index <= len(pages), "numbers leave no gap"
        page = (*page[:slot], ticket, *page[slot + 1 :])
        pages = (*pages[:page_index], page, *pages[page_index + 1 :])
        return TicketRegister({**self.series, prefix: pages})


@lru_cache(maxsize=4 * SERIES_MAX)
def _place(number: str) -> tuple[str, int, int]:
    """Series, page and slot, kept for as many numbers as a very full day has: each ticket in line
    is looked up by every call."""
    digits = number[1:]
    if not digits.isdecimal() or not digits.isascii() or len(digits) > DIGITS_MAX:
        raise KeyError(number)
    if int(digits) == 0:
        raise KeyError(number)
    if number != f"{number[0]}{int(digits):03d}":
        raise KeyError(number)
    page, slot = divmod(int(digits) - 1, PAGE)
    return number[0], page, slot
