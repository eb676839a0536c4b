"""Numbers as they are said in three languages: codes sign by sign, counts as counts."""

import pytest

from lobby.i18n.spoken_numbers import Word
from lobby.speech.words import count_words, number_words, ticket_words


def said(words: tuple[Word, ...]) -> str:
    return " ".join(word.text for word in words)


@pytest.mark.parametrize(
    ("number", "language", "sounds"),
    [
        ("A012", "zh", "A 零 一 二"),
        ("A012", "vi", "a không một hai"),
        ("A012", "en", "A zero one two"),
        ("B\u200a115", "vi", "bê một một năm"),
        ("V021", "vi", "vê không hai một"),
        ("W915", "vi", "vê kép chín một năm"),
        ("F\u200a405", "en", "F four zero five"),
    ],
)
def test_it_says_a_ticket_sign_by_sign(number: str, language: str, sounds: str) -> None:
    assert said(ticket_words(number, language)) == sounds


def test_it_names_the_recording_of_each_sign() -> None:
    clips = [word.clip for word in ticket_words("A012", "vi")]
    assert clips == ["letter-a", "digit-0", "digit-1", "digit-2"]


def test_it_says_one_as_on_the_telephone_where_a_bank_wants_that() -> None:
    words = ticket_words("A011", "zh", one_as_yao=True)
    assert said(words) == "A 零 幺 幺"
    assert words[-1].clip == "digit-1-yao"
    assert said(ticket_words("A011", "vi", one_as_yao=True)) == "a không một một"


@pytest.mark.parametrize(
    ("count", "chinese", "vietnamese", "english"),
    [
        (0, "零", "không", "zero"),
        (3, "三", "ba", "three"),
        (10, "十", "mười", "ten"),
        (11, "十 一", "mười một", "eleven"),
        (15, "十 五", "mười lăm", "fifteen"),
        (20, "二 十", "hai mươi", "twenty"),
        (21, "二 十 一", "hai mươi mốt", "twenty one"),
        (35, "三 十 五", "ba mươi lăm", "thirty five"),
        (99, "九 十 九", "chín mươi chín", "ninety nine"),
        (120, "一 二 零", "một hai không", "one two zero"),
    ],
)
def test_it_counts_as_people_count(count: int, chinese: str, vietnamese: str, english: str) -> None:
    assert said(count_words(count, "zh")) == chinese
    assert said(count_words(count, "vi")) == vietnamese
    assert said(count_words(count, "en")) == english


@pytest.mark.parametrize(
    ("number", "chinese", "vietnamese", "english"),
    [
        (0, "零", "không", "zero"),
        (15, "十五", "mười lăm", "fifteen"),
        (100, "一百", "một trăm", "one hundred"),
        (105, "一百零五", "một trăm linh năm", "one hundred and five"),
        (115, "一百一十五", "một trăm mười lăm", "one hundred and fifteen"),
        (200, "两百", "hai trăm", "two hundred"),
        (1_005, "一千零五", "một nghìn không trăm linh năm", "one thousand and five"),
        (2_500, "两千五百", "hai nghìn năm trăm", "two thousand five hundred"),
        (10_000, "一万", "mười nghìn", "ten thousand"),
        (20_050, "两万零五十", "hai mươi nghìn không trăm năm mươi", "twenty thousand and fifty"),
        (105_000, "十万五千", "một trăm linh năm nghìn", "one hundred and five thousand"),
        (5_000_000, "五百万", "năm triệu", "five million"),
        (
            100_000_005,
            "一亿零五",
            "một trăm triệu không trăm linh năm",
            "one hundred million and five",
        ),
        (1_200_000_000, "十二亿", "một tỷ hai trăm triệu", "one billion two hundred million"),
    ],
)
def test_it_says_an_amount_as_people_do(
    number: int, chinese: str, vietnamese: str, english: str
) -> None:
    assert said(number_words(number, "zh")).replace(" ", "") == chinese
    assert said(number_words(number, "vi")) == vietnamese
    assert said(number_words(number, "en")) == english
