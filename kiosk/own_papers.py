"""What one's own service asks for: the papers to bring and what each way of doing it costs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kiosk.figures import fee
from lobby.i18n.texts import mark, texts
from lobby.triage.catalogue import Catalogue, Fee, FeeChannel

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


def papers_for(catalogue: Catalogue | None, service: str, language: str) -> Papers | None:
    """None where the branch has no catalogue, or one that does not know the service."""
    known = catalogue.services.get(service) if catalogue else None
    if catalogue is None or known is None:
        return None
    profile = catalogue.profile_named()
    return Papers(
        documents=tuple(document.names[language] for document in known.documents),
        costs=tuple(_costs(known.fees, profile.name, profile.currency, language)),
    )


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
