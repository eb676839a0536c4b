"""Slips and what becomes of them: on paper or on the screen, never lost and never twice."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from lobby.printing.branch_printers import BranchPrinters
from lobby.printing.paper import Paper
from lobby.printing.print_queue import WAITING_MAX, PrintQueue
from lobby.printing.printers import Outcome, PrinterState, Result, Trouble
from tests.printing.fake_printer import FakePrinter, Habit, fake_printer
from tests.printing.null_printer import NullPrinter
from tests.printing.queue_at_work import (
    at_the_printer,
    comes_to,
    numbered,
    numbers_on_paper,
    served,
    settled,
)


def test_it_prints_slips_in_the_order_they_came() -> None:
    async def scenario(queue: PrintQueue) -> None:
        jobs = [queue.submit(numbered(ordinal)) for ordinal in range(1, 4)]
        assert [(await settled(job)).is_on_paper for job in jobs] == [True] * 3
        assert len(printer.jobs) == 3

    printer = NullPrinter()
    served(printer, scenario)


def test_it_gives_no_second_slip_unless_asked() -> None:
    async def scenario(queue: PrintQueue) -> None:
        first = queue.submit(numbered(1))
        assert queue.submit(numbered(1)) is first
        await settled(first)
        assert queue.submit(numbered(1)) is first
        assert len(printer.jobs) == 1
        again = queue.submit(numbered(1), again=True)
        assert (await settled(again)).is_on_paper
        assert len(printer.jobs) == 2
        assert queue.job_of("A001", numbered(1).address) is again

    printer = NullPrinter()
    served(printer, scenario)


def test_it_does_not_print_by_itself_what_failed_before() -> None:
    async def scenario(fake: FakePrinter, queue: PrintQueue) -> None:
        fake.paper_rows = 0
        await comes_to(queue, Trouble.OUT_OF_PAPER)
        failed = queue.submit(numbered(1))
        assert failed.outcome == Outcome(
            Result.NOT_PRINTED, PrinterState(Trouble.OUT_OF_PAPER, paper_low=True)
        )
        fake.refill()
        await comes_to(queue, None)
        assert queue.submit(numbered(1)) is failed
        assert fake.slips == []
        assert (await settled(queue.submit(numbered(1), again=True))).is_on_paper
        assert numbers_on_paper(fake) == {"A001": 1}

    at_the_printer(scenario)


@pytest.mark.parametrize(
    ("trouble", "spoil", "mend"),
    [
        (
            Trouble.OUT_OF_PAPER,
            lambda fake: setattr(fake, "paper_rows", 0),
            lambda fake: fake.refill(),
        ),
        (
            Trouble.COVER_OPEN,
            lambda fake: setattr(fake, "cover_open", True),
            lambda fake: setattr(fake, "cover_open", False),
        ),
        (
            Trouble.UNREACHABLE,
            lambda fake: setattr(fake, "habit", Habit.SILENT),
            lambda fake: setattr(fake, "habit", Habit.HEALTHY),
        ),
    ],
)
def test_it_tells_who_watches_of_trouble_and_of_its_end(
    trouble: Trouble, spoil: Callable[[FakePrinter], None], mend: Callable[[FakePrinter], None]
) -> None:
    async def scenario(fake: FakePrinter, queue: PrintQueue) -> None:
        heard: list[PrinterState] = []
        stop = queue.watch(heard.append)
        spoil(fake)
        await comes_to(queue, trouble)
        mend(fake)
        await comes_to(queue, None)
        assert [state.trouble for state in heard] == [trouble, None]
        stop()
        spoil(fake)
        await comes_to(queue, trouble)
        assert len(heard) == 2

    at_the_printer(scenario)


def test_it_finds_a_printer_that_was_switched_off_and_on() -> None:
    async def scenario(fake: FakePrinter, queue: PrintQueue) -> None:
        await fake.switch_off()
        await comes_to(queue, Trouble.UNREACHABLE)
        await fake.switch_on()
        await comes_to(queue, None)
        assert (await settled(queue.submit(numbered(1)))).is_on_paper

    at_the_printer(scenario)


def test_it_goes_on_when_who_watches_fails() -> None:
    def fail(_state: PrinterState) -> None:
        raise RuntimeError("a broken screen")

    async def scenario(fake: FakePrinter, queue: PrintQueue) -> None:
        queue.watch(fail)
        fake.cover_open = True
        await comes_to(queue, Trouble.COVER_OPEN)
        fake.cover_open = False
        await comes_to(queue, None)
        assert (await settled(queue.submit(numbered(1)))).is_on_paper

    at_the_printer(scenario)


def test_it_turns_away_what_it_could_not_print_in_time() -> None:
    async def scenario(fake: FakePrinter, queue: PrintQueue) -> None:
        jobs = [queue.submit(numbered(ordinal)) for ordinal in range(1, WAITING_MAX + 3)]
        turned_away = [job for job in jobs if job.outcome is not None]
        assert turned_away == jobs[WAITING_MAX:]
        assert {job.outcome for job in turned_away} == {
            Outcome(Result.NOT_PRINTED, PrinterState(Trouble.BUSY))
        }
        for job in jobs:
            await settled(job)
        shown = sum(not job.outcome.is_on_paper for job in jobs if job.outcome)
        assert sum(numbers_on_paper(fake).values()) + shown == len(jobs)

    at_the_printer(scenario)


def test_it_tells_whoever_still_waits_when_the_house_closes() -> None:
    async def scenario() -> None:
        queue = PrintQueue(NullPrinter(), Paper.WIDE)
        serving = asyncio.create_task(queue.run())
        await asyncio.sleep(0)
        first, second = queue.submit(numbered(1)), queue.submit(numbered(2))
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        for job in (first, second, queue.submit(numbered(3))):
            outcome = await settled(job)
            assert outcome.state.trouble is Trouble.STOPPED

    asyncio.run(scenario())


def test_it_survives_a_slip_that_cannot_be_drawn() -> None:
    async def scenario(queue: PrintQueue) -> None:
        unknown_language = replace(numbered(1), language="tlh")
        outcome = await settled(queue.submit(unknown_language))
        assert outcome == Outcome(Result.NOT_PRINTED, PrinterState(Trouble.NOT_DRAWN))
        assert (await settled(queue.submit(numbered(2)))).is_on_paper

    served(NullPrinter(), scenario)


def test_it_shares_a_printer_among_kiosks_and_lets_go_of_it() -> None:
    async def scenario() -> None:
        async with fake_printer() as fake, BranchPrinters() as printers:
            queue = printers.at(fake.address)
            assert printers.at(fake.address) is queue
            assert (await settled(queue.submit(numbered(1)))).is_on_paper
            await printers.keep_only([fake.address])
            assert printers.at(fake.address) is queue
            await printers.keep_only(())
            asked = fake.asked
            await asyncio.sleep(0.1)
            assert fake.asked == asked
            assert printers.at(fake.address) is not queue

    asyncio.run(scenario())
