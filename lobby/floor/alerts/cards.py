"""Who needs somebody now, as cards: at most five at a glance, the first one the one to go to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from lobby.floor.alerts.alerts import ARRIVED, SYSTEM_ACTOR, automatic_alerts, late_people
from lobby.floor.alerts.fetch import FetchCard, fetch_cards
from lobby.floor.alerts.risk_access import may_see_risk
from lobby.floor.alerts.severity import Severity, severity, severity_rank, sounds
from lobby.floor.core.viewer import Viewer
from lobby.floor.core.words import machine_named
from lobby.queueing.model import overview
from lobby.queueing.model.durations import waited_s, whole_minutes_s
from lobby.queueing.model.duty import on_duty, responsible
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.help import HandBackReason, HelpCall, HelpKind
from lobby.queueing.model.limits import ESCALATE_AFTER
from lobby.queueing.model.machine import MachinePlan
from lobby.queueing.model.plan import Service
from lobby.queueing.model.ticket import Ticket, TicketState
from lobby.screens.words import service_named
from lobby.web.permissions import nobody_on_duty

CARDS_MAX = 5
"""More than five things at once nobody takes in at a glance; the others fold away."""

AT_MACHINES = frozenset({HelpKind.FAULT, HelpKind.AUTHORISATION})
"""Where the place of a call is a machine."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody who was sent to the machine, for whole minutes now."""

    number: str
    lasting_s: float


@dataclass(frozen=True, slots=True)
class Card:
    """`lasting_s` is whole minutes, of a wait since it began; `others_late` of the same pool
    wait too long as well. `taken_by` is the name of who goes; `responsible` of who should, and
    empty where nobody is on duty; `is_passed_on` says that others were asked before. `signal`
    tells one sound from the next, and is empty where nothing sounds here. Where it came back,
    `had_by` had it since `had_since`, and `back_reason` says why not any more. `standing` are
    those who were sent to the machine of the card."""

    id: str
    kind: HelpKind
    severity: Severity
    place: str
    machine: MachinePlan | None
    number: str | None
    service: Service | None
    note: str
    others_late: int
    adviser: str
    lasting_s: float
    call_id: int | None
    is_taken: bool
    is_mine: bool
    taken_by: str
    responsible: str
    is_responsible: bool
    is_passed_on: bool
    signal: str
    had_by: str = ""
    had_since: datetime | None = None
    back_reason: HandBackReason | None = None
    standing: tuple[Standing, ...] = ()


@dataclass(frozen=True, slots=True)
class Cards:
    """`first` is the one answer to "who needs me first?": None while nobody does. `to_fetch` are
    called without a voice and to be fetched, to whom nobody goes yet."""

    shown: tuple[Card, ...]
    folded: tuple[Card, ...]
    nobody_on_duty: bool
    to_fetch: tuple[FetchCard, ...] = ()

    @property
    def first(self) -> Card | None:
        return next((card for card in self.shown if not card.is_taken), None)

    @property
    def untaken(self) -> int:
        return len(self.to_fetch) + sum(not card.is_taken for card in (*self.shown, *self.folded))

    @property
    def signals(self) -> tuple[str, ...]:
        fetches = (card.signal for card in self.to_fetch)
        cards = (card.signal for card in (*self.shown, *self.folded))
        return tuple(signal for signal in (*fetches, *cards) if signal)


def cards_of(viewer: Viewer, hall: Hall, now: datetime) -> Cards:
    """To whom nobody goes yet comes before the others; then harm decides, then age."""
    ranked = sorted(_ranked(viewer, hall, now), key=lambda each: each[0])
    cards = tuple(card for _rank, card in ranked)
    fetches = fetch_cards(viewer, hall, now)
    return Cards(
        cards[:CARDS_MAX],
        cards[CARDS_MAX:],
        nobody_on_duty=nobody_on_duty(hall),
        to_fetch=tuple(each for each in fetches if not each.is_taken),
    )


Rank = tuple[bool, int, bool, datetime, str]
Ranked = tuple[Rank, Card]


@dataclass(frozen=True, slots=True)
class _CardSource:
    """A call, or what the hall has raised and would be one if somebody had called."""

    name: str
    call: HelpCall
    call_id: int | None
    is_critical: bool = False
    others_late: int = 0

    @property
    def rank(self) -> Rank:
        """What came back stands before its equals."""
        call = self.call
        harm = severity_rank(call.kind, is_critical=self.is_critical)
        return call.taken_by is not None, harm, not _came_back(call), call.called_at, self.name


