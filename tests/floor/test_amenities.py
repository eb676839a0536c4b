"""Things to lend: how many there are, who has one, and when it came back."""

import re

import pytest

from tests.app.app import LocalApp
from tests.floor.caring import read

PAGE = "/floor/amenities"
LOANS = f"{PAGE}/loans"


def keep(door: LocalApp, kind: str = "glasses", detail: str = "+2.0", total: str = "2") -> int:
    """Write down how many there are; its number in the form."""
    answer = door.post("lan", PAGE, kind=kind, detail=detail, total=total)
    assert answer.status_code == 303
    ids = re.findall(r'name="amenity" value="(\d+)"', door.get("lan", PAGE).text)
    return max(map(int, ids))


def loan_id(door: LocalApp) -> int:
    found = re.findall(r'id="loan-(\d+)"', door.get("lan", PAGE).text)
    return int(found[-1])


def test_it_asks_what_there_is_where_nothing_is_written_down(door: LocalApp) -> None:
    assert "Nothing is listed yet." in read(door, PAGE)


def test_it_counts_what_is_left(busy: LocalApp) -> None:
    glasses = keep(busy)
    assert "Reading glasses +2.0 2 of 2 available" in read(busy, PAGE)
    for _ in "ab":
        answer = busy.post("lan", LOANS, amenity=str(glasses), number="a4", key="once")
        assert answer.status_code == 303
    said = read(busy, PAGE, "minh")
    assert "Reading glasses +2.0 1 of 2 available" in said
    assert "Reading glasses +2.0 A\u200a004 · since 09:00 · Lan" in said


def test_it_lends_to_somebody_without_a_ticket(door: LocalApp) -> None:
    answer = door.post("lan", LOANS, amenity=str(keep(door, "umbrella", "")), number="")
    assert answer.status_code == 303
    assert "Umbrella since 09:00 · Lan" in read(door, PAGE)


def test_it_takes_things_back_once(busy: LocalApp) -> None:
    busy.post("lan", LOANS, amenity=str(keep(busy, total="1")), number="A004")
    back = f"{LOANS}/{loan_id(busy)}/returns"
    for _ in "ab":
        assert busy.post("minh", back).status_code == 303
    said = read(busy, PAGE)
    assert "Lent now" not in said
    assert "1 of 1 available" in said


def test_it_lends_no_more_than_there_are(busy: LocalApp) -> None:
    chair = keep(busy, "wheelchair", "", total="1")
    busy.post("lan", LOANS, amenity=str(chair), number="A004")
    answer = busy.ask("minh", LOANS, amenity=str(chair), number="F001")
    assert answer.status_code == 409
    assert answer.json()["sentence"].startswith("All of these are lent out.")
    assert "Wheelchair All lent out" in read(busy, PAGE)


def test_it_shows_what_a_customer_has_beside_their_care(busy: LocalApp) -> None:
    glasses = keep(busy)
    sent = {"amenity": str(glasses), "number": "A004", "back": "A004"}
    answer = busy.post("lan", LOANS, **sent)
    assert answer.headers["location"].startswith("/floor/care/A004?")
    assert "Reading glasses +2.0 A\u200a004 · since 09:00 · Lan Given back" in read(
        busy, "/floor/care/A004"
    )
    assert "since 09:00" not in read(busy, "/floor/care/F001")


def test_it_marks_what_stayed_out_overnight(busy: LocalApp) -> None:
    busy.post("lan", LOANS, amenity=str(keep(busy)), number="A004")
    busy.clock.advance(24 * 3600)
    busy.take("A01")
    assert "A\u200a004 · since before today · Lan" in read(busy, PAGE)


def test_it_changes_how_many_there_are(door: LocalApp) -> None:
    keep(door, total="2")
    keep(door, total="5")
    assert "Reading glasses +2.0 5 of 5 available" in read(door, PAGE)


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        (PAGE, {"kind": "piano", "detail": "", "total": "1"}, 400),
        (PAGE, {"kind": "glasses", "detail": "", "total": "many"}, 400),
        (PAGE, {"kind": "glasses", "detail": "", "total": "1000"}, 400),
        (PAGE, {"kind": "glasses", "detail": "x" * 41, "total": "1"}, 400),
        (LOANS, {"amenity": "99", "number": ""}, 404),
        (LOANS, {"amenity": "1", "number": "Z9"}, 404),
        (f"{LOANS}/99/returns", {}, 404),
    ],
)
def test_it_refuses_what_makes_no_sense(
    door: LocalApp, path: str, fields: dict[str, str], status: int
) -> None:
    assert door.post("lan", path, **fields).status_code == status


def test_it_keeps_things_within_their_branch(door: LocalApp) -> None:
    glasses = keep(door)
    assert "Reading glasses +2.0" not in read(door, PAGE, "hoa")
    assert door.post("hoa", LOANS, amenity=str(glasses), number="").status_code == 404
    door.post("lan", LOANS, amenity=str(glasses), number="")
    assert door.post("hoa", f"{LOANS}/{loan_id(door)}/returns").status_code == 404
    assert "Lent now" in read(door, PAGE)
