"""What an evolver is: what one kind of event does to a ticket, a counter or the hall, by table."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from lobby.queueing.events.event import Event
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import Ticket

HallEvolver: TypeAlias = Callable[[Hall, Any], Hall]
"""The hall, whose version has moved already, and an event of the kind under which it stands."""

TicketEvolver: TypeAlias = Callable[[Ticket, Any, str], Ticket]
"""The ticket before, the event, and who sits at the event's counter (empty: nobody)."""

CounterEvolver: TypeAlias = Callable[[Counter, Any], Counter]

HallEvolvers: TypeAlias = Mapping[type[Event], HallEvolver]
TicketEvolvers: TypeAlias = Mapping[type[Event], TicketEvolver]
CounterEvolvers: TypeAlias = Mapping[type[Event], CounterEvolver]
