"""The calls that displays show and speak, made from the events of an act."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from lobby.live.changes import Announcement
from lobby.queueing.events.event import Event
from lobby.queueing.events.ticket import TicketCalled, TicketCalledAgain
from lobby.queueing.model.plan import Plan

CALL_LIVES = timedelta(seconds=30)
"""A call older than this is shown but no longer spoken."""


def announcements(plan: Plan, version: int, events: Sequence[Event]) -> tuple[Announcement, ...]:
    """The calls among the events, of which `version` is the last one's, each with the version of
    its event as its identity."""
    first = version - len(events) + 1
    return calls_among(plan, enumerate(events, start=first))


def calls_among(plan: Plan, events: Iterable[tuple[int, Event]]) -> tuple[Announcement, ...]:
    """Of events with their versions."""
    return tuple(
        Announcement(
            id=call_id(plan, number),
            ticket=event.number,
            counter=_said(plan, event.counter),
            languages=tuple(dict.fromkeys((event.language, plan.language))),
            expires_at=event.at + CALL_LIVES,
            modes=tuple(mode.value for mode in event.modes),
            service=event.service,
            pager=event.pager,
        )
        for number, event in events
        if isinstance(event, TicketCalled | TicketCalledAgain)
    )


def call_id(plan: Plan, version: int) -> str:
    """The same on every screen and after every start, and never that of another call: versions
    come again after a restore, but then in another epoch."""
    return f"{plan.id}-{plan.epoch}-{version}"


def unexpired(calls: Iterable[Announcement], now: datetime) -> tuple[Announcement, ...]:
    return tuple(call for call in calls if call.expires_at > now)


def _said(plan: Plan, counter_id: str) -> str:
    """The counter's label; its id where it left the plan in the middle of its day."""
    counter = plan.counters.get(counter_id)
    return counter.label if counter else counter_id
