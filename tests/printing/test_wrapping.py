"""Lines that each script would break where we do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lobby.printing.wrapping import ELLIPSIS, NEVER_FIRST, NEVER_LAST, wrap


def lines(text: str, width: int, lines_max: int = 99) -> list[str]:
    """As if every character were one wide."""
    return wrap(text, width, lines_max, len)


def test_it_breaks_between_words() -> None:
    assert lines("We call in the order of arrival", 12) == ["We call in", "the order of", "arrival"]


def test_it_breaks_between_chinese_characters_but_not_before_their_punctuation() -> None:
    assert lines("您的号码，请看屏幕。", 4) == ["您的号", "码，请看", "屏幕。"]


def test_it_keeps_a_figure_with_what_it_counts() -> None:
    assert lines("左侧，2 号机", 4) == ["左侧，", "2 号机"]


def test_it_never_breaks_at_a_space_that_holds() -> None:
    assert lines("Complaints: 027\u00a08555\u00a00100", 16) == [
        "Complaints:",
        "027\u00a08555\u00a00100",
    ]


def test_it_avoids_a_last_line_of_one_word() -> None:
    assert lines("Quý khách vui lòng chuẩn bị", 25) == ["Quý khách vui", "lòng chuẩn bị"]


def test_it_breaks_a_word_that_is_longer_than_the_line() -> None:
    assert lines("abcdefghij", 4) == ["abcd", "efgh", "ij"]


def test_it_ends_what_is_too_long_with_an_ellipsis() -> None:
    assert lines("one two three four five six", 9, lines_max=2) == ["one two", "three" + ELLIPSIS]


def test_it_has_nothing_to_say_about_nothing() -> None:
    assert lines("", 10) == []
    assert lines("   ", 10) == []


@given(
    text=st.text(alphabet="ab ，。2号（）：银 卡", max_size=60),
    width=st.integers(2, 12),
    lines_max=st.integers(1, 5),
)
def test_it_never_overflows_and_loses_nothing(text: str, width: int, lines_max: int) -> None:
    broken = lines(text, width, lines_max)
    assert len(broken) <= lines_max
    assert all(0 < len(line) <= width for line in broken)
    whole = lines(text, width)
    assert "".join(whole).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("marks", [NEVER_FIRST, NEVER_LAST])
def test_it_knows_punctuation_of_both_worlds(marks: frozenset[str]) -> None:
    assert any(ord(mark) < 128 for mark in marks)
    assert any(ord(mark) > 0x3000 for mark in marks)
