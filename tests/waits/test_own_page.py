"""What the customer's own page says beside the wait: why it moved, the promise, and notices."""

from datetime import datetime

import pytest

from lobby.forecast.estimate import Snapshot
from lobby.queueing.commands.counter import CallNext, PauseCounter, ResumeCounter
from lobby.queueing.commands.floor import PostNotice
from lobby.queueing.commands.ticket import CancelTicket
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.notices import NoticeKind
from tests.app.app import LocalApp
from tests.waits.scripted import OPEN, played_by, take
from tests.waits.snapshots import between

PAGE = "/t/secret-of-A002"
MOVED_BY_OTHERS = {
    "zh": "您前面的客户增加了",
    "vi": "Số khách trước quý khách đã tăng",
    "en": "More people are before you now",
}


@pytest.fixture
def calm(door: LocalApp) -> LocalApp:
    """A002 waits and has been told ten to fifteen minutes; with the counter paused it is more."""

    def say(state: Hall) -> Snapshot:
        said = between(21, 28) if state.counters["1"].is_paused else between(11, 14)
        at: datetime = door.clock.now()
        waiting = {ticket.number: said for ticket in state.waiting_tickets()}
        return Snapshot(state.version, at, waiting, {"A01": said})

    played_by(door, say)
    door.perform(OPEN)
    take(door, "A001", "A002")
    door.settled()
    return door


@pytest.fixture
def moved(calm: LocalApp) -> LocalApp:
    calm.perform(PauseCounter("1", "Lunch"))
    calm.settled()
    return calm


def page(door: LocalApp, language: str = "en") -> str:
    return door.stranger().get(f"{PAGE}?language={language}").text


@pytest.mark.parametrize(
    ("language", "wait", "reason"),
    [
        ("zh", "约 20 至 30 分钟", "有一个窗口暂停服务"),
        ("vi", "khoảng 20 đến 30 phút", "Một quầy tạm nghỉ"),
        ("en", "about 20 to 30 min", "A counter paused"),
    ],
)
def test_it_says_why_the_range_was_raised(
    moved: LocalApp, language: str, wait: str, reason: str
) -> None:
    words = page(moved, language)
    assert wait in words
    assert reason in words


@pytest.mark.parametrize(
    ("language", "own"),
    [
        ("zh", "您申请了延后"),
        ("vi", "Quý khách đã xin thêm thời gian"),
        ("en", "You asked for more time"),
    ],
)
def test_it_names_what_the_customer_asked_for_and_blames_nobody(
    door: LocalApp, language: str, own: str
) -> None:
    def say(state: Hall) -> Snapshot:
        waiting = {
            ticket.number: between(21, 28) if ticket.postponements else between(11, 14)
            for ticket in state.waiting_tickets()
        }
        return Snapshot(state.version, door.clock.now(), waiting, {"A01": between(11, 14)})

    played_by(door, say)
    door.perform(OPEN)
    take(door, "A001", "A002", "A003")
    door.settled()
    door.stranger().post(f"{PAGE}/postponements")
    door.settled()
    assert own in page(door, language)
    assert MOVED_BY_OTHERS[language] not in page(door, language)


def test_it_says_what_is_promised_and_in_which_order_we_call(calm: LocalApp) -> None:
    words = page(calm)
    assert "We promise to call you within 20 min." in words
    assert "At most 3 people who came after you can be called before you." in words


def test_it_tells_no_promise_beside_a_range_that_does_not_keep_it(moved: LocalApp) -> None:
    words = page(moved)
    assert "We promise" not in words
    assert "At most 3 people who came after you can be called before you." in words


def test_it_says_nothing_of_the_order_to_who_does_not_wait(moved: LocalApp) -> None:
    moved.perform(CancelTicket("A002"))
    words = page(moved)
    assert "promise" not in words
    assert "A counter paused" not in words


def test_it_shows_the_halls_notices_until_they_are_over(moved: LocalApp) -> None:
    sentence = "Fewer counters are open now, so waits are longer."
    assert sentence not in page(moved)
    moved.perform(PostNotice(NoticeKind.DELAY, "few_counters", 30, {}, "lan"))
    assert sentence in page(moved)
    assert "目前开放的窗口较少" in page(moved, "zh")
    moved.clock.advance(seconds=31 * 60)
    assert sentence not in page(moved)


def test_it_shows_no_notice_to_who_is_called(moved: LocalApp) -> None:
    moved.perform(PostNotice(NoticeKind.DELAY, "few_counters", 30, {}, "lan"))
    moved.perform(CancelTicket("A001"))
    moved.perform(ResumeCounter("1"))
    moved.perform(CallNext("1"))
    assert "Please go to counter" in page(moved)
    assert "Fewer counters are open" not in page(moved)


def test_it_shows_no_notice_to_who_has_left(moved: LocalApp) -> None:
    moved.perform(PostNotice(NoticeKind.DELAY, "few_counters", 30, {}, "lan"))
    moved.perform(CancelTicket("A002"))
    assert "Fewer counters are open" not in page(moved)
