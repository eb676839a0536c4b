"""Reads a service; without fees, documents and steps in every language it is refused."""

from collections.abc import Mapping
from datetime import date

from lobby.catalogue.entries import Entry, in_every_language
from lobby.i18n.languages import LANGUAGES
from lobby.queueing.model.limits import SLIP_PREFIX
from lobby.triage.catalogue import (
    BranchKind,
    Credential,
    Document,
    Fee,
    FeeChannel,
    Job,
    MachineRule,
    Service,
    Strength,
)
from lobby.triage.machine import MachineFunction


class Tariff:
    """Where fees are written and since when; a fee may name its own."""

    def __init__(self, entry: Entry) -> None:
        with entry:
            self.source: str = entry.text("source")
            self.valid_from: date = entry.day("valid_from")


def read_service(content: object, tariff: Tariff, profiles: Mapping[str, object]) -> Service:
    """Raises `CatalogueError`."""
    entry = Entry(content, "a service")
    code = entry.text("code")
    entry.what = f"service {code}"
    with entry:
        return Service(
            code=code,
            job=entry.name("job", Job),
            prefix=_prefix(entry),
            pool=entry.text("pool"),
            minutes=entry.number("minutes"),
            names=entry.texts("names", "name"),
            documents=_documents(entry),
            steps=_steps(entry),
            fees=_fees(entry, tariff, profiles),
            machine=_machine(entry),
            branches=_branches(entry),
        )


def _prefix(entry: Entry) -> str | None:
    """None for a service without a line, which says so itself: a prefix is easily forgotten."""
    if not entry.flag("queue", default=True):
        return None
    prefix = entry.text("prefix")
    if not (len(prefix) == 1 and prefix.isascii() and prefix.isupper()):
        raise entry.wrong(f"has the prefix {prefix!r}; it is one letter from A to Z")
    if prefix == SLIP_PREFIX:
        raise entry.wrong(f"has the prefix {prefix!r}, which slips for machines have")
    return prefix


def _documents(entry: Entry) -> tuple[Document, ...]:
    rows = entry.rows("documents") if entry.has("documents") else []
    if not rows:
        raise entry.wrong(f"has no documents in {', '.join(LANGUAGES)}")
    return tuple(_document(row, entry.what) for row in rows)


def _document(content: object, what: str) -> Document:
    with Entry(content, f"{what}, documents,") as entry:
        only_large = entry.flag("only_large", default=False)
        return Document(in_every_language(entry, f"{what} has no documents"), only_large)


def _steps(entry: Entry) -> Mapping[str, tuple[str, ...]]:
    """As many in every language."""
    steps = Entry(entry.take("steps") if entry.has("steps") else {}, f"{entry.what}, steps,")
    with steps:
        missing = [lang for lang in LANGUAGES if not (steps.has(lang) and all(steps.rows(lang)))]
        missing += [lang for lang in LANGUAGES if lang not in missing and not steps.rows(lang)]
        if missing:
            raise entry.wrong(f"has no steps in {', '.join(missing)}")
        found = {lang: tuple(map(str, steps.rows(lang))) for lang in LANGUAGES}
    if len({len(list_of_steps) for list_of_steps in found.values()}) > 1:
        raise entry.wrong("has more steps in one language than in another")
    return found


def _fees(entry: Entry, tariff: Tariff, profiles: Mapping[str, object]) -> Mapping[FeeChannel, Fee]:
    """The counter's in any case; a machine's where a machine does it."""
    fees = Entry(entry.take("fees") if entry.has("fees") else {}, f"{entry.what}, fees,")
    wanted = [FeeChannel.COUNTER, *([FeeChannel.MACHINE] if entry.has("machine") else [])]
    for channel in wanted:
        if not fees.has(channel.value):
            raise entry.wrong(f"has no fee note for the {channel.value} in {', '.join(LANGUAGES)}")
    with fees:
        channels = [channel for channel in FeeChannel if fees.has(channel.value)]
        return {
            c: _fee(fees.take(c.value), f"{entry.what}, {c.value},", tariff, profiles)
            for c in channels
        }


def _fee(content: object, what: str, tariff: Tariff, profiles: Mapping[str, object]) -> Fee:
    with Entry(content, what) as entry:
        amounts = entry.amounts("amounts")
        differing = sorted(amounts.keys() ^ profiles.keys())
        if differing:
            raise entry.wrong(f"has a fee for other profiles than there are: {differing[0]}")
        return Fee(
            amounts=amounts,
            notes=entry.texts("notes", "fee note"),
            source=entry.text("source") if entry.has("source") else tariff.source,
            valid_from=entry.day("valid_from") if entry.has("valid_from") else tariff.valid_from,
        )


def _machine(entry: Entry) -> MachineRule | None:
    if not entry.has("machine"):
        return None
    with entry.part("machine", f"{entry.what}, machine,") as rule:
        return MachineRule(
            functions=rule.names("functions", MachineFunction),
            strength=rule.name("strength", Strength),
            credentials=(
                rule.names("credentials", Credential) if rule.has("credentials") else frozenset()
            ),
            assisted=rule.flag("assisted", default=False),
            minutes=rule.number("minutes") if rule.has("minutes") else None,
        )


def _branches(entry: Entry) -> frozenset[BranchKind]:
    return entry.names("branches", BranchKind) if entry.has("branches") else frozenset(BranchKind)
