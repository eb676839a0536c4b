"""What each event changes, and nothing else: a field forgotten is a field that lies."""

from collections.abc import Sequence
from typing import Any, get_args

import pytest
from msgspec import structs

from lobby.queueing.commands.command import Command
from lobby.queueing.decide.dispatch import decide
from lobby.queueing.events.event import Event
from lobby.queueing.evolve.dispatch import evolve
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.intake import Diversion, OfferedBy
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Channel, Place, Ticket
from tests.app.people import MORNING
from tests.queueing.changed_fields import EXPECTED
from tests.queueing.event_cases import CASES, INTAKE
from tests.queueing.shift import Shift

Changes = dict[str, str]
"""By the hall, each ticket and each counter: the names of the fields that differ."""


def changed(before: Any, after: Any) -> str:
    names = before.__struct_fields__
    return " ".join(n for n in names if getattr(before, n) != getattr(after, n))


def changes(before: Hall, after: Hall) -> Changes:
    found = {"hall": changed(before, after)}
    for number, ticket in after.tickets.items():
        if number in before.tickets:
            was = before.tickets[number]
            found[number] = changed(was, ticket)
            if len(was.servings) == len(ticket.servings) > 0:
                found[f"serving of {number}"] = changed(was.servings[-1], ticket.servings[-1])
    for counter in after.counters.values():
        there = before.counters[counter.id]
        found[f"counter {counter.id}"] = changed(there, counter)
        if there.session and counter.session:
            found[f"session {counter.id}"] = changed(there.session, counter.session)
    return {whose: fields for whose, fields in found.items() if fields}


def with_id(command: Command, hall: Hall) -> Command:
    """The command for the one call, notice or escort that there is."""
    ids: dict[str, Sequence[Any]] = {
        "help_id": hall.help_calls,
        "notice_id": hall.notices,
        "escort_id": hall.escorts,
    }
    for name, there in ids.items():
        if name in command.__struct_fields__:
            return structs.replace(command, **{name: there[0].id})
    return command


def step(name: str) -> tuple[Hall, Event, Hall]:
    set_up, command = CASES[name]
    shift = Shift()
    set_up(shift)
    hall, kind = shift.hall, name.split(" ", maxsplit=1)[0]
    for event in decide(hall, with_id(command, hall), shift.now):
        after = evolve(hall, event)
        if type(event).__name__ == kind:
            return hall, event, after
        hall = after
    raise AssertionError(f"no {kind} came of it")


@pytest.mark.parametrize("name", CASES)
def test_it_changes_exactly_these_fields(name: str) -> None:
    before, _event, after = step(name)
    assert changes(before, after) == EXPECTED[name]


def test_every_event_has_its_case() -> None:
    assert {kind.__name__ for kind in get_args(Event)} == {name.split(" ")[0] for name in CASES}
    assert list(EXPECTED) == list(CASES)


def test_it_keeps_all_that_was_said_when_a_ticket_is_taken() -> None:
    before, event, after = step("TicketTaken")
    ticket = after.tickets[event.number]  # type: ignore[union-attr]
    expected = Ticket(
        number="A005",
        day=MORNING.date(),
        service="A01",
        language="vi",
        channel=Channel.KIOSK,
        secret="s",
        taken_at=event.at,
        place=Place(event.at, after.version),
        touched=after.version,
        asked_service="A01",
        intake=INTAKE,
        diversion=Diversion(OfferedBy.KIOSK, event.at, declined_at=event.at),
        priority=Priority.APPOINTMENT,
        booked_at=MORNING,
    )
    assert ticket == expected
    assert "A005" not in before.tickets


@pytest.mark.parametrize("name", ["ActUndone of an absence", "ActUndone of a finish"])
def test_it_gives_back_the_ticket_as_it_was_before_a_mistake(name: str) -> None:
    before, _event, after = step(name)
    (counter,) = (c for c in before.counters.values() if c.last_act)
    assert counter.last_act is not None
    was = counter.last_act.before
    assert after.tickets[was.number] == structs.replace(was, touched=after.version)
    assert after.counters[counter.id].ticket == was.number
