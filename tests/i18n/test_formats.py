"""Codes, times and minutes read as people of each language expect them."""

from datetime import UTC, date, datetime

from lobby.i18n.formats import clock_time, long_date, minutes, ticket_code
from lobby.i18n.languages import LANGUAGES
from tests.app.people import plan


def test_a_code_has_a_hair_of_space() -> None:
    assert ticket_code("A012") == "A\u200a012"
    assert ticket_code("A1000") == "A\u200a1000"


def test_times_are_the_branchs() -> None:
    assert clock_time(datetime(2026, 3, 2, 16, 5, tzinfo=UTC), plan()) == "00:05"


def test_minutes_are_whole_and_rounded_down() -> None:
    assert [minutes(719, language) for language in LANGUAGES] == ["11 分钟", "11 phút", "11 min"]


def test_a_day_is_written_out() -> None:
    assert long_date(date(2026, 3, 2), "en") == "Monday, 2 March 2026"
    assert long_date(date(2026, 3, 2), "zh") == "2026年3月2日星期一"
    assert long_date(date(2026, 3, 2), "vi") == "Thứ Hai, 2/3/2026"
