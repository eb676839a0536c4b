"""A call in a full hall, to the last display, while counters, tablets and phones look on."""

import argparse
import asyncio
import random
import re
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TypeVar

from tests.app.process import COUNTERS, Server
from tests.bench.audience import Audience, is_news
from tests.bench.figures import percentile, report
from tests.bench.hall_setup import LANGUAGES, People, prepare_hall
from tests.bench.processes import cpu_s
from tests.bench.wire import Screen, open_screen

T = TypeVar("T")
Period = tuple[str, float, float]

DISPLAYS, KIOSKS = 50, 3
ALONE = "alone"
CALL = re.compile(rb'data-call=\\"([^"\\]+)\\"')
SEED = 1


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--calls", type=int, default=120, help="calls of each part (default: 120)")
    parser.add_argument("--rate", type=float, default=3.0, help="calls a second (default: 3)")
    parser.add_argument("--phones", default="100,500", help="default: 100,500")
    parser.add_argument("--waiting", type=int, default=100, help="default: 100")


async def run(arguments: argparse.Namespace) -> None:
    phones = [int(number) for number in arguments.phones.split(",")]
    rows: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as folder:
        database = Path(folder) / "lobby.db"
        cookies = prepare_hall(database)
        with Server(database) as server:
            people = People(server.port, cookies)
            await people.come(max(0, max(phones) - arguments.waiting), arguments.waiting)
            hall = Hall(server, people, arguments)
            await hall.open_displays()
            _note(rows, ALONE, await hall.measured())
            await hall.open_screens()
            for number in phones:
                await hall.open_phones(number)
                _note(rows, str(number), await hall.measured())
    for share in ("p50", "p99"):
        times_ms = rows[f"call_{share}_ms"]
        rows[f"ratio_{share}"] = {
            name: time_ms / times_ms[ALONE] for name, time_ms in times_ms.items() if name != ALONE
        }
    report("A call in a full hall, by how many phones look on", rows, arguments.json)


def _note(rows: dict[str, dict[str, float]], part: str, figures: dict[str, float]) -> None:
    for name, value in figures.items():
        rows.setdefault(name, {})[part] = value