def _ranked(viewer: Viewer, hall: Hall, now: datetime) -> Iterator[Ranked]:
    for source in _sources(viewer, hall, now):
        if source.call.kind is not HelpKind.RISK or may_see_risk(hall, viewer.me):
            yield source.rank, _card(viewer, hall, source, now)


def _sources(viewer: Viewer, hall: Hall, now: datetime) -> Iterator[_CardSource]:
    alerts = automatic_alerts(hall, partial(viewer.branch.has_done, SYSTEM_ACTOR), now)
    late = late_people(hall, alerts)
    for call in hall.help_calls:
        if call.kind not in ARRIVED or call.taken_by or call.ticket not in late:
            yield _CardSource(f"call-{call.id}", call, call.id)
    for alert in alerts:
        call = HelpCall(0, alert.kind, alert.place, alert.number, alert.since)
        yield _CardSource(alert.name, call, None, alert.is_critical, alert.others_late)


def _came_back(call: HelpCall) -> bool:
    """Left by who had it, without their own word to the others."""
    return call.back_reason not in (None, HandBackReason.GIVEN_BACK)


def _card(viewer: Viewer, hall: Hall, source: _CardSource, now: datetime) -> Card:
    call = source.call
    ticket = hall.ticket(call.ticket) if call.ticket else None
    at_machine = call.kind in AT_MACHINES
    is_taken = call.taken_by is not None
    person = responsible(hall.duty, call, now)
    is_responsible = not is_taken and person in (None, viewer.me)
    rounds = 0 if is_taken else max(0, (now - call.waiting_since) // ESCALATE_AFTER)
    is_loud = sounds(call.kind, is_critical=source.is_critical) or _came_back(call)
    had_by = call.handed_back[-1] if call.handed_back and not is_taken else None
    return Card(
        id=source.name,
        kind=call.kind,
        severity=severity(call.kind, is_critical=source.is_critical),
        place="" if at_machine else call.place,
        machine=machine_named(hall.plan, call.place) if at_machine else None,
        number=call.ticket,
        service=service_named(hall.plan, ticket.service) if ticket else None,
        note=call.note,
        others_late=source.others_late,
        adviser=viewer.name_of(ticket.reserved_teller) if ticket and ticket.reserved_teller else "",
        lasting_s=_lasting_s(call, ticket, now),
        call_id=source.call_id,
        is_taken=is_taken,
        is_mine=call.taken_by == viewer.me,
        taken_by=viewer.name_of(call.taken_by) if call.taken_by else "",
        responsible=viewer.name_of(person) if person and not is_taken else "",
        is_responsible=is_responsible,
        is_passed_on=rounds > 0 and len(on_duty(hall.duty)) > 1,
        signal=_signal(source, rounds) if is_loud and is_responsible else "",
        had_by=viewer.name_of(had_by) if had_by else "",
        had_since=call.had_since,
        back_reason=call.back_reason,
        standing=_standing(hall, call.place, now) if at_machine else (),
    )


def _standing(hall: Hall, machine: str, now: datetime) -> tuple[Standing, ...]:
    """Who stands before a machine that needs somebody: the first to have gone comes first."""
    sent = (
        (ticket.diversion.accepted_at, ticket.number)
        for ticket in overview.at_machine(hall)
        if ticket.diversion is not None
        and ticket.diversion.machine == machine
        and ticket.diversion.accepted_at is not None
    )
    return tuple(Standing(number, whole_minutes_s(since, now)) for since, number in sorted(sent))


def _signal(source: _CardSource, rounds: int) -> str:
    """What came back sounds again, although it has sounded before."""
    back_at = source.call.handed_back_at
    return f"{source.name}-{back_at:%H%M%S}-{rounds}" if back_at else f"{source.name}-{rounds}"


def _lasting_s(call: HelpCall, ticket: Ticket | None, now: datetime) -> float:
    """Beside a wait stands the whole wait, as on every other list of the hall; also of who was
    sent on and waits again, for it is why the card is there."""
    if call.kind is HelpKind.WAIT and ticket is not None:
        waits_again = ticket.state is TicketState.WAITING
        return whole_minutes_s(ticket.waits_from, now) if waits_again else waited_s(ticket, now)
    return whole_minutes_s(call.called_at, now)
