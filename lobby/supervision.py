"""Everything that runs for as long as the house is open: each part is watched, and what stops is
logged and started again.

A part that fails in one of its turns and goes on says so itself (`Part.failed`, `Part.works`); one
that ends, in whatever way, is started again after a rest that doubles each time. Event loop only.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import structlog

log = structlog.get_logger()

FIRST_REST_S, REST_MOST_S = 0.1, 30.0
"""A part that stops once is back before anybody notices; one that cannot start is not tried so
often that its log lines are all there is."""

WELL_AFTER_S = 5.0
"""A part that has run so long since it was started again is taken for well."""


class PartKind(StrEnum):
    WRITER = "writer"
    DEADLINES = "deadlines"
    DAYS = "days"
    READINESS = "readiness"
    FORECAST = "forecast"
    ADVICE = "advice"
    SCREENS = "screens"
    SESSIONS = "sessions"
    PRINTER = "printer"
    BACKUPS = "backups"
    SUMMARIES = "summaries"
    DEMO = "demo"


Run = Callable[[], Coroutine[Any, Any, None]]
"""Runs until it is cancelled."""


class EndedError(Exception):
    """A part that runs for ever has ended."""


class Part:
    """One task. `is_failing` from a failure on until it works again."""

    def __init__(
        self,
        kind: PartKind,
        run: Run,
        *,
        name: str,
        branch_id: str,
        may_end: bool,
        changed: Callable[["Part"], None],
    ) -> None:
        self.kind, self.name, self.branch_id = kind, name, branch_id
        self.failures = 0
        self.is_failing = False
        self.last_failure = ""
        self.failed_at: datetime | None = None
        self.is_over = False
        self._run, self._may_end, self._changed = run, may_end, changed
        self._rest_s = FIRST_REST_S
        self._timer: asyncio.TimerHandle | None = None
        self.start()

    def start(self) -> None:
        self._started_s = time.monotonic()
        self.task = asyncio.create_task(self._run(), name=self.name)
        self.task.add_done_callback(self._ended)
        if self.is_failing:
            self._timer = asyncio.get_running_loop().call_later(WELL_AFTER_S, self.works)

    def failed(self, error: BaseException | str) -> None:
        """One of its turns has failed, and it goes on. The line in the log is the part's own."""
        self.failures += 1
        reason = error if isinstance(error, str) else repr(error)
        self.last_failure, self.failed_at = reason, datetime.now(UTC)
        was_failing, self.is_failing = self.is_failing, True
        if not was_failing:
            self._changed(self)

    def works(self) -> None:
        if self.is_failing:
            self.is_failing = False
            self._changed(self)

    def stop(self) -> None:
        """For good; may be called again."""
        self.is_over = True
        self._drop_timer()
        self.task.cancel()
        self._changed(self)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        if self.is_over:
            return
        self._drop_timer()
        error = EndedError("cancelled") if task.cancelled() else task.exception()
        if error is None and self._may_end:
            self.is_over = True
            self._changed(self)
            return
        self._start_again_later(error or EndedError("it came to its end"))

    def _start_again_later(self, error: BaseException) -> None:
        if time.monotonic() - self._started_s > REST_MOST_S:
            self._rest_s = FIRST_REST_S
        log.error(
            "a part has stopped and is started again",
            part=self.name,
            reason=repr(error),
            again_in_s=self._rest_s,
            exc_info=error,
        )
        self.failed(error)
        self._timer = asyncio.get_running_loop().call_later(self._rest_s, self.start)
        self._rest_s = min(REST_MOST_S, 2 * self._rest_s)

    def _drop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class Supervisor:
    """`on_change` is called whenever a part begins to fail or works again."""

    def __init__(self) -> None:
        self._parts: list[Part] = []
        self.failures: dict[PartKind, int] = dict.fromkeys(PartKind, 0)
        """Also those of parts that are gone."""
        self.on_change: Callable[[Part], None] = lambda _part: None

    @property
    def parts(self) -> tuple[Part, ...]:
        """Those that run, or are to run again."""
        return tuple(self._parts)

    def start(
        self,
        kind: PartKind,
        run: Run,
        *,
        name: str = "",
        branch_id: str = "",
        may_end: bool = False,
    ) -> Part:
        """`may_end` where the part knows when it is no longer needed."""
        words = " ".join(word for word in (kind.value, name, branch_id) if word)
        part = Part(
            *(kind, run),
            name=words,
            branch_id=branch_id,
            may_end=may_end,
            changed=self._note,
        )
        self._parts.append(part)
        return part

    def stop(self, *kinds: PartKind) -> None:
        """All parts of these kinds, for good."""
        for part in [part for part in self._parts if part.kind in kinds]:
            part.stop()

    def _note(self, part: Part) -> None:
        if part.is_over:
            if part in self._parts:
                self._parts.remove(part)
        elif part.is_failing:
            self.failures[part.kind] += 1
        self.on_change(part)
