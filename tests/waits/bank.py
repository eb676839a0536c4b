"""The demo's branch through the front door, by chance, and the waits that its screens say."""

import re
from collections.abc import Mapping
from random import Random
from typing import Any

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
from tests.app.app import LocalApp, staff
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
