"""A slip comes out once, wherever the process ends: what was never sent is printed by the next one,
and what was sent and not confirmed is printed again only where a person asks for it."""

import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

import httpx2
import pytest
from sqlalchemy import Connection, select

from lobby.queueing.model.help import HelpKind
from lobby.store.catalogue import save_plan
from lobby.store.devices import DeviceKind
from lobby.store.engine import writing_engine
from lobby.store.kinds import SlipState
from lobby.store.tables import EVENTS
from lobby.store.tables_slips import SLIPS
from tests.app.badges import pair_device
from tests.app.database import furnished_database
from tests.app.process import Server, branch_plan
from tests.printing.fake_printer import FakePrinter, Habit
from tests.printing.printer_beside import printer_beside
from tests.printing.queue_at_work import numbers_on_paper

WITHIN_S = 20.0
QUIET_S = 1.5
"""So long a slip that must not come is waited for: several times what one takes."""

ON_ITS_WAY_S = 0.5
"""After the end of the process the printer still gets what lies in the line."""

BAD_HABITS = (Habit.NEVER_DONE, Habit.STOPS_READING, Habit.HANGS_UP_MIDWAY)
UNSURE = "The slip may not have been printed. Print it again?"
AGAIN = "/kiosk/tickets/A001/slips"
PRINTING = "Your slip is being printed."
KILLED_BEFORE_IT_PRINTS = ("-m", "tests.faults.variants", "dies_before_it_prints")


def furnish(connection: Connection, port: int) -> str:
    plan = branch_plan()
    save_plan(connection, plan)
    settings = {"printer": "escpos", "printer_host": "127.0.0.1", "printer_port": port}
    return pair_device(connection, DeviceKind.KIOSK, plan.id, settings=settings).header


@dataclass
class House:
    """A branch with one kiosk and its printer, whose server may end at any time."""

    printer: FakePrinter
    database: Path
    cookie: str
    server: Server | None = None

    def start(self, *program: str) -> None:
        self.server = Server(self.database, program=program or ("-m", "lobby", "serve"))
        self.server.start()

    def kill(self) -> None:
        assert self.server is not None
        self.server.kill()

    def take(self, key: str = "tap") -> httpx2.Response:
        return self.post("/kiosk/tickets", {"service": "A01"}, key)

    def post(self, path: str, fields: dict[str, str], key: str) -> httpx2.Response:
        return self._ask("POST", path, data={**fields, "key": key})

    def page(self, path: str = "/kiosk/tickets/A001") -> str:
        return self._ask("GET", path).text

    def settled_page(self) -> str:
        until(lambda: PRINTING not in self.page())
        return self.page()

    @property
    def states(self) -> list[SlipState]:
        query = select(SLIPS.c.state).order_by(SLIPS.c.number, SLIPS.c.copy_number)
        return self.read(lambda connection: list(connection.execute(query).scalars()))

    @property
    def calls(self) -> list[str]:
        """Whom the house has called to a printer."""
        query = select(EVENTS.c.payload).where(EVENTS.c.kind == "HelpCalled")
        payloads = self.read(lambda connection: list(connection.execute(query).scalars()))
        return [str(each) for each in payloads if HelpKind.PRINTER.value in str(each)]

    def read(self, work: Callable[[Connection], list]) -> list:  # type: ignore[type-arg]
        engine = writing_engine(self.database)
        with engine.connect() as connection:
            found = work(connection)
            connection.rollback()
        engine.dispose()
        return found

    def age(self, by: timedelta) -> None:
        """As if it had been asked for so much earlier."""
        engine = writing_engine(self.database)
        with engine.begin() as connection:
            (asked_at,) = connection.execute(select(SLIPS.c.asked_at)).scalars()
            connection.execute(SLIPS.update().values(asked_at=asked_at - by))
        engine.dispose()

    def _ask(self, method: str, path: str, **sent: object) -> httpx2.Response:
        assert self.server is not None
        address = f"http://127.0.0.1:{self.server.port}"
        headers = {"cookie": self.cookie, "origin": address}
        return httpx2.request(method, address + path, headers=headers, timeout=20, **sent)  # type: ignore[arg-type]


def until(holds: Callable[[], bool]) -> None:
    end = monotonic() + WITHIN_S
    while not holds():
        assert monotonic() < end, "it did not come to that"
        sleep(0.05)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with printer_beside() as printer:
        database = tmp_path / "lobby.db"
        cookie = furnished_database(database, furnish, printer.address.port)
        house = House(printer, database, cookie)
        yield house
        if house.server is not None:
            house.server.stop()


def killed_before_it_prints(house: House) -> None:
    """Between the commit and the first word to the printer."""
    house.start(*KILLED_BEFORE_IT_PRINTS)
    with pytest.raises(httpx2.HTTPError):
        house.take()
    house.kill()
    assert house.states == [SlipState.PENDING]


