"""A printer's bad days, in any order: no number is lost and none comes out twice."""

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lobby.printing.print_queue import Job, PrintQueue
from tests.printing.fake_printer import FakePrinter, Habit
from tests.printing.queue_at_work import (
    at_the_printer,
    comes_to,
    numbered,
    numbers_on_paper,
    settled,
)

INCIDENTS: dict[str, Callable[[FakePrinter], None]] = {
    "healthy": lambda fake: setattr(fake, "habit", Habit.HEALTHY),
    "silent": lambda fake: setattr(fake, "habit", Habit.SILENT),
    "hangs up midway": lambda fake: setattr(fake, "habit", Habit.HANGS_UP_MIDWAY),
    "stops reading": lambda fake: setattr(fake, "habit", Habit.STOPS_READING),
    "slow": lambda fake: setattr(fake, "habit", Habit.SLOW),
    "never done": lambda fake: setattr(fake, "habit", Habit.NEVER_DONE),
    "no paper": lambda fake: setattr(fake, "paper_rows", 0),
    "a bit of paper": lambda fake: setattr(fake, "paper_rows", 700),
    "new roll": lambda fake: fake.refill(),
    "cover open": lambda fake: setattr(fake, "cover_open", True),
    "cover closed": lambda fake: setattr(fake, "cover_open", False),
}


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(
    day=st.lists(
        st.tuples(st.sampled_from(sorted(INCIDENTS)), st.integers(1, 3)), min_size=1, max_size=6
    )
)
def test_it_loses_no_number_and_doubles_none(day: list[tuple[str, int]]) -> None:
    """Issued = on paper + shown; and a number comes out of the printer at most once."""

    async def scenario(fake: FakePrinter, queue: PrintQueue) -> None:
        issued: list[Job] = []
        for incident, tickets in day:
            INCIDENTS[incident](fake)
            issued += [queue.submit(numbered(len(issued) + each)) for each in range(tickets)]
            for job in issued:
                await settled(job)
                assert queue.submit(job.slip) is job
        fake.habit, fake.cover_open = Habit.HEALTHY, False
        fake.refill()
        await comes_to(queue, None)
        on_paper = numbers_on_paper(fake)
        printed = {job.slip.number for job in issued if job.outcome and job.outcome.is_on_paper}
        shown = {job.slip.number for job in issued} - printed
        assert len(printed) + len(shown) == len(issued)
        assert printed <= set(on_paper)
        assert max(on_paper.values(), default=0) <= 1

    at_the_printer(scenario)
