"""What a branch sends through the writer's thread: an act to decide, or a look at the log.

An act is decided on the branch's newest hall and shown once it is durable.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lobby.queueing.commands.command import Command
from lobby.queueing.decide.dispatch import decide
from lobby.queueing.events.event import ClockCorrected, DayOpened, DayTakenBack, Event
from lobby.queueing.evolve.dispatch import fold
from lobby.queueing.evolve.step import Step, steps_of
from lobby.queueing.model.hall import Hall
from lobby.queueing.refusals.refusal import Refusal
from lobby.store.acts import KeyedAct
from lobby.store.corrections import record_correction
from lobby.store.day_rules import without_past
from lobby.store.log import Act, Signature, act_row, event_row, forget_acts_before
from lobby.store.projection import project
from lobby.store.store import Connection, settle
from lobby.store.transaction import Transaction
from lobby.store.writer import Work

if TYPE_CHECKING:
    from lobby.branch import Branch

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act did. `version` is that of its last event; `repeated` says that the key had
    been used for the same act before and this is the first answer again."""

    version: int
    events: tuple[Event, ...]
    repeated: bool = False


class Follow:
    """What follows from an act in the same commit; this one: nothing."""

    def command(self, events: tuple[Event, ...]) -> Command | None:
        """What else is to be done now that these events have happened."""
        return None

    def record(self, transaction: Transaction, hall: Hall, events: tuple[Event, ...]) -> None:
        """Rows beside the log, in the writer's thread; `hall` is the one after the events. May be
        called again, where the transaction is tried again."""

    def kept(self) -> None:
        """All of it is durable, and done for the first time. In the event loop."""


class ThenDo(Follow):
    """A further command, whatever the act's events were."""

    def __init__(self, command: Command | None) -> None:
        self._command = command

    def command(self, events: tuple[Event, ...]) -> Command | None:
        return self._command


def opens_day(events: Sequence[Event]) -> bool:
    return any(isinstance(event, DayOpened) for event in events)


class CatchingUp(Work):
    """Nothing but a look at the log."""

    speaks_sql = False

    def __init__(self, branch: "Branch") -> None:
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


class SetUpChange(Work):
    """A change of the set-up of the day that goes, which the hall goes by from then on. `record`
    writes it and says whether the hall has to follow; what it raises undoes all of it."""

    speaks_sql = True

    def __init__(
        self,
        branch: "Branch",
        record: Callable[[Connection, Hall], bool],
        future: asyncio.Future[None],
    ) -> None:
        self._branch = branch
        self.branch_id = branch.id
        self._record = record
        self._future = future
        self._after: Hall | None = None

    def perform(self, transaction: Transaction) -> None:
        self._branch._follow_log(transaction)
        hall, connection = self._branch._newest, transaction.connection
        is_for_now = self._record(connection, hall)
        self._branch._rules.forget_kept()
        if is_for_now and hall.day is not None:
            self._after = self._branch._rules.hall_changed(connection, hall, hall.day)
            self._branch._newest = self._after

    def committed(self, result: None) -> Callable[[], None]:
        if self._after is not None:
            self._branch.hall = self._after
        return lambda: settle(self._future, None)

    def failed(self, error: Exception) -> Callable[[], None]:
        return lambda: settle(self._future, error)

    def rolled_back(self) -> None:
        self._branch._newest = self._branch.hall
        self._branch._rules.forget_kept()
        self._after = None


class Performance(Work):
    """One command on its way through the writer; None only asks whether the act was done."""

    speaks_sql = False

    def __init__(
        self,
        branch: "Branch",
        act: KeyedAct,
        command: Command | None,
        follow: Follow | None,
        future: asyncio.Future[Any],
    ) -> None:
        self._branch = branch
        self.branch_id = branch.id
        self._act = act
        self._command = command
        self._follow = follow
        self._future = future
        self._after: Hall | None = None
        self._steps: tuple[Step, ...] = ()

    def perform(self, transaction: Transaction) -> Outcome | None:
        self._branch._follow_log(transaction)
        first = self._branch._first_outcome(self._act, transaction)
        if first is not None or self._command is None:
            return first
        return self._decide_and_record(transaction, self._command)

    def _decide_and_record(self, transaction: Transaction, command: Command) -> Outcome:
        now, hall = self._branch._now(), self._branch._newest
        hall = self._branch._rules.hall_for(transaction.connection, hall, command, now)
        events = self._decide(hall, command, now)
        last = hall.version + len(events)
        act = Act(self._act.asked, hall.version + 1, last, str(self._act.actor))
        if events:  # of an act that did nothing no row is kept
            self._record(transaction, hall, events, act, now)
        self._branch._acts.add(self._act.scoped_key, act)
        self._after = self._branch._newest
        return Outcome(last, events)

    def _decide(self, hall: Hall, command: Command, now: datetime) -> tuple[Event, ...]:
        events = decide(hall, command, now)
        following = self._follow.command(events) if self._follow else None
        if following is None:
            return events
        try:
            return (*events, *decide(fold(hall, events), following, now))
        except Refusal as refusal:
            log.warning("what follows from an act was refused: %r", refusal)
            return events

    def _record(
        self,
        transaction: Transaction,
        hall: Hall,
        events: tuple[Event, ...],
        act: Act,
        now: datetime,
    ) -> None:
        keyed = self._act
        signature = Signature(keyed.actor.kind, keyed.actor.id, keyed.key)
        # All the halls before the first row: a fold that fails leaves nothing to be written.
        self._steps = steps_of(without_past(hall), events)
        for event, before, after in self._steps:
            assert after.day is not None, "the first event of all opens a day"
            row = event_row(after.plan.id, after.version, after.day, event, signature)
            transaction.record_event(row)
            if isinstance(event, ClockCorrected | DayTakenBack):
                record_correction(transaction, before, event, after)
            if isinstance(event, ClockCorrected):
                self._branch._newest_corrected_s += event.shift_s
            project(transaction, after, event, keyed.actor.id)
        if self._follow is not None:
            self._follow.record(transaction, self._steps[-1].after, events)
        self._branch._rules.keep_plan(transaction.connection, self._steps[-1].after, events)
        self._branch._ended_days.follow(transaction, self._steps, now)
        transaction.record_act(act_row(self._branch.id, keyed.scoped_key, act, now))
        if opens_day(events):
            old = forget_acts_before(self._branch.id, self._branch._day_began)
            transaction.record_statement(old)
        self._branch._newest = self._steps[-1].after

    def committed(self, result: Outcome | None) -> Callable[[], None]:
        if self._after is not None:
            self._branch.hall = self._after
            self._branch._corrected_s = self._branch._newest_corrected_s
        if result is not None:
            self._branch._forget_where_a_day_opened(result)
        return lambda: self._publish(result)

    def failed(self, error: Exception) -> Callable[[], None]:
        return lambda: settle(self._future, error)

    def rolled_back(self) -> None:
        self._branch._newest = self._branch.hall
        self._branch._rules.forget_kept()
        self._branch._newest_corrected_s = self._branch._corrected_s
        if self._after is not None:
            self._branch._acts.remove(self._act.scoped_key)
            self._after, self._steps = None, ()

    def _publish(self, outcome: Outcome | None) -> None:
        settle(self._future, outcome)
        if outcome is None:
            return
        if outcome.repeated:
            self._branch._announce_again(outcome)
            return
        try:
            if outcome.events:
                self._branch._publish(outcome, self._steps)
        finally:  # a screen that cannot be told costs nobody their slip
            if self._follow is not None:
                self._follow.kept()
