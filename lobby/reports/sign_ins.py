"""From when to when a counter was signed in, also where the teller forgot to sign off.

A sign-off is forgotten where the house itself ended the sitting: at the turn of the day, by closing
the day out, or for a colleague who found the seat left. Then the counter counts to the last act at
it and the grace of a seat that nobody is at, and is marked as assumed.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from lobby.reports.durations import elapsed_s
from lobby.reports.segments import Segment
from lobby.store.visits import SittingSpan, Visit

ClosedOut = Collection[tuple[str, datetime]]
"""Counters that the day's closing-out ended, each with when."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sitting as it counts; `is_assumed`: nobody signed off, and `end` is taken for that."""

    counter: str
    start: datetime
    end: datetime
    breaks_s: float
    is_assumed: bool = False

    @property
    def signed_in_s(self) -> float:
        return elapsed_s(self.start, self.end)


@dataclass(frozen=True, slots=True)
class LastActs:
    """What was done at counters, to tell when somebody was last there."""

    visits: Sequence[Visit] = ()
    segments: Sequence[Segment] = ()

    def before(self, counter: str, start: datetime, end: datetime) -> datetime:
        """The last at this counter from `start` to `end`; `start` itself where there is none."""
        signs = (at for at in self._signs(counter) if at is not None and start <= at <= end)
        return max(signs, default=start)

    def _signs(self, counter: str) -> Iterable[datetime | None]:
        for segment in self.segments:
            if segment.counter == counter:
                yield segment.started_at
                yield segment.finished_at if segment.is_known else None
        for visit in self.visits:
            if visit.counter == counter:
                yield visit.first_called_at


def sign_in(
    sitting: SittingSpan,
    acts: LastActs,
    until: datetime,
    grace: timedelta = timedelta(0),
    closed_out: ClosedOut = (),
) -> SignIn:
    """`until` is where the report ends: a sitting that still lasts counts to there."""
    end = sitting.closed_at or until
    breaks_s = sitting.paused_s
    if sitting.closed_at is None and sitting.paused_at is not None:
        breaks_s += elapsed_s(sitting.paused_at, until)
    told = SignIn(sitting.counter, sitting.opened_at, end, breaks_s)
    is_forgotten = (
        end > until or sitting.unattended_since is not None or (sitting.counter, end) in closed_out
    )
    return _assumed(sitting, told, acts, grace) if is_forgotten else told


def _assumed(sitting: SittingSpan, told: SignIn, acts: LastActs, grace: timedelta) -> SignIn:
    last = acts.before(sitting.counter, told.start, told.end)
    last = max(last, sitting.acted_at or last, sitting.unattended_since or last)
    assumed = replace(told, end=min(told.end, last + grace), is_assumed=True)
    at_work_s = told.signed_in_s - told.breaks_s
    pause_s = sitting.closing_pause_s
    if sitting.closed_at is None and sitting.paused_at is not None:
        pause_s = elapsed_s(sitting.paused_at, told.end)
    if pause_s:  # the last break was never ended: at work is what lay before it
        before_s = told.breaks_s - pause_s
        return replace(assumed, breaks_s=max(before_s, assumed.signed_in_s - at_work_s))
    if told.breaks_s <= assumed.signed_in_s:
        return assumed
    at_work_until = told.start + timedelta(seconds=max(0.0, at_work_s))
    return replace(assumed, end=at_work_until, breaks_s=0.0)
