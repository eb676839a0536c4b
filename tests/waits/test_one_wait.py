"""One wait: whichever screen says how long a ticket waits, or one that would be taken now, it says
the same, and who is counted adds up to the people in the hall. Random halls of the demo's branch,
read through the front door."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection

from lobby.catalogue.reading import DEMO, read_plan
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import (
    CallNext,
    CloseCounter,
    Finish,
    OpenCounter,
    PauseCounter,
    ResumeCounter,
    StartServing,
)
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.refusal import Refusal
from lobby.store.catalogue import save_plan
from lobby.store.devices import DeviceKind
from tests.app.app import LocalApp, open_app, staff
from tests.app.badges import Badge
from tests.app.people import plan

DAYS, HALLS_A_DAY = 12, 25
DAY_S = 86_400
OVER_AN_HOUR = 65
"""The end of a range that has none, so that ranges can be compared."""

WAITING = re.compile(r'answer__waiting">([^<]*)<')
LINE = re.compile(
    r'line__label">([^<]*)<.*?line__count number">.*?</svg>(\d+)<(.*?)</li>', re.DOTALL
)
RANGES = (
    (re.compile(r"under (\d+) min"), lambda a: (0, int(a))),
    (re.compile(r"up to (\d+) min"), lambda a: (0, int(a))),
    (re.compile(r"(\d+)–(\d+) min"), lambda a, b: (int(a), int(b))),
    (re.compile(r"over (\d+) min"), lambda a: (int(a), OVER_AN_HOUR)),
    (re.compile(r"(perhaps over an hour)"), lambda _: (0, OVER_AN_HOUR)),
)

LONG_RANGES = (
    (re.compile(r"the next few (minutes)"), lambda _: (0, 5)),
    (re.compile(r"about (\d+) to (\d+) min"), lambda a, b: (int(a), int(b))),
    *RANGES[1:],
)
LABELS = {
    "cash": "Cash and transfers",
    "service": "Accounts and cards",
    "corporate": "Companies",
    "exchange": "Foreign exchange",
    "adviser": "Advice",
}
PAGES = (1, 2, 3, 4)
TAKEN = 25
NEAR_MIN = 5
"""One step: what a range may differ from the last one without being announced."""

Range = tuple[int, int]


def range_in(text: str) -> Range | None:
    """As a person would read it."""
    for pattern, ends in RANGES:
        found = pattern.search(text)
        if found:
            return ends(*found.groups())
    return None


def demo_people(connection: Connection) -> Mapping[str, Badge]:
    save_plan(connection, read_plan(DEMO))
    save_plan(connection, plan("harbour", "Asia/Ho_Chi_Minh"))
    return staff(connection)


class Bank:
    """The demo's branch, its people's screens, and chance."""

    def __init__(self, door: LocalApp) -> None:
        self.door = door
        door.services.catalogues = {}
        self.kiosk = door.paired(DeviceKind.KIOSK, language="en")
        self.wall = door.paired(DeviceKind.DISPLAY, language="en")
        self.tablet, self.teller = door.signed_in("lan"), door.signed_in("thu")
        self.services = tuple(door.riverside.plan.services)

    def act(self, command: Command) -> bool:
        try:
            self.door.perform(command)
        except Refusal:
            return False
        return True

    def settle(self, seconds: float = 2) -> None:
        self.door.clock.advance(seconds=seconds)
        self.door.settled()

    def open_morning(self, chance: Random) -> None:
        """Counters for everything, or each for a part; the first is Thu's own."""
        parts = {1: self.services} if chance.random() < 0.5 else {}
        for counter in range(1, chance.randint(2, 4)):
            served = parts.get(1) or tuple(chance.sample(self.services, 12))
            who = self.door.id_of("thu") if counter == 1 else f"teller-{counter}"
            self.act(OpenCounter(str(counter), who, served))

    def go_on(self, chance: Random) -> None:
        """Somebody comes, most often; a counter calls, serves, ends, rests or comes back."""
        hall, counter = self.door.hall, str(chance.randint(1, 3))
        at, draw = hall.counters[counter].ticket, chance.random()
        if draw < 0.55:
            self.take(chance)
        elif draw < 0.9:
            self.act(CallNext(counter) if at is None else StartServing(counter, at))
            if at and hall.tickets[at].state is TicketState.SERVING:
                self.act(Finish(counter, at))
        elif draw < 0.95:
            rests = hall.counters[counter].is_paused
            self.act(
                ResumeCounter(counter) if rests else PauseCounter(counter, "Lunch", minutes=20)
            )
        elif counter != "1":
            self.act(CloseCounter(counter))

    def take(self, chance: Random) -> str:
        service = chance.choice(self.services)
        self.act(TakeTicket(service, "en", f"secret-{self.door.hall.version}"))
        return service

    # What people read

    def offers(self, *pages: int) -> dict[str, str]:
        """By service, on these pages of the kiosk."""
        found: dict[str, str] = {}
        for page in pages:
            text = self.kiosk.get(f"/kiosk?language=en&page={page}").text
            for answer in re.split(r'name="service" value="', text)[1:]:
                words = WAITING.search(answer)
                found[answer.split('"')[0]] = words[1] if words else ""
        return found

    def lines(self) -> list[tuple[str, int, str]]:
        """Of the wall: label, people, and what stands beside them."""
        text = self.wall.get("/display?language=en").text
        return [(label, int(count), rest) for label, count, rest in LINE.findall(text)]

    def own(self, number: str) -> dict[str, Any]:
        headers = {"Accept": "application/json"}
        path = f"/t/{self.door.ticket(number).secret}"
        return dict(self.door.stranger().get(path, headers=headers).json())


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    with open_app(Path(tmp_path_factory.mktemp("bank")), demo_people) as door:
        yield Bank(door)


