"""Where a branch lets counters call by themselves, they do, and the teller is told."""

import pytest

from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.events.ticket import TicketTaken
from lobby.queueing.model.plan import CounterPolicy
from lobby.queueing.model.ticket import TicketState
from lobby.store.branch_rules import BranchRules, save_branch_rules
from tests.app.app import LocalApp


@pytest.fixture
def by_itself(door: LocalApp) -> LocalApp:
    """The day opens, with the counter, under rules that were set before it."""
    rules = BranchRules(counter_policy=CounterPolicy(auto_call=True))
    door.run(door.services.store.write, lambda c: save_branch_rules(c, "riverside", rules))
    door.post("thu", "/counter/openings", counter="1", service=["A01", "A02", "B01"])
    return door


def comes(door: LocalApp) -> str:
    """The taking, and perhaps the call in the same moment."""
    events = door.perform(TakeTicket("A01", "vi", f"secret-{door.hall.version}")).events
    return next(event.number for event in events if isinstance(event, TicketTaken))


def test_it_calls_whoever_comes_to_an_idle_counter(by_itself: LocalApp) -> None:
    number = comes(by_itself)
    assert by_itself.ticket(number).state is TicketState.CALLED
    assert by_itself.hall.counters["1"].ticket == number


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Called automatically"), ("zh", "系统自动叫号"), ("vi", "Hệ thống tự gọi")],
)
def test_it_says_clearly_that_nobody_pressed(
    by_itself: LocalApp, language: str, words: str
) -> None:
    comes(by_itself)
    html = by_itself.get("thu", f"/counter?language={language}").text
    assert html.count(words) == 2, "to be seen, and to be heard by a screen reader"


def test_it_says_beforehand_that_it_will(by_itself: LocalApp) -> None:
    html = by_itself.get("thu", "/counter").text
    assert "The next customer will be called automatically." in html


def test_it_calls_nobody_to_a_counter_on_pause(by_itself: LocalApp) -> None:
    by_itself.post("thu", "/counter/pauses", counter="1", reason="Lunch")
    number = comes(by_itself)
    assert by_itself.ticket(number).state is TicketState.WAITING


@pytest.mark.parametrize("act", ["finishes", "holds", "transfers", "absences"])
def test_it_calls_the_next_when_a_customer_leaves_the_counter(
    by_itself: LocalApp, act: str
) -> None:
    number = comes(by_itself)
    waiting = comes(by_itself)
    if act == "absences":
        by_itself.clock.advance(60)
        by_itself.post("thu", f"/counter/calls/{number}/repeats", counter="1", number=number)
        by_itself.clock.advance(60)
    else:
        by_itself.post("thu", "/counter/servings", counter="1", number=number)
    fields = {"reason": "form", "to_service": "F01"}
    answer = by_itself.post("thu", f"/counter/{act}", counter="1", number=number, **fields)
    assert answer.status_code == 303
    assert by_itself.hall.counters["1"].ticket == waiting
    assert "Called automatically" in by_itself.get("thu", "/counter").text


def test_it_lets_a_teller_plan_a_break_while_somebody_is_there(by_itself: LocalApp) -> None:
    """Without it, whoever is called as soon as the last has left would be there before lunch."""
    number = comes(by_itself)
    comes(by_itself)
    assert 'action="/counter/breaks"' in by_itself.get("thu", "/counter").text
    answer = by_itself.post("thu", "/counter/breaks", counter="1", at="09:03", minutes="30")
    assert answer.status_code == 303
    by_itself.post("thu", "/counter/servings", counter="1", number=number)
    by_itself.post("thu", "/counter/finishes", counter="1", number=number)
    assert by_itself.hall.counters["1"].ticket is None


def test_it_does_not_say_so_of_who_was_called_by_hand(at_counter: LocalApp) -> None:
    at_counter.take()
    at_counter.post("thu", "/counter/calls", counter="1")
    assert "Called automatically" not in at_counter.get("thu", "/counter").text
