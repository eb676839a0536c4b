"""How a wait and its reason are said, in each language."""

import pytest

from lobby.forecast.estimate import Cause
from lobby.forecast.wait_range import WaitRange
from lobby.waits.announced import Basis, ChangeReason, Wait
from lobby.waits.words import ahead_words, cause_words, moved_words, short_wait, wait_words

LANGUAGES = ("zh", "vi", "en")


def of(low_min: int, high_min: int | None) -> Wait:
    return Wait(ahead=3, counters=2, range=WaitRange(low_min, high_min))


@pytest.mark.parametrize(
    ("wait", "words", "short"),
    [
        (of(10, 15), "about 10 to 15 min", "10–15 min"),
        (of(0, 5), "the next few minutes", "under 5 min"),
        (of(0, 10), "up to 10 min", "up to 10 min"),
        (of(60, None), "over 60 min", "over 60 min"),
        (of(35, None), "over 35 min, perhaps over an hour", "over 35 min"),
        (of(0, None), "perhaps over an hour", "perhaps over an hour"),
        (Wait(ahead=3, counters=2), "3 people before you", ""),
        (Wait(ahead=1, counters=2), "1 person before you", ""),
        (Wait(ahead=0, counters=2), "nobody before you", ""),
        (Wait(ahead=3, counters=0), "No counter is open for this yet", ""),
    ],
)
def test_it_says_a_range_or_who_is_ahead(wait: Wait, words: str, short: str) -> None:
    assert wait_words(wait, "en") == words
    assert short_wait(wait, "en") == short


@pytest.mark.parametrize(
    ("language", "words", "ahead"),
    [
        ("zh", "约 10 至 15 分钟", "您前面还有 3 位客户"),
        ("vi", "khoảng 10 đến 15 phút", "Còn 3 khách trước quý khách"),
        ("en", "about 10 to 15 min", "3 people before you"),
    ],
)
def test_it_speaks_every_language(language: str, words: str, ahead: str) -> None:
    assert wait_words(of(10, 15), language) == words
    assert ahead_words(of(10, 15), language) == ahead
    assert wait_words(Wait(ahead=3, counters=1), language) == ahead


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (Wait(0, 1, WaitRange(0, 5), is_next=True), "You are next"),
        (Wait(2, 1, WaitRange(0, 5), is_next=True), "You are next"),
        (Wait(0, 1, WaitRange(0, 5)), "It is your turn very soon"),
        (Wait(0, 1, WaitRange(0, 10)), "It is your turn very soon"),
        (Wait(0, 1, WaitRange(0, 15)), "Nobody is before you"),
        (Wait(0, 1), "Nobody is before you"),
        (Wait(0, 1, WaitRange(5, 10)), "Nobody is before you; the counter is busy"),
        (Wait(0, 2, WaitRange(30, None)), "Nobody is before you; the counters are busy"),
        (
            Wait(0, 1, WaitRange(5, 15), Basis(Cause.PAUSED, 4, counter="2", at="12:10")),
            "Nobody is before you; counter 2 is back at 12:10",
        ),
    ],
)
def test_it_says_who_is_next_only_where_that_is_certain(wait: Wait, words: str) -> None:
    assert ahead_words(wait, "en") == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "您前面没有客户；窗口正在办理业务"),
        ("vi", "Trước quý khách không có ai; các quầy đang phục vụ"),
    ],
)
def test_it_says_in_every_language_why_it_takes_long(language: str, words: str) -> None:
    assert ahead_words(Wait(0, 2, WaitRange(15, 30)), language) == words


def because(grounds: Basis, ahead: int = 4, counters: int = 3, language: str = "en") -> str:
    return cause_words(Wait(ahead, counters, WaitRange(10, 15), grounds), language)


def test_it_says_what_a_wait_hangs_on() -> None:
    plain = Basis(Cause.AHEAD, job_min=6)
    assert because(plain) == "4 before you, 3 counters open; about 6 min each"
    assert because(plain, ahead=0, counters=1) == "1 counter open for this"
    lunch = Basis(Cause.BREAK, job_min=6, counter="2", at="12:10")
    assert because(lunch).endswith("; counter 2 takes a break at 12:10")
    back = Basis(Cause.PAUSED, job_min=6, counter="2", at="12:10")
    assert because(back).endswith("; counter 2 is back at 12:10")
    away = Basis(Cause.PAUSED, job_min=6, counter="2")
    assert because(away, counters=0) == "counter 2 is paused"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "前面 4 位，3 个窗口在办理；每位约 6 分钟；2 号窗口 12:10 起休息"),
        (
            "vi",
            "Trước quý khách còn 4 khách, 3 quầy đang phục vụ; mỗi khách khoảng 6 phút; "
            "quầy 2 nghỉ lúc 12:10",
        ),
    ],
)
def test_it_says_so_in_every_language(language: str, words: str) -> None:
    lunch = Basis(Cause.BREAK, job_min=6, counter="2", at="12:10")
    assert because(lunch, language=language) == words


def test_it_needs_no_reason_while_a_counter_is_free() -> None:
    assert because(Basis(Cause.FREE, job_min=6)) == ""
    assert cause_words(Wait(ahead=1, counters=1), "en") == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("moved", ChangeReason)
def test_it_has_a_sentence_for_every_reason(moved: ChangeReason, language: str) -> None:
    assert moved_words(Wait(1, 1, WaitRange(5, 15), moved=moved), language)
    assert moved_words(Wait(1, 1, WaitRange(5, 15)), language) == ""
