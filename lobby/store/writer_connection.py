"""The connection of the thread that writes: it is there, or it is away and looked for again."""

import logging
from collections.abc import Callable
from time import monotonic, sleep

from sqlalchemy.exc import SQLAlchemyError

from lobby.store.chain import Chain
from lobby.store.engine import WriteAccess
from lobby.store.errors import StoreInUseError, StoreUnavailableError, Trouble
from lobby.store.mark import MarkKeeper
from lobby.store.transaction import Transaction

log = logging.getLogger(__name__)

COMES_BACK_WITHIN_S = 5.0
"""A server that starts again, or a standby that takes over, needs a second or two. So long whoever
asked just then waits; who asks later, while it is away, is told at once."""

TRY_EVERY_S = 0.25
"""How often a connection is tried that could not be made."""


class WriterConnection:
    """`on_return` comes after each connection but the first."""

    def __init__(
        self, access: WriteAccess, on_return: Callable[[], None], mark: MarkKeeper
    ) -> None:
        self._access = access
        self._chain, self._mark = Chain(), mark
        self._on_return = on_return
        self._try_again_at_s = 0.0
        self.away: Exception | None = None

    @property
    def is_away(self) -> bool:
        return self.away is not None

    def transaction(self) -> Transaction | None:
        """On a connection that is there or can be made at once; None while the database is away."""
        if self.away is not None and monotonic() < self._try_again_at_s:
            return None
        before = self._access.sole_since
        try:
            connection = self._access.connect()
        except (SQLAlchemyError, StoreInUseError, StoreUnavailableError, OSError) as error:
            if self.away is None:
                log.error("the database is away: %s", error)
            self.away, self._try_again_at_s = error, monotonic() + TRY_EVERY_S
            return None
        self.away = None
        if self._access.sole_since != before:
            log.warning("the database is back")
            self._on_return()
        return Transaction(connection, self._access.sole_since, self._chain, self._mark)

    def refusal(self) -> StoreUnavailableError:
        """What is answered while it is away."""
        if isinstance(self.away, StoreUnavailableError):
            return StoreUnavailableError(str(self.away), self.away.trouble)
        in_use = isinstance(self.away, StoreInUseError)
        trouble = Trouble.LOCK_LOST if in_use else Trouble.AWAY
        return StoreUnavailableError(f"the database is away: {self.away}", trouble)

    def has_kept(self, number: int, *, on_its_way: bool) -> bool | None:
        """Whether this batch was kept although its connection was lost; None where the database
        does not come back in time to say so."""
        deadline = monotonic() + COMES_BACK_WITHIN_S
        while monotonic() < deadline:
            transaction = self.transaction()
            if transaction is None:
                sleep(TRY_EVERY_S / 5)
                continue
            if not on_its_way:
                return False
            try:
                return self._access.has_kept(transaction.connection, number)
            except SQLAlchemyError as error:
                log.warning("the database went away again: %s", error)
        return None

    def disconnect(self) -> None:
        self._access.disconnect()
