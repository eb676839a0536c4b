"""Every command, event and act has its place in the tables, and nothing else stands in them."""

from typing import get_args

from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import CounterCommand, OpenCounter
from lobby.queueing.commands.floor import FloorCommand
from lobby.queueing.commands.ticket import RecordCare
from lobby.queueing.decide import (
    care,
    counter,
    day,
    diversion,
    numbers,
    seats,
    serving,
    staff,
    taking_back,
    ticket,
    unfinished,
)
from lobby.queueing.decide import dispatch as decide
from lobby.queueing.decide import help as help_calls
from lobby.queueing.decide.allowed import ALLOWED, TicketCommand
from lobby.queueing.events.care import CareEvent
from lobby.queueing.events.counter import CounterEvent
from lobby.queueing.events.event import Event, TicketEvent
from lobby.queueing.events.floor import FloorEvent
from lobby.queueing.events.ticket import ActUndone, TicketTaken
from lobby.queueing.evolve import care as evolve_care
from lobby.queueing.evolve import counter as evolve_counter
from lobby.queueing.evolve import dispatch as evolve
from lobby.queueing.evolve import floor as evolve_floor
from lobby.queueing.evolve import ticket_in_hall
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.outcomes import OUTCOMES
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.ticket import AnyRefusal
from lobby.web.refusals import WORDS


def test_every_command_has_one_decider() -> None:
    line = (ticket, diversion, care, counter, serving, seats)
    parts = (day, numbers, taking_back, *line, help_calls, staff, unfinished)
    kinds = [kind for part in parts for kind in part.DECIDERS]
    assert sorted(kinds, key=repr) == sorted(get_args(Command), key=repr)
    assert set(decide.DECIDERS) == set(kinds)
    assert set(decide.ON_THE_FLOOR) == set(get_args(FloorCommand))
    assert {*counter.DECIDERS, *serving.DECIDERS} == {OpenCounter, *get_args(CounterCommand)}


def test_every_event_has_one_evolver() -> None:
    assert set(evolve.EVOLVERS) == set(get_args(Event))
    assert set(ticket_in_hall.TICKETS) == set(get_args(TicketEvent)) - {TicketTaken, ActUndone}
    assert set(evolve_counter.EVOLVERS) == set(get_args(CounterEvent))
    assert set(evolve_floor.EVOLVERS) == set(get_args(FloorEvent))
    assert set(evolve_care.CARE) == set(get_args(CareEvent))


def test_every_act_on_a_ticket_names_the_states_in_which_it_is_allowed() -> None:
    about_a_ticket = {  # taking one names none
        kind
        for kind in get_args(Command)
        if "number" in kind.__match_args__ and kind not in get_args(FloorCommand)
    }
    assert set(ALLOWED) == about_a_ticket == set(get_args(TicketCommand))
    assert all(ALLOWED.values())
    assert ALLOWED[RecordCare] == set(TicketState)


def test_every_refusal_has_its_words_and_every_call_its_outcomes() -> None:
    assert set(WORDS) == set(get_args(AnyRefusal))
    assert set(OUTCOMES) == set(HelpKind)