def killed_before_it_is_confirmed(house: House, habit: Habit) -> None:
    """The printer has the job, and does with it what it may. One that hangs up has told the process
    so much before it ended; half of the job lies in its memory."""
    house.printer.habit = habit
    house.start()
    assert house.take().status_code == 303
    left = SlipState.UNKNOWN if habit is Habit.HANGS_UP_MIDWAY else SlipState.SENT
    until(lambda: house.states == [left])
    until(lambda: bool(house.printer.slips) or habit is not Habit.NEVER_DONE)
    house.kill()
    house.printer.habit = Habit.HEALTHY
    sleep(ON_ITS_WAY_S)


def test_it_prints_once_what_was_kept_and_never_sent(house: House) -> None:
    killed_before_it_prints(house)
    house.start()
    assert house.take().headers["location"] == "/kiosk/tickets/A001"
    house.settled_page()
    assert house.take().status_code == 303
    sleep(QUIET_S)
    assert list(numbers_on_paper(house.printer).values()) == [1]
    assert house.states == [SlipState.PRINTED]
    assert house.calls == []


@pytest.mark.parametrize("habit", BAD_HABITS)
def test_it_sends_nothing_twice_that_was_not_confirmed_and_says_so(
    house: House, habit: Habit
) -> None:
    killed_before_it_is_confirmed(house, habit)
    printed = len(house.printer.slips)
    house.start()
    assert house.take().headers["location"] == "/kiosk/tickets/A001"
    sleep(QUIET_S)
    assert len(house.printer.slips) == printed
    assert house.states == [SlipState.UNKNOWN]
    assert UNSURE in house.page()
    assert len(house.calls) == 1, "somebody comes to the kiosk"


@pytest.mark.parametrize("habit", BAD_HABITS)
def test_a_person_gets_another_one_and_the_same_key_no_third(house: House, habit: Habit) -> None:
    """Whole, also where half of the first still lay in the printer."""
    killed_before_it_is_confirmed(house, habit)
    before = sum(numbers_on_paper(house.printer).values())
    house.start()
    for _ in range(2):
        answer = house.post(AGAIN, {}, "again")
        assert answer.headers["location"] == "/kiosk/tickets/A001"
        assert UNSURE not in house.settled_page()
    house.kill()
    house.start()
    assert house.post(AGAIN, {}, "again").status_code == 303
    assert house.post(AGAIN, {}, "once more").status_code == 303
    sleep(QUIET_S)
    assert sum(numbers_on_paper(house.printer).values()) == before + 1
    assert house.states == [SlipState.UNKNOWN, SlipState.PRINTED]


def test_two_who_ask_at_once_get_one_more(house: House) -> None:
    killed_before_it_is_confirmed(house, Habit.NEVER_DONE)
    house.start()
    with ThreadPoolExecutor() as people:
        asked = [people.submit(house.post, AGAIN, {}, secrets.token_hex(8)) for _ in range(4)]
        assert [each.result().status_code for each in asked] == [303] * 4
    house.settled_page()
    sleep(QUIET_S)
    assert list(numbers_on_paper(house.printer).values()) == [2]


def test_it_prints_nothing_for_who_has_left_long_ago(house: House) -> None:
    killed_before_it_prints(house)
    house.age(timedelta(minutes=2, seconds=5))
    house.start()
    sleep(QUIET_S)
    assert house.printer.slips == []
    assert house.states == [SlipState.NOT_PRINTED]
    assert "The slip did not print." in house.page()


def test_a_stop_in_good_order_leaves_to_the_next_start_what_it_could_not_finish(
    house: House,
) -> None:
    """The first is with a printer that does not confirm, the second waits behind it."""
    house.printer.habit = Habit.NEVER_DONE
    house.start()
    house.take("first")
    until(lambda: len(house.printer.slips) == 1)
    house.take("second")
    assert house.server is not None
    house.server.stop()
    assert house.states == [SlipState.SENT, SlipState.PENDING]
    house.printer.habit = Habit.HEALTHY
    house.start()
    until(lambda: house.states == [SlipState.UNKNOWN, SlipState.PRINTED])
    assert list(numbers_on_paper(house.printer).values()) == [1, 1]


def test_a_server_that_sends_again_what_was_sent_is_caught(house: House) -> None:
    killed_before_it_is_confirmed(house, Habit.NEVER_DONE)
    house.start("-m", "tests.faults.variants", "sends_slips_again")
    until(lambda: len(house.printer.slips) == 2)


def test_a_server_that_forgets_its_slips_is_caught(house: House) -> None:
    killed_before_it_prints(house)
    house.start("-m", "tests.faults.variants", "forgets_slips")
    sleep(QUIET_S)
    assert house.printer.slips == []
    assert house.states == [SlipState.PENDING]
