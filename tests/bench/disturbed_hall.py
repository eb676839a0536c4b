"""A branch at work whose displays have a bad network: disturbs it, and looks at every display."""

import asyncio
import math
import random
import time
from collections import Counter
from collections.abc import Coroutine, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Protocol

from tests.app.process import Server
from tests.bench.chaos_proxy import ChaosProxy, Fault
from tests.bench.hall_setup import LANGUAGES, Cookies
from tests.bench.live_page import SILENCE_S, LivePage
from tests.bench.mixed_load import MixedLoad
from tests.bench.model_display import ModelDisplay
from tests.bench.network_browsers import BrowserDisplay, browser
from tests.bench.shown_hall import Facts, Truth, had_its_chance
from tests.faults.branch_log import BranchLog, LoggedCall

REST_S = 4.0
"""How long each person of the branch waits between two acts: about a call a second in all. More
than 64 within half a minute, a server does not remember."""

CALM_S = 0.5
"""How long a display is left in peace between two faults, on average."""

LATE_S = 1.0
"""What was true a second ago counts as true: frames are on their way."""

TRUE_WITHIN_S = 12.0
"""After a fault a display is true again by then: it notices silence after five seconds, and tries
again after ten at most."""

UNTRUE_S = SILENCE_S + 2.5
"""A display that claims to be true shows nothing older than this, whatever happens to its line."""

LOOK_S = 0.1


class Display(Protocol):
    """One that is looked at. `page` is what it shows and has called out."""

    @property
    def page(self) -> LivePage: ...

    async def run(self) -> None: ...
    def wake(self) -> None: ...


@dataclass(slots=True)
class Tally:
    """`missed` and `doubled` count calls, each for each display; `untrue` displays that were not
    true again in time after a fault, or claimed to be true and were not; `backwards` pictures that
    were older than the one before."""

    cuts: int = 0
    restarts: int = 0
    calls: int = 0
    missed: int = 0
    backwards: int = 0
    doubled: int = 0
    untrue: int = 0
    true_again_s: list[float] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.missed or self.backwards or self.doubled or self.untrue)


