"""Reads a service; without fees, documents and steps in every language it is refused."""

from collections.abc import Mapping
from datetime import date

from lobby.catalogue.entries import Entry, in_every_language
from lobby.catalogue.labels import read_id, read_pool
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

MINUTES = (0.1, 480)
"""Of one serving: from a few seconds to a working day."""


class Tariff:
    """Where fees are written and since when; a fee may name its own."""

    def __init__(self, entry: Entry) -> None:
        with entry:
            self.source: str = entry.text("source")
            self.valid_from: date = entry.day("valid_from")


def read_service(entry: Entry, tariff: Tariff, profiles: Mapping[str, object]) -> Service:
    code = read_id(entry, "code")
    entry.what = f"service {code or '?'}"
    with entry:
        return Service(
            code=code,
            job=entry.name("job", Job),
            prefix=_prefix(entry),
            pool=read_pool(entry),
            minutes=entry.number("minutes", *MINUTES),
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
    if prefix and not (len(prefix) == 1 and prefix.isascii() and prefix.isupper()):
        entry.wrong(f"has the prefix {prefix!r}; it is one letter from A to Z", "prefix")
    if prefix == SLIP_PREFIX:
        entry.wrong(f"has the prefix {prefix!r}, which slips for machines have", "prefix")
    return prefix


def _documents(entry: Entry) -> tuple[Document, ...]:
    what = f"{entry.what}, documents,"
    rows = list(entry.entries("documents", what)) if entry.has("documents") else []
    if not rows and entry.is_right:
        entry.wrong(f"has no documents in {', '.join(LANGUAGES)}")
    return tuple(_document(row, f"{entry.what} has no documents") for row in rows)


def _document(row: Entry, otherwise: str) -> Document:
    with row:
        only_large = row.flag("only_large", default=False)
        return Document(in_every_language(row, otherwise), only_large)


def _steps(entry: Entry) -> Mapping[str, tuple[str, ...]]:
    """As many in every language."""
    with entry.part("steps", f"{entry.what}, steps,", optional=True) as steps:
        found = {code: steps.lines(code) if steps.has(code) else () for code in LANGUAGES}
    missing = [code for code, lines in found.items() if not lines or not all(lines)]
    if missing and steps.is_right:
        steps.mistakes.add(steps.place, f"{entry.what} has no steps in {', '.join(missing)}")
    elif len(set(map(len, found.values()))) > 1 and steps.is_right:
        entry.wrong("has more steps in one language than in another", "steps")
    return found


def _fees(entry: Entry, tariff: Tariff, profiles: Mapping[str, object]) -> Mapping[FeeChannel, Fee]:
    """The counter's in any case; a machine's where a machine does it."""
    wanted = [FeeChannel.COUNTER, *([FeeChannel.MACHINE] if entry.has("machine") else [])]
    with entry.part("fees", f"{entry.what}, fees,", optional=True) as fees:
        for channel in wanted:
            if not fees.has(channel.value) and fees.is_table:
                languages = ", ".join(LANGUAGES)
                entry.wrong(f"has no fee note for the {channel.value} in {languages}", "fees")
        return {
            channel: _fee(fees, channel, f"{entry.what}, {channel.value},", tariff, profiles)
            for channel in FeeChannel
            if fees.has(channel.value)
        }


def _fee(
    fees: Entry, channel: FeeChannel, what: str, tariff: Tariff, profiles: Mapping[str, object]
) -> Fee:
    with fees.part(channel.value, what) as entry:
        amounts = entry.amounts("amounts")
        differing = sorted(amounts.keys() ^ profiles.keys())
        if differing and entry.is_right:
            entry.wrong(f"has a fee for other profiles than there are: {differing[0]}", "amounts")
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
            minutes=rule.number("minutes", *MINUTES) if rule.has("minutes") else None,
        )


def _branches(entry: Entry) -> frozenset[BranchKind]:
    return entry.names("branches", BranchKind) if entry.has("branches") else frozenset(BranchKind)
