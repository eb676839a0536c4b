"""What kind of branch it is, where it sends people, and what its machines do at once: [branch]."""

from lobby.catalogue.entries import Entry
from lobby.triage.catalogue import BranchFacts, BranchKind, NearBranch

OF_THE_PLAN = (
    *("id", "time_zone", "language", "target_min", "names"),
    *("counters", "premium_counters", "dial"),
)
"""Keys of the same table that `read_plan` reads."""


def read_branch_facts(entry: Entry) -> BranchFacts:
    """Also refuses every key of the table that nobody reads. Raises `CatalogueError`."""
    with entry:
        entry.skip(*OF_THE_PLAN)
        kind = entry.name("kind", BranchKind) if entry.has("kind") else BranchKind.HUB
        if kind is BranchKind.MACHINES and entry.rows("counters"):
            raise entry.wrong("is of the kind 'machines' and has counters; it takes counters = []")
        hub = _hub(entry) if entry.has("hub") else None
        limit = "per_operation_limit"
        minutes = "minutes_per_operation"
        facts = BranchFacts()
        return BranchFacts(
            kind=kind,
            hub=hub,
            takes_bookings=entry.flag("takes_bookings", default=facts.takes_bookings),
            per_operation_limit=entry.whole(limit) if entry.has(limit) else None,
            minutes_per_operation=(
                entry.number(minutes) if entry.has(minutes) else facts.minutes_per_operation
            ),
        )


def _hub(entry: Entry) -> NearBranch:
    with entry.part("hub", "the hub of the branch") as hub:
        found = NearBranch(hub.text("id"), hub.texts("names", "name"))
    if found.id == entry.take("id"):
        raise entry.wrong(f"names itself, {found.id!r}, as its hub")
    return found
