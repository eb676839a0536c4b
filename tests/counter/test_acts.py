"""A teller's acts through the front door: done, refused, repeated."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from counter.routes import ACTS
from lobby.queueing.model.ticket import TicketState
from tests.app.app import LocalApp
from tests.counter.desk import called, missed, served

FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


def _spaced(number: str) -> str:
    return f"{number[0]} {number[1:].lstrip('0')}"


def _wide(number: str) -> str:
    return number.translate(FULL_WIDTH)


def test_it_opens_a_counter_for_the_signed_in_teller(at_counter: LocalApp) -> None:
    counter = at_counter.hall.counters["1"]
    assert counter.teller == at_counter.id_of("thu")
    assert counter.services == ("A01", "A02", "B01")


def test_it_leads_back_to_the_terminal(door: LocalApp) -> None:
    answer = door.post("thu", "/counter/openings", counter="1", service="A01")
    assert (answer.status_code, answer.headers["location"]) == (303, "/counter")
    again = door.ask("thu", "/counter/calls", counter="1")
    assert again.status_code == 409
    assert again.json()["sentence"] == "Nobody is waiting for this counter."


def test_it_lets_two_tellers_not_share_a_counter(at_counter: LocalApp) -> None:
    answer = at_counter.ask("wei", "/counter/openings", counter="1", service="A01")
    assert answer.status_code == 409
    assert answer.json()["refusal"] == "CounterTaken"


def test_it_asks_for_a_service_before_a_counter_opens(door: LocalApp) -> None:
    assert door.ask("thu", "/counter/openings", counter="1").json()["refusal"] == "NoServicesChosen"


def test_it_takes_a_customer_from_the_call_to_the_end(at_counter: LocalApp) -> None:
    number = served(at_counter)
    assert at_counter.ticket(number).state is TicketState.SERVING
    at_counter.post("thu", "/counter/finishes", counter="1", number=number)
    assert at_counter.ticket(number).state is TicketState.FINISHED
    assert at_counter.ticket(number).services_done == ("A01",)


def test_it_notes_what_else_was_done(at_counter: LocalApp) -> None:
    number = served(at_counter)
    done = ["A01", "B01"]
    at_counter.post("thu", "/counter/finishes", counter="1", number=number, service_done=done)
    assert at_counter.ticket(number).services_done == ("A01", "B01")


def test_it_calls_again(at_counter: LocalApp) -> None:
    number = called(at_counter)
    path = f"/counter/calls/{number}/repeats"
    assert at_counter.post("thu", path, counter="1", number=number).status_code == 303
    assert at_counter.ticket(number).calls == 2


def test_it_lets_somebody_who_missed_the_call_wait_again(at_counter: LocalApp) -> None:
    number = missed(at_counter)
    assert at_counter.ticket(number).state is TicketState.ABSENT
    at_counter.post("thu", "/counter/returns", number=number, after="absence")
    assert at_counter.ticket(number).state is TicketState.WAITING


def test_it_holds_a_ticket_and_lets_it_wait_again(at_counter: LocalApp) -> None:
    number = called(at_counter)
    at_counter.post("thu", "/counter/holds", counter="1", number=number, reason="Fetching papers")
    assert at_counter.ticket(number).hold_reason == "Fetching papers"
    at_counter.post("thu", "/counter/returns", number=number, after="hold")
    assert at_counter.ticket(number).state is TicketState.WAITING


def test_it_takes_a_persons_own_words_before_the_ready_made_ones(at_counter: LocalApp) -> None:
    number = called(at_counter)
    words = {"reason": "Fetching papers", "own_words": " Forgot the passbook "}
    at_counter.post("thu", "/counter/holds", counter="1", number=number, **words)
    assert at_counter.ticket(number).hold_reason == "Forgot the passbook"


def test_it_transfers_with_a_note(at_counter: LocalApp) -> None:
    number = called(at_counter)
    to = {"to_service": "F01", "to_counter": "", "note": "Has dollars"}
    at_counter.post("thu", "/counter/transfers", counter="1", number=number, **to)
    ticket = at_counter.ticket(number)
    assert (ticket.state, ticket.service, ticket.note) == (
        TicketState.WAITING,
        "F01",
        "Has dollars",
    )


def test_it_undoes_what_the_teller_was_shown(at_counter: LocalApp) -> None:
    number = served(at_counter)
    at_counter.post("thu", "/counter/finishes", counter="1", number=number)
    at_counter.post("thu", "/counter/undo", counter="1", number=number)
    assert at_counter.ticket(number).state is TicketState.SERVING


def test_it_undoes_nothing_else_than_was_shown(at_counter: LocalApp) -> None:
    number = missed(at_counter)
    answer = at_counter.ask("thu", "/counter/undo", counter="1", number="A009")
    assert answer.json()["refusal"] == "TouchedSince"
    assert at_counter.ticket(number).state is TicketState.ABSENT


def test_it_pauses_with_a_reason_and_resumes(at_counter: LocalApp) -> None:
    at_counter.post("thu", "/counter/pauses", counter="1", reason="Lunch")
    assert at_counter.hall.counters["1"].is_paused
    at_counter.post("thu", "/counter/resumptions", counter="1")
    assert not at_counter.hall.counters["1"].is_paused


def test_it_asks_for_a_reason_to_pause(at_counter: LocalApp) -> None:
    assert at_counter.ask("thu", "/counter/pauses", counter="1").json()["refusal"] == (
        "ReasonMissing"
    )


def test_it_closes_the_counter(at_counter: LocalApp) -> None:
    at_counter.post("thu", "/counter/closings", counter="1")
    assert not at_counter.hall.counters["1"].is_open


def test_it_calls_a_chosen_ticket_by_a_typed_number(at_counter: LocalApp) -> None:
    first, second = at_counter.take(), at_counter.take()
    fields = {"typed_number": second.lower(), "reason": "Needs help"}
    at_counter.post("thu", "/counter/calls", counter="1", **fields)
    assert at_counter.ticket(second).state is TicketState.CALLED
    assert at_counter.ticket(first).state is TicketState.WAITING


def test_it_never_calls_the_next_one_where_a_chosen_one_was_meant(at_counter: LocalApp) -> None:
    number = at_counter.take()
    answer = at_counter.ask("thu", "/counter/calls", counter="1", reason="Needs help")
    assert answer.json()["refusal"] == "UnknownTicket"
    assert at_counter.ticket(number).state is TicketState.WAITING


def test_it_acts_on_no_other_ticket_than_the_screen_showed(at_counter: LocalApp) -> None:
    first = missed(at_counter)
    second = called(at_counter)
    answer = at_counter.ask("thu", "/counter/absences", counter="1", number=first)
    assert answer.status_code == 409
    assert at_counter.ticket(second).state is TicketState.CALLED


def test_it_takes_a_repeated_call_for_one(at_counter: LocalApp) -> None:
    at_counter.take()
    at_counter.take()
    before = at_counter.hall.version
    answers = [at_counter.post("thu", "/counter/calls", counter="1", key="once") for _ in "ab"]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert at_counter.hall.version == before + 1


STEPS: tuple[tuple[str, dict[str, str]], ...] = (
    ("calls", {}),
    ("calls/A001/repeats", {"number": "A001"}),
    ("absences", {"number": "A001"}),
    ("undo", {"number": "A001"}),
    ("servings", {"number": "A001"}),
    ("interruptions", {"number": "A001"}),
    ("continuations", {"number": "A001"}),
    ("services", {"number": "A001", "service": "B01"}),
    ("holds", {"number": "A001", "reason": "Fetching papers", "minutes": "10"}),
    ("returns", {"number": "A001", "after": "hold"}),
    ("calls", {"number": "A001", "reason": "Was here before"}),
    ("transfers", {"number": "A001", "to_service": "B01"}),
    ("calls", {}),
    ("servings", {"number": "A001"}),
    ("colleagues", {"number": "A001", "kind": "risk", "reason": "Does not know the receiver"}),
    ("finishes", {"number": "A001"}),
    ("breaks", {"at": "12:10", "minutes": "30"}),
    ("breaks/cancellations", {}),
    ("pauses", {"reason": "Lunch", "minutes": "30"}),
    ("resumptions", {}),
    ("closings", {}),
    ("openings", {"service": "A01"}),
)


def test_it_takes_every_repeated_act_for_one(at_counter: LocalApp) -> None:
    at_counter.take()
    for step, (act, fields) in enumerate(STEPS):
        at_counter.clock.advance(60)
        before = at_counter.hall.version
        asked = {"counter": "1", "key": f"step-{step}", **fields}
        answers = [at_counter.post("thu", f"/counter/{act}", **asked) for _ in "ab"]
        assert [answer.status_code for answer in answers] == [303, 303], act
        assert at_counter.hall.version == before + 1, act


def test_it_tries_every_act_twice() -> None:
    tried = {act.replace("A001", "{number}") for act, _ in STEPS}
    assert tried == set(ACTS)


def test_it_refuses_a_key_that_was_used_for_something_else(at_counter: LocalApp) -> None:
    at_counter.post("thu", "/counter/pauses", counter="1", reason="Lunch", key="once")
    answer = at_counter.ask("thu", "/counter/resumptions", counter="1", key="once")
    assert answer.status_code == 422
    assert at_counter.hall.counters["1"].is_paused


def test_it_refuses_an_act_without_a_key(at_counter: LocalApp) -> None:
    assert at_counter.ask("thu", "/counter/calls", counter="1", key="").status_code == 400


@pytest.mark.parametrize("width", [str, str.lower, _spaced, _wide])
def test_it_finds_a_chosen_ticket_however_its_number_is_typed(
    at_counter: LocalApp, width: Callable[[str], str]
) -> None:
    at_counter.take()
    number = at_counter.take()
    fields = {"typed_number": width(number), "reason": "Needs help"}
    at_counter.post("thu", "/counter/calls", counter="1", **fields)
    assert at_counter.ticket(number).state is TicketState.CALLED


def test_it_reads_the_end_of_a_pause_in_digits_of_full_width(at_counter: LocalApp) -> None:
    at_counter.post("thu", "/counter/pauses", counter="1", reason="Lunch", minutes="１０")
    session = at_counter.hall.counters["1"].session
    assert session is not None and session.paused_at is not None
    assert session.paused_until == session.paused_at + timedelta(minutes=10)


@pytest.mark.parametrize("minutes", ["ten", "1.5", "-3", "12345"])
def test_it_takes_no_unreadable_end_for_a_pause_without_one(
    at_counter: LocalApp, minutes: str
) -> None:
    fields = {"counter": "1", "reason": "Lunch", "minutes": minutes}
    assert at_counter.ask("thu", "/counter/pauses", **fields).json()["refusal"] == "OutOfRange"
    assert not at_counter.hall.counters["1"].is_paused
