"""The hall as the lobby manager sees it: a strip of figures, lines of people, who comes back."""

import re

import pytest

from lobby.catalogue.reading import DEMO, read_catalogue
from lobby.floor.waiting.pools import LISTED_MAX
from lobby.machines import MachineState
from lobby.queueing.commands.counter import CallChosen, OpenCounter
from lobby.queueing.commands.floor import ReportMachine
from lobby.queueing.commands.ticket import CancelTicket, DeclineMachine, OfferMachine, TakeTicket
from lobby.queueing.model.intake import Intake
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import TicketState
from lobby.screens.advice import second_offer
from tests.app.app import LocalApp


def page(door: LocalApp, language: str = "en") -> str:
    return str(door.get("lan", f"/floor?language={language}").text)


def waiting_page(door: LocalApp, language: str = "en") -> str:
    return str(door.get("lan", f"/floor/waiting?language={language}").text)


def text(html: str) -> str:
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", html))


def row(html: str, number: str) -> str:
    found = re.search(rf'<li id="waiting-{number}">.*?</li>', html, re.DOTALL)
    assert found is not None
    return text(found[0])


def test_it_says_how_the_hall_stands(busy: LocalApp) -> None:
    busy.perform(ReportMachine("atm-1", MachineState.DOWN))
    busy.clock.advance(7 * 60)
    said = text(page(busy))
    assert "Waiting 2 Longest wait 7 min" in said
    assert "Counters open 1 1 away Machines working 1 1 not working On lobby duty Nobody" in said


def test_it_is_calm_when_nobody_waits(door: LocalApp) -> None:
    said = text(page(door))
    assert "Nothing needs you now." in said
    assert "Nobody is waiting." in said
    assert "No counter is open." in text(waiting_page(door))


@pytest.mark.parametrize(
    ("minutes", "used", "mark"),
    [
        (9, "9 / 20 min", None),
        (10, "10 / 20 min", None),
        (20, "20 / 20 min", "too long"),
        (30, "30 / 20 min", "far too long"),
    ],
)
def test_it_holds_a_wait_against_its_promise(
    busy: LocalApp, minutes: int, used: str, mark: str | None
) -> None:
    busy.clock.advance(minutes * 60)
    found = row(waiting_page(busy), "A004")
    assert used in found
    assert (mark or "") in found and ("too long" in found) == bool(mark)


def test_it_shows_the_minutes_of_who_was_promised_less(door: LocalApp) -> None:
    door.perform(TakeTicket("A01", "vi", "s", priority=Priority.ASSISTANCE))
    door.clock.advance(10 * 60)
    said = row(waiting_page(door), "A001")
    assert "10 / 10 min too long" in said and "Would like help" in said


def test_it_says_how_often_somebody_was_passed(door: LocalApp) -> None:
    door.perform(OpenCounter("1", door.id_of("thu"), ("A01", "B01")))
    for _ in "ab":
        door.take("A01")
    door.perform(CallChosen("1", "A002", "Quick question"))
    assert "passed once" in row(waiting_page(door), "A001")


def test_it_warns_where_no_counter_serves_those_who_wait(busy: LocalApp) -> None:
    said = text(waiting_page(busy))
    assert "Foreign currency 1 No counter open for this" in said
    assert "Cash and transfers 1 1 counter open" in said


def test_it_puts_the_longest_wait_first(door: LocalApp) -> None:
    door.take("B01")
    door.clock.advance(60)
    door.take("A01")
    html = waiting_page(door)
    assert html.index("Accounts and cards") < html.index("Cash and transfers")


def test_it_lists_the_longest_and_folds_the_others(door: LocalApp) -> None:
    for _ in range(LISTED_MAX + 3):
        door.take("A01")
    html = waiting_page(door)
    shown, folded = html.split("and 3 more")
    assert (shown.count('id="waiting-A'), folded.count('id="waiting-A')) == (LISTED_MAX, 3)


def test_it_lists_on_the_first_page_only_the_most_pressing(door: LocalApp) -> None:
    for _ in range(5):
        door.take("A01")
    html = page(door)
    assert html.count('id="waiting-A') == 3
    assert "and 2 more" in html


def test_it_counts_as_waiting_whom_a_counter_can_call(busy: LocalApp) -> None:
    """What is counted and what can be called come from the same lines."""
    counted = re.findall(r"Waiting (\d+)", text(page(busy)))[0]
    assert int(counted) == waiting_page(busy).count('id="waiting-') == 2
    busy.perform(CancelTicket("F001"))
    assert "Waiting 1 " in text(page(busy))


