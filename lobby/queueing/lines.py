"""The lines of those who wait: one per service, in the order of places."""

from dataclasses import replace

from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import Ticket


def joined(hall: Hall, ticket: Ticket) -> Hall:
    """The ticket stands in its service's line; nearly always at the end."""
    line = hall.waiting(ticket.service)
    index = len(line)
    while index and ticket.place < hall.tickets[line[index - 1]].place:
        index -= 1
    return _with_line(hall, ticket.service, (*line[:index], ticket.number, *line[index:]))


def left(hall: Hall, ticket: Ticket) -> Hall:
    line = hall.waiting(ticket.service)
    index = line.index(ticket.number)
    return _with_line(hall, ticket.service, (*line[:index], *line[index + 1 :]))


def _with_line(hall: Hall, service: str, line: tuple[str, ...]) -> Hall:
    return replace(hall, lines={**hall.lines, service: line})
