"""Full branches, spokes and branches of machines alone, as their file says: what a kiosk offers
where no counter serves, and that nobody gets a number which nobody will call."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from lobby.catalogue.reading import DEMO, read_branch_file
from lobby.queueing.commands.counter import OpenCounter, PauseCounter
from lobby.setup.branch_file import save_branch_file
from lobby.store.devices import DeviceKind
from tests.app.app import LocalApp, Person, open_app
from tests.app.badges import Badge
from tests.app.people import MORNING

TEXT = DEMO.read_text(encoding="utf-8")
COUNTERS = "counters = [1, 2, 3, 4, 5, 6]"
KIND = 'kind = "hub"'
MACHINES_ONLY = {COUNTERS: "counters = []", KIND: 'kind = "machines"'}
SPOKE = {COUNTERS: "counters = [1]", KIND: 'kind = "spoke"'}
HUB = 'hub = { id = "harbour", names = { en = "Harbour", zh = "港口", vi = "Cảng" } }'
WITH_HUB = {**SPOKE, "[[rules]]": f"{HUB}\n[[rules]]"}
AFTERNOON = {
    **SPOKE,
    "[tariff]": "counters = { weekday = [13:30:00, 16:30:00] }\n\n[tariff]",
}
HARBOUR = {
    'id = "riverside"': 'id = "harbour"',
    "Riverside Branch": "Harbour Branch",
    "demo-2026.1": "harbour-1",
}
SMALL = "service=A01&amount=up_to_5000&credential=card"
SATURDAY = datetime(2026, 3, 7, 2, 0, tzinfo=UTC)
LATE = datetime(2026, 3, 2, 8, 58, tzinfo=UTC)
"""Two minutes before the branch closes."""

Opened = Callable[..., LocalApp]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Opened]:
    """Opens branches from their files, each the demo's with something put otherwise."""
    with ExitStack() as stack:

        def opened(*changes: Mapping[str, str], at: datetime = MORNING) -> LocalApp:
            files = [branch_file(tmp_path, number, each) for number, each in enumerate(changes)]

            def furnish(connection: Connection) -> dict[str, Badge]:
                for file in files:
                    save_branch_file(connection, read_branch_file(file))
                return {}

            return stack.enter_context(open_app(tmp_path / "open", furnish, at))

        (tmp_path / "open").mkdir()
        yield opened


def branch_file(folder: Path, number: int, changes: Mapping[str, str]) -> Path:
    text = TEXT
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    file = folder / f"branch-{number}.toml"
    file.write_text(text, encoding="utf-8")
    return file


def kiosk_of(house: LocalApp, language: str = "en") -> Person:
    return house.paired(DeviceKind.KIOSK, language=language)


def choices(page: str) -> list[str]:
    """Ways that are acts, and ways that lead to words."""
    kinds = ("machine", "counter", "colleague", "booking", "other_branch", "first_free")
    return [
        k for k in kinds if f'name="choice" value="{k}"' in page or f"/kiosk/advice/{k}" in page
    ]


def test_a_branch_of_machines_alone_opens_from_its_file(house: Opened) -> None:
    riverside = house(MACHINES_ONLY)
    kiosk = kiosk_of(riverside)
    first = kiosk.get("/kiosk").text
    assert "Cash withdrawal" in first
    assert "No counter" not in first
    page = kiosk.get(f"/kiosk/advice?{SMALL}").text
    assert choices(page) == ["machine", "colleague", "booking"]
    assert "You can do this at the machine." in page
    assert "at the counter" not in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("service=A01&amount=more", "No counter serves this today. Our staff will help you."),
        ("service=A01&preference=counter", "No counter serves this today."),
        ("service=C01", "No counter serves this today."),
        ("service=A04&receiver=asked", "Our staff will check with you that this is safe."),
        ("service=L01", "We do not offer this here. Our staff will help you."),
    ],
)
def test_nobody_is_promised_a_counter_where_there_is_none(
    house: Opened, query: str, said: str
) -> None:
    kiosk = kiosk_of(house(MACHINES_ONLY))
    page = kiosk.get(f"/kiosk/advice?{query}").text
    assert said in page
    assert not {"counter", "first_free"} & set(choices(page))
    assert "colleague" in choices(page)
    for promise in ("You will be called", "Please use a counter", "business counter will call"):
        assert promise not in page


def test_no_number_is_given_that_nobody_will_call(house: Opened) -> None:
    riverside = house(MACHINES_ONLY)
    kiosk = kiosk_of(riverside)
    form = {"service": "A01", "amount": "more", "choice": "counter"}
    assert kiosk.post("/kiosk/tickets", **form).status_code == 409
    assert kiosk.post_json("/kiosk/tickets", service="A01", language="en").status_code == 409
    assert not riverside.hall.tickets
    called = kiosk.post("/kiosk/tickets", **{**form, "choice": "colleague"})
    assert called.headers["location"].startswith("/kiosk/help")


