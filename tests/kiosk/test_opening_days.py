"""Hours of each weekday, a break at noon, holidays and make-up days, and the last number of a day:
every screen says the same about them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from lobby.catalogue.reading import DEMO, CatalogueError, read_branch_file
from lobby.catalogue.serialise import from_json, to_json
from lobby.queueing.commands.counter import OpenCounter
from lobby.setup.branch_file import save_branch_file
from lobby.store.devices import DeviceKind
from tests.app.app import LocalApp, open_app, people
from tests.app.badges import Badge

RETAIL = "retail = { weekday = [08:30:00, 17:00:00], weekend = [09:30:00, 16:00:00] }"
WEEK = """last_ticket_min = 15
retail.weekday = [[08:30, 11:30], [13:30, 17:00]]
retail.friday = [8:30, 16:00]
retail.saturday = [9:00, 12:00]
special_days = [
  { day = 2026-03-09, until = 2026-03-12, open = [], names = NAMES },
  { day = 2026-03-14, like = "monday" },
  { day = 2026-03-13, open = [09:00, 11:00] },
  { day = 2026-03-16, open = [], whose = ["corporate"] },
]""".replace("NAMES", '{ en = "Spring holiday", zh = "春假", vi = "Nghỉ lễ" }')


def file_with(folder: Path, hours: str) -> Path:
    text = DEMO.read_text(encoding="utf-8")
    assert RETAIL in text
    file = folder / "branch.toml"
    file.write_text(text.replace(RETAIL, hours), encoding="utf-8")
    return file


@contextmanager
def branch_at(folder: Path, day: int, clock: str) -> Iterator[LocalApp]:
    """On a day of March 2026, at a time of Shanghai."""
    file = file_with(folder, WEEK)

    def furnish(connection: Connection) -> Mapping[str, Badge]:
        badges = people(connection)
        save_branch_file(connection, read_branch_file(file))
        return badges

    hour, minute = map(int, clock.split(":"))
    at = datetime(2026, 3, day, hour - 8, minute, tzinfo=UTC)
    with open_app(folder, furnish, at) as app:
        yield app


def kiosk_says(branch: LocalApp, language: str = "en") -> str:
    return branch.paired(DeviceKind.KIOSK).get(f"/kiosk?language={language}").text


OPEN = "We open"

SAID = [
    (2, "09:00", None),
    (2, "11:30", None),
    (2, "12:00", "We open at 13:30 today."),
    (2, "16:44", None),
    (2, "16:46", "We open on Tuesday 3 March at 08:30."),
    (2, "17:30", "We open on Tuesday 3 March at 08:30."),
    (6, "15:40", None),
    (6, "16:30", "We open on Saturday 7 March at 09:00."),
    (7, "13:00", "We open on Friday 13 March at 09:00."),
    (10, "10:00", "We open on Friday 13 March at 09:00."),
    (13, "09:30", None),
    (13, "12:00", "We open on Saturday 14 March at 08:30."),
    (14, "12:00", "We open at 13:30 today."),
    (14, "16:00", None),
    (15, "10:00", "We open on Monday 16 March at 08:30."),
]


@pytest.mark.parametrize(("day", "clock", "words"), SAID)
def test_the_kiosk_gives_numbers_in_those_hours_and_says_when_it_opens(
    tmp_path: Path, day: int, clock: str, words: str | None
) -> None:
    with branch_at(tmp_path, day, clock) as branch:
        page = kiosk_says(branch)
        assert (words or OPEN) in page if words else OPEN not in page
        taken = branch.paired(DeviceKind.KIOSK).post_json(
            "/kiosk/tickets", service="A01", language="en"
        )
        assert taken.status_code == (409 if words else 201)
        if words:
            assert words in taken.json()["sentence"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Spring holiday"), ("zh", "春假"), ("vi", "Nghỉ lễ")],
)
def test_it_says_why_it_is_closed_on_a_holiday(tmp_path: Path, language: str, words: str) -> None:
    with branch_at(tmp_path, 10, "10:00") as branch:
        assert words in kiosk_says(branch, language)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "No numbers now"), ("zh", "暂停取号"), ("vi", "Tạm ngừng cấp số")],
)
def test_it_says_that_the_last_number_is_given(tmp_path: Path, language: str, words: str) -> None:
    with branch_at(tmp_path, 2, "16:50") as branch:
        assert words in kiosk_says(branch, language)
        wall = branch.paired(DeviceKind.DISPLAY).get("/display").text
        assert "The branch is closed now" not in wall


def test_the_wall_says_when_it_opens_in_the_afternoon(tmp_path: Path) -> None:
    with branch_at(tmp_path, 2, "12:00") as branch:
        assert "13:30" in branch.paired(DeviceKind.DISPLAY).get("/display").text


def test_a_long_break_at_noon_ends_no_day(tmp_path: Path) -> None:
    """Who waits over noon is still there in the afternoon, though nobody did anything meanwhile."""
    with branch_at(tmp_path, 2, "11:25") as branch:
        kiosk = branch.paired(DeviceKind.KIOSK)
        number = kiosk.post_json("/kiosk/tickets", service="A01", language="en").json()["number"]
        branch.perform(OpenCounter("1", "thu", ("A01",)))
        branch.clock.advance(125 * 60)
        branch.run(branch.services.days.check, branch.riverside)
        assert branch.hall.tickets[number].state == "waiting"


def test_companies_have_a_day_off_of_their_own(tmp_path: Path) -> None:
    with branch_at(tmp_path, 16, "10:00") as branch:
        kiosk = branch.paired(DeviceKind.KIOSK)
        assert "No counter" not in kiosk.get("/kiosk/advice?service=B03&language=en").text
        assert "No counter serves this today" in kiosk.get("/kiosk/advice?service=C01").text


def test_a_catalogue_with_such_hours_is_kept_and_read_again(tmp_path: Path) -> None:
    catalogue = read_branch_file(file_with(tmp_path, WEEK)).catalogue
    assert from_json(to_json(catalogue)) == catalogue


def test_hours_kept_by_an_older_lobby_are_understood() -> None:
    text = to_json(read_branch_file(DEMO).catalogue)
    week = '[[{"opens":"09:00:00","closes":"17:00:00"}]'
    assert week in text
    start = text.index('"hours":')
    end = text.index('"branch":')
    older = (
        '"hours":{"corporate":{"weekday":{"opens":"09:00:00","closes":"17:00:00"},"weekend":null},'
        '"retail":{"weekday":{"opens":"08:30:00","closes":"17:00:00"},'
        '"weekend":{"opens":"09:30:00","closes":"16:00:00"}}},'
    )
    assert from_json(text[:start] + older + text[end:]) == from_json(text)


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (
            "retail = { weekday = [18:00, 02:00] }",
            "what goes on after midnight belongs to the next",
        ),
        ("retail = { weekday = [[8:30, 12:00], [11:00, 17:00]] }", "which do not touch"),
        ("retail = { weekday = [[8:30, 12:00], [12:00, 17:00]] }", "which do not touch"),
        ("retail = { weekday = [08:30] }", "it takes times of a day such as"),
        ('retail = { weekday = "8-17" }', "it takes times of a day such as"),
        ("retail = { weekday = [[8:30, 9:00, 10:00]] }", "it takes times of a day such as"),
        ("retail = { tuseday = [8:30, 9:00] }", "did you mean 'tuesday'?"),
        (f"last_ticket_min = -1\n{RETAIL}", "it takes a number from 0 to 240"),
        (f"{RETAIL}\nspecial_days = [{{ day = 2026-03-09 }}]", "lacks 'open'"),
        (f"{RETAIL}\nspecial_days = [{{ open = [] }}]", "lacks 'day'"),
        (
            f"{RETAIL}\nspecial_days = [{{ day = 2026-03-09, until = 2026-03-08, open = [] }}]",
            "a day from 2026-03-09 on, at most 62 in one line",
        ),
        (
            f'{RETAIL}\nspecial_days = [{{ day = 2026-03-09, like = "mon" }}]',
            "it knows monday, tuesday",
        ),
        (
            f'{RETAIL}\nspecial_days = [{{ day = 2026-03-09, open = [], whose = ["retial"] }}]',
            "for 'whose'; it knows retail, corporate",
        ),
        (
            f"{RETAIL}\nspecial_days = [{{ day = 2026-03-09, open = [] }}, "
            "{ day = 2026-03-08, until = 2026-03-10, open = [] }]",
            "stands there twice for the same day",
        ),
    ],
)
def test_it_says_what_is_wrong_with_hours(tmp_path: Path, hours: str, words: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        read_branch_file(file_with(tmp_path, hours))
    assert words in str(caught.value)
