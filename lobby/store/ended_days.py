"""What is kept of a day when it ends, and dropped when it changes after that."""

import logging
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from lobby.queueing.events.event import ClockCorrected, DayOpened, DayTakenBack
from lobby.queueing.evolve.step import Step
from lobby.queueing.model.plan import Plan
from lobby.store.rollups import RollUp, drop_rollups
from lobby.store.transaction import Transaction

log = logging.getLogger(__name__)


class EndedDays:
    """Of one branch; the writer's thread only."""

    def __init__(self, roll_up: RollUp | None) -> None:
        self._roll_up = roll_up

    def follow(self, transaction: Transaction, steps: Sequence[Step], now: datetime) -> None:
        """A day that ends is rolled up in the same commit; one that is open again, or whose rows
        were moved, is told from its visits until it is rolled up anew."""
        for event, before, after in steps:
            if isinstance(event, DayTakenBack | ClockCorrected):
                self._drop(transaction, before.day, after.day, after.plan)
            elif isinstance(event, DayOpened) and before.day not in (None, after.day):
                self._keep(transaction, before.plan, before.day, now)

    def _keep(self, transaction: Transaction, plan: Plan, day: date | None, now: datetime) -> None:
        def keep(connection: Connection) -> None:
            assert self._roll_up is not None and day is not None, "looked at before"
            try:
                with connection.begin_nested():
                    self._roll_up(connection, plan, day, now)
            except SQLAlchemyError:  # the database may have undone more than this
                raise
            except Exception:  # a report keeps no branch from opening: the day has its visits
                log.exception("the day was not rolled up; `lobby reports rebuild` does it")

        if self._roll_up is not None:
            transaction.record_after(keep)

    def _drop(
        self, transaction: Transaction, before: date | None, after: date | None, plan: Plan
    ) -> None:
        days = [day for day in (before, after) if day is not None]
        transaction.record_after(
            lambda connection: drop_rollups(connection, plan.id, min(days), max(days))
        )
