"""What people type means the same whatever keyboard it was typed on."""

from datetime import date

import pytest

from lobby import typed_text

WIDE_A012 = "Ａ０１２"


@pytest.mark.parametrize("typed", ["a012", " A 012", WIDE_A012, "ａ\u3000０１２", "A\u00a0012"])
def test_it_reads_one_code_in_every_width(typed: str) -> None:
    assert typed_text.code(typed) == "A012"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("10", 10),
        ("１０", 10),
        (" 1 0 ", 10),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("ten", None),
    ],
)
def test_it_reads_whole_numbers_and_says_what_is_none(typed: str, number: int | None) -> None:
    assert typed_text.whole_number(typed, digits_max=4) == number


def test_it_takes_no_number_longer_than_it_may_be() -> None:
    assert typed_text.whole_number("9999", digits_max=4) == 9999
    assert typed_text.whole_number("10000", digits_max=4) is None


@pytest.mark.parametrize("typed", ["৩", "1৩", "Ⅳ", "1a", "-1"])
def test_it_takes_only_the_ten_digits_for_a_code_of_digits(typed: str) -> None:
    assert typed_text.digits(typed) == ""


@pytest.mark.parametrize("typed", ["1,5", "1.5", "１．５", "1，5"])
def test_it_reads_the_comma_of_one_country_and_the_point_of_another(typed: str) -> None:
    assert typed_text.number(typed) == 1.5


@pytest.mark.parametrize("typed", ["", "nan", "inf", "1e400", "a"])
def test_it_takes_no_size_that_is_none(typed: str) -> None:
    assert typed_text.number(typed) is None


def test_it_finds_one_name_behind_two_spellings() -> None:
    composed, decomposed = "Nguyễn Thị Thu", "Nguye\u0302\u0303n Thi\u0323 Thu"
    assert composed != decomposed
    assert typed_text.name(decomposed) == typed_text.name(f" {composed}\u3000") == composed


def test_it_leaves_the_punctuation_of_free_words_as_it_was_typed() -> None:
    assert typed_text.words(" 客户说：\u3000你好， ") == "客户说： 你好，"


def test_it_keeps_a_secret_as_typed_but_for_its_composition() -> None:
    assert typed_text.secret(" pa\u0302\u0301ss １ ") == " pấss １ "


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-03-09", date(2026, 3, 9)),
        (" ２０２６-０３-０９ ", date(2026, 3, 9)),
        ("2026-02-30", None),
        ("20260309", None),
        ("2026-W10-1", None),
        ("9.3.2026", None),
        ("", None),
        ("٢٠٢٦-03-09", None),
    ],
)
def test_a_day_is_one_of_the_calendar(typed: str, meant: date | None) -> None:
    assert typed_text.day(typed) == meant