class Hall:
    """One server, more and more people. Calls come at a steady rate, and between them tickets are
    taken and customers greeted and finished at moments drawn by chance, in every run the same."""

    def __init__(self, server: Server, people: People, arguments: argparse.Namespace) -> None:
        self._server = server
        self._people = people
        self._calls, self._period_s = arguments.calls, 1 / arguments.rate
        self._displays = Audience()
        self._phones = Phones(server.port, people)
        self._frames = 0
        self._newest = b""
        self._at_counter: dict[int, str] = {}
        self._greeted: set[str] = set()
        self._turn = 0

    async def open_displays(self) -> None:
        cookies = [self._people.cookies.badges.display] * DISPLAYS
        await self._displays.join(self._server.port, "/display/live", cookies)

    async def open_screens(self) -> None:
        """All screens of the house: a terminal for each counter, the tablets, the kiosks."""
        badges = self._people.cookies.badges
        await self._open("/counter/live", badges.tellers)
        await self._open("/floor/live", self._people.cookies.tablets)
        for language in LANGUAGES[:KIOSKS]:
            await self._open(f"/kiosk/live?language={language}", (badges.kiosk,))

    async def open_phones(self, count: int) -> None:
        await self._phones.open(count)

    async def measured(self) -> dict[str, float]:
        chance = random.Random(SEED)
        await asyncio.sleep(3)
        await self._people.connect()
        self._frames = self._displays.frames = self._phones.frames = 0
        began, began_s = cpu_s(self._server), time.perf_counter()
        periods = [await self._period(chance) for _ in range(self._calls)]
        used, wall_s = cpu_s(self._server) - began, time.perf_counter() - began_s
        times_ms = [1_000 * (shown_s - called_s) for _, called_s, shown_s in periods]
        frames = self._displays.frames + self._phones.frames + self._frames
        return {
            "call_p50_ms": percentile(times_ms, 0.5),
            "call_p99_ms": percentile(times_ms, 0.99),
            **self._own_phones(periods),
            "frames_per_s": frames / wall_s,
            "server_cpu_percent": 100 * used / wall_s,
            "cpu_ms_per_call": 1_000 * used / self._calls,
            "calls_per_s": self._calls / wall_s,
        }

    def _own_phones(self, periods: list[Period]) -> dict[str, float]:
        """How long it took to the phone of who was called, where it looked on."""
        heard = self._phones.called_at_s
        times_ms = [1_000 * (heard[n] - called_s) for n, called_s, _ in periods if n in heard]
        if not times_ms:
            return {}
        return {
            "own_phone_p50_ms": percentile(times_ms, 0.5),
            "own_phone_p99_ms": percentile(times_ms, 0.99),
        }

    async def _period(self, chance: random.Random) -> Period:
        """One call; a ticket, a greeting, a finish. The number, when it was called, when the last
        display showed it."""
        counter, self._turn = self._turn % COUNTERS, self._turn + 1
        began_s = time.perf_counter()
        acts = asyncio.gather(
            self._after(chance.random(), self._take_ticket),
            self._after(chance.random(), lambda: self._finish((counter + 4) % COUNTERS)),
            self._after(chance.random() / 2, lambda: self._call(counter)),
            self._after(chance.random() / 2 + 0.5, lambda: self._serve(counter)),
        )
        _, _, period, _ = await acts
        await asyncio.sleep(max(0.0, began_s + self._period_s - time.perf_counter()))
        return period

    async def _after(self, share: float, act: Callable[[], Awaitable[T]]) -> T:
        await asyncio.sleep(share * self._period_s)
        return await act()

    async def _call(self, counter: int) -> Period:
        await self._finish(counter)
        self._displays.want(lambda message: _newest_call(message) not in (None, self._newest))
        called_s = time.perf_counter()
        number = await self._people.call(counter)
        shown_s = await self._displays.complete()
        self._newest = _newest_call(self._displays.last) or b""
        self._at_counter[counter] = number
        return number, called_s, shown_s

    async def _serve(self, counter: int) -> None:
        """Nobody, where the call has not got through yet."""
        number = self._at_counter.get(counter)
        if number is not None and number not in self._greeted:
            self._greeted.add(number)
            await self._people.serve(counter, number)

    async def _finish(self, counter: int) -> None:
        await self._serve(counter)
        number = self._at_counter.pop(counter, None)
        if number is not None:
            await self._people.finish(counter, number)
            self._phones.close_if_too_many(number)

    async def _take_ticket(self) -> None:
        number = await self._people.take_ticket()
        if self._phones.count:
            await self._phones.scan(number)

    async def _open(self, path: str, cookies: Iterable[str]) -> None:
        for cookie in cookies:
            await open_screen(self._server.port, path, cookie, self._hear)

    def _hear(self, message: bytes) -> None:
        self._frames += is_news(message)


class Phones:
    """The pages of customers: `count` stay open, of those who wait before those who were served.
    Whoever takes a ticket opens theirs, and one of those served longest ago is put away."""

    def __init__(self, port: int, people: People) -> None:
        self.count = 0
        self.frames = 0
        self.called_at_s: dict[str, float] = {}
        self._port = port
        self._people = people
        self._open: dict[str, Screen] = {}
        self._served: list[str] = []

    async def open(self, count: int) -> None:
        self.count = count
        for number in reversed(self._people.secrets):
            if len(self._open) == count:
                break
            if number not in self._open:
                await self.scan(number)

    async def scan(self, number: str) -> None:
        path = f"/t/{self._people.secrets[number]}/live"
        listener = partial(self._hear, number)
        self._open[number] = await open_screen(self._port, path, "", listener)

    def close_if_too_many(self, served: str) -> None:
        self._served.append(served)
        while len(self._open) > self.count and self._served:
            phone = self._open.pop(self._served.pop(0), None)
            if phone is not None:
                phone.transport.close()

    def _hear(self, number: str, message: bytes) -> None:
        self.frames += is_news(message)
        if b"standing--called" in message:
            self.called_at_s.setdefault(number, time.perf_counter())


def _newest_call(message: bytes) -> bytes | None:
    found = CALL.search(message)
    return found[1] if found else None
