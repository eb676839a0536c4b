"""What has been given to the writer and not been answered yet; event loop only."""

import logging
from collections import deque
from time import monotonic

from lobby.store.errors import OutcomeUnknownError, StoreUnavailableError, Trouble
from lobby.store.work import UNSURE_AFTER_S, Work
from lobby.store.write_health import WriteHealth

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.25
"""How late somebody may be told that their time is over."""


class Unanswered:
    """In the order in which it was given, which is that of the deadlines."""

    def __init__(self, health: WriteHealth) -> None:
        self._health = health
        self._works: deque[Work] = deque()

    def note(self, work: Work) -> None:
        self._works.append(work)

    def answer_late(self) -> None:
        """Nobody waits for ever for a writer that hangs. What it has not begun by now it will not
        begin; of what it has begun nobody knows how it ends."""
        now_s = monotonic()
        while self._works:
            work = self._works[0]
            if not work.is_over and now_s < work.expires_at_s + UNSURE_AFTER_S:
                return
            self._works.popleft()
            if not work.is_over:
                self._give_up(work)

    def _give_up(self, work: Work) -> None:
        kind = OutcomeUnknownError if work.is_begun else StoreUnavailableError
        self._health.failed(Trouble.SLOW)
        log.error("a write was not answered in time")
        answer = work.failed(kind("the database does not answer in time", Trouble.SLOW))
        if answer is not None:
            answer()
