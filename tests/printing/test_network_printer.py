"""One job at a printer that answers, sulks, breaks off or is not there."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from lobby.printing import escpos
from lobby.printing.network_printer import NetworkPrinter, Patience
from lobby.printing.paper import Paper
from lobby.printing.print_queue import POLL_S
from lobby.printing.printers import Outcome, PrinterState, Result, Trouble
from lobby.printing.raster import render
from tests.printing.fake_printer import LOW_PAPER, FakePrinter, Habit, fake_printer
from tests.printing.slips import TICKETS

PICTURE = render(TICKETS["vi"], Paper.WIDE)
JOB = escpos.job(PICTURE)
SHORT = Patience(connect_s=1.0, answer_s=0.2, send_s=0.4, done_s=0.8)
NOT_PRINTED, PRINTED, UNKNOWN = Result.NOT_PRINTED, Result.PRINTED, Result.UNKNOWN

Scenario = Callable[[FakePrinter, NetworkPrinter], Awaitable[None]]


def at_the_printer(scenario: Scenario, patience: Patience = Patience()) -> None:  # noqa: B008
    async def whole() -> None:
        async with fake_printer() as fake:
            await scenario(fake, NetworkPrinter(fake.address, patience))

    asyncio.run(whole())


def test_it_puts_the_picture_on_paper_dot_by_dot() -> None:
    async def scenario(fake: FakePrinter, printer: NetworkPrinter) -> None:
        assert await printer.put_out(JOB) == Outcome(PRINTED, PrinterState())
        (slip,) = fake.slips
        assert slip.size == PICTURE.size
        assert differing_dots(slip.tobytes(), PICTURE.tobytes()) < 20

    at_the_printer(scenario)


@pytest.mark.parametrize(
    ("trouble", "spoil"),
    [
        (Trouble.OUT_OF_PAPER, lambda fake: setattr(fake, "paper_rows", 0)),
        (Trouble.COVER_OPEN, lambda fake: setattr(fake, "cover_open", True)),
        (Trouble.FAULT, lambda fake: setattr(fake, "habit", Habit.BROKEN)),
        (Trouble.UNREACHABLE, lambda fake: setattr(fake, "habit", Habit.SILENT)),
    ],
)
def test_it_sends_nothing_to_a_printer_in_trouble(
    trouble: Trouble, spoil: Callable[[FakePrinter], None]
) -> None:
    async def scenario(fake: FakePrinter, printer: NetworkPrinter) -> None:
        spoil(fake)
        assert (await printer.state()).trouble is trouble
        outcome = await printer.put_out(JOB)
        assert (outcome.result, outcome.state.trouble) == (NOT_PRINTED, trouble)
        assert fake.slips == []

    at_the_printer(scenario, SHORT)


def test_it_says_so_when_nobody_answers_the_door() -> None:
    async def scenario(fake: FakePrinter, printer: NetworkPrinter) -> None:
        await fake.switch_off()
        assert await printer.state() == PrinterState(Trouble.UNREACHABLE)
        assert await printer.put_out(JOB) == Outcome(NOT_PRINTED, PrinterState(Trouble.UNREACHABLE))

    at_the_printer(scenario)


def test_it_says_when_the_roll_comes_to_its_end() -> None:
    async def scenario(fake: FakePrinter, printer: NetworkPrinter) -> None:
        fake.paper_rows = LOW_PAPER - 1
        assert await printer.state() == PrinterState(None, paper_low=True)
        outcome = await printer.put_out(JOB)
        assert (outcome.result, outcome.state.paper_low) == (PRINTED, True)

    at_the_printer(scenario)


def test_it_does_not_claim_a_slip_that_the_paper_ended_under() -> None:
    async def scenario(fake: FakePrinter, printer: NetworkPrinter) -> None:
        fake.paper_rows = PICTURE.height // 2
        outcome = await printer.put_out(JOB)
        assert (outcome.result, outcome.state.trouble) == (UNKNOWN, Trouble.OUT_OF_PAPER)
        assert fake.slips == []

    at_the_printer(scenario)


def test_it_claims_the_last_slip_of_a_roll() -> None:
    async def scenario(fake: FakePrinter, printer: NetworkPrinter) -> None:
        fake.paper_rows = PICTURE.height + 101
        assert (await printer.put_out(JOB)).result is PRINTED
        fake.paper_rows = 0
        assert (await printer.put_out(JOB)).result is NOT_PRINTED
        assert len(fake.slips) == 1

    at_the_printer(scenario)


def test_it_waits_for_a_printer_that_is_only_slow() -> None:
    """Twenty parts at 20 ms each take longer than one part may."""

    async def scenario(fake: FakePrinter, printer: NetworkPrinter) -> None:
        fake.habit = Habit.SLOW
        assert await printer.put_out(JOB) == Outcome(PRINTED, PrinterState())
        assert len(fake.slips) == 1

    at_the_printer(scenario, Patience(send_s=0.4))


def test_it_hears_of_any_trouble_within_ten_seconds() -> None:
    patience = Patience()
    asking_s = patience.connect_s + patience.answer_s
    assert POLL_S + asking_s < 10
    assert patience.send_s + asking_s < 10
    assert 2 * patience.answer_s + asking_s < 10


@pytest.mark.parametrize(
    ("habit", "trouble"),
    [
        (Habit.HANGS_UP_MIDWAY, None),
        (Habit.STOPS_READING, Trouble.UNREACHABLE),
        (Habit.NEVER_DONE, None),
    ],
)
def test_it_leaves_open_what_it_cannot_know(habit: Habit, trouble: Trouble | None) -> None:
    async def scenario(fake: FakePrinter, printer: NetworkPrinter) -> None:
        fake.habit = habit
        outcome = await printer.put_out(JOB)
        assert outcome == Outcome(UNKNOWN, PrinterState(trouble))
        assert len(fake.slips) <= 1

    at_the_printer(scenario, SHORT)


def test_it_prints_whole_slips_again_after_one_broke_off() -> None:
    async def scenario(fake: FakePrinter, printer: NetworkPrinter) -> None:
        fake.habit = Habit.HANGS_UP_MIDWAY
        assert (await printer.put_out(JOB)).result is UNKNOWN
        fake.habit = Habit.HEALTHY
        assert (await printer.put_out(JOB)).result is PRINTED
        assert differing_dots(fake.slips[-1].tobytes(), PICTURE.tobytes()) < 20

    at_the_printer(scenario)


def test_it_takes_one_job_at_a_time() -> None:
    async def scenario(fake: FakePrinter, printer: NetworkPrinter) -> None:
        outcomes = await asyncio.gather(*(printer.put_out(JOB) for _ in range(4)))
        assert {outcome.result for outcome in outcomes} == {PRINTED}
        assert [slip.size for slip in fake.slips] == [PICTURE.size] * 4

    at_the_printer(scenario)


def differing_dots(one: bytes, other: bytes) -> int:
    """A few dots may differ: those that keep the picture from looking like a command."""
    assert len(one) == len(other)
    return sum((here ^ there).bit_count() for here, there in zip(one, other, strict=True))
