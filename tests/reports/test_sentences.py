from dataclasses import replace

import pytest

from lobby.queueing.model.priority import CallingRule, Priority
from lobby.queueing.model.ticket import TicketState
from lobby.reports.day import DayReport, report_of
from lobby.reports.figures import Figures
from lobby.reports.measures import Rate
from lobby.reports.sentences import sentences
from lobby.store.visits import Visit
from tests.reports.kpi_day import DAY, SITTINGS, VISITS, at, visit
from tests.reports.test_day import NEXT_MORNING, PLAN


def told(report: DayReport, language: str = "en") -> tuple[str, ...]:
    return sentences(report, Figures(language, PLAN))


def many(served_in_time: int, late: int) -> list[Visit]:
    quick = [visit(f"A{n:03}", 0, 1, 2, 5) for n in range(served_in_time)]
    slow = [visit(f"B{n:03}", 40, 90, 91, 95) for n in range(late)]
    return [*quick, *slow]


def of_many(served_in_time: int, late: int) -> DayReport:
    return report_of(PLAN, DAY, many(served_in_time, late), [], NEXT_MORNING)


def test_it_opens_with_what_a_person_would_say() -> None:
    assert told(report_of(PLAN, DAY, VISITS, SITTINGS, NEXT_MORNING)) == (
        "4 of 9 people were served within the promised 10 min.",
    )


def test_it_names_the_longest_waits_once_enough_people_came() -> None:
    """Of nine people the longest wait is one person's, and no half hour's."""
    quick = [visit(f"C{n:03}", 40, 41, 42, 45) for n in range(20)]
    patient = replace(PLAN, calling=CallingRule())
    assert told(report_of(patient, DAY, [*VISITS, *quick], SITTINGS, NEXT_MORNING))[1] == (
        "The longest waits were from 09:00 to 09:30: 10 min on average,"
        " with 2 counters open and up to 7 people waiting."
    )


def test_it_says_the_same_in_chinese_and_vietnamese() -> None:
    report = report_of(PLAN, DAY, VISITS, SITTINGS, NEXT_MORNING)
    assert told(report, "zh")[0] == "9 位客户中有 4 位在承诺的 10 分钟内开始办理。"
    assert told(report, "vi")[0] == "4 trong 9 khách được phục vụ trong thời hạn cam kết 10 phút."


def test_it_calls_a_half_hour_worst_only_when_the_promise_was_broken_in_it() -> None:
    late = report_of(PLAN, DAY, many(0, 20), [], NEXT_MORNING)
    assert told(late)[2] == (
        "The worst half hour was 10:30 to 11:00: 20 of 20 people waited longer than promised,"
        " with no counter open and up to 20 people waiting."
    )


@pytest.mark.parametrize(
    ("served_in_time", "late", "people"),
    [
        (12, 0, "All 12 people"),
        (8, 2, "8 of 10 people"),
        (0, 25, "0 of 25 people"),
        (24, 6, "About 8 in 10 people"),
        (99, 1, "Nearly all of 100 people"),
        (1, 99, "Hardly any of 100 people"),
        (1, 0, "1 of 1 people"),
    ],
)
def test_it_counts_few_people_and_rounds_many(served_in_time: int, late: int, people: str) -> None:
    sentence = f"{people} were served within the promised 10 min."
    assert sentence in told(of_many(served_in_time, late))


def test_it_tells_a_running_day_until_now_and_who_waits() -> None:
    waiting = visit("A099", 30, state=TicketState.WAITING)
    report = report_of(PLAN, DAY, [*VISITS, waiting], SITTINGS, at(43))
    assert told(report)[0] == (
        "Today until 09:43, 4 of 9 people were served within the promised 10 min."
    )
    assert told(report)[1] == "1 person is waiting now, for 13 min."
    report = report_of(PLAN, DAY, [*VISITS, waiting], SITTINGS, at(30))
    assert told(report, "zh")[-1] == "现在有 1 人等候，最久的已等不到 1 分钟。"
    longer = [*VISITS, waiting, replace(waiting, number="A100", taken_at=at(23))]
    report = report_of(PLAN, DAY, longer, SITTINGS, at(43))
    assert told(report)[1] == "2 people are waiting now, the longest for 20 min."


