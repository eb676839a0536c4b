"""The customer at a counter: all that a teller should know, and nothing more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from counter.greetings import Occasion, greeting_occasions
from lobby.queueing.calling.score import effective_priority
from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.choice import Choice
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.durations import waited_s, whole_minutes_s
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.plan import Service
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Ticket
from lobby.screens.words import service_named
from lobby.triage.answers import QuestionCode, answers_to
from lobby.triage.catalogue import Catalogue, Document

GREETED_WITHIN_S = 120


class Tag(StrEnum):
    """What to be ready for, in the order in which it matters."""

    RISK = "risk"
    HELP = "help"
    PREMIUM = "premium"
    APPOINTMENT = "appointment"
    MACHINE = "machine"
    FETCH = "fetch"
    PAGER = "pager"


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer given at the kiosk: a label to be translated, and the amount it speaks of."""

    label: str
    amount: int | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Papers:
    """What the customer said about papers, and what the service asks for, by language."""

    brings: tuple[GivenAnswer, ...] = ()
    missing: bool = False
    at_hand: bool = False
    needed: tuple[Mapping[str, str], ...] = ()

    @property
    def is_known(self) -> bool:
        return bool(self.brings) or self.missing or self.at_hand


@dataclass(frozen=True, slots=True)
class Customer:
    """The ticket at this counter. Durations are whole minutes, in seconds."""

    number: str
    is_serving: bool
    is_interrupted: bool
    is_automatic: bool
    service: Service
    asked: Service
    language: str
    note: str
    choice: Choice | None
    calls: int
    waited_s: float
    promised_min: float
    taken_at: datetime
    called_at: datetime | None
    started_at: datetime | None
    serving_s: float
    tags: tuple[Tag, ...]
    amount: GivenAnswer | None
    papers: Papers
    occasions: tuple[Occasion, ...]
    done: tuple[Service, ...] = ()

    @property
    def is_to_be_greeted(self) -> bool:
        """Once the work is under way, words for its beginning are only in the way."""
        return not self.is_serving or self.serving_s < GREETED_WITHIN_S

    @property
    def is_late(self) -> bool:
        return self.waited_s >= self.promised_min * 60


def customer_view(
    hall: Hall, counter: Counter, catalogue: Catalogue | None, now: datetime
) -> Customer | None:
    ticket = hall.ticket_at(counter)
    if ticket is None:
        return None
    started_at = ticket.here_since
    promised_min = hall.plan.calling.promise(effective_priority(hall, ticket)).within_min
    waited = waited_s(ticket, now)
    return Customer(
        number=ticket.number,
        is_serving=ticket.serving is not None,
        is_interrupted=ticket.is_paused,
        is_automatic=ticket.called_automatically,
        service=service_named(hall.plan, ticket.service),
        asked=service_named(hall.plan, ticket.asked_service),
        language=ticket.language,
        note=ticket.note,
        choice=ticket.choice,
        calls=ticket.calls,
        waited_s=waited,
        promised_min=promised_min,
        taken_at=ticket.taken_at,
        called_at=ticket.called_at,
        started_at=started_at,
        serving_s=whole_minutes_s(started_at, now),
        tags=_tags(hall, ticket),
        amount=_amount(ticket, catalogue),
        papers=_papers(ticket, catalogue),
        occasions=greeting_occasions(ticket, is_late=waited >= promised_min * 60),
        done=tuple(service_named(hall.plan, code) for code in ticket.services_done),
    )


def _tags(hall: Hall, ticket: Ticket) -> tuple[Tag, ...]:
    diversion = ticket.diversion
    holding = {
        Tag.RISK: any(
            call.kind is HelpKind.RISK and call.ticket == ticket.number for call in hall.help_calls
        ),
        Tag.HELP: ticket.intake.help_wanted or ticket.priority is Priority.ASSISTANCE,
        Tag.PREMIUM: ticket.priority is Priority.PREMIUM,
        Tag.APPOINTMENT: ticket.priority is Priority.APPOINTMENT,
        Tag.MACHINE: diversion is not None and diversion.returned_at is not None,
        Tag.FETCH: CallMode.FETCH in ticket.call_modes,
        Tag.PAGER: CallMode.PAGER in ticket.call_modes,
    }
    return tuple(tag for tag, holds in holding.items() if holds)


def _amount(ticket: Ticket, catalogue: Catalogue | None) -> GivenAnswer | None:
    return _given_answer(ticket, QuestionCode.AMOUNT, catalogue)


def _papers(ticket: Ticket, catalogue: Catalogue | None) -> Papers:
    own_id = dict(ticket.intake.answers).get(QuestionCode.OWN_ID)
    credential = _given_answer(ticket, QuestionCode.CREDENTIAL, catalogue)
    return Papers(
        brings=(credential,) if credential else (),
        missing=own_id == "no",
        at_hand=own_id == "yes",
        needed=tuple(document.names for document in _needed(ticket, catalogue)),
    )


def _needed(ticket: Ticket, catalogue: Catalogue | None) -> tuple[Document, ...]:
    """What is only wanted for large amounts is named where the amount is one."""
    service = catalogue.services.get(ticket.service) if catalogue else None
    is_large = dict(ticket.intake.answers).get(QuestionCode.AMOUNT) == "more"
    documents = service.documents if service else ()
    return tuple(document for document in documents if is_large or not document.only_large)


def _given_answer(
    ticket: Ticket, code: QuestionCode, catalogue: Catalogue | None
) -> GivenAnswer | None:
    """Nothing where it was not asked, or where the questions have changed since."""
    given = dict(ticket.intake.answers).get(code)
    service = catalogue.services.get(ticket.asked_service) if catalogue else None
    if given is None or service is None or catalogue is None:
        return None
    offered = answers_to(code, service, catalogue.profile_named(day=ticket.day))
    chosen = next((answer for answer in offered if answer.code == given), None)
    return GivenAnswer(chosen.label, chosen.amount, chosen.currency) if chosen else None
