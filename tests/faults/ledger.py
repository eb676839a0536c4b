"""What people were promised, held against what the database kept and what the screens show."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from itertools import pairwise

from sqlalchemy import Engine

from lobby.queueing.events.event import TicketEvent
from lobby.queueing.model.hall import Hall
from lobby.settings import Database
from lobby.store.catalogue import load_plans
from lobby.store.engine import reading_engine
from tests.faults import fresh_projection
from tests.faults.asked_acts import Asked
from tests.faults.branch_log import BranchLog

EXAMPLES = 5


@dataclass(slots=True)
class Findings:
    """All zero is what must be.

    `lost` counts acknowledged acts that are not in the log as they were acknowledged; `doubled`
    acts that were done twice, numbers given twice, and calls called out twice; `gaps` missing
    numbers and versions; `refused_but_done` acts that were refused and are in the log all the same;
    `answers_differ` keys whose second answer was not the first, but for acts that had nothing to do
    and left nothing: their key is free, so they are judged anew; `hall_differs` starts after which
    a screen did not show the fold of the log; `visits_differ` rows for reports that are not what
    the log makes of them; `calls_unheard` calls, for each display that did not call them out.
    `examples` are a few of the acts that are counted.
    """

    lost: int = 0
    doubled: int = 0
    gaps: int = 0
    refused_but_done: int = 0
    answers_differ: int = 0
    hall_differs: int = 0
    visits_differ: int = 0
    calls_unheard: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, other: "Findings") -> None:
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    @property
    def is_clean(self) -> bool:
        return not any(getattr(self, each.name) for each in fields(self))


@dataclass(slots=True)
class Ledger:
    """All that was asked of one branch, beside its log."""

    engine: Engine
    log: BranchLog
    asked: list[Asked] = field(default_factory=list)

    @classmethod
    def of(cls, database: Database) -> "Ledger":
        engine = reading_engine(database)
        with engine.connect() as connection:
            (plan,) = load_plans(connection)
        return cls(engine, BranchLog(engine, Hall.empty(plan)))

    @property
    def acknowledged(self) -> int:
        return sum(asked.is_acknowledged for asked in self.asked)

    def audit(self) -> Findings:
        """At the end: what is missing then went missing in some round."""
        try:
            return self._held_against_log()
        finally:
            self.engine.dispose()

    def _held_against_log(self) -> Findings:
        whole = BranchLog(self.engine, Hall.empty(self.log.hall.plan))
        whole.read_on()
        lost = [asked for asked in self.asked if _is_lost(asked, whole)]
        refused_but_done = [a for a in self.asked if a.is_refused and a.key in whole.by_key]
        contradicted = [
            asked
            for asked in self.asked
            if asked.is_contradicted and (asked.leaves_events or asked.key in whole.by_key)
        ]
        return Findings(
            lost=len(lost) + _rewritten(self.log, whole),
            doubled=sum(map(_acts_beyond_first, whole.by_key.values())) + _given_twice(whole),
            gaps=whole.gaps + _number_gaps(whole.numbers),
            refused_but_done=len(refused_but_done),
            answers_differ=len(contradicted),
            visits_differ=fresh_projection.differences(self.engine, whole.hall.plan, whole.events),
            examples=[str(asked) for asked in (*lost, *refused_but_done, *contradicted)[:EXAMPLES]],
        )


def _is_lost(asked: Asked, log: BranchLog) -> bool:
    if not asked.is_acknowledged:
        return False
    events = [event for _, event in log.by_key.get(asked.key, ())]
    kept = [event.number for event in events if isinstance(event, TicketEvent)]
    if asked.leaves_events and not events:
        return True
    return any(number not in kept for number in asked.tickets)


def _rewritten(read_on: BranchLog, whole: BranchLog) -> int:
    """Whether what was read round by round is still there, word for word."""
    return sum(one != other for one, other in zip(read_on.events, whole.events, strict=False))


def _acts_beyond_first(events: Sequence[tuple[int, object]]) -> int:
    """The events of one act follow each other: a break between them is another act."""
    versions = [version for version, _ in events]
    return sum(after != before + 1 for before, after in pairwise(versions))


def _given_twice(log: BranchLog) -> int:
    return sum(count - 1 for count in Counter(log.numbers).values())


def _number_gaps(numbers: list[str]) -> int:
    series: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        series[number[0]].append(int(number[1:]))
    return sum(max(ordinals) - len(set(ordinals)) for ordinals in series.values())