def test_it_says_in_words_that_there_is_nothing() -> None:
    assert told(report_of(PLAN, DAY, [], [], NEXT_MORNING)) == (
        "Nobody took a number on this day.",
    )
    assert told(report_of(PLAN, DAY, [], [], at(5))) == ("Nobody has taken a number yet today.",)
    assert told(report_of(PLAN, DAY, [], [], at(-2000))) == ("This day has not come yet.",)


def test_it_says_that_nobody_was_served_yet() -> None:
    waiting = visit("A001", 0, state=TicketState.WAITING)
    report = report_of(PLAN, DAY, [waiting], [], at(5))
    assert told(report)[0] == "1 person took a number; nobody has been served."


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "2 people were still in line when the branch closed, and were not served."),
        ("zh", "营业结束时仍有 2 人在排队，未能办理。"),
        ("vi", "2 người vẫn còn trong hàng khi chi nhánh đóng cửa và chưa được phục vụ."),
    ],
)
def test_it_says_first_whom_the_branch_closed_on(language: str, sentence: str) -> None:
    left = [visit(f"A10{n}", 60, ended=600, state=TicketState.LAPSED) for n in range(2)]
    report = report_of(PLAN, DAY, [*VISITS, *left], SITTINGS, NEXT_MORNING)
    assert told(report, language)[0] == sentence


def an_afternoon() -> list[Visit]:
    """A hundred people in the morning served at once; then forty of whom half waited 38 minutes."""
    early = [visit(f"A{n:03}", n, n + 1, n + 2, n + 4) for n in range(100)]
    late = [visit(f"B{n:03}", 300 + n, 330, 300 + n + 38, 350) for n in range(20)]
    quick = [visit(f"C{n:03}", 300 + n, 310, 305 + n, 320) for n in range(20)]
    return [*early, *late, *quick]


def test_an_afternoon_is_told_first_whatever_the_share_of_the_day() -> None:
    report = report_of(PLAN, DAY, an_afternoon(), [], NEXT_MORNING)
    assert told(report)[:2] == (
        "From 14:30 to 15:00, 20 of 20 people waited longer than the promised 10 min;"
        " 1 in 10 waited 38 min or more.",
        "About 9 in 10 people were served within the promised 10 min.",
    )
    assert report.promises is not None
    assert report.promises.broken is not None
    assert report.promises.broken.beyond == Rate(20, 20)


def test_nobody_is_measured_by_the_promise_of_another_class() -> None:
    """Eight minutes are within ten and not within five."""
    booked = [visit(f"D{n:03}", 60, 67, 68, 70, priority=Priority.APPOINTMENT) for n in range(20)]
    regular = [visit(f"A{n:03}", 60, 67, 68, 70) for n in range(30)]
    report = report_of(PLAN, DAY, [*booked, *regular], [], NEXT_MORNING)
    assert report.promises is not None
    assert report.promises.kept == Rate(30, 50)
    assert told(report)[0] == ("From 10:00 to 10:30, 20 of 50 people waited longer than promised.")
    assert told(report)[1] == "About 6 in 10 people were served within the time promised to them."
    assert told(report)[2] == (
        "The promise was kept least for “Has a booking”: 0 of 20 people were served within 5 min."
    )


def test_few_people_make_no_stretch_and_no_worst_of_anything() -> None:
    slow = [visit(f"B{n:03}", 40, 90, 91, 95) for n in range(19)]
    report = report_of(PLAN, DAY, slow, [], NEXT_MORNING)
    assert told(report) == ("0 of 19 people were served within the promised 10 min.",)