class DisturbedHall:
    """`async with` starts the server and lets everybody act; at the end all of it is gone."""

    def __init__(self, server: Server, cookies: Cookies, log: BranchLog) -> None:
        self.tally = Tally()
        self._server = server
        self._cookies = cookies
        self._log = log
        self._load = MixedLoad(cookies, REST_S)
        self._truth = Truth(log)
        self._displays: list[tuple[Display, ChaosProxy]] = []
        self._is_up = False
        self._stack = AsyncExitStack()
        self._tasks: list[asyncio.Task[None]] = []
        self._acting: Sequence[asyncio.Task[Any]] = ()

    async def __aenter__(self) -> "DisturbedHall":
        await self._start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for task in self._tasks:
            task.cancel()
        self._stop()
        await asyncio.gather(*self._tasks, *self._acting, return_exceptions=True)
        await self._stack.aclose()
        self._log.engine.dispose()

    async def put_up(self, number: int, page: type[LivePage], model: type[ModelDisplay]) -> None:
        """The second and third are the only ones in their language: with them goes and comes all
        that the server keeps for that language."""
        language = LANGUAGES[number] if number < len(LANGUAGES) else LANGUAGES[0]
        proxy = await self._proxy()
        path = f"/display/live?language={language}"
        self._add(model(page(), proxy.port, path, self._cookies.badges.display), proxy)

    async def put_up_browser(self, number: int) -> None:
        proxy = await self._proxy()
        if number == 0:
            self._browser = await self._stack.enter_async_context(browser())
        context = await self._browser.new_context()
        self._add(BrowserDisplay(context, proxy.port, self._cookies.badges.display), proxy)

    async def disturb(self, cuts: int, restarts: int, faults: Sequence[Fault]) -> None:
        """Every display has its faults one after the other, beside all others, once somebody has
        been called: before, nothing can be heard twice."""
        await self._first_call()
        left = iter(range(cuts))
        disturbing = [
            self._disturb(display, proxy, left, faults) for display, proxy in self._displays
        ]
        every_s = 20.0
        restarting = self._task(self._restart(restarts, every_s))
        await asyncio.gather(*disturbing)
        if restarts:
            await restarting

    async def tally_up(self) -> Tally:
        """Nobody acts and nothing is disturbed any more: now every display has to be true."""
        self._load.stop()
        await asyncio.gather(*self._acting)
        await asyncio.gather(*(self._true_again(display) for display, _ in self._displays))
        for task in self._tasks:
            if task.done():
                task.result()
        self._log.read_on()
        self.tally.calls = len(self._log.calls)
        for display, _ in self._displays:
            self._tally_display(display.page)
        return self.tally

    def _tally_display(self, page: LivePage) -> None:
        heard = Counter(heard.call for heard in page.calls.called_out)
        self.tally.doubled += heard.total() - len(heard)
        self.tally.missed += sum(
            call.call not in heard and self._had_its_chance(page, call) for call in self._log.calls
        )
        self.tally.backwards += page.backwards

    @staticmethod
    def _had_its_chance(page: LivePage, call: LoggedCall) -> bool:
        return had_its_chance(page, call.at.timestamp(), call.expires_at.timestamp())

    # The faults

    async def _disturb(
        self, display: Display, proxy: ChaosProxy, left: Any, faults: Sequence[Fault]
    ) -> None:
        await self._true_again(display)
        for _ in left:
            await asyncio.sleep(random.expovariate(1 / CALM_S))
            self.tally.cuts += 1
            await proxy.suffer(random.choice(faults))
            await self._true_again(display)

    async def _first_call(self) -> None:
        while not self._log.calls:
            self._log.read_on()
            await asyncio.sleep(LOOK_S)

    async def _true_again(self, display: Display) -> None:
        """Has heard from the server since, and shows what is so. Counts where that takes too long;
        the time in which there is no server does not count."""
        began_s = up_s = time.time()
        while not display.page.is_proven_since(began_s) or self._age_s(display.page) > LATE_S:
            await asyncio.sleep(LOOK_S)
            if not self._is_up:
                began_s = up_s = time.time()
            if time.time() - up_s > TRUE_WITHIN_S:
                self.tally.untrue += 1
                break
        self.tally.true_again_s.append(time.time() - began_s)

    async def _watch(self, display: Display) -> None:
        """Counts each time that it begins to claim what is not true."""
        was_untrue = False
        while True:
            await asyncio.sleep(LOOK_S)
            is_untrue = self._claims_what_is_not(display.page)
            self.tally.untrue += is_untrue and not was_untrue
            was_untrue = is_untrue

    def _claims_what_is_not(self, page: LivePage) -> bool:
        """A page that has only just been opened has said nothing of what it shows yet."""
        return bool(page.shown) and page.is_fresh(time.time()) and self._age_s(page) > UNTRUE_S

    def _age_s(self, page: LivePage) -> float:
        if not page.shown:
            return math.inf
        return self._truth.age_s(Facts.of(page.shown), time.time())

    # The server

    async def _restart(self, times: int, every_s: float) -> None:
        for _ in range(times):
            await asyncio.sleep(every_s)
            self._stop()
            await asyncio.gather(*self._acting)
            self.tally.restarts += 1
            await self._start()

    async def _start(self) -> None:
        await asyncio.to_thread(self._server.start)
        self._log.read_on()
        self._load.begin(self._log.hall)
        self._acting = self._load.start(self._server.port)
        self._is_up = True

    def _stop(self) -> None:
        self._is_up = False
        self._server.kill()

    async def _proxy(self) -> ChaosProxy:
        return await self._stack.enter_async_context(ChaosProxy(self._server.port))

    def _add(self, display: Display, proxy: ChaosProxy) -> None:
        proxy.woken = display.wake
        self._displays.append((display, proxy))
        self._task(display.run())
        self._task(self._watch(display))

    def _task(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        self._tasks.append(asyncio.create_task(work))
        return self._tasks[-1]
