"""How a ticket stands, in the corners that no page test reaches."""

from datetime import datetime, timedelta

from kiosk.standing import Link, Standing, standing_of
from lobby.queueing import commands as do
from lobby.queueing.decide import decide
from lobby.queueing.evolve import fold
from lobby.queueing.hall import Hall
from lobby.queueing.ticket import TicketState
from tests.cast import MORNING, hall

LINK = Link("secret-1", "riverside", MORNING.date(), "A001")
MIDNIGHT = datetime.fromisoformat("2026-03-03T00:00:00+08:00")


def after(*commands: do.Command, at: datetime = MORNING, before: Hall | None = None) -> Hall:
    found = before or hall()
    for command in commands:
        found = fold(found, decide(found, command, at))
    return found


TAKEN = after(
    do.TakeTicket("A01", "en", "secret-1"),
    do.TakeTicket("A01", "en", "secret-2"),
    do.OpenCounter("3", "thu", ("A01",)),
)
CALLED = after(do.CallNext("3"), before=TAKEN)
ABSENT = after(do.MarkAbsent("3", "A001"), before=CALLED)


def test_it_waits_with_nobody_ahead() -> None:
    assert standing_of(TAKEN, LINK, MORNING) == Standing("A001", TicketState.WAITING, "A01")


def test_it_may_come_back_for_a_quarter_of_an_hour() -> None:
    last_moment = MORNING + timedelta(minutes=15)
    assert standing_of(ABSENT, LINK, last_moment).back_by == "09:15"
    assert standing_of(ABSENT, LINK, last_moment + timedelta(seconds=1)).back_by is None


def test_it_may_come_back_once() -> None:
    again = after(
        do.BringBack("A001"),
        do.CallNext("3"),
        do.MarkAbsent("3", "A002"),
        do.CallNext("3"),
        do.MarkAbsent("3", "A001"),
        before=ABSENT,
    )
    standing = standing_of(again, LINK, MORNING)
    assert (standing.state, standing.back_by) == (TicketState.ABSENT, None)


def test_it_lapses_with_the_day_even_before_the_next_one_begins() -> None:
    assert standing_of(TAKEN, LINK, MIDNIGHT).is_over
    assert not standing_of(TAKEN, LINK, MIDNIGHT - timedelta(seconds=1)).is_over


def test_it_is_served_over_midnight() -> None:
    assert standing_of(CALLED, LINK, MIDNIGHT).counter == 3


def test_it_knows_nothing_of_another_secret() -> None:
    other = Link("another", "riverside", MORNING.date(), "A001")
    assert standing_of(TAKEN, other, MORNING) == Standing("A001", TicketState.LAPSED)
