"""Plays a script through a server over HTTP and websockets, and keeps what its clients saw."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import date
from itertools import cycle

from websockets.exceptions import WebSocketException

from lobby.replay.browser import Browser, NoAnswerError, RefusedError
from lobby.replay.clients import BranchHead, Customer, Display, Kiosk, Report, Slip, Teller
from lobby.replay.listening import DisplayWatch
from lobby.replay.recording import Recorded
from lobby.replay.script import Moment, Script, ends_at_once
from lobby.replay.seating import Seat

HEARD_WITHIN_S = 5.0
"""What a screen has not shown after this long on an idle machine, it has lost."""

TICK_S = 0.25
"""How often the clock of a house moves while nobody acts, where the play keeps a pace."""

Troubles = (RefusedError, NoAnswerError, WebSocketException, OSError, TimeoutError)


@dataclass(frozen=True, slots=True)
class Keys:
    """Where the house is, and with what its people and devices get in."""

    host: str
    port: int
    head: str
    password: str
    kiosk_codes: tuple[str, ...]
    display_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnnouncedCall:
    """A call that the house has confirmed to the teller."""

    ticket: str
    counter: str
    at_s: int


@dataclass(slots=True)
class Played:
    """What the clients saw. `tickets` are numbers by row of the log; `troubles` say what was not
    done; `pages_told` counts customers whose own page showed the call."""

    tickets: dict[int, str] = field(default_factory=dict)
    calls: list[AnnouncedCall] = field(default_factory=list)
    displays: list[DisplayWatch] = field(default_factory=list)
    pages_opened: int = 0
    pages_called: int = 0
    pages_told: int = 0
    troubles: list[str] = field(default_factory=list)
    report: Report | None = None


class Play:
    """`move_clock` takes the second of the day; `progress` how many acts were done. `settle`
    returns when the house has thought about what happened last: at the pace of a replay there
    would be no time for a forecast between two customers."""

    def __init__(
        self,
        script: Script,
        keys: Keys,
        move_clock: Callable[[int], None],
        *,
        speed: float | None = None,
        progress: Callable[[int], None] = lambda acts: None,
        settle: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self.played = Played()
        self._script, self._keys, self._speed = script, keys, speed
        self._move_clock, self._progress, self._settle = move_clock, progress, settle
        self._kiosks = [Kiosk(self._browser()) for _ in keys.kiosk_codes]
        self._displays = [Display(self._browser()) for _ in keys.display_codes]
        self._tellers = {seat: Teller(self._browser(), seat.counter) for seat in script.seats}
        self._slips: dict[int, Slip] = {}
        self._customers: dict[int, Customer] = {}
        self._now_s = 0

    async def run(self, day: date) -> Played:
        """Raises `RefusedError` or `NoAnswerError` where people cannot even come in."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self._everybody_goes)
            await self._everybody_comes()
            began_s = time.monotonic()
            for moment in self._script.moments:
                await self._wait_for(moment.at_s, began_s)
                await self._act_out(moment)
                self._progress(moment.acts)
            await self._hear_all()
            self.played.report = await self._read_report(day)
        return self.played

    async def _everybody_comes(self) -> None:
        for kiosk, code in zip(self._kiosks, self._keys.kiosk_codes, strict=True):
            await kiosk.pair(code)
        for display, code in zip(self._displays, self._keys.display_codes, strict=True):
            await display.pair(code)
            await display.open()
            self.played.displays.append(display.watch)
        for seat, teller in self._tellers.items():
            await teller.sign_in(seat.username, self._keys.password)

    async def _everybody_goes(self) -> None:
        await asyncio.gather(
            *(customer.go() for customer in self._customers.values()),
            *(display.close() for display in self._displays),
            *(kiosk.browser.close() for kiosk in self._kiosks),
            *(teller.browser.close() for teller in self._tellers.values()),
        )

    async def _wait_for(self, at_s: int, began_s: float) -> None:
        """Let the clock run to this second: at a pace, or at once."""
        while self._speed is not None:
            passed_s = int((time.monotonic() - began_s) * self._speed)
            if passed_s >= at_s:
                break
            self._set_clock(max(self._now_s, passed_s))
            await asyncio.sleep(min(TICK_S, (at_s - passed_s) / self._speed))
        self._set_clock(at_s)

    def _set_clock(self, now_s: int) -> None:
        self._now_s = now_s
        self._move_clock(now_s)
        for display in self._displays:
            display.watch.now_s = now_s

    async def _act_out(self, moment: Moment) -> None:
        await self._all(self._finish(seat, customer) for seat, customer in moment.finished)
        await self._all(self._leave(customer) for customer in moment.left)
        if moment.taken and self._settle is not None:
            await self._settle()
        kiosks = cycle(self._kiosks)
        await self._all(self._take(next(kiosks), customer) for customer in moment.taken)
        await self._all(self._leave(customer) for customer in moment.left_at_once)
        await self._all(self._serve(seat, own) for seat, own in moment.served.items())
        if moment.served:
            await self._hear_all()

    async def _all(self, acts: Iterable[Awaitable[None]]) -> None:
        await asyncio.gather(*(self._attempt(act) for act in acts))

    async def _attempt(self, act: Awaitable[None]) -> None:
        """What one client cannot do is noted; the others go on."""
        try:
            await act
        except Troubles as trouble:
            self.played.troubles.append(f"second {self._now_s}: {trouble!r}")

    async def _take(self, kiosk: Kiosk, recorded: Recorded) -> None:
        slip = await kiosk.take(recorded.service)
        self._slips[recorded.row] = slip
        self.played.tickets[recorded.row] = slip.number
        if _waits(recorded):
            customer = self._customers[recorded.row] = Customer(self._browser(), slip)
            await customer.look()
            self.played.pages_opened += 1

    async def _leave(self, recorded: Recorded) -> None:
        slip = self._slip(recorded)
        customer = self._customers.pop(recorded.row, None) or Customer(self._browser(), slip)
        await customer.leave_line()
        await customer.go()

    async def _serve(self, seat: Seat, own: Iterable[Recorded]) -> None:
        for recorded in own:
            number, teller = self._slip(recorded).number, self._tellers[seat]
            await teller.call(number, self._script.services)
            self.played.calls.append(AnnouncedCall(number, seat.counter, self._now_s))
            await self._follow_call(recorded)
            await teller.start(number)
            if ends_at_once(recorded):
                await teller.finish(number)

    async def _follow_call(self, recorded: Recorded) -> None:
        """The customer sees the call on their own page, and puts the phone away."""
        customer = self._customers.pop(recorded.row, None)
        if customer is not None:
            self.played.pages_called += 1
            told = await customer.phone.shows("called", HEARD_WITHIN_S)
            self.played.pages_told += told  # not before the wait: others count meanwhile
            await customer.go()

    async def _finish(self, seat: Seat, recorded: Recorded) -> None:
        await self._tellers[seat].finish(self._slip(recorded).number)

    async def _hear_all(self) -> None:
        """Displays get a moment to hear what was called before the clock moves on."""
        wanted = len(self.played.calls)
        watches = self.played.displays
        await asyncio.gather(*(watch.hears(wanted, HEARD_WITHIN_S) for watch in watches))

    async def _read_report(self, day: date) -> Report:
        head = BranchHead(self._browser())
        await head.sign_in(self._keys.head, self._keys.password)
        report = await head.read_report(day)
        await head.browser.close()
        return report

    def _slip(self, recorded: Recorded) -> Slip:
        slip = self._slips.get(recorded.row)
        if slip is None:
            raise RefusedError(f"The customer of row {recorded.row} got no ticket.")
        return slip

    def _browser(self) -> Browser:
        return Browser(self._keys.host, self._keys.port)


def _waits(recorded: Recorded) -> bool:
    until_s = recorded.left_s if recorded.started_s is None else recorded.started_s
    return until_s is not None and until_s > recorded.taken_s
