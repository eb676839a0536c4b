"""The demo's customers: they take tickets at the kiosk, wait, and some lose patience."""

import secrets
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from lobby.demo.agenda import Agenda
from lobby.demo.answers import Answers
from lobby.demo.arrivals import Arrival, arrivals
from lobby.demo.commands import DemoCommands
from lobby.queueing.commands.ticket import CancelTicket, ConfirmMachineJob, ReturnFromMachine
from lobby.queueing.events.ticket import TicketTaken
from lobby.queueing.model.intake import ConfirmedBy
from lobby.queueing.model.ticket import TicketState

SECRET_BYTES = 12
DONE_AT_MACHINE, COME_BACK = 0.8, 0.08


class Customers:
    def __init__(self, agenda: Agenda, kiosk: DemoCommands, answers: Answers, seed: int) -> None:
        self._agenda = agenda
        self._kiosk = kiosk
        self._answers = answers
        self._seed = seed

    def come_on(self, day: date, tellers: int) -> None:
        self._answers.begin(day)
        for arrival in arrivals(self._kiosk.branch.plan, day, tellers, self._seed):
            self._agenda.add(arrival.at, partial(self._take, arrival))

    async def _take(self, arrival: Arrival, _at: datetime) -> None:
        secret = secrets.token_urlsafe(SECRET_BYTES)
        outcome = await self._kiosk.do(self._answers.ticket(arrival, secret))
        taken = (e for e in outcome.events if isinstance(e, TicketTaken)) if outcome else ()
        for event in taken:
            if event.machine is not None:
                self._go_to_machine(event.number, arrival.at)
            elif arrival.leaves_at is not None:
                self._agenda.add(arrival.leaves_at, partial(self._leave, event.number))

    def _go_to_machine(self, number: str, at: datetime) -> None:
        """Most are done there after some minutes; some come back, some just walk out."""
        draw = Random(f"{self._seed} machine {at}")  # noqa: S311 - a play, not a secret
        fate = draw.random()
        minutes = timedelta(minutes=draw.uniform(2, 7))
        if fate < DONE_AT_MACHINE:
            self._agenda.add(at + minutes, partial(self._confirm, number))
        elif fate < DONE_AT_MACHINE + COME_BACK:
            self._agenda.add(at + minutes, partial(self._return, number))

    async def _confirm(self, number: str, _at: datetime) -> None:
        await self._kiosk.do(ConfirmMachineJob(number, ConfirmedBy.SLIP))

    async def _return(self, number: str, _at: datetime) -> None:
        await self._kiosk.do(ReturnFromMachine(number))

    async def _leave(self, number: str, _at: datetime) -> None:
        ticket = self._kiosk.ticket(number)
        if ticket is not None and ticket.state is TicketState.WAITING:
            await self._kiosk.do(CancelTicket(number))
