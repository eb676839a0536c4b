"""The shell around the pure core: the one place that commits an act and publishes the change.

decide, record, commit, evolve, publish. The writer's thread decides on the branch's newest hall,
also one whose commit is still on its way; everybody else reads `hall`, which moves only after the
commit. Where somebody else may have written, the log is read before anything is decided.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from lobby.clock import Clock
from lobby.live.announcements import announcements, unexpired
from lobby.live.changes import Change
from lobby.queueing.commands.command import Command
from lobby.queueing.decide.dispatch import decide
from lobby.queueing.events.event import ClockCorrected, DayOpened, DayTakenBack, Event
from lobby.queueing.evolve.step import Step, steps_of
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Plan
from lobby.queueing.refusals.ticket import LostInRestore
from lobby.store.corrections import record_correction
from lobby.store.day_rules import DayRules, without_past
from lobby.store.errors import KeyReusedError as KeyReusedError
from lobby.store.history import History
from lobby.store.kinds import ActorKind as ActorKind
from lobby.store.log import (
    Act,
    Signature,
    act_row,
    acts_after,
    event_row,
    events_after,
    events_between,
    fingerprint,
    scoped_key,
)
from lobby.store.projection import project
from lobby.store.store import Store, settle
from lobby.store.transaction import Transaction
from lobby.store.writer import Work


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts; kept with every event."""

    kind: ActorKind
    id: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act did. `version` is that of its last event; `repeated` says that the key had
    been used for the same act before and this is the first answer again."""

    version: int
    events: tuple[Event, ...]
    repeated: bool = False


class Publisher(Protocol):
    def publish(self, change: Change) -> None: ...


class Branch:
    """`follow` is called in the event loop with the steps of each act, in the order of their
    versions, before its change is published; `on_day_opened` whenever a day was opened, whoever
    opened it, with the rules of that day already in force."""

    def __init__(self, history: History, store: Store, clock: Clock, publisher: Publisher) -> None:
        self.hall: Hall = history.hall
        self._newest = history.hall
        self._acts = history.acts
        self._lost_acts = history.lost_acts
        self._day_began = history.hall.version
        self._sole_since = store.sole_since
        self._store = store
        self._clock = clock
        self._publisher = publisher
        self._rules = DayRules()
        self.began_at = history.hall.version
        self._corrected_s = self._newest_corrected_s = clock.corrected_s
        self.follow: Callable[[Sequence[Step]], None] = lambda _steps: None
        self.on_day_opened: Callable[[], None] = lambda: None

    @property
    def plan(self) -> Plan:
        return self.hall.plan

    @property
    def id(self) -> str:
        return self.hall.plan.id

    def has_done(self, actor: Actor, key: str) -> bool:
        """Whether this actor has used this key: the act is repeated, whatever has changed since."""
        return scoped_key(actor.kind, actor.id, key) in self._acts

    def _forget_acts_of_yesterday(self, version: int) -> None:
        """What was done before the last day began is not repeated any more."""
        kept_from, self._day_began = self._day_began, version
        for key in [key for key, act in self._acts.items() if act.last_version < kept_from]:
            del self._acts[key]

    @property
    def behind_s(self) -> float:
        """By how much the clock has been corrected that this branch has not recorded yet."""
        return self._clock.corrected_s - self._corrected_s

    def _now(self) -> datetime:
        """A corrected clock counts from when the branch records it. In the writer's thread."""
        now, corrected_s = self._clock.read()
        if self._newest.day is None:  # nothing has been recorded by another time
            self._newest_corrected_s = corrected_s
        return now - timedelta(seconds=corrected_s - self._newest_corrected_s)

    async def perform(self, command: Command, actor: Actor, key: str) -> Outcome:
        """Durable on return. Raises a `Refusal`, `KeyReusedError` or `StoreUnavailableError`;
        in each case nothing has happened."""
        if self._lost_acts and scoped_key(actor.kind, actor.id, key) in self._lost_acts:
            raise LostInRestore
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._store.writer.submit(_Performance(self, command, actor, key, future))
        return await future

    def catch_up(self) -> None:
        """Follow the log where somebody else may have written to it; screens are told of it."""
        self._store.writer.submit(_CatchingUp(self))

    def versions_here(self) -> tuple[int, int] | None:
        """From the last that is known to be kept to the last that was decided, in the writer's
        thread; None where the log has to be read on first, after a new connection."""
        if self._store.sole_since != self._sole_since:
            return None
        return self.hall.version, self._newest.version

    def _follow_log(self, transaction: Transaction) -> None:
        """What others committed while this process was cut off, and what of its own it does not
        know to be kept. In the writer's thread, inside the branch's lock."""
        if transaction.sole_since == self._sole_since:
            return
        known = self.hall.version
        events = events_after(transaction.connection, self.id, known)
        acts = acts_after(transaction.connection, self.id, known)
        self._sole_since = transaction.sole_since
        self._acts.update(acts)
        if events:
            hall = self.hall
            for event in events:
                if isinstance(event, DayOpened):
                    hall = self._rules.hall_under(transaction.connection, hall, event.day)
            steps = steps_of(hall, events)
            self.hall = self._newest = steps[-1].after
            self._tell_of(Outcome(self.hall.version, events), steps)

    def _tell_of(self, outcome: Outcome, steps: Sequence[Step]) -> None:
        """To the screens, of what nobody here asked for."""
        self._forget_where_a_day_opened(outcome)
        self._store.deliver([lambda: self._publish(outcome, steps)])

    def _forget_where_a_day_opened(self, outcome: Outcome) -> None:
        if not outcome.repeated and opens_day(outcome.events):
            self._forget_acts_of_yesterday(outcome.version)

    def _publish(self, outcome: Outcome, steps: Sequence[Step]) -> None:
        self.follow(steps)
        if any(isinstance(event, DayOpened | DayTakenBack) for event in outcome.events):
            self.on_day_opened()
        calls = announcements(self.plan, outcome.version, outcome.events)
        self._publisher.publish(Change(self.id, outcome.version, calls))

    def _announce_again(self, outcome: Outcome) -> None:
        """Where the answer was lost the call may be too; who knows its identity keeps still."""
        calls = announcements(self.plan, outcome.version, outcome.events)
        if calls := unexpired(calls, self._clock.now()):
            self._publisher.publish(Change(self.id, self.hall.version, calls))


