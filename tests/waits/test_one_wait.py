"""One wait: whichever screen says how long a ticket waits, or one that would be taken now, it says
the same, and who is counted adds up to the people in the hall. Random halls of the demo's branch,
read through the front door."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

import pytest

from lobby.queueing.commands.counter import CallNext, OpenCounter
from lobby.queueing.commands.ticket import TakeTicket
from tests.app.app import open_app
from tests.waits.bank import (
    DAY_S,
    DAYS,
    HALLS_A_DAY,
    LABELS,
    NEAR_MIN,
    PAGES,
    TAKEN,
    Bank,
    Range,
    demo_people,
    range_in,
    range_on_slip,
    told_to,
)


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
