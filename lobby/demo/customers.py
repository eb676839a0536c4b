"""The demo's customers: they take numbers at the kiosk, and some lose patience."""

import secrets
from datetime import date, datetime
from functools import partial

from lobby.demo.agenda import Agenda
from lobby.demo.arrivals import Arrival, arrivals
from lobby.demo.hands import Hands
from lobby.queueing.commands import CancelTicket, TakeTicket
from lobby.queueing.events import TicketTaken
from lobby.queueing.ticket import TicketState

SECRET_BYTES = 12


class Customers:
    def __init__(self, agenda: Agenda, kiosk: Hands, seed: int) -> None:
        self._agenda = agenda
        self._kiosk = kiosk
        self._seed = seed

    def come_on(self, day: date, tellers: int) -> None:
        for arrival in arrivals(self._kiosk.branch.plan, day, tellers, self._seed):
            self._agenda.add(arrival.at, partial(self._take, arrival))

    async def _take(self, arrival: Arrival, _at: datetime) -> None:
        secret = secrets.token_urlsafe(SECRET_BYTES)
        outcome = await self._kiosk.do(TakeTicket(arrival.service, arrival.language, secret))
        taken = (e for e in outcome.events if isinstance(e, TicketTaken)) if outcome else ()
        for event in taken:
            if arrival.leaves_at is not None:
                self._agenda.add(arrival.leaves_at, partial(self._leave, event.number))

    async def _leave(self, number: str, _at: datetime) -> None:
        ticket = self._kiosk.ticket(number)
        if ticket is not None and ticket.state is TicketState.WAITING:
            await self._kiosk.do(CancelTicket(number))
