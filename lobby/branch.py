"""The shell around the pure core: the one place that commits an act and publishes the change.

decide, record, commit, evolve, publish. The writer's thread decides on the branch's newest hall,
also one whose commit is still on its way; everybody else reads `hall`, which moves only after the
commit. Where somebody else may have written, the log is read before anything is decided.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from lobby.branch_work import CatchingUp, Follow, Performance, SetUpChange, opens_day
from lobby.branch_work import Outcome as Outcome
from lobby.clock import Clock
from lobby.live.announcements import announcements, unexpired
from lobby.live.changes import Change
from lobby.queueing.commands.command import Command
from lobby.queueing.events.event import DayOpened, DayTakenBack
from lobby.queueing.evolve.step import Step, steps_of
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Plan
from lobby.queueing.refusals.ticket import LostInRestore
from lobby.store.acts import Actor as Actor
from lobby.store.acts import KeyedAct
from lobby.store.day_rules import DayRules
from lobby.store.ended_days import EndedDays
from lobby.store.errors import KeyReusedError as KeyReusedError
from lobby.store.history import History
from lobby.store.kinds import ActorKind as ActorKind
from lobby.store.known_acts import KnownActs
from lobby.store.log import (
    act_of,
    acts_after,
    events_after,
    events_between,
    fingerprint,
    scoped_key,
)
from lobby.store.rollups import RollUp
from lobby.store.store import Connection, Store
from lobby.store.transaction import Transaction


class Publisher(Protocol):
    def publish(self, change: Change) -> None: ...


class Branch:
    """`follow` is called in the event loop with the steps of each act, in the order of their
    versions, before its change is published; `on_day_opened` whenever a day was opened, whoever
    opened it, with the rules of that day already in force. `roll_up` measures a day when it
    ends, in the same commit."""

    def __init__(
        self,
        history: History,
        store: Store,
        clock: Clock,
        publisher: Publisher,
        roll_up: RollUp | None = None,
    ) -> None:
        self.hall: Hall = history.hall
        self._newest = history.hall
        self._acts = KnownActs(history.acts.items())
        self._lost_acts = history.lost_acts
        self._day_began = history.day_began
        self._sole_since = store.sole_since
        self._store = store
        self._clock = clock
        self._publisher = publisher
        self._rules = DayRules()
        self._ended_days = EndedDays(roll_up)
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
        self._acts.forget_before(kept_from)

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

    async def perform(
        self,
        command: Command,
        actor: Actor,
        key: str,
        *,
        asked: str = "",
        follow: Follow | None = None,
    ) -> Outcome:
        """Durable on return. Raises a `Refusal`, `KeyReusedError` or `StoreUnavailableError`;
        in each case nothing has happened.

        `asked` tells what was asked from all else that may be asked under a key; without it the
        command does. What `follow` names is done in the same commit, as the same act, and left
        out where it is refused.
        """
        asked = asked or fingerprint(command, actor.id)
        act = KeyedAct(actor, key, asked)
        self._refuse_lost(act)
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._store.writer.submit(Performance(self, act, command, follow, future))
        return await future

    async def change_set_up(self, record: Callable[[Connection, Hall], bool]) -> None:
        """Durable on return, and the hall goes by it where `record` says so. Raises what `record`
        raises, or `StoreUnavailableError`; in each case nothing has happened."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._store.writer.submit(SetUpChange(self, record, future))
        await future

    def show_again(self) -> None:
        """Something that screens show has changed beside the hall."""
        self._publisher.publish(Change(self.id, self.hall.version))

    async def first_outcome(self, act: KeyedAct) -> Outcome | None:
        """What this act did when it was sent before, whatever has changed since; None where it
        was not. Raises `KeyReusedError` where the key was used for something else."""
        self._refuse_lost(act)
        if self._acts.is_complete and act.scoped_key not in self._acts:
            return None
        future: asyncio.Future[Outcome | None] = asyncio.get_running_loop().create_future()
        self._store.writer.submit(Performance(self, act, None, None, future))
        return await future

    def _refuse_lost(self, act: KeyedAct) -> None:
        """Raises `LostInRestore` for what was done once and taken away by a restore."""
        if self._lost_acts and act.scoped_key in self._lost_acts:
            raise LostInRestore

    def _first_outcome(self, act: KeyedAct, transaction: Transaction) -> Outcome | None:
        """In the writer's thread, on the newest hall: also of an act of the same batch."""
        known = self._acts.get(act.scoped_key)
        if known is None and not self._acts.is_complete:
            transaction.flush()
            known = act_of(transaction.connection, self.id, act.scoped_key)
        if known is None:
            return None
        act.check(known.fingerprint)
        first, last = known.first_version, known.last_version
        if known.is_idle:
            return Outcome(last, (), repeated=True)
        transaction.flush()
        events = events_between(transaction.connection, self.id, first, last)
        return Outcome(last, events, repeated=True)

    def catch_up(self) -> None:
        """Follow the log where somebody else may have written to it; screens are told of it."""
        self._store.writer.submit(CatchingUp(self))

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
        for key, act in acts.items():
            self._acts.add(key, act)
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


class Branches(dict[str, Branch]):
    """The branches of this process, by id."""

    def catch_up(self) -> None:
        for branch in self.values():
            branch.catch_up()