def test_a_spoke_gives_numbers_only_while_somebody_serves(house: Opened) -> None:
    riverside = house(SPOKE)
    kiosk = kiosk_of(riverside)
    counter = "/kiosk/advice?service=A01&preference=counter"
    assert "No counter today" in kiosk.get("/kiosk").text
    assert "counter" not in choices(kiosk.get(counter).text)
    riverside.perform(OpenCounter("1", "thu", ("A01",)))
    assert "counter" in choices(kiosk.get(counter).text)
    riverside.perform(PauseCounter("1", "Lunch", 20))
    page = kiosk.get(counter).text
    assert "counter" in choices(page), "the teller comes back"
    assert "A counter opens at 09:20. We will call your number then." in page


def test_it_says_when_the_counter_opens(house: Opened) -> None:
    kiosk = kiosk_of(house(AFTERNOON))
    assert "Counter from 13:30" in kiosk.get("/kiosk").text
    page = kiosk.get("/kiosk/advice?service=A01&amount=more").text
    assert "A counter opens at 13:30. We will call your number then." in page
    assert kiosk.post("/kiosk/tickets", service="A01", amount="more").status_code == 303


def test_a_machine_is_quicker_than_a_counter_that_is_not_open(house: Opened) -> None:
    page = kiosk_of(house(AFTERNOON)).get(f"/kiosk/advice?{SMALL}").text
    assert "The counter is the quicker way" not in page
    assert choices(page)[0] == "machine"


def test_a_full_branch_expects_its_tellers_until_it_is_too_late(house: Opened) -> None:
    page = kiosk_of(house({})).get(f"/kiosk/advice?{SMALL}").text
    assert choices(page)[:2] == ["machine", "counter"]
    assert "quicker" not in page


def test_two_minutes_before_closing_nobody_waits_for_a_counter(house: Opened) -> None:
    late = kiosk_of(house({}, at=LATE)).get("/kiosk/advice?service=A01&amount=more").text
    assert "counter" not in choices(late)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Wait there now: about"), ("zh", "那里现在等候"), ("vi", "Hiện chờ tại đó")],
)
def test_a_spoke_names_the_nearest_branch_with_its_wait(
    house: Opened, language: str, words: str
) -> None:
    both = house(WITH_HUB, HARBOUR)
    both.perform(OpenCounter("1", "bao", ("L01",)), "harbour")
    for _person in range(3):
        both.take("L01", branch_id="harbour")
    kiosk = kiosk_of(both, language)
    page = kiosk.get("/kiosk/advice?service=L01").text
    assert choices(page) == ["colleague", "booking", "other_branch"]
    assert words in page
    there = kiosk.get("/kiosk/advice/other_branch?service=L01")
    assert there.status_code == 200
    assert words in there.text


def test_it_names_the_branch_alone_where_its_wait_is_not_known(house: Opened) -> None:
    page = kiosk_of(house(WITH_HUB)).get("/kiosk/advice?service=L01").text
    assert "Another of our branches can do this for you." in page
    assert "Harbour" in page
    assert "Wait there now" not in page


def test_no_booking_is_offered_where_the_branch_takes_none(house: Opened) -> None:
    none = {**MACHINES_ONLY, COUNTERS: "counters = []\ntakes_bookings = false"}
    page = kiosk_of(house(none)).get("/kiosk/advice?service=A01&amount=more").text
    assert choices(page) == ["colleague"]


def test_companies_are_served_in_hours_of_their_own(house: Opened) -> None:
    """On a Saturday the branch is open, and its business counter is not."""
    kiosk = kiosk_of(house({}, at=SATURDAY))
    assert "counter" not in choices(kiosk.get("/kiosk/advice?service=C01").text)
    assert "counter" in choices(kiosk.get("/kiosk/advice?service=A03").text)


@pytest.mark.parametrize(("limit", "words"), [(5_000, "about 5 min"), (2_500, "about 8 min")])
def test_what_a_machine_pays_at_once_is_a_setting(house: Opened, limit: int, words: str) -> None:
    changes: dict[str, Any] = {COUNTERS: f"{COUNTERS}\nper_operation_limit = {limit}"}
    riverside = house(changes)
    riverside.perform(OpenCounter("1", "thu", ("A01",)))
    riverside.take_together(*["A01"] * 6)
    query = "service=A01&amount=up_to_20000&credential=card"
    assert words in kiosk_of(riverside).get(f"/kiosk/advice?{query}").text


def test_a_limit_of_next_year_changes_no_question_of_today(house: Opened) -> None:
    cash = '{ name = "cash", amount = 20_000, valid_from = 2026-01-01, source = '
    later = f'{cash.replace("2026", "2027").replace("20_000", "30_000")}"Later" }},\n  {cash}'
    kiosk = kiosk_of(house({cash: later}))
    page = kiosk.get("/kiosk/advice?service=A01").text
    assert "up_to_20000" in page
    assert "up_to_30000" not in page
