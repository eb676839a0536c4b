"""The short queue before one printer: a slip comes out now and once, or the screen shows it."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable

import structlog

from lobby.printing import escpos
from lobby.printing.paper import Paper
from lobby.printing.printers import Outcome, Printer, PrinterState, Result, Trouble
from lobby.printing.raster import render
from lobby.printing.slip import Slip

log = structlog.get_logger()

POLL_S = 3.0
"""How often an idle printer is asked how it is; with its own time-outs well below 10 s."""

WAITING_MAX = 5
"""A few kiosks may share a printer; more slips than this would come out to nobody."""

PATIENCE_S = 8.0
"""A slip that waited longer would come out behind the back of whoever left."""

REMEMBERED_MAX = 500

Watcher = Callable[[PrinterState], None]

Sending = Callable[[], Awaitable[None]]
"""Notes that the first byte is about to go out; where that fails, none does."""


async def note_nothing() -> None:
    """For what nobody has to know of after a start."""


class Job:
    """One slip on its way: `outcome` is None until it is settled, within seconds."""

    def __init__(self, slip: Slip, until: float, sending: Sending = note_nothing) -> None:
        self.slip = slip
        self.until = until
        self.sending = sending
        self.outcome: Outcome | None = None
        self._settled = asyncio.Event()

    async def settled(self) -> Outcome:
        """Any number may wait for it, and may stop waiting."""
        await self._settled.wait()
        assert self.outcome is not None
        return self.outcome

    def settle(self, result: Result, state: PrinterState) -> None:
        self.outcome = Outcome(result, state)
        self._settled.set()
        if not self.outcome.is_on_paper:
            log.warning(
                "slip not printed",
                number=self.slip.number,
                result=result.value,
                trouble=_name_of(state.trouble),
            )


class PrintQueue:
    """Event loop only. `run` serves it for as long as the house is open."""

    def __init__(self, printer: Printer, paper: Paper, poll_s: float = POLL_S) -> None:
        self.state = PrinterState()
        self._printer = printer
        self._paper = paper
        self._poll_s = poll_s
        self._waiting: deque[Job] = deque()
        self._filled = asyncio.Event()
        self._known: OrderedDict[tuple[str, str], Job] = OrderedDict()
        self._watchers: list[Watcher] = []

    def submit(self, slip: Slip, *, again: bool = False, sending: Sending = note_nothing) -> Job:
        """Never raises and never waits. `sending` ends before the printer gets the first byte.

        The same slip submitted again by itself is the first job, whatever became of it; a person
        who asks for another copy says `again`.
        """
        known = self.job_of(slip.number, slip.address)
        if known is not None and not again:
            return known
        job = Job(slip, asyncio.get_running_loop().time() + PATIENCE_S, sending)
        self._known[slip.number, slip.address] = job
        if len(self._known) > REMEMBERED_MAX:
            self._known.popitem(last=False)
        self._enqueue(job)
        return job

    def job_of(self, number: str, address: str) -> Job | None:
        """The newest job of this ticket, for the screen that tells its owner."""
        return self._known.get((number, address))

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Calls `watcher` at each change of state; the answer ends that."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    async def run(self) -> None:
        try:
            self._notice(await self._printer.state())
            while True:
                await self._serve_next()
        finally:
            self._notice(PrinterState(Trouble.STOPPED))

    def _enqueue(self, job: Job) -> None:
        if self.state.trouble is not None:
            job.settle(Result.NOT_PRINTED, self.state)
        elif len(self._waiting) >= WAITING_MAX:
            job.settle(Result.NOT_PRINTED, PrinterState(Trouble.BUSY))
        else:
            self._waiting.append(job)
            self._filled.set()

    async def _serve_next(self) -> None:
        job = await self._next()
        if job is None:
            self._notice(await self._printer.state())
        elif job.until < asyncio.get_running_loop().time():
            job.settle(Result.NOT_PRINTED, PrinterState(Trouble.BUSY))
        else:
            await self._print(job)

    async def _next(self) -> Job | None:
        """None when nothing came for a while."""
        if not self._waiting:
            self._filled.clear()
            try:
                async with asyncio.timeout(self._poll_s):
                    await self._filled.wait()
            except TimeoutError:
                return None
        return self._waiting.popleft() if self._waiting else None

    async def _print(self, job: Job) -> None:
        drawn = await self._drawn(job)
        if drawn is None or not await self._is_noted(job):
            return
        try:
            outcome = await self._printer.put_out(drawn)
        except BaseException:  # nobody waits for ever for a slip, whatever has happened to it
            job.settle(Result.UNKNOWN, PrinterState(Trouble.STOPPED))
            raise
        job.settle(outcome.result, outcome.state)
        self._notice(outcome.state)

    async def _drawn(self, job: Job) -> bytes | None:
        """Beside the event loop, which has screens to serve meanwhile."""
        try:
            return await asyncio.to_thread(lambda: escpos.job(render(job.slip, self._paper)))
        except asyncio.CancelledError:
            job.settle(Result.NOT_PRINTED, PrinterState(Trouble.STOPPED))
            raise
        except Exception:  # one slip that cannot be drawn does not stop the others
            log.exception("slip not drawn", number=job.slip.number)
            job.settle(Result.NOT_PRINTED, PrinterState(Trouble.NOT_DRAWN))
            return None

    async def _is_noted(self, job: Job) -> bool:
        """A slip that was sent without anybody knowing of it could be sent again after a start."""
        try:
            await job.sending()
        except asyncio.CancelledError:
            job.settle(Result.NOT_PRINTED, PrinterState(Trouble.STOPPED))
            raise
        except Exception:  # as for one that cannot be drawn
            log.exception("slip not noted", number=job.slip.number)
            job.settle(Result.NOT_PRINTED, PrinterState(Trouble.NOT_NOTED))
            return False
        return True

    def _notice(self, state: PrinterState) -> None:
        if state.trouble is not None:
            self._refuse_waiting(state)
        if state == self.state:
            return
        self.state = state
        log.info("printer changed", trouble=_name_of(state.trouble), paper_low=state.paper_low)
        for watcher in tuple(self._watchers):
            self._tell(watcher, state)

    def _tell(self, watcher: Watcher, state: PrinterState) -> None:
        try:
            watcher(state)
        except Exception:  # whoever watches does not stop the printer
            log.exception("nobody heard of the printer", trouble=_name_of(state.trouble))

    def _refuse_waiting(self, state: PrinterState) -> None:
        while self._waiting:
            self._waiting.popleft().settle(Result.NOT_PRINTED, state)


def _name_of(trouble: Trouble | None) -> str | None:
    return trouble.value if trouble else None