def test_it_shows_who_sits_where_and_since_when(busy: LocalApp) -> None:
    busy.clock.advance(4 * 60)
    said = text(waiting_page(busy))
    assert "1 Thu Serving A\u200a003 4 min" in said
    assert "2 Wei Lunch On pause 4 min" in said
    assert "Closed: 3, 4" in said


def test_it_lists_the_last_calls_newest_first(busy: LocalApp) -> None:
    said = text(waiting_page(busy))
    calls = "A\u200a003 Counter 1 A\u200a002 Counter 1 A\u200a001 Counter 1"
    assert f"Last calls {calls}" in said


def test_it_speaks_the_reasons_in_the_readers_language(busy: LocalApp) -> None:
    assert "取资料" in waiting_page(busy, "zh")
    assert "Lấy giấy tờ" in waiting_page(busy, "vi")


def test_it_shows_who_has_come_and_what_they_said(door: LocalApp) -> None:
    said = Intake(
        rule="R05",
        rule_set="cn-1",
        channel="COUNTER",
        reasons=("PREF_COUNTER",),
        help_wanted=True,
        answers=(("preference", "counter"), ("own_id", "no")),
    )
    door.perform(TakeTicket("B01", "vi", "s", intake=said))
    found = re.search(r'<li id="arrival-B001">.*?</li>', page(door), re.DOTALL)
    assert found is not None
    words = text(found[0])
    assert all(
        each in words
        for each in ("Open account", "Would like help", "Prefers the counter", "Documents missing")
    )
    assert "Advised: Counter · The customer prefers the counter" in words
    door.clock.advance(11 * 60)
    assert "arrival-B001" not in page(door)


def test_it_words_the_answers_of_the_kiosk_in_the_readers_language(door: LocalApp) -> None:
    door.services.catalogues = {"riverside": read_catalogue(DEMO)}
    answers = (("amount", "up_to_20000"), ("credential", "card"), ("preference", "any"))
    said = Intake(rule="R22", rule_set="cn-1", channel="SELF_SERVICE", answers=answers)
    door.perform(TakeTicket("A01", "vi", "s", intake=said))
    assert "Up to ¥20,000 No preference" in text(page(door))
    sheet = text(door.get("lan", "/floor/waiting/A001").text)
    assert "Answers at the kiosk Up to ¥20,000 · A bank card · No preference" in sheet
    assert "2\u00a0万元以内" in page(door, "zh") and "Up to" not in page(door, "zh")


def test_it_hints_at_a_machine_where_the_rules_pass_now(door: LocalApp) -> None:
    """And leads from the row to the sheet, where the machine can be offered."""
    door.services.catalogues = {"riverside": read_catalogue(DEMO)}
    door.perform(OpenCounter("1", door.id_of("thu"), ("A01",)))
    answers = (("amount", "up_to_5000"), ("credential", "card"), ("preference", "any"))
    said = Intake(rule="R20", rule_set="cn-1", channel="COUNTER", answers=answers)
    for secret in "abcdef":
        door.perform(TakeTicket("A01", "vi", secret, intake=said))
    assert "A machine would be quicker" not in waiting_page(door)
    door.clock.advance(9 * 60)
    assert second_offer_to(door, "A006") is not None
    assert "A machine would be quicker" in row(waiting_page(door), "A006")
    door.perform(OfferMachine("A006", "crs-2"))
    door.perform(DeclineMachine("A006"))
    assert "A machine would be quicker" not in row(waiting_page(door), "A006")
    assert "/floor/diversions/A006" in door.get("lan", "/floor/waiting/A006").text


def second_offer_to(door: LocalApp, number: str) -> str | None:
    branch = door.services.branches["riverside"]
    return second_offer(door.services, branch, door.ticket(number), door.clock.now())


@pytest.mark.parametrize(("number", "after"), [("A001", "absence"), ("A002", "hold")])
def test_it_lets_people_wait_again_once(busy: LocalApp, number: str, after: str) -> None:
    fields = {"number": number, "after": after, "key": "once"}
    before = busy.hall.version
    answers = [busy.post("lan", "/floor/returns", **fields) for _ in "ab"]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert busy.ticket(number).state is TicketState.WAITING
    assert busy.hall.version == before + 1


def test_it_brings_nobody_back_who_does_not_miss(busy: LocalApp) -> None:
    answer = busy.ask("lan", "/floor/returns", number="A004", after="absence")
    assert answer.status_code == 409
    assert answer.json()["refusal"] == "WrongState"


def test_it_lets_nobody_come_back_too_late(busy: LocalApp) -> None:
    busy.clock.advance(16 * 60)
    assert "Missed the call" not in waiting_page(busy)
    answer = busy.ask("lan", "/floor/returns", number="A001", after="absence")
    assert answer.json()["refusal"] == "ReturnTooLate"
