"""Random acts against the model of `tests.bench.invariants`; and broken rules that it catches."""

import pytest

from lobby.queueing.calling import select
from lobby.queueing.decide import checks, taking_back
from lobby.queueing.evolve import correction
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Ticket
from tests.bench.invariants import found
from tests.bench.invariants_play import Round, replayed, shrunk

BRANCHES_TRIED = 120
"""A broken rule shows in one of so many branches; most in one of the first ten."""


def first_broken(*rules: str) -> Round:
    for seed in range(1, BRANCHES_TRIED):
        branch = Round(seed)
        branch.play()
        if branch.broken is not None:
            assert branch.broken.rule in rules, branch.broken
            return branch
    raise AssertionError("no branch showed it")


def test_no_promise_is_broken_by_random_acts() -> None:
    rows = found(steps=12_000, first_seed=1)
    assert rows["broken"] == 0, rows["counterexample"]
    assert rows["steps"] >= 12_000
    assert min(rows["commands_accepted"], rows["refused"], rows["days"]) > 50


def test_it_notices_a_premium_counter_that_passes_without_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def own_alone(hall: Hall, counter: Counter) -> list[Ticket]:
        found = list(select._eligible(hall, counter))
        own = [ticket for ticket in found if ticket.priority is Priority.PREMIUM]
        return own if own and hall.plan.counters[counter.id].premium else found

    monkeypatch.setattr(select, "eligible_tickets", own_alone)
    first_broken("overtakes", "choice")


def test_it_notices_a_number_that_two_hold_after_a_day_was_taken_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        taking_back, "_renumbered", lambda _before, hall: {n: n for n in hall.tickets}
    )
    first_broken("numbers")


def test_it_notices_a_second_call_at_a_counter_with_a_customer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checks, "free_to_call", lambda _counter: None)
    first_broken("two counters", "ways")


def test_it_notices_that_a_clock_moves_the_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(correction, "_moved", lambda ticket, _event, _right_at: ticket)
    first_broken("waits", "fold", "choice")


def test_what_is_broken_is_shown_with_few_acts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "free_to_call", lambda _counter: None)
    branch = first_broken("two counters", "ways")
    assert branch.broken is not None
    few = shrunk(branch.world, branch.steps, branch.broken.rule, tries=300)
    again = replayed(branch.world, few)
    assert again is not None and again.rule == branch.broken.rule
    assert len(few) < 20
