"""What customers were promised, held against what the database kept."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from lobby.queueing.events.ticket import TicketTaken
from lobby.queueing.evolve.dispatch import fold
from lobby.queueing.model.hall import Hall
from lobby.settings import Database
from lobby.store.catalogue import load_plans
from lobby.store.engine import reading_engine
from lobby.store.log import decode
from lobby.store.projection import visit_row
from lobby.store.tables import EVENTS, VISITS


@dataclass(slots=True)
class Findings:
    """All zero is what must be. `gaps` counts missing numbers and versions, `differences` the
    visits that are not what the log makes of them."""

    lost: int = 0
    doubled: int = 0
    gaps: int = 0
    differences: int = 0

    def add(self, other: "Findings") -> None:
        self.lost += other.lost
        self.doubled += other.doubled
        self.gaps += other.gaps
        self.differences += other.differences

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.gaps or self.differences)


@dataclass(slots=True)
class Ledger:
    """The numbers that were acknowledged, by the key under which they were asked for."""

    promised: dict[str, str] = field(default_factory=dict)
    contradicted: int = 0

    def note(self, key: str, number: str) -> None:
        """A second answer to the same key has to be the first one again."""
        if self.promised.setdefault(key, number) != number:
            self.contradicted += 1

    def audit(self, database: Database) -> Findings:
        engine = reading_engine(database)
        with engine.connect() as connection:
            findings = Findings()
            for plan in load_plans(connection):
                findings.add(self._audit_branch(connection, Hall.empty(plan)))
        engine.dispose()
        findings.doubled += self.contradicted
        return findings

    def _audit_branch(self, connection: Connection, empty: Hall) -> Findings:
        rows = connection.execute(
            select(EVENTS.c.version, EVENTS.c.kind, EVENTS.c.payload, EVENTS.c.key)
            .where(EVENTS.c.branch_id == empty.plan.id)
            .order_by(EVENTS.c.version)
        ).all()
        events = [decode(row.kind, row.payload) for row in rows]
        taken = [
            (row.key, event.number)
            for row, event in zip(rows, events, strict=True)
            if isinstance(event, TicketTaken)
        ]
        kept = defaultdict(set)
        for key, number in taken:
            kept[key].add(number)
        return Findings(
            lost=sum(number not in kept[key] for key, number in self.promised.items()),
            doubled=sum(count - 1 for count in Counter(number for _, number in taken).values())
            + sum(len(numbers) - 1 for numbers in kept.values() if len(numbers) > 1),
            gaps=_gaps([row.version for row in rows]) + _number_gaps([n for _, n in taken]),
            differences=_differences(connection, fold(empty, events)),
        )


def _gaps(numbers: list[int]) -> int:
    """How many of 1..max are missing."""
    return max(numbers, default=0) - len(set(numbers))


def _number_gaps(numbers: list[str]) -> int:
    series: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        series[number[0]].append(int(number[1:]))
    return sum(_gaps(ordinals) for ordinals in series.values())


def _differences(connection: Connection, hall: Hall) -> int:
    """Visits of the last day that differ from what the fold of the log says."""
    if hall.day is None:
        return 0
    rows = connection.execute(
        select(VISITS).where(VISITS.c.branch_id == hall.plan.id, VISITS.c.business_day == hall.day)
    ).mappings()
    kept = {row["number"]: dict(row) for row in rows}
    folded = {t.number: visit_row(hall.plan.id, t) for t in hall.tickets.values_in_order()}
    return sum(kept.get(number) != folded.get(number) for number in kept.keys() | folded.keys())
