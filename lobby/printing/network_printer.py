"""A slip printer on the network: one job at a time, each answered for, none sent twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from socket import SO_SNDBUF, SOL_SOCKET

from lobby.printing import escpos
from lobby.printing.printers import Address, Outcome, PrinterState, Result, Trouble


@dataclass(frozen=True, slots=True)
class Patience:
    """How long each step may take; `send_s` is for each small part of a job, which a slow printer
    takes as fast as it prints. Whatever goes wrong, the lobby hears of it within ten seconds."""

    connect_s: float = 1.5
    answer_s: float = 1.0
    send_s: float = 2.0
    done_s: float = 8.0


USUAL_PATIENCE = Patience()
PART_BYTES = 4096
UNREACHABLE = PrinterState(Trouble.UNREACHABLE)


class NetworkPrinter:
    """Opens a line for each job and each question, so that other hosts get their turn and a
    printer that was switched off is found again. One that answers nothing is not asked: it takes
    a job or it does not. `broke_off` where a job may lie in it of which the end never came."""

    def __init__(
        self, address: Address, patience: Patience = USUAL_PATIENCE, *, broke_off: bool = False
    ) -> None:
        self._address = address
        self._patience = patience
        self._turn = asyncio.Lock()
        self._broke_off = broke_off

    async def state(self) -> PrinterState:
        async with self._turn:
            return await self._state()

    async def put_out(self, job: bytes) -> Outcome:
        """Before the first byte is sent a failure is certain; after it nobody can say, and no
        second try is made here."""
        async with self._turn:
            try:
                async with _line_to(self._address, self._patience) as line:
                    state = await self._heard_on(line)
                    if state.trouble is not None:
                        return Outcome(Result.NOT_PRINTED, state)
                    return await self._send(line, job)
            except OSError:
                return Outcome(Result.NOT_PRINTED, UNREACHABLE)

    async def _send(self, line: "Line", job: bytes) -> Outcome:
        whole = escpos.CLEAR_AWAY + job if self._broke_off else job
        self._broke_off = True
        try:
            await line.send(whole)
            outcome = await self._confirmed_on(line)
        except OSError:
            line.drop()
            return Outcome(Result.UNKNOWN, await self._state())
        self._broke_off = False
        return outcome

    async def _state(self) -> PrinterState:
        try:
            async with _line_to(self._address, self._patience) as line:
                return await self._heard_on(line)
        except OSError:
            return UNREACHABLE

    async def _heard_on(self, line: "Line") -> PrinterState:
        return await line.state() if self._address.asks_status else PrinterState()

    async def _confirmed_on(self, line: "Line") -> Outcome:
        if not self._address.asks_status:
            return Outcome(Result.TAKEN, PrinterState())
        return await line.finish()


@asynccontextmanager
async def _line_to(address: Address, patience: Patience) -> "AsyncIterator[Line]":
    async with asyncio.timeout(patience.connect_s):
        reader, writer = await asyncio.open_connection(address.host, address.port)
    line = Line(reader, writer, patience)
    try:
        yield line
    finally:
        await line.close()


class Line:
    """One connection. Every method raises OSError when it breaks or stays silent too long."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, patience: Patience
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._patience = patience
        self._done = False

    async def state(self) -> PrinterState:
        self._writer.write(escpos.ASK_STATUS)
        answers = bytearray()
        async with asyncio.timeout(self._patience.answer_s):
            while len(answers) < escpos.STATUS_ANSWERS:
                answer = await self._answer()
                if escpos.is_status(answer):
                    answers.append(answer)
        return _state_of(escpos.read_status(bytes(answers)))

    async def send(self, job: bytes) -> None:
        """In small parts with little of them on the way: a printer that stops shows at once, and
        a question that follows does not wait behind the whole picture."""
        self._done = False
        self._writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_SNDBUF, PART_BYTES)
        self._writer.transport.set_write_buffer_limits(0)
        for start in range(0, len(job), PART_BYTES):
            self._writer.write(job[start : start + PART_BYTES])
            async with asyncio.timeout(self._patience.send_s):
                await self._writer.drain()

    async def finish(self) -> Outcome:
        """Waits until the printer says that all is on paper, and asks why when it says nothing."""
        self._writer.write(escpos.ASK_WHEN_DONE)
        loop = asyncio.get_running_loop()
        until = loop.time() + self._patience.done_s
        while loop.time() < until:
            if await self._is_done():
                return Outcome(Result.PRINTED, await self._state_afterwards())
            state = await self.state()
            if state.trouble is not None and not self._done:
                return Outcome(Result.UNKNOWN, state)
        return Outcome(Result.UNKNOWN, PrinterState())

    async def close(self) -> None:
        self._writer.close()
        with suppress(OSError):
            async with asyncio.timeout(self._patience.answer_s):
                await self._writer.wait_closed()

    def drop(self) -> None:
        """Closes at once; what was not sent yet never will be."""
        self._writer.transport.abort()

    async def _is_done(self) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience.answer_s):
                while not self._done:
                    await self._answer()
        return self._done

    async def _state_afterwards(self) -> PrinterState:
        """The slip is on paper whatever the printer says next."""
        try:
            return await self.state()
        except OSError:
            return UNREACHABLE

    async def _answer(self) -> int:
        heard = await self._reader.read(1)
        if not heard:
            raise ConnectionResetError("the printer hung up")
        self._done = self._done or escpos.is_done(heard[0])
        return heard[0]


def _state_of(status: escpos.Status) -> PrinterState:
    """The cover comes first: whoever changes the roll has it open."""
    if status.cover_open:
        return PrinterState(Trouble.COVER_OPEN, status.paper_low)
    if status.paper_out:
        return PrinterState(Trouble.OUT_OF_PAPER, status.paper_low)
    if status.error or status.offline:
        return PrinterState(Trouble.FAULT, status.paper_low)
    return PrinterState(None, status.paper_low)
