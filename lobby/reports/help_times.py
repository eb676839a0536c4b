"""Response times of calls for help: from the call to a colleague's first act on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lobby.queueing.model.help import HelpKind
from lobby.reports.durations import elapsed_s
from lobby.reports.measures import Rate, Spread, spread
from lobby.store.help_calls import KeptCall

PROMPT = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class HelpLine:
    """`kind` None: all calls together. `prompt` counts first contacts within a minute, of all
    calls that had a minute."""

    kind: HelpKind | None
    calls: int
    contact: Spread
    prompt: Rate


def help_lines(calls: Sequence[KeptCall], until: datetime) -> tuple[HelpLine, ...]:
    """One per kind of which there was a call, in the order of harm, then all together."""
    if not calls:
        return ()
    kinds = [kind for kind in HelpKind if any(call.kind is kind for call in calls)]
    own = ((kind, [call for call in calls if call.kind is kind]) for kind in kinds)
    return (*(_line(kind, some, until) for kind, some in own), _line(None, calls, until))


def first_contact(call: KeptCall) -> datetime | None:
    """A call that was ended without having been taken was seen to when it ended."""
    return call.taken_at or call.ended_at


def _line(kind: HelpKind | None, calls: Sequence[KeptCall], until: datetime) -> HelpLine:
    contacts = [(call.called_at, first_contact(call)) for call in calls]
    took_s = [elapsed_s(called, at) for called, at in contacts if at is not None]
    too_new = sum(at is None and until - called <= PROMPT for called, at in contacts)
    in_time = sum(lasted_s <= PROMPT.total_seconds() for lasted_s in took_s)
    return HelpLine(kind, len(calls), spread(took_s), Rate(in_time, len(calls) - too_new))