def halls(bank: Bank) -> Iterator[Random]:
    """Each with its forecast made."""
    for day in range(DAYS):
        chance = Random(day)
        bank.door.clock.advance(seconds=DAY_S)
        bank.open_morning(chance)
        for _ in range(chance.randint(0, 12)):
            bank.take(chance)
        for _ in range(HALLS_A_DAY):
            for _ in range(chance.randint(1, 3)):
                bank.go_on(chance)
            bank.settle(chance.choice((1, 20, 90)))
            yield chance


def test_every_screen_says_the_same_of_three_hundred_halls(bank: Bank) -> None:
    seen = 0
    for chance in halls(bank):
        check_services(bank, PAGES if seen % 10 == 0 else (chance.choice(PAGES),))
        check_tickets(bank, chance)
        seen += 1
    assert seen == DAYS * HALLS_A_DAY


def check_services(bank: Bank, pages: tuple[int, ...]) -> None:
    """The wall's range of a pool holds that of each service; of all it is the shortest to do so."""
    hall, offers, lines = bank.door.hall, bank.offers(*pages), bank.lines()
    assert sum(count for _, count, _ in lines) == hall.waiting_count()
    spans = {label: range_in(rest) for label, _, rest in lines}
    kept: dict[str, list[Range]] = {}
    for code, words in offers.items():
        told, span = range_in(words), spans.get(LABELS[hall.pool(code)])
        if told and span:
            assert span[0] <= told[0] < told[1] <= span[1], code
            kept.setdefault(LABELS[hall.pool(code)], []).append(told)
    if pages == PAGES:
        held = {
            label: (min(a for a, _ in each), max(b for _, b in each))
            for label, each in kept.items()
        }
        assert held == {label: span for label, span in spans.items() if span}
    for label, count, rest in lines:
        told = range_in(rest)
        if not count and told and told[0] >= 5:
            assert "line__why" in rest, label
    check_counter(bank, offers)


def check_counter(bank: Bank, offers: Mapping[str, str]) -> None:
    """Where a customer may be sent on to, with how long that takes."""
    if bank.door.hall.counters["1"].ticket is None:
        return
    page = bank.teller.get("/counter?language=en").text
    options = dict(re.findall(r'<option value="(\w\d\d)">([^<]*)</option>', page))
    for code in options.keys() & offers.keys():
        assert range_in(options[code]) == range_in(offers[code]), code


