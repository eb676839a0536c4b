"""The clients of a replay, each with a browser: kiosks, tellers, customers, a branch head."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from lobby.replay.browser import JSON, Browser, RefusedError
from lobby.replay.listening import DisplayWatch, Phone, Socket

REASON = "As recorded"
"""Whom the log has served next is called by choice, and a choice has its reason."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What a kiosk hands out."""

    number: str
    secret: str


class Kiosk:
    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    async def pair(self, code: str) -> None:
        await pair(self.browser, code)

    async def take(self, service: str) -> Slip:
        answer = await self.browser.post("/kiosk/tickets", {"service": service, "language": "en"})
        given = answer.json()
        return Slip(given["number"], given["secret"])


class Display:
    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.watch = DisplayWatch()
        self._socket = Socket(browser, "/display/live", self.watch.hear)

    async def pair(self, code: str) -> None:
        await pair(self.browser, code)

    async def open(self) -> None:
        await expect_page(self.browser, "/display")
        await self._socket.open()

    async def close(self) -> None:
        await self._socket.close()
        await self.browser.close()


class Teller:
    """Sits down at the first call, for every service: whom to call is up to the log."""

    def __init__(self, browser: Browser, counter: str) -> None:
        self.browser = browser
        self.counter = counter
        self._sits = False

    async def sign_in(self, username: str, password: str) -> None:
        await sign_in(self.browser, username, password)

    async def call(self, number: str, services: Iterable[str]) -> None:
        if not self._sits:
            await self._act("openings", service=list(services))
            self._sits = True
        await self._act("calls", number=number, reason=REASON)

    async def start(self, number: str) -> None:
        await self._act("servings", number=number)

    async def finish(self, number: str) -> None:
        await self._act("finishes", number=number)

    async def _act(self, act: str, **form: Any) -> None:
        await self.browser.post(f"/counter/{act}", {"counter": self.counter, **form})


class Customer:
    """Looks at their own page from the first moment of waiting until it is their turn."""

    def __init__(self, browser: Browser, slip: Slip) -> None:
        self.slip = slip
        self.phone = Phone()
        self._browser = browser
        self._path = f"/t/{slip.secret}"
        self._socket = Socket(browser, f"{self._path}/live", self.phone.hear)

    async def look(self) -> None:
        await expect_page(self._browser, self._path)
        await self._socket.open()

    async def leave_line(self) -> None:
        await self._browser.post(f"{self._path}/cancellations", {})

    async def go(self) -> None:
        await self._socket.close()
        await self._browser.close()


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A ticket as the day's report lists it."""

    number: str
    state: str
    wait_s: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """The report's figures, and its rows."""

    figures: dict[str, Any]
    rows: tuple[ReportRow, ...]


class BranchHead:
    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    async def sign_in(self, username: str, password: str) -> None:
        await sign_in(self.browser, username, password)

    async def read_report(self, day: date) -> Report:
        figures = await self.browser.get(f"/reports/days/{day}", accept=JSON)
        table = await self.browser.get(f"/reports/days/{day}.csv")
        for answer in (figures, table):
            if answer.status != 200:
                raise RefusedError(f"The report of {day} was answered {answer.status}.")
        return Report(figures.json(), report_rows(table.body.decode("utf-8-sig")))


def report_rows(text: str) -> tuple[ReportRow, ...]:
    return tuple(
        ReportRow(row["number"], row["state"], float(row["wait_s"]) if row["wait_s"] else None)
        for row in csv.DictReader(io.StringIO(text))
    )


async def pair(browser: Browser, code: str) -> None:
    await browser.post("/pair", {"code": code}, accept="text/html")


async def sign_in(browser: Browser, username: str, password: str) -> None:
    await browser.post("/sign-in", {"username": username, "password": password}, accept="text/html")
    if not browser.cookie:
        raise RefusedError(f"{username} could not sign in.")


async def expect_page(browser: Browser, path: str) -> None:
    answer = await browser.get(path, accept="text/html")
    if answer.status != 200:
        raise RefusedError(f"GET {path} was answered {answer.status}.")
