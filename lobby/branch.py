"""The shell around the pure core: the one place that commits an act and publishes the change.

decide, record, commit, evolve, publish. The writer's thread decides on the branch's newest hall,
also one whose commit is still on its way in the same batch; everybody else reads `hall`, which
moves only after the commit. Where somebody else may have written, the newest hall is read from the
log before anything is decided on it.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from msgspec import structs

from lobby.clock import Clock
from lobby.live.announcements import announcements
from lobby.live.changes import Change
from lobby.queueing.commands.command import Command
from lobby.queueing.decide.dispatch import decide
from lobby.queueing.events.event import DayOpened, Event
from lobby.queueing.evolve.step import Step, steps_of
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import CounterPolicy, Plan
from lobby.queueing.model.priority import CallingRule
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


class KeyReusedError(Exception):
    """The idempotency key was used before, for something else."""


class Publisher(Protocol):
    def publish(self, change: Change) -> None: ...


class Branch:
    """`follow` is called in the event loop with the steps of each act, in the order of their
    versions, before its change is published."""

    def __init__(self, history: History, store: Store, clock: Clock, publisher: Publisher) -> None:
        self.hall: Hall = history.hall
        self._newest = history.hall
        self._acts = history.acts
        self._day_began = history.hall.version
        self._sole_since = store.sole_since
        self._store = store
        self._clock = clock
        self._publisher = publisher
        self.follow: Callable[[Sequence[Step]], None] = lambda _steps: None

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

    async def perform(self, command: Command, actor: Actor, key: str) -> Outcome:
        """Durable on return. Raises a `Refusal`, `KeyReusedError` or `StoreUnavailableError`;
        in each case nothing has happened."""
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._store.writer.submit(_Performance(self, command, actor, key, future))
        return await future

    def catch_up(self) -> None:
        """Follow the log where somebody else may have written to it; screens are told of it."""
        self._store.writer.submit(_CatchingUp(self))

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
            steps = steps_of(self.hall, events)
            self.hall = self._newest = steps[-1].after
            self._tell_of(Outcome(self.hall.version, events), steps)

    def _tell_of(self, outcome: Outcome, steps: Sequence[Step]) -> None:
        """To the screens, of what nobody here asked for."""
        if any(isinstance(event, DayOpened) for event in outcome.events):
            self._forget_acts_of_yesterday(outcome.version)
        self._store.deliver([lambda: self._publish(outcome, steps)])

    def _publish(self, outcome: Outcome, steps: Sequence[Step]) -> None:
        self.follow(steps)
        calls = announcements(self.plan, outcome.version, outcome.events)
        self._publisher.publish(Change(self.id, outcome.version, calls))

    async def adopt(self, calling: CallingRule, policy: CounterPolicy) -> None:
        """Call and serve by these rules from the next act on."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._store.writer.submit(_Adoption(self, calling, policy, future))
        await future


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


class _Adoption(Work):
    """New rules on their way through the writer: no act is decided half by old ones."""

    speaks_sql = False

    def __init__(
        self,
        branch: Branch,
        calling: CallingRule,
        policy: CounterPolicy,
        future: asyncio.Future[None],
    ) -> None:
        self._branch = branch
        self.branch_id = branch.id
        self._calling = calling
        self._policy = policy
        self._future = future
        self._after: Hall | None = None

    def perform(self, transaction: Transaction) -> None:
        self._branch._follow_log(transaction)
        newest = self._branch._newest
        plan = replace(newest.plan, calling=self._calling, counter_policy=self._policy)
        self._after = self._branch._newest = structs.replace(newest, plan=plan)

    def committed(self, result: None) -> Callable[[], None]:
        if self._after is not None:
            self._branch.hall = self._after
        return lambda: settle(self._future, result)

    def failed(self, error: Exception) -> Callable[[], None]:
        return lambda: settle(self._future, error)

    def rolled_back(self) -> None:
        self._branch._newest = self._branch.hall
        self._after = None


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
        now = self._branch._clock.now()
        hall = self._branch._newest
        events = decide(hall, self._command, now)
        if not events:  # nothing was done, so nothing is kept of it
            return Outcome(hall.version, ())
        signature = Signature(self._actor.kind, self._actor.id, self._key)
        first = hall.version + 1
        # All the halls before the first row: a fold that fails leaves nothing to be written.
        self._steps = steps_of(hall, events)
        for event, _, hall in self._steps:
            assert hall.day is not None, "the first event of all opens a day"
            row = event_row(hall.plan.id, hall.version, hall.day, event, signature)
            transaction.record_event(row)
            project(transaction, hall, event, self._actor.id)
        act = Act(asked, first, hall.version)
        transaction.record_act(act_row(hall.plan.id, self._scoped_key, act, now))
        self._after = self._branch._newest = hall
        self._branch._acts[self._scoped_key] = act
        return Outcome(hall.version, events)

    def committed(self, result: Outcome) -> Callable[[], None]:
        if self._after is not None:
            self._branch.hall = self._after
        if any(isinstance(event, DayOpened) for event in result.events):
            self._branch._forget_acts_of_yesterday(result.version)
        return lambda: self._publish(result)

    def failed(self, error: Exception) -> Callable[[], None]:
        return lambda: settle(self._future, error)

    def rolled_back(self) -> None:
        self._branch._newest = self._branch.hall
        if self._after is not None:
            del self._branch._acts[self._scoped_key]
            self._after = None

    def _publish(self, outcome: Outcome) -> None:
        settle(self._future, outcome)
        if outcome.events and not outcome.repeated:
            self._branch._publish(outcome, self._steps)


class Branches(dict[str, Branch]):
    """The branches of this process, by id."""

    def catch_up(self) -> None:
        for branch in self.values():
            branch.catch_up()
