"""A printer without paper: it takes every job, and keeps what it was given."""

from dataclasses import dataclass, field

from lobby.printing.printers import Outcome, PrinterState, Result


@dataclass(slots=True)
class NullPrinter:
    jobs: list[bytes] = field(default_factory=list)

    async def state(self) -> PrinterState:
        return PrinterState()

    async def put_out(self, job: bytes) -> Outcome:
        self.jobs.append(job)
        return Outcome(Result.PRINTED, PrinterState())
