"""Public holidays are proposed for a country or read from a file, and kept by a person alone."""

from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from lobby.setup_pages.hours.proposal import (
    CLOSED,
    FILE_BYTES_MAX,
    WORKING,
    in_calendar,
    in_form,
    of_country,
)
from tests.app.app import LocalApp
from tests.setup.demo import TODAY, at, held, open_demo, versions

PAGE = "/setup/hours/holidays"
KEPT = f"{PAGE}/kept"
CHINA = f"{PAGE}?country=CN&year=2026"
CALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//test//test//ZH\r
BEGIN:VEVENT\r
UID:1\r
DTSTAMP:20260101T000000Z\r
DTSTART;VALUE=DATE:20261001\r
DTEND;VALUE=DATE:20261004\r
SUMMARY:国庆节 放假\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2\r
DTSTAMP:20260101T000000Z\r
DTSTART;VALUE=DATE:20261010\r
SUMMARY:国庆节 补班\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:3\r
DTSTAMP:20260101T000000Z\r
DTSTART:20260101T080000Z\r
SUMMARY:Over already\r
END:VEVENT\r
END:VCALENDAR\r
"""


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[LocalApp]:
    with open_demo(tmp_path) as app:
        yield app


def offered(page: str) -> list[str]:
    """The values of the ticks."""
    return [unescape(part.split('"')[0]) for part in page.split('name="day" value="')[1:]]


def looked_at(app: LocalApp, content: bytes, who: str = "minh") -> Any:
    files = {"file": ("days.ics", content, "text/calendar")}
    return app.known(who).request("POST", f"{PAGE}?branch=riverside", files=files)


def kept(app: LocalApp, *days: str, seen: str = "") -> Any:
    return app.post("minh", KEPT, branch="riverside", seen=seen, day=list(days))


def test_a_proposal_has_the_days_to_come_and_keeps_nothing(branch: LocalApp) -> None:
    page = branch.get("minh", CHINA).text
    days = [text.split(" ")[0] for text in offered(page)]
    assert "2026-10-01" in days and "2026-02-17" not in days
    assert "2026-10-10 monday Working day in return" in offered(page)
    assert versions(branch)[1:] == []


def test_what_was_ticked_is_kept_with_its_name_in_every_language(branch: LocalApp) -> None:
    days = offered(branch.get("minh", CHINA).text)
    wanted = [text for text in days if text[:10] in {"2026-10-01", "2026-10-10"}]
    answer = kept(branch, *wanted)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/setup/hours?branch=riverside&saved=")
    special = at(branch, "hours", "special_days")
    assert [each["day"] for each in special] == [date(2026, 10, 1), date(2026, 10, 10)]
    assert special[0]["names"] == {"zh": "国庆节", "vi": "Quốc khánh", "en": "National Day"}
    assert special[1]["like"] == "monday"
    left = offered(branch.get("minh", CHINA).text)
    assert not {text[:10] for text in left} & {"2026-10-01", "2026-10-10"}
    assert "Closed on Thursday, 1 October 2026" in branch.get("minh", "/setup/hours").text


def test_a_calendars_file_is_looked_at_day_by_day(branch: LocalApp) -> None:
    page = looked_at(branch, CALENDAR.encode())
    assert page.status_code == 200
    assert offered(page.text) == [
        "2026-10-01 closed National Day",
        "2026-10-02 closed National Day",
        "2026-10-03 closed National Day",
        "2026-10-10 monday National Day",
    ]
    assert kept(branch, *offered(page.text)).status_code == 303
    assert len(held(branch, TODAY).set_up.catalogue.special_days) == 4


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Please choose a file first."),
        (b"\x00\xff no calendar", "This file is no calendar"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR", "is no calendar"),
        (
            CALENDAR.replace("2026", "2025").encode(),
            "no days to come in it that are not in",
        ),
        (b"x" * (FILE_BYTES_MAX + 1), "This file is too large"),
        (b"x" * (FILE_BYTES_MAX * 2), "This file is too large"),
    ],
)
def test_a_file_that_is_of_no_use_is_told_so(
    branch: LocalApp, content: bytes, sentence: str
) -> None:
    answer = looked_at(branch, content)
    assert (answer.status_code, sentence in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ([], "Please tick at least one day."),
        (["soon closed"], "Please tick at least one day."),
        (["2026-10-01 half"], "Please tick at least one day."),
    ],
)
def test_what_no_page_has_offered_is_not_kept(
    branch: LocalApp, day: list[str], sentence: str
) -> None:
    answer = kept(branch, *day)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert versions(branch)[1:] == []


def test_the_second_of_two_is_told_and_sees_what_is_left(branch: LocalApp) -> None:
    days = offered(branch.get("minh", CHINA).text)[:2]
    assert kept(branch, days[0], seen="-1000").status_code == 303
    answer = kept(branch, *days, seen="-1000")
    assert (answer.status_code, "changed these days meanwhile" in answer.text) == (422, True)
    assert offered(answer.text) == [days[1]]


@pytest.mark.parametrize("query", ["country=FR&year=2026", "country=CN&year=1800", "year=x"])
def test_another_country_or_year_shows_only_the_choice(branch: LocalApp, query: str) -> None:
    page = branch.get("minh", f"{PAGE}?{query}")
    assert (page.status_code, offered(page.text)) == (200, [])


def test_vietnam_has_tet_and_every_day_a_name() -> None:
    days = {each.day: each.name for each in of_country("VN", 2027)}
    assert {days[date(2027, 2, day)] for day in range(5, 11)} == {"Lunar New Year"}
    assert all(days.values())
    with pytest.raises(KeyError):
        of_country("FR", 2026)


def test_a_form_gives_back_the_days_that_it_was_given() -> None:
    days = of_country("CN", 2026)
    assert in_form([each.sent for each in days]) == days


def test_only_heads_and_administrators_reach_them(branch: LocalApp) -> None:
    assert branch.get("thu", PAGE).status_code == 403
    assert looked_at(branch, CALENDAR.encode(), "thu").status_code == 403
    assert branch.post("thu", KEPT, branch="riverside").status_code == 403
    page = branch.get("ada", f"{PAGE}?branch=harbour")
    assert (page.status_code, "set up without services" in page.text) == (200, True)
    assert branch.post("ada", KEPT, branch="harbour").status_code == 422


def days_of(*lines: str) -> dict[str, str]:
    event = "\r\n".join(["BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT"])
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{event}\r\nEND:VCALENDAR\r\n"
    found = in_calendar(text.encode(), ZoneInfo("Asia/Shanghai"))
    return {f"{each.day:%m-%d}": each.kind for each in found}


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (("DTSTART:20260930T160000Z", "DTEND:20261001T160000Z"), ["10-01"]),
        (("DTSTART:20261001T090000", "DTEND:20261003T170000"), ["10-01", "10-02", "10-03"]),
        (("DTSTART;VALUE=DATE:20261001", "DURATION:P3D"), ["10-01", "10-02", "10-03"]),
        (("DTSTART;VALUE=DATE:20261001", "DTEND;VALUE=DATE:20261002"), ["10-01"]),
        (("DTSTART;VALUE=DATE:20261001", "STATUS:CANCELLED"), []),
    ],
)
def test_days_are_those_of_the_branches_clock(lines: tuple[str, ...], days: list[str]) -> None:
    assert list(days_of(*lines)) == days


@pytest.mark.parametrize(
    ("summary", "kind"),
    [
        ("Non-working day", CLOSED),
        ("国庆节 不上班", CLOSED),
        ("Nghỉ, làm bù ngày 10/10", CLOSED),
        ("国庆节放假", CLOSED),
        ("调休上班", WORKING),
        ("补班（国庆放假调休）", WORKING),
        ("Làm bù", WORKING),
        ("Working day", WORKING),
    ],
)
def test_a_day_off_is_no_working_day(summary: str, kind: str) -> None:
    assert days_of("DTSTART;VALUE=DATE:20261001", f"SUMMARY:{summary}") == {"10-01": kind}


def test_one_event_that_cannot_be_read_keeps_no_other_back() -> None:
    broken = ("SUMMARY:none", "END:VEVENT", "BEGIN:VEVENT", "DTSTART;VALUE=DATE:20261001")
    assert days_of(*broken) == {"10-01": CLOSED}
