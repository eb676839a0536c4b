"""Why a range is another one than before: only what a second forecast bears out."""

import math

import pytest

from lobby.forecast.wait_range import WaitRange
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import CallNext, CloseCounter, PauseCounter, StartServing
from lobby.queueing.commands.ticket import (
    ChangeService,
    Postpone,
    TakeTicket,
)
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.priority import Priority
from lobby.waits.announced import ChangeReason
from tests.waits.snapshots import NOBODY, OPEN_ONE, OPEN_TWO, after, between, snapshot, take
from tests.waits.test_ledger import LATER, SECOND, TWO_WAIT, WAITING, moved, shown, told


@pytest.mark.parametrize(
    ("commands", "why"),
    [
        ([PauseCounter("2", "Lunch")], ChangeReason.PAUSED),
        ([CloseCounter("2")], ChangeReason.CLOSED),
        (
            [TakeTicket("A01", "en", "three", priority=Priority.ASSISTANCE)],
            ChangeReason.OTHERS_FIRST,
        ),
        ([], ChangeReason.ANEW),
        ([TakeTicket("F01", "en", "elsewhere")], ChangeReason.ANEW),
        ([Postpone(SECOND)], ChangeReason.MORE_TIME),
        ([ChangeService(SECOND, "A02")], ChangeReason.SERVICE),
    ],
)
def test_it_never_raises_a_range_silently(commands: list[Command], why: ChangeReason) -> None:
    ledger = told(between(7, 13))
    state = after(
        *commands, before=WAITING if why is ChangeReason.MORE_TIME else TWO_WAIT, at=LATER
    )

    def foresee(other: Hall) -> dict[str, float]:
        return {SECOND: (24 if other == state else 14) * 60}

    assert ledger.renew(snapshot(state, {SECOND: between(12, 24)}), state, LATER, foresee)
    assert (shown(ledger, state), moved(ledger, state)) == (WaitRange(10, 25), why)
    assert [row.reason for row in ledger.unkept] == ["", why]


@pytest.mark.parametrize(
    "commands",
    [
        [PauseCounter("2", "Lunch")],
        [CloseCounter("2")],
        [TakeTicket("A01", "en", "three", priority=Priority.ASSISTANCE)],
    ],
)
def test_it_gives_no_reason_that_the_forecast_does_not_bear_out(commands: list[Command]) -> None:
    ledger = told(between(7, 13))
    state = after(*commands, before=TWO_WAIT, at=LATER)
    for foresee in (lambda _hall: {SECOND: 24 * 60.0}, None):
        ledger = told(between(7, 13))
        ledger.renew(snapshot(state, {SECOND: between(12, 24)}), state, LATER, foresee)
        assert moved(ledger, state) is ChangeReason.ANEW


def test_it_names_jobs_that_take_long_where_the_forecast_bears_that_out() -> None:
    serving = after(CallNext("1"), StartServing("1", "A001"), before=TWO_WAIT)
    ledger = told(between(7, 13), serving)

    def foresee(other: Hall) -> dict[str, float]:
        return {SECOND: (24 if other.counters["1"].ticket else 5) * 60}

    ledger.renew(snapshot(serving, {SECOND: between(12, 24)}), serving, LATER, foresee)
    assert moved(ledger, serving) is ChangeReason.SLOWER


def test_it_says_that_another_counter_opened() -> None:
    alone = after(OPEN_ONE, *take("one", "two"))
    ledger = told(between(12, 28), alone)
    state = after(OPEN_TWO, before=alone)

    def foresee(other: Hall) -> dict[str, float]:
        return {SECOND: (9 if other == state else 28) * 60}

    ledger.renew(snapshot(state, {SECOND: between(3, 9)}), state, LATER, foresee)
    assert moved(ledger, state) is ChangeReason.OPENED


def test_it_says_why_there_is_no_range_any_more() -> None:
    ledger = told(between(7, 13))
    state = after(CloseCounter("1"), CloseCounter("2"), before=TWO_WAIT)

    def foresee(other: Hall) -> dict[str, float]:
        return {SECOND: math.inf if other == state else 13 * 60}

    assert ledger.renew(snapshot(state, {SECOND: NOBODY}), state, LATER, foresee)
    assert (shown(ledger, state), moved(ledger, state)) == (None, ChangeReason.CLOSED)
    assert len(ledger.unkept) == 1, "that nobody could say a range is not kept as one"
