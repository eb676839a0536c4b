"""What the writer's thread is given to do, and how long whoever asked waits for the answer."""

from collections.abc import Callable
from math import inf
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from lobby.store.transaction import Transaction

WITHIN_S = 10.0
"""So long a person before a screen waits for an answer and still believes in it. What has not begun
by then is never done: nobody knows of it any more."""

UNSURE_AFTER_S = 1.0
"""What has begun by then may end so much later; after that nobody can say whether it will."""


class Work(Protocol):
    """One thing to write. `perform` runs inside the transaction and may raise: then it alone is
    dropped. Exactly one of `committed` and `failed` follows at the end, in the writer's thread;
    `rolled_back` comes whenever the transaction was undone, before another try or the failure.

    Where the writer gives no answer in time, `failed` comes before its end, in the event loop.
    """

    speaks_sql: bool
    branch_id: str | None
    """The branch on whose newest hall it decides."""

    expires_at_s: float = inf
    """On the monotonic clock; the writer begins with nothing that has expired."""
    is_begun: bool = False
    is_over: bool = False

    def perform(self, transaction: "Transaction") -> Any: ...

    def committed(self, result: Any) -> Callable[[], None] | None:
        """What to do in the event loop now that `result` is durable."""

    def failed(self, error: Exception) -> Callable[[], None] | None: ...

    def rolled_back(self) -> None: ...


Deliver = Callable[[list[Callable[[], None]]], None]
"""Hands callbacks to the event loop, in order."""

Done = list[tuple[Work, Any, Exception | None]]
"""What each work of a batch gave, or why it alone was dropped."""