def check_tickets(bank: Bank, chance: Random) -> None:
    waiting = list(bank.door.hall.waiting_tickets())
    tablet = bank.tablet.get("/floor/waiting?language=en").text
    for ticket in chance.sample(waiting, min(2, len(waiting))):
        facts = bank.own(ticket.number)
        row = tablet.split(f'id="waiting-{ticket.number}"')[1].split("</li>")[0]
        shown = re.sub(r"<[^>]*>", " ", row.split("promise")[0])
        assert range_in(shown) == told_to(facts), ticket.number
        assert facts["ahead"] == bank.door.hall.people_ahead(ticket)


def test_a_wait_goes_from_kiosk_to_phone_and_does_not_jump(bank: Bank) -> None:
    """What the kiosk says is on the slip and on the phone, and seconds later still; it does not
    fall because others come."""
    for seed in range(TAKEN):
        chance, door = Random(seed), bank.door
        door.clock.advance(seconds=DAY_S)
        bank.open_morning(chance)
        for _ in range(chance.randint(3, 14)):
            bank.take(chance)
        for counter in "123":
            bank.act(CallNext(counter))
        bank.settle(chance.choice((1, 30)))
        if chance.random() < 0.5:
            bank.take(chance)  # and no forecast knows of it yet
        page = chance.choice(PAGES)
        offers = bank.offers(page)
        service = chance.choice(list(offers))
        kiosk = range_in(offers[service])
        given = bank.kiosk.post("/kiosk/tickets?language=en", service=service, language="en")
        number = given.headers["location"].split("/")[-1].split("?")[0]
        slip = bank.kiosk.get(given.headers["location"]).text
        if kiosk is None:
            continue
        first = told_to(bank.own(number))
        assert first == kiosk, (seed, service)
        assert range_on_slip(slip) == kiosk, (seed, service)
        bank.settle()
        second = told_to(bank.own(number))
        assert second is not None
        assert abs(second[1] - first[1]) <= NEAR_MIN, (seed, service, first, second)
        for _ in range(5):
            bank.take(chance)
            bank.settle()
            later = told_to(bank.own(number))
            assert later is not None
            assert later[1] >= second[1], (seed, service)
            second = later


def test_a_slow_job_is_told_its_own_wait_and_not_that_of_a_quicker_one(bank: Bank) -> None:
    """Two counters for everything, one busy with a long job, seven people before; loan advice."""
    door = bank.door
    door.clock.advance(seconds=DAY_S)
    for counter in ("1", "2"):
        bank.act(OpenCounter(counter, f"teller-{counter}", bank.services))
    for number, service in enumerate(
        ("B01", "A01", "A02", "A04", "A05", "A06", "B06", "A01", "A02")
    ):
        bank.act(TakeTicket(service, "en", f"secret-of-one-before-{number}"))
    for counter in ("1", "2"):
        bank.act(CallNext(counter))
    bank.settle()
    offers = {code: range_in(words) for code, words in bank.offers(*PAGES).items()}
    quick, account, loan = offers["A01"], offers["B01"], offers["L01"]
    assert quick and account and loan
    assert quick[1] < account[1] <= loan[1], "the rule calls quick jobs a little sooner"
    bank.act(TakeTicket("L01", "en", "secret-of-the-loan"))
    first = told_to(bank.own("L001"))
    bank.settle()
    assert first == told_to(bank.own("L001")) == loan
    snapshot = door.services.waits.announced("riverside")
    ends = {code: snapshot.fresh_services[code].p90_s for code in ("B02", "L01")}
    assert ends["B02"] < ends["L01"], "a lost card takes 20 minutes, a loan 35"


def told_to(facts: Mapping[str, Any]) -> Range | None:
    wait = facts["wait"]
    return (wait["low_min"], wait["high_min"] or OVER_AN_HOUR) if wait else None


def range_on_slip(text: str) -> Range | None:
    """The longer words of the kiosk's page and of paper."""
    for pattern, ends in LONG_RANGES:
        found = pattern.search(text)
        if found:
            return ends(*found.groups())
    return None
