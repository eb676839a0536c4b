"""What one's own service asks for: the papers to bring and what each way of doing it costs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.formats import fee
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.ticket import Ticket
from lobby.triage.answers import QuestionCode, request_from
from lobby.triage.catalogue import Catalogue, Fee, FeeChannel, Service
from lobby.triage.errors import TriageError
from lobby.triage.profile import LimitName, Profile

CHANNELS = {
    FeeChannel.COUNTER: mark("Counter"),
    FeeChannel.MACHINE: mark("Machine"),
    FeeChannel.PHONE: mark("Phone"),
}


@dataclass(frozen=True, slots=True)
class Cost:
    """`amount` as people of the language write it, empty where it is nothing: then the note says
    all there is to say."""

    channel: str
    amount: str
    note: str


@dataclass(frozen=True, slots=True)
class Papers:
    documents: tuple[str, ...]
    costs: tuple[Cost, ...]


def papers_of(catalogue: Catalogue | None, ticket: Ticket, language: str) -> Papers | None:
    """The same for one customer, who may have said how much it is about."""
    is_as_asked = ticket.service == ticket.asked_service
    amount = dict(ticket.intake.answers).get(QuestionCode.AMOUNT, "") if is_as_asked else ""
    return papers_for(catalogue, ticket.service, language, amount, ticket.day)


def papers_for(
    catalogue: Catalogue | None,
    service: str,
    language: str,
    amount: str = "",
    day: date | None = None,
) -> Papers | None:
    """None where the branch has no catalogue, or one that does not know the service. `amount` is
    the answer of the customer, by its code; `day` chooses among dated limits."""
    known = catalogue.services.get(service) if catalogue else None
    if catalogue is None or known is None:
        return None
    profile = catalogue.profile_named(day=day)
    return Papers(
        documents=tuple(
            document.names[language]
            for document in known.documents
            if not (document.only_large and _is_small(known, profile, amount))
        ),
        costs=tuple(_costs(known.fees, profile.name, profile.currency, language)),
    )


def _is_small(service: Service, profile: Profile, amount: str) -> bool:
    """Only where it is known: otherwise better a paper too many."""
    try:
        said = request_from(service, profile, {QuestionCode.AMOUNT: amount})
    except TriageError:
        return False
    return said.band is not None and not said.reaches(profile.amounts[LimitName.LARGE])


def _costs(
    fees: Mapping[FeeChannel, Fee], profile: str, currency: str, language: str
) -> Iterator[Cost]:
    """In the same order everywhere, the counter first."""
    say = texts(language).gettext
    for channel in FeeChannel:
        known = fees.get(channel)
        if known is not None:
            value = known.amounts[profile]
            amount = fee(value, currency, language) if value else ""
            yield Cost(say(CHANNELS[channel]), amount, known.notes[language])
