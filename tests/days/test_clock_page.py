"""The branch head sees what the computer's clock did, and says whether it is right."""

from datetime import timedelta
from pathlib import Path

import pytest

from lobby.clock import SystemClock
from lobby.steady_clock import JumpState
from tests.app.app import LocalApp, open_app
from tests.app.people import MORNING
from tests.days.test_clock_jumps import A_DAY_S, TODAY, check


def state(door: LocalApp) -> JumpState | None:
    jump = door.services.clock.jump
    return jump.state if jump else None


def jumped(door: LocalApp) -> None:
    door.take()
    door.clock.jump(A_DAY_S)
    check(door)


def test_it_tells_the_head_what_happened_what_was_kept_and_what_to_do(door: LocalApp) -> None:
    assert "clock was changed" not in door.get("minh", "/reports").text
    jumped(door)
    page = door.get("minh", "/reports").text
    assert "At 09:00 it jumped to Tuesday, 3 March 2026, 09:00." in page
    assert "nobody lost a place or a number" in page
    assert "Please check the date and time of the computer." in page
    assert "It is wrong" in page


@pytest.mark.parametrize("language", ["zh", "vi"])
def test_it_tells_it_in_the_heads_language(door: LocalApp, language: str) -> None:
    jumped(door)
    page = door.get("minh", f"/reports?language={language}").text
    assert {"zh": "没有客户失去位置或号码", "vi": "không khách nào mất chỗ"}[language] in page


def test_the_head_has_the_new_time_followed_at_once(door: LocalApp) -> None:
    jumped(door)
    assert door.post("minh", "/reports/clock", answer="right").status_code == 303
    assert door.hall.day == TODAY + timedelta(days=1)
    assert (door.take(), state(door)) == ("A002", JumpState.FOLLOWED)
    assert door.post("minh", "/reports/clock", answer="right").status_code == 303
    assert "Everybody who waits kept place" in door.get("minh", "/reports").text


def test_a_clock_that_the_head_calls_wrong_is_not_followed(door: LocalApp) -> None:
    jumped(door)
    assert door.post("minh", "/reports/clock", answer="wrong").status_code == 303
    door.clock.advance(3600)
    check(door)
    assert (door.hall.day, state(door)) == (TODAY, JumpState.REFUSED)
    assert "set right" in door.get("minh", "/reports").text
    door.clock.jump(-A_DAY_S)
    check(door)
    assert state(door) is JumpState.WENT_BACK


@pytest.mark.parametrize("who", ["nobody", "thu", "lan", "ada"])
def test_nobody_but_the_head_says_which_time_is_right(door: LocalApp, who: str) -> None:
    jumped(door)
    door.post(who, "/reports/clock", answer="right")
    assert state(door) is JumpState.HELD


def test_an_answer_that_is_none_is_refused(door: LocalApp) -> None:
    jumped(door)
    assert door.post("minh", "/reports/clock", answer="maybe").status_code == 400
    assert door.get("minh", "/reports/clock").status_code == 405


def test_a_start_behind_the_newest_event_says_so_and_keeps_the_day(tmp_path: Path) -> None:
    with open_app(tmp_path) as door:
        door.take()
    with open_app(tmp_path, at=MORNING - timedelta(days=1)) as door:
        assert door.services.days.behind == {"riverside": MORNING}
        page = door.get("minh", "/reports").text
        assert "was behind what was recorded last (Monday, 2 March 2026, 09:00)" in page
        check(door)
        assert [door.take() for _ in range(3)] == ["A002", "A003", "A004"]
        door.clock.jump(A_DAY_S)  # the time server answers
        check(door)
        door.clock.advance(300)
        check(door)
        assert door.hall.day == TODAY
        assert door.take() == "A005"
        now = door.services.clock.now()
        waits_s = [(now - t.taken_at).total_seconds() for t in door.hall.tickets.values()]
        assert waits_s == [300, 300, 300, 300, 0]
        assert list(door.hall.waiting("A01")) == [f"A00{n}" for n in range(1, 6)]
        assert {ticket.is_ended for ticket in door.hall.tickets.values()} == {False}
        assert "was behind what" not in door.get("minh", "/reports").text


@pytest.mark.parametrize("has_time_server", [True, None])
def test_a_clock_that_is_kept_right_or_cannot_be_asked_about_is_no_news(
    door: LocalApp, has_time_server: bool | None
) -> None:
    door.clock.has_time_server = has_time_server
    assert "time server" not in door.get("minh", "/reports").text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "No time server keeps the computer&#39;s clock right"),
        ("zh", "没有时间服务器校准这台电脑的时钟"),
        ("vi", "Không có máy chủ thời gian nào chỉnh đồng hồ của máy tính này"),
    ],
)
def test_a_clock_that_nobody_keeps_right_is_told_to_the_head(
    door: LocalApp, language: str, said: str
) -> None:
    door.clock.has_time_server = False
    page = door.get("minh", f"/reports?language={language}").text
    assert said in page
    assert "/reports/clock" not in page


def test_the_kernel_is_asked_and_not_changed() -> None:
    """Whatever this machine answers, it answers it twice, and the clock is the system's."""
    clock = SystemClock()
    assert clock.is_synchronised() in {True, False, None}
    assert clock.is_synchronised() == clock.is_synchronised()
