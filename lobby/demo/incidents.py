"""What goes wrong in the demo's day: machines fail and come back, customers need somebody."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial

from lobby.demo import hours
from lobby.demo.agenda import Agenda
from lobby.demo.commands import DemoCommands
from lobby.machines import MachineState
from lobby.queueing.commands.floor import CallColleague, EndHelp, ReportMachine
from lobby.queueing.model.help import HelpCall, HelpKind
from lobby.queueing.model.outcomes import OUTCOMES

FAULTS = (
    (time(9, 18), time(9, 42), MachineState.DOWN),
    (time(11, 5), time(11, 25), MachineState.OUT_OF_NOTES),
    (time(14, 30), time(14, 50), MachineState.DOWN),
)
"""From when until when, and what is the matter. The first is there when visitors come."""

NEEDS_SOMEBODY = (time(9, 19), time(9, 33), time(10, 10), time(11, 0), time(13, 40), time(15, 15))
WAITS_FOR = timedelta(minutes=12)
"""For a colleague whom nobody plays; then the customer has found out alone."""

WAITING_AREA = "seats"


class Incidents:
    def __init__(self, agenda: Agenda, hands: DemoCommands) -> None:
        self._agenda, self._hands = agenda, hands

    def come_on(self, day: date) -> None:
        plan = self._hands.branch.plan
        for turn, (fails, comes_back, state) in enumerate(FAULTS):
            for machine in list(plan.machines)[turn % max(1, len(plan.machines)) :][:1]:
                self._report_at(day, fails, ReportMachine(machine, state))
                self._report_at(day, comes_back, ReportMachine(machine, MachineState.UP))
        for calls in NEEDS_SOMEBODY:
            self._agenda.add(hours.at(plan, day, calls), self._call)

    def _report_at(self, day: date, local: time, report: ReportMachine) -> None:
        self._agenda.add(
            hours.at(self._hands.branch.plan, day, local), partial(self._report, report)
        )

    async def _report(self, report: ReportMachine, _at: datetime) -> None:
        await self._hands.do(report)

    async def _call(self, at: datetime) -> None:
        """Whoever has waited longest among those who sit."""
        waiting = sorted(self._hands.branch.hall.waiting_tickets(), key=lambda t: t.taken_at)
        number = waiting[0].number if waiting else None
        if await self._hands.do(CallColleague(HelpKind.HELP, WAITING_AREA, number)):
            self._agenda.add(at + WAITS_FOR, self._manage_alone)

    async def _manage_alone(self, _at: datetime) -> None:
        for call in self._left_alone():
            await self._hands.do(EndHelp(call.id, OUTCOMES[HelpKind.HELP][0]))

    def _left_alone(self) -> Iterator[HelpCall]:
        """A visitor who has taken a call ends it."""
        for call in self._hands.branch.hall.help_calls:
            if call.kind is HelpKind.HELP and call.place == WAITING_AREA and not call.taken_by:
                yield call
