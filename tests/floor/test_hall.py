"""The hall as the lobby manager sees it, and the acts that bring people back."""

import re

import pytest

from lobby.floor.views import LISTED_MAX
from lobby.queueing.ticket import TicketState
from tests.office import FrontDoor


def page(door: FrontDoor, language: str = "en") -> str:
    return str(door.get("lan", f"/floor?language={language}").text)


def text(html: str) -> str:
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", html))


def test_it_says_how_the_hall_stands(busy: FrontDoor) -> None:
    busy.clock.advance(7 * 60)
    said = text(page(busy))
    assert "Waiting 2 Longest wait 7 min Counters open 1 On pause 1" in said


def test_it_is_calm_when_nobody_waits(door: FrontDoor) -> None:
    said = text(page(door))
    assert "Nobody waits." in said
    assert "No counter is open." in said


@pytest.mark.parametrize(
    ("minutes", "mark"),
    [(14, None), (15, "soon too long"), (19, "soon too long"), (20, "too long")],
)
def test_it_marks_a_wait_against_the_target(
    busy: FrontDoor, minutes: int, mark: str | None
) -> None:
    busy.clock.advance(minutes * 60)
    badges = re.findall(r'badge badge--(?:attention|critical)">.*?</svg>([^<]+)<', page(busy))
    marks = {words for words in badges if "too long" in words}
    assert marks == ({mark} if mark else set())


def test_it_warns_where_no_counter_serves_those_who_wait(busy: FrontDoor) -> None:
    said = text(page(busy))
    assert "Foreign currency 1 No counter open for them" in said
    assert "Cash and transfers 1 1 counter open" in said


def test_it_puts_the_longest_wait_first(door: FrontDoor) -> None:
    door.take("B01")
    door.clock.advance(60)
    door.take("A01")
    html = page(door)
    assert html.index("Accounts and cards") < html.index("Cash and transfers")


def test_it_lists_the_longest_and_counts_the_others(door: FrontDoor) -> None:
    for _ in range(LISTED_MAX + 3):
        door.take("A01")
    html = page(door)
    assert html.count('id="waiting-A') == LISTED_MAX
    assert "and 3 more" in html


def test_it_shows_who_sits_where_and_since_when(busy: FrontDoor) -> None:
    busy.clock.advance(4 * 60)
    said = text(page(busy))
    assert "1 Thu Serving A\u200a003 4 min" in said
    assert "2 Wei Lunch On pause 4 min" in said
    assert "Closed: 3, 4" in said


def test_it_lists_the_last_calls_newest_first(busy: FrontDoor) -> None:
    said = text(page(busy))
    calls = "A\u200a003 Counter 1 A\u200a002 Counter 1 A\u200a001 Counter 1"
    assert f"Last calls {calls}" in said


def test_it_speaks_the_reasons_in_the_readers_language(busy: FrontDoor) -> None:
    assert "取资料" in page(busy, "zh")
    assert "Lấy giấy tờ" in page(busy, "vi")


@pytest.mark.parametrize(("number", "after"), [("A001", "absence"), ("A002", "hold")])
def test_it_lets_people_wait_again_once(busy: FrontDoor, number: str, after: str) -> None:
    fields = {"number": number, "after": after, "key": "once"}
    before = busy.hall.version
    answers = [busy.post("lan", "/floor/returns", **fields) for _ in "ab"]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert busy.ticket(number).state is TicketState.WAITING
    assert busy.hall.version == before + 1


def test_it_brings_nobody_back_who_does_not_miss(busy: FrontDoor) -> None:
    answer = busy.ask("lan", "/floor/returns", number="A004", after="absence")
    assert answer.status_code == 409
    assert answer.json()["refusal"] == "WrongState"


def test_it_lets_nobody_come_back_too_late(busy: FrontDoor) -> None:
    busy.clock.advance(16 * 60)
    assert "Missed the call" not in page(busy)
    answer = busy.ask("lan", "/floor/returns", number="A001", after="absence")
    assert answer.json()["refusal"] == "ReturnTooLate"
