"""What kind of branch it is, where it sends people, and what its machines do at once: [branch]."""

from lobby.catalogue.entries import Entry
from lobby.catalogue.labels import read_id
from lobby.triage.catalogue import BranchFacts, BranchKind, NearBranch

OPERATION_MINUTES = (0.1, 60)


def read_branch_facts(entry: Entry) -> BranchFacts:
    kind = entry.name("kind", BranchKind) if entry.has("kind") else BranchKind.HUB
    if kind is BranchKind.MACHINES and entry.has("counters") and entry.rows("counters"):
        said = "is of the kind 'machines' and has counters; it takes counters = []"
        entry.wrong(said, "counters")
    limit, minutes, facts = "per_operation_limit", "minutes_per_operation", BranchFacts()
    return BranchFacts(
        kind=kind,
        hub=_hub(entry) if entry.has("hub") else None,
        takes_bookings=entry.flag("takes_bookings", default=facts.takes_bookings),
        per_operation_limit=entry.whole(limit) if entry.has(limit) else None,
        minutes_per_operation=(
            entry.number(minutes, *OPERATION_MINUTES)
            if entry.has(minutes)
            else facts.minutes_per_operation
        ),
    )


def _hub(entry: Entry) -> NearBranch:
    with entry.part("hub", "the hub of the branch") as hub:
        found = NearBranch(read_id(hub, "id"), hub.texts("names", "name"))
    if found.id and entry.has("id") and found.id == entry.take("id"):
        entry.wrong(f"names itself, {found.id!r}, as its hub", "hub")
    return found
