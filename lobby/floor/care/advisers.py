"""The wait for each adviser a customer could ask for, beside that for the first who is free."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import anyio.to_thread
import msgspec

from lobby.floor.tablet.request import TabletRequest
from lobby.forecast.wait_range import announced
from lobby.queueing.events.care import AdviserAsked
from lobby.queueing.evolve.dispatch import evolve
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import Ticket, TicketState
from lobby.screens.advice import wait_of
from lobby.screens.words import counter_label
from lobby.store.forecast_state import load_forecast_state
from lobby.waits.announced import Wait
from lobby.waits.engine import FORECAST, SavedState
from lobby.waits.words import wait_words

if TYPE_CHECKING:
    from lobby.forecast.forecaster import Forecaster

ADVISERS_MAX = 6
"""More names than this nobody chooses from while a customer stands there."""


@dataclass(frozen=True, slots=True)
class AdviserChoice:
    """`teller` empty: the first who is free. `wait` is a range in words, or that nobody can say."""

    teller: str
    name: str
    counter: str
    wait: str
    is_chosen: bool


async def adviser_choices(tablet: TabletRequest, ticket: Ticket) -> tuple[AdviserChoice, ...]:
    """One for everybody who sits at a counter and serves this, and one for nobody in particular;
    none for a ticket that does not wait, or where only one person could be meant."""
    hall, now = tablet.hall, tablet.now
    staffed = tuple(_staffed_counters(hall, ticket))[:ADVISERS_MAX]
    if ticket.state is not TicketState.WAITING or not staffed:
        return ()
    state = await tablet.store.read(lambda c: load_forecast_state(c, tablet.branch.id, FORECAST))
    tellers = ("", *(counter.teller or "" for counter in staffed))
    waits = await anyio.to_thread.run_sync(_waits, hall, ticket.number, tellers, state, now)
    chosen = ticket.reserved_teller or ""
    announced_now = wait_of(tablet.services, tablet.branch, ticket)
    labels = {counter.teller: counter_label(hall.plan, counter.id) for counter in staffed}
    return tuple(
        AdviserChoice(
            teller=teller,
            name=tablet.name_of(teller) if teller else "",
            counter=labels.get(teller, ""),
            wait=wait_words(announced_now if teller == chosen else wait, tablet.language),
            is_chosen=teller == chosen,
        )
        for teller, wait in zip(tellers, waits, strict=True)
    )


def _staffed_counters(hall: Hall, ticket: Ticket) -> Iterator[Counter]:
    """Where somebody sits who serves what this customer came for, on a pause or not."""
    for counter in hall.counters.values():
        if counter.is_attended and counter.teller and ticket.service in counter.services:
            yield counter


def _waits(
    hall: Hall, number: str, tellers: tuple[str, ...], state: str | None, now: datetime
) -> list[Wait]:
    """What each choice would mean, played through on the hall as it would be after it. Runs in a
    worker thread: it reads values that never change."""
    # Here and not above: only this page needs what forecasts need.
    from lobby.forecast.forecaster import Forecaster  # noqa: PLC0415
    from lobby.forecast.knowledge import Knowledge  # noqa: PLC0415

    forecaster = (
        Forecaster.from_json(msgspec.json.decode(state, type=SavedState).forecaster, hall.plan)
        if state
        else Forecaster(Knowledge.of(hall.plan))
    )
    return [_wait(forecaster, hall, number, teller, now) for teller in tellers]


def _wait(forecaster: "Forecaster", hall: Hall, number: str, teller: str, now: datetime) -> Wait:
    then = evolve(hall, AdviserAsked(now, number, teller or None))
    estimate = forecaster.snapshot(then, now).tickets.get(number)
    if estimate is None:
        return Wait(then.people_ahead(then.tickets[number]), 0, None)
    return Wait(estimate.ahead, estimate.counters, announced(estimate.p25_s, estimate.p90_s))