def opens_day(events: Sequence[Event]) -> bool:
    return any(isinstance(event, DayOpened) for event in events)


class _CatchingUp(Work):
    """Nothing but a look at the log."""

    speaks_sql = False

    def __init__(self, branch: Branch) -> None:
        self._branch = branch
        self.branch_id = branch.id

    def perform(self, transaction: Transaction) -> None:
        self._branch._follow_log(transaction)

    def committed(self, result: None) -> None:
        """The screens have been told."""

    def failed(self, error: Exception) -> None:
        """The next act follows the log before it decides."""

    def rolled_back(self) -> None:
        """What was read had been committed."""


class _Performance(Work):
    """One command on its way through the writer."""

    speaks_sql = False

    def __init__(
        self,
        branch: Branch,
        command: Command,
        actor: Actor,
        key: str,
        future: asyncio.Future[Outcome],
    ) -> None:
        self._branch = branch
        self.branch_id = branch.id
        self._command = command
        self._actor = actor
        self._key = key
        self._scoped_key = scoped_key(actor.kind, actor.id, key)
        self._future = future
        self._after: Hall | None = None
        self._steps: tuple[Step, ...] = ()

    def perform(self, transaction: Transaction) -> Outcome:
        self._branch._follow_log(transaction)
        asked = fingerprint(self._command, self._actor.id)
        known = self._branch._acts.get(self._scoped_key)
        if known is None:
            return self._decide_and_record(transaction, asked)
        if known.fingerprint != asked:
            raise KeyReusedError(self._key)
        transaction.flush()
        first, last = known.first_version, known.last_version
        events = events_between(transaction.connection, self._branch.id, first, last)
        return Outcome(last, events, repeated=True)

    def _decide_and_record(self, transaction: Transaction, asked: str) -> Outcome:
        now = self._branch._now()
        hall = self._branch._newest
        hall = self._branch._rules.hall_for(transaction.connection, hall, self._command, now)
        events = decide(hall, self._command, now)
        if not events:  # nothing was done, so nothing is kept of it
            return Outcome(hall.version, ())
        signature = Signature(self._actor.kind, self._actor.id, self._key)
        first, hall = hall.version + 1, without_past(hall)
        # All the halls before the first row: a fold that fails leaves nothing to be written.
        self._steps = steps_of(hall, events)
        for event, before, hall in self._steps:
            assert hall.day is not None, "the first event of all opens a day"
            row = event_row(hall.plan.id, hall.version, hall.day, event, signature)
            transaction.record_event(row)
            if isinstance(event, ClockCorrected | DayTakenBack):
                record_correction(transaction, before, event, hall)
            if isinstance(event, ClockCorrected):
                self._branch._newest_corrected_s += event.shift_s
            project(transaction, hall, event, self._actor.id)
        act = Act(asked, first, hall.version)
        transaction.record_act(act_row(hall.plan.id, self._scoped_key, act, now))
        self._after = self._branch._newest = hall
        self._branch._acts[self._scoped_key] = act
        return Outcome(hall.version, events)

    def committed(self, result: Outcome) -> Callable[[], None]:
        if self._after is not None:
            self._branch.hall = self._after
            self._branch._corrected_s = self._branch._newest_corrected_s
        self._branch._forget_where_a_day_opened(result)
        return lambda: self._publish(result)

    def failed(self, error: Exception) -> Callable[[], None]:
        return lambda: settle(self._future, error)

    def rolled_back(self) -> None:
        self._branch._newest = self._branch.hall
        self._branch._newest_corrected_s = self._branch._corrected_s
        if self._after is not None:
            del self._branch._acts[self._scoped_key]
            self._after = None

    def _publish(self, outcome: Outcome) -> None:
        settle(self._future, outcome)
        if outcome.repeated:
            self._branch._announce_again(outcome)
        elif outcome.events:
            self._branch._publish(outcome, self._steps)


class Branches(dict[str, Branch]):
    """The branches of this process, by id."""

    def catch_up(self) -> None:
        for branch in self.values():
            branch.catch_up()
