"""The paged map of tickets is a map like any other, only that its changes are copies."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from lobby.queueing.model.limits import SERIES_MAX
from lobby.queueing.model.numbering import ticket_number
from lobby.queueing.model.ticket import Channel, Place, Ticket
from lobby.queueing.model.ticket_register import PAGE, TicketRegister
from tests.app.people import MORNING
from tests.queueing.search import search

STRANGE = [
    "",
    "A",
    "A0",
    "A000",
    "A1",
    "A01",
    "a001",
    "A0001",
    "A٠٠١",
    "A00²",
    "A-01",
    "A+01",
    "001",
]


def a_ticket(number: str) -> Ticket:
    return Ticket(
        number=number,
        day=date(2026, 3, 2),
        service="A01",
        asked_service="A01",
        language="vi",
        channel=Channel.KIOSK,
        secret=number,
        taken_at=MORNING,
        place=Place(MORNING, 1),
        touched=1,
    )


@search(examples=50)
@given(
    prefixes=st.lists(st.sampled_from("ABF"), max_size=3 * PAGE),
    changes=st.lists(st.integers(0, 3 * PAGE), max_size=20),
)
def test_it_behaves_like_a_dict(prefixes: list[str], changes: list[int]) -> None:
    tickets, plain = TicketRegister(), dict[str, Ticket]()
    for prefix in prefixes:
        number = ticket_number(prefix, tickets.count(prefix) + 1)
        tickets, plain = tickets.put(a_ticket(number)), plain | {number: a_ticket(number)}
    for change in changes if plain else []:
        number = list(plain)[change % len(plain)]
        changed = structs.replace(plain[number], touched=change)
        before, tickets = tickets, tickets.put(changed)
        assert before[number] == plain[number]
        plain[number] = changed
    assert dict(tickets) == plain
    assert len(tickets) == len(plain)
    assert {t.number: t for t in tickets.values_in_order()} == plain
    assert all(tickets.get(number) is None for number in STRANGE)


@given(text=st.text() | st.from_regex(r"[AB]\d{1,6}"))
def test_it_has_no_ticket_under_any_other_text(text: str) -> None:
    tickets = TicketRegister().put(a_ticket("A001"))
    assert (text in tickets) == (text == "A001")


def test_it_does_not_read_a_book_of_digits_as_a_number() -> None:
    assert TicketRegister().put(a_ticket("A001")).get("A" + 10_000 * "9") is None


def test_it_keeps_a_full_series() -> None:
    tickets = TicketRegister()
    for ordinal in range(1, SERIES_MAX + 1):
        tickets = tickets.put(a_ticket(ticket_number("A", ordinal)))
    assert len(tickets) == SERIES_MAX
    assert tickets["A9999"].number == "A9999"
    assert [n for n in tickets if n in {"A001", "A999", "A1000"}] == ["A001", "A999", "A1000"]


def test_it_refuses_to_leave_a_gap() -> None:
    with pytest.raises(AssertionError):
        TicketRegister().put(a_ticket("A002"))
