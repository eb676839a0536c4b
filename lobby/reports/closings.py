"""What was left open at the end of a day, and was ended by nobody: told to the branch head."""

from collections.abc import Sequence

from lobby.i18n.texts import mark
from lobby.queueing.events.event import DayClosedOut
from lobby.queueing.model.plan import Plan
from lobby.reports.figures import Figures

NUMBERED_MAX = 10
"""More numbers than this are counted, not listed."""


CLOSED_OUT = mark(
    "At %(time)s this day was closed out: since %(since)s nothing had been done, and this was still"
    " open."
)
COUNTERS = mark("Counters that nobody closed: %(counters)s.")
AT_COUNTERS = mark("Numbers at a counter, not finished: %(numbers)s.")
OTHERS = mark("Numbers that nobody ended, %(count)s: %(numbers)s.")


def closing_sentences(closing: DayClosedOut, plan: Plan, figures: Figures) -> tuple[str, ...]:
    say = figures.words.gettext
    times = {"time": figures.clock(closing.at), "since": figures.clock(closing.idle_since)}
    told = [say(CLOSED_OUT) % times]
    if closing.counters:
        known = plan.counters
        signs = [known[id_].label if id_ in known else id_ for id_ in closing.counters]
        told.append(say(COUNTERS) % {"counters": _list(signs)})
    if closing.at_counters:
        told.append(say(AT_COUNTERS) % {"numbers": _list(closing.at_counters)})
    if closing.others:
        count = figures.count(len(closing.others))
        told.append(say(OTHERS) % {"count": count, "numbers": _list(closing.others)})
    return tuple(told)


def _list(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NUMBERED_MAX])
    return f"{shown} …" if len(names) > NUMBERED_MAX else shown
